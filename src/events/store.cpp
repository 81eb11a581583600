#include "db/settings.hpp"
#include "events/events.hpp"
#include "events/events_sql.hpp"
#include "events/outbox.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

namespace shop::events {
namespace {

constexpr std::int64_t k_microseconds_per_second = 1'000'000;
constexpr std::int64_t k_microseconds_per_day = 86'400 * k_microseconds_per_second;
constexpr std::int64_t k_scanned_per_pull = 5'000;
constexpr std::string_view k_acknowledged_days = "event_acknowledged_days";
constexpr std::string_view k_maximum_days = "event_maximum_days";

Event event_row(const db::Query& query) {
  return {query.integer(0), query.integer(1), query.text(2), query.integer(3),
          query.text(4),    query.integer(5), query.text(6), 0};
}

std::vector<std::string> split(std::string_view types) {
  std::vector<std::string> out;
  while (!types.empty()) {
    const auto space = std::min(types.find(' '), types.size());
    out.emplace_back(types.substr(0, space));
    types.remove_prefix(std::min(space + 1, types.size()));
  }
  return out;
}

std::string join(const std::vector<std::string>& types) {
  std::string out;
  for (const auto& type : types) {
    if (!out.empty()) out += ' ';
    out += type;
  }
  return out;
}

/// A batch being put together for one consumer.
struct Batch {
  db::Tx& tx;
  const Consumer& consumer;
  Timestamp due_at;
  std::vector<Event> events{};
  std::unordered_set<Id> ids{};

