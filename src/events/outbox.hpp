#pragma once

#include "db/tx.hpp"
#include "shop/events.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// Consumers, deliveries and retention: what the facade in src/flows/event_outbox.cpp is made of.
namespace shop::events {

inline constexpr std::int64_t max_unacknowledged = 10'000;

struct Consumer {
  std::string name;
  std::vector<std::string> types;
  Id position = 0;
};

std::optional<Consumer> find_consumer(db::Tx& tx, std::string_view name);
std::vector<EventConsumer> list_consumers(db::Tx& tx);
void save_consumer(db::Tx& tx, const EventConsumerInput& input);
bool drop_consumer(db::Tx& tx, std::string_view name);

/// Whether a filter of types (`order.placed`, `order.*`) lets a type through.
bool wants(const std::vector<std::string>& types, std::string_view type);

std::vector<Event> deliver(db::Tx& tx, const Consumer& consumer, std::int64_t limit,
                           std::int64_t lease_seconds);
/// True when the event was open.
bool acknowledge(db::Tx& tx, std::string_view consumer, Id event_id);
bool postpone(db::Tx& tx, std::string_view consumer, Id event_id, Timestamp due_at);

std::vector<Event> list_events(db::Tx& tx, Id after, std::int64_t limit);
std::int64_t count_events(db::Tx& tx);

EventRetention retention(db::Tx& tx);
void save_retention(db::Tx& tx, const EventRetention& retention);
/// Removes at most `most` events that have outlived the retention. Result: how many.
std::int64_t prune(db::Tx& tx, std::int64_t most);

}  // namespace shop::events
