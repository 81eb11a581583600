// The facade of the outbox. It stands here because it needs the guard, which is above the events.
#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "events/outbox.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::int64_t k_pruned_per_call = 1'000;
constexpr std::string_view k_list_tag = "events";

events::Consumer must_find(db::Tx& tx, const std::string& name) {
  auto consumer = events::find_consumer(tx, name);
  if (!consumer) throw Error(Code::not_found, "there is no consumer of that name");
  return *consumer;
}

bool good_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
  return !name.empty() && name.size() <= 60 &&
         name.find_first_not_of(allowed) == std::string_view::npos;
}

// A pattern that no type can ever match is a mistake, not a wish.
bool known_pattern(const std::string& pattern) {
  const auto known = events::types();
  return std::any_of(known.begin(), known.end(),
                     [&](const auto& row) { return events::wants({pattern}, row.type); });
}

EventConsumer described(db::Tx& tx, std::string_view name) {
  for (auto& consumer : events::list_consumers(tx)) {
    if (consumer.name == name) return std::move(consumer);
  }
  throw Error(Code::internal, "the consumer is gone");
}

std::string as_json(const EventConsumerInput& input) {
  core::Json json;
  json.begin_object().key("types").begin_array();
  for (const auto& type : input.types) json.value(std::string_view{type});
  return json.end().end().take();
}

}  // namespace

EventConsumer Events::subscribe(const Session& session, const EventConsumerInput& input) {
  core::Fields fields;
  fields.check(good_name(input.name), "name", "malformed",
               "is 1 to 60 of a-z, 0-9, hyphen, underscore and dot");
  fields.check(input.types.size() <= 50, "types", "too_many", "are at most 50");
  for (std::size_t i = 0; i < input.types.size() && i < 50; ++i) {
    fields.check(known_pattern(input.types[i]), core::path_at("types", i), "unknown",
                 "is no type of event; see docs/events.md");
  }
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_subscribe);
    auto problems = fields;
    problems.throw_if_any();
    events::save_consumer(tx, input);
    audit::record(tx, session, {"events.subscribe", "event_consumer", 0, {}, as_json(input)});
    return described(tx, input.name);
  });
}

void Events::unsubscribe(const Session& session, const std::string& consumer) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_unsubscribe);
    must_find(tx, consumer);
    events::drop_consumer(tx, consumer);
    const auto before =
        core::Json{}.begin_object().field("name", std::string_view{consumer}).end().take();
    audit::record(tx, session, {"events.unsubscribe", "event_consumer", 0, before, {}});
  });
}

std::vector<EventConsumer> Events::consumers(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_consumers);
    return events::list_consumers(tx);
  });
}

std::vector<Event> Events::pull(const Session& session, const std::string& consumer,
                                std::int64_t limit, std::int64_t lease_seconds) {
  core::Fields fields;
  fields.range("limit", limit, 1, 500);
  fields.range("lease_seconds", lease_seconds, 1, 86'400);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_pull);
    auto problems = fields;
    problems.throw_if_any();
    return events::deliver(tx, must_find(tx, consumer), limit, lease_seconds);
  });
}

std::int64_t Events::acknowledge(const Session& session, const EventAcknowledgement& input) {
  core::Fields fields;
  fields.check(input.event_ids.size() <= 1000, "event_ids", "too_many", "are at most 1000");
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_acknowledge);
    auto problems = fields;
    problems.throw_if_any();
    must_find(tx, input.consumer);
    std::int64_t open = 0;
    for (const Id id : input.event_ids) open += events::acknowledge(tx, input.consumer, id) ? 1 : 0;
    events::prune(tx, k_pruned_per_call);
    return open;
  });
}

void Events::reject(const Session& session, const std::string& consumer, Id event_id,
                    std::int64_t retry_seconds) {
  core::Fields fields;
  fields.range("retry_seconds", retry_seconds, 0, 604'800);
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_reject);
    auto problems = fields;
    problems.throw_if_any();
    must_find(tx, consumer);
    if (!events::postpone(tx, consumer, event_id, tx.now() + retry_seconds * 1'000'000)) {
      throw Error(Code::not_found, "that event is not out with this consumer");
    }
  });
}

Page<Event> Events::list(const Session& session, const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
  Id after = 0;
  if (!page.cursor.empty()) after = core::CursorReader{page.cursor, k_list_tag}.integer();
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_list);
    Page<Event> out;
    out.items = events::list_events(tx, after, page.limit + 1);
    if (std::ssize(out.items) > page.limit) {
      out.items.pop_back();
      out.next_cursor = core::CursorWriter{k_list_tag}.add(out.items.back().id).take();
    }
    if (page.with_total) out.total = events::count_events(tx);
    return out;
  });
}

std::vector<EventType> Events::types(const Session& session) {
  db_->peek([&](db::Tx& tx) { authorize(tx, session, Operation::events_types); });
  std::vector<EventType> out;
  for (const auto& row : events::types()) {
    out.push_back({std::string{row.type}, row.version, std::string{row.aggregate},
                   std::string{row.fields}, std::string{row.meaning}});
  }
  return out;
}

EventRetention Events::retention(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_retention);
    return events::retention(tx);
  });
}

EventRetention Events::set_retention(const Session& session, const EventRetention& input) {
  core::Fields fields;
  fields.range("acknowledged_days", input.acknowledged_days, 0, 3650);
  fields.range("maximum_days", input.maximum_days, 1, 3650);
  fields.check(input.acknowledged_days <= input.maximum_days, "acknowledged_days", "out_of_range",
               "cannot be longer than the maximum");
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::events_set_retention);
    auto problems = fields;
    problems.throw_if_any();
    const auto json = [](const EventRetention& value) {
      return core::Json{}
          .begin_object()
          .field("acknowledged_days", value.acknowledged_days)
          .field("maximum_days", value.maximum_days)
          .end()
          .take();
    };
    const auto before = json(events::retention(tx));
    events::save_retention(tx, input);
    audit::record(tx, session, {"events.retention", "setting", 0, before, json(input)});
    return input;
  });
}

std::int64_t Events::prune(const Session& session) {
  std::int64_t removed = 0;
  for (std::int64_t step = k_pruned_per_call; step == k_pruned_per_call; removed += step) {
    step = db_->write([&](db::Tx& tx) {
      authorize(tx, session, Operation::events_prune);
      return events::prune(tx, k_pruned_per_call);
    });
  }
  return removed;
}

}  // namespace shop