  void add(Event event, std::int64_t attempt) {
    event.attempt = attempt;
    ids.insert(event.id);
    events.push_back(std::move(event));
  }
  // Is an earlier event of the same thing still out, other than in this batch?
  bool behind_another(const Event& event) {
    auto query =
        tx.query(sql::k_delivery_of_aggregate, consumer.name, event.aggregate, event.aggregate_id);
    while (query.next()) {
      if (!ids.contains(query.integer(0))) return true;
    }
    return false;
  }
};

void take_due(Batch& batch, std::int64_t limit) {
  {
    auto query = batch.tx.query(sql::k_due, batch.consumer.name, batch.tx.now(), limit);
    while (query.next()) batch.add(event_row(query), query.integer(7) + 1);
  }
  for (const auto& event : batch.events) {
    batch.tx.exec(sql::k_delivery_out, batch.consumer.name, event.id, batch.due_at);
  }
}

// Walks on from the consumer's position. Result: the new position.
Id take_fresh(Batch& batch, std::int64_t limit) {
  Id position = batch.consumer.position;
  auto room =
      max_unacknowledged - batch.tx.integer(sql::k_delivery_count, batch.consumer.name).value_or(0);
  auto query = batch.tx.query(sql::k_after, position, k_scanned_per_pull);
  while (std::ssize(batch.events) < limit && room > 0 && query.next()) {
    auto event = event_row(query);
    position = event.id;
    if (!wants(batch.consumer.types, event.type)) continue;
    --room;
    const bool held = batch.behind_another(event);
    batch.tx.exec(sql::k_delivery_add, batch.consumer.name, event.id, event.aggregate,
                  event.aggregate_id, held ? 0 : batch.due_at, held ? 0 : 1);
    if (!held) batch.add(std::move(event), 1);
  }
  return position;
}

// Every event up to this one was acknowledged by everybody.
Id everybody_done(db::Tx& tx) {
  auto done = tx.integer(sql::k_last_id).value_or(0);
  auto query = tx.query(sql::k_consumers);
  while (query.next()) {
    done = std::min(done, query.integer(2));
    const auto open = tx.integer(sql::k_delivery_first, query.view(0));
    if (open) done = std::min(done, *open - 1);
  }
  return done;
}

// The last event of the oldest ones, at most `most` and up to `limit`, that are all from before.
Id last_before(db::Tx& tx, Id limit, std::int64_t most, Timestamp before) {
  Id last = 0;
  auto query = tx.query(sql::k_expired, limit, most);
  while (query.next() && query.integer(1) < before) last = query.integer(0);
  return last;
}

void note_missed(db::Tx& tx, Id removed_to) {
  std::vector<std::pair<std::string, Id>> consumers;
  {
    auto query = tx.query(sql::k_consumers);
    while (query.next()) consumers.emplace_back(query.text(0), query.integer(2));
  }
  for (const auto& [name, position] : consumers) {
    auto missed = tx.exec(sql::k_delivery_lost, name, removed_to);
    missed += tx.integer(sql::k_count_between, position, removed_to).value_or(0);
    if (missed > 0) tx.exec(sql::k_consumer_missed, name, missed);
    if (position < removed_to) tx.exec(sql::k_consumer_move, name, removed_to);
  }
}

}  // namespace

void append(db::Tx& tx, const NewEvent& event) {
  const auto* type = find_type(event.type);
  tx.exec(sql::k_append, tx.next_id(), tx.now(), event.type, type != nullptr ? type->version : 1,
          event.aggregate, event.aggregate_id, event.payload);
}

void redact(db::Tx& tx, std::string_view aggregate, Id aggregate_id) {
  std::vector<std::pair<Id, std::string>> found;
  const auto collect = [&](const db::Sql& statement) {
    auto query = tx.query(statement, aggregate, aggregate_id);
    while (query.next()) found.emplace_back(query.integer(0), without_words(query.view(1)));
  };
  collect(sql::k_words);
  if (aggregate == "user") collect(sql::k_notices);
  for (const auto& [id, payload] : found) tx.exec(sql::k_payload, id, payload);
}

std::optional<Consumer> find_consumer(db::Tx& tx, std::string_view name) {
  auto query = tx.query(sql::k_consumer, name);
  if (!query.next()) return std::nullopt;
  return Consumer{query.text(0), split(query.view(1)), query.integer(2)};
}

std::vector<EventConsumer> list_consumers(db::Tx& tx) {
  std::vector<EventConsumer> out;
  auto query = tx.query(sql::k_consumers);
  while (query.next()) {
    EventConsumer consumer;
    consumer.name = query.text(0);
    consumer.types = split(query.view(1));
    consumer.created_at = query.integer(3);
    consumer.missed = query.integer(4);
    consumer.waiting = tx.integer(sql::k_count_after, query.integer(2)).value_or(0);
    consumer.unacknowledged = tx.integer(sql::k_delivery_count, consumer.name).value_or(0);
    out.push_back(std::move(consumer));
  }
  return out;
}

void save_consumer(db::Tx& tx, const EventConsumerInput& input) {
  const auto position = input.from_start ? 0 : tx.integer(sql::k_last_id).value_or(0);
  tx.exec(sql::k_consumer_save, input.name, join(input.types), position, tx.now());
}

bool drop_consumer(db::Tx& tx, std::string_view name) {
  return tx.exec(sql::k_consumer_drop, name) > 0;
}

bool wants(const std::vector<std::string>& types, std::string_view type) {
  if (types.empty()) return true;
  return std::any_of(types.begin(), types.end(), [&](std::string_view pattern) {
    if (!pattern.ends_with(".*")) return pattern == type;
    return type.starts_with(pattern.substr(0, pattern.size() - 1));
  });
}

std::vector<Event> deliver(db::Tx& tx, const Consumer& consumer, std::int64_t limit,
                           std::int64_t lease_seconds) {
  Batch batch{tx, consumer, tx.now() + lease_seconds * k_microseconds_per_second};
  take_due(batch, limit);
  const auto position = take_fresh(batch, limit);
  if (position != consumer.position) tx.exec(sql::k_consumer_move, consumer.name, position);
  return std::move(batch.events);
}

bool acknowledge(db::Tx& tx, std::string_view consumer, Id event_id) {
  return tx.exec(sql::k_delivery_done, consumer, event_id) > 0;
}

bool postpone(db::Tx& tx, std::string_view consumer, Id event_id, Timestamp due_at) {
  return tx.exec(sql::k_delivery_postpone, consumer, event_id, due_at) > 0;
}

std::vector<Event> list_events(db::Tx& tx, Id after, std::int64_t limit) {
  std::vector<Event> out;
  auto query = tx.query(sql::k_after, after, limit);
  while (query.next()) out.push_back(event_row(query));
  return out;
}

std::int64_t count_events(db::Tx& tx) {
  return tx.integer(sql::k_count_after, 0).value_or(0);
}

EventRetention retention(db::Tx& tx) {
  EventRetention out;
  out.acknowledged_days = db::number_setting(tx, k_acknowledged_days, out.acknowledged_days);
  out.maximum_days = db::number_setting(tx, k_maximum_days, out.maximum_days);
  return out;
}

void save_retention(db::Tx& tx, const EventRetention& retention) {
  db::put_number_setting(tx, k_acknowledged_days, retention.acknowledged_days);
  db::put_number_setting(tx, k_maximum_days, retention.maximum_days);
}

std::int64_t prune(db::Tx& tx, std::int64_t most) {
  const auto kept = retention(tx);
  const auto days_ago = [&](std::int64_t days) { return tx.now() - days * k_microseconds_per_day; };
  const auto last = tx.integer(sql::k_last_id).value_or(0);
  const auto outlived = last_before(tx, last, most, days_ago(kept.maximum_days));
  if (outlived > 0) note_missed(tx, outlived);
  const auto done = last_before(tx, everybody_done(tx), most, days_ago(kept.acknowledged_days));
  const auto up_to = std::max(outlived, done);
  return up_to > 0 ? tx.exec(sql::k_remove, up_to) : 0;
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto orphans = tx.query(sql::k_orphans);
  while (orphans.next()) {
    findings.add("events.deliveries", fmt::format("consumer {}", orphans.view(0)),
                 fmt::format("waits for event {}, which is gone", orphans.integer(1)));
  }
  findings.checked();
  auto query = tx.query(sql::k_after, 0, max_magnitude);
  while (query.next()) {
    const auto where = fmt::format("event {} {}", query.integer(0), query.view(2));
    const auto* type = find_type(query.view(2));
    if (type == nullptr) {
      findings.add("events.schema", where, "is of a type that docs/events.md does not list");
    } else if (type->version == query.integer(3)) {
      const auto problem = payload_problem(type->fields, query.view(6));
      if (problem) findings.add("events.schema", where, *problem);
      if (type->aggregate != query.view(4)) {
        findings.add("events.schema", where,
                     fmt::format("is about {}, expected {}", query.view(4), type->aggregate));
      }
    }
  }
}

}  // namespace shop::events
