#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// Something that happened: written in the transaction of the change itself, so that it exists if
/// and only if the change does. docs/events.md lists the types and their payloads. @since 1.0
struct Event {
  Id id = 0;  ///< ascending in the order of the commits
  Timestamp at = 0;
  std::string type;          ///< e.g. `order.placed`
  std::int64_t version = 1;  ///< of the payload's schema
  std::string aggregate;     ///< what it is about, e.g. `order`
  Id aggregate_id = 0;       ///< which one; its events are delivered in their order
  std::string payload;       ///< a JSON object
  std::int64_t attempt = 0;  ///< 1 at the first delivery; 0 when only looked at
};

/// Who pulls events, under a name of its own. @since 1.0
struct EventConsumer {
  std::string name;
  std::vector<std::string> types;  ///< what it wants; empty: everything
  Timestamp created_at = 0;
  std::int64_t waiting = 0;         ///< events not pulled yet, of whatever type
  std::int64_t unacknowledged = 0;  ///< pulled, or held back behind one that was
  std::int64_t missed = 0;          ///< removed at their maximum age before they were acknowledged
};

/// What Events::subscribe needs. @since 1.0
struct EventConsumerInput {
  std::string name;                ///< 1–60 of a–z, 0–9, `-`, `_`, `.`
  std::vector<std::string> types;  ///< `order.placed` or `order.*`; empty: everything
  bool from_start = false;         ///< begin with the oldest kept event rather than the next one
};

/// Which events of a consumer are done with. @since 1.0
struct EventAcknowledgement {
  std::string consumer;
  std::vector<Id> event_ids;  ///< at most 1000
};

/// How long events are kept. @since 1.0
struct EventRetention {
  std::int64_t acknowledged_days = 7;  ///< after everybody acknowledged them, 0–3650
  std::int64_t maximum_days = 90;      ///< whoever has not acknowledged them, 1–3650
};

/// A type of event and the schema of its payload. @since 1.0
struct EventType {
  std::string type;
  std::int64_t version = 1;
  std::string aggregate;
  std::string fields;   ///< `number:text total:money customer_id?:id`; `?` may be absent
  std::string meaning;  ///< one sentence
};

/// The outbox: what mail, sockets, webhooks and search indexes are fed from. The host pulls events
/// under the name of a consumer and acknowledges each; what it does not acknowledge within the
/// lease is delivered again, so a consumer must be able to meet an event twice. Events about the
/// same thing (aggregate and id) arrive in their order: a later one waits until the earlier ones
/// were acknowledged or come in the same batch before it. Any thread. @since 1.0
class Events {
 public:
  explicit Events(db::Database& db) : db_(&db) {}

  /// Makes a consumer, or changes the types of an existing one (its position stays). Throws
  /// Error: `validation` (name, types), `forbidden`. @since 1.0
  EventConsumer subscribe(const Session& session, const EventConsumerInput& input);
  /// Removes a consumer with its unacknowledged deliveries. Throws Error{not_found}. @since 1.0
  void unsubscribe(const Session& session, const std::string& consumer);
  /// All consumers by name. Cost: the events that wait. @since 1.0
  std::vector<EventConsumer> consumers(const Session& session);

  /// The next events for a consumer, oldest first, at most `limit` (1–500). Each must be
  /// acknowledged within `lease_seconds` (1–86400), or it is delivered again. Empty: nothing to do
  /// for now. Throws Error: `not_found`, `validation`. @since 1.0
  std::vector<Event> pull(const Session& session, const std::string& consumer, std::int64_t limit,
                          std::int64_t lease_seconds);
  /// Marks events as done. Result: how many were open; doing it twice is fine. Throws Error:
  /// `not_found` (consumer), `validation`. @since 1.0
  std::int64_t acknowledge(const Session& session, const EventAcknowledgement& input);
  /// Gives an event back: it is delivered again after `retry_seconds` (0–604800), and what follows
  /// it on the same aggregate after that. Throws Error: `not_found`, `validation`. @since 1.0
  void reject(const Session& session, const std::string& consumer, Id event_id,
              std::int64_t retry_seconds);

  /// Looks at the kept events, oldest first, without consuming them. @since 1.0
  Page<Event> list(const Session& session, const PageQuery& page);
  /// Every type with its schema, by name. @since 1.0
  std::vector<EventType> types(const Session& session);

  EventRetention retention(const Session& session);
  /// Throws Error{validation}. @since 1.0
  EventRetention set_retention(const Session& session, const EventRetention& input);
  /// Removes what is older than the retention; acknowledging does so too, little by little.
  /// Result: how many were removed. @since 1.0
  std::int64_t prune(const Session& session);

 private:
  db::Database* db_;
};

}  // namespace shop
