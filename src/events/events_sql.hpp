#pragma once

#include "db/sql.hpp"

namespace shop::events::sql {

inline const db::Sql k_append{
    "event_append",
    "INSERT INTO event (id, at, type, version, aggregate, aggregate_id, payload) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"};

#define SHOP_EVENT_COLUMNS "e.id, e.at, e.type, e.version, e.aggregate, e.aggregate_id, e.payload"

inline const db::Sql k_after{"event_after", "SELECT " SHOP_EVENT_COLUMNS
                                            " FROM event e WHERE e.id > $1 ORDER BY e.id LIMIT $2"};
#define SHOP_EVENT_WITH_WORDS                                                     \
  "(type = 'loyalty.points' OR type = 'order.canceled' OR type = 'order.edited' " \
  "OR type = 'seller.status' OR type = 'seller.updated' OR type = 'user.code' "   \
  "OR type = 'user.notice')"

inline const db::Sql k_words{"event_words",
                             "SELECT id, payload FROM event WHERE " SHOP_EVENT_WITH_WORDS
                             " AND aggregate = $1 AND aggregate_id = $2"};
inline const db::Sql k_notices{
    "event_notices",
    "SELECT id, payload FROM event WHERE type = 'notification.created' AND aggregate = $1 "
    "AND aggregate_id = $2",
    "once when a person is erased; an index would cost every order a page"};
inline const db::Sql k_payload{"event_payload", "UPDATE event SET payload = $2 WHERE id = $1"};

#undef SHOP_EVENT_WITH_WORDS

inline const db::Sql k_last_id{"event_last_id", "SELECT coalesce(max(id), 0) FROM event"};
inline const db::Sql k_count_after{"event_count_after", "SELECT count(*) FROM event WHERE id > $1"};

inline const db::Sql k_consumer{"event_consumer",
                                "SELECT name, types, position, created_at, missed "
                                "FROM event_consumer WHERE name = $1"};
inline const db::Sql k_consumers{"event_consumers",
                                 "SELECT name, types, position, created_at, missed "
                                 "FROM event_consumer ORDER BY name",
                                 "a handful of consumers"};
inline const db::Sql k_consumer_save{
    "event_consumer_save",
    "INSERT INTO event_consumer (name, types, position, created_at, missed) "
    "VALUES ($1, $2, $3, $4, 0) ON CONFLICT (name) DO UPDATE SET types = excluded.types"};
inline const db::Sql k_consumer_drop{"event_consumer_drop",
                                     "DELETE FROM event_consumer WHERE name = $1"};
inline const db::Sql k_consumer_move{"event_consumer_move",
                                     "UPDATE event_consumer SET position = $2 WHERE name = $1"};
inline const db::Sql k_consumer_missed{
    "event_consumer_missed", "UPDATE event_consumer SET missed = missed + $2 WHERE name = $1"};

/// What is due again and not behind an earlier one of its aggregate that is still out.
inline const db::Sql k_due{"event_due",
                           "SELECT " SHOP_EVENT_COLUMNS
                           ", d.attempts FROM event_delivery d JOIN event e ON e.id = d.event_id "
                           "WHERE d.consumer = $1 AND d.due_at <= $2 AND NOT EXISTS ("
                           "SELECT 1 FROM event_delivery b WHERE b.consumer = d.consumer "
                           "AND b.aggregate = d.aggregate AND b.aggregate_id = d.aggregate_id "
                           "AND b.event_id < d.event_id AND b.due_at > $2) "
                           "ORDER BY d.event_id LIMIT $3"};
inline const db::Sql k_delivery_add{
    "event_delivery_add",
    "INSERT INTO event_delivery (consumer, event_id, aggregate, aggregate_id, due_at, attempts) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_delivery_out{
    "event_delivery_out",
    "UPDATE event_delivery SET due_at = $3, attempts = attempts + 1 "
    "WHERE consumer = $1 AND event_id = $2"};
inline const db::Sql k_delivery_postpone{
    "event_delivery_postpone",
    "UPDATE event_delivery SET due_at = $3 WHERE consumer = $1 AND event_id = $2"};
inline const db::Sql k_delivery_done{
    "event_delivery_done", "DELETE FROM event_delivery WHERE consumer = $1 AND event_id = $2"};
inline const db::Sql k_delivery_of_aggregate{
    "event_delivery_of_aggregate",
    "SELECT event_id FROM event_delivery "
    "WHERE consumer = $1 AND aggregate = $2 AND aggregate_id = $3 ORDER BY event_id"};
inline const db::Sql k_delivery_count{"event_delivery_count",
                                      "SELECT count(*) FROM event_delivery WHERE consumer = $1"};
inline const db::Sql k_delivery_first{
    "event_delivery_first", "SELECT min(event_id) FROM event_delivery WHERE consumer = $1"};
inline const db::Sql k_delivery_lost{
    "event_delivery_lost", "DELETE FROM event_delivery WHERE consumer = $1 AND event_id <= $2"};

/// The last of the oldest $2 events up to $1 for which all before it are older than $3, or null.
inline const db::Sql k_expired{"event_expired",
                               "SELECT id, at FROM event WHERE id <= $1 ORDER BY id LIMIT $2"};
inline const db::Sql k_remove{"event_remove", "DELETE FROM event WHERE id <= $1"};
inline const db::Sql k_count_between{"event_count_between",
                                     "SELECT count(*) FROM event WHERE id > $1 AND id <= $2"};

inline const db::Sql k_orphans{
    "event_orphans",
    "SELECT d.consumer, d.event_id FROM event_delivery d "
    "WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = d.event_id) LIMIT 20",
    "verify looks at every delivery"};

#undef SHOP_EVENT_COLUMNS

}  // namespace shop::events::sql
