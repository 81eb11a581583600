#pragma once

#include "db/sql.hpp"

namespace shop::notify::sql {

inline const db::Sql k_add{
    "notification_add",
    "INSERT INTO notification (user_id, id, uuid, kind, title, body, object, object_id, data, "
    "created_at, read_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL)"};
/// $3: 1 for unread ones only; $4: one kind, or 0.
inline const db::Sql k_list{
    "notification_list",
    "SELECT id, uuid, kind, title, body, object, object_id, data, created_at, read_at "
    "FROM notification WHERE user_id = $1 AND id < $2 AND ($3 = 0 OR read_at IS NULL) "
    "AND ($4 = 0 OR kind = $4) ORDER BY id DESC LIMIT $5"};
inline const db::Sql k_count{
    "notification_count",
    "SELECT count(*) FROM notification WHERE user_id = $1 AND ($2 = 0 OR read_at IS NULL) "
    "AND ($3 = 0 OR kind = $3)"};
inline const db::Sql k_mark{"notification_mark",
                            "UPDATE notification SET read_at = coalesce(read_at, $3) "
                            "WHERE user_id = $1 AND uuid = $2"};
inline const db::Sql k_unmark{
    "notification_unmark",
    "UPDATE notification SET read_at = NULL WHERE user_id = $1 AND uuid = $2"};
inline const db::Sql k_mark_all{
    "notification_mark_all",
    "UPDATE notification SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL"};
inline const db::Sql k_remove{"notification_remove",
                              "DELETE FROM notification WHERE user_id = $1 AND uuid = $2"};
inline const db::Sql k_erase{"notification_erase", "DELETE FROM notification WHERE user_id = $1"};

inline const db::Sql k_oldest{"notification_oldest",
                              "SELECT id, created_at FROM notification WHERE user_id = $1 "
                              "ORDER BY id LIMIT 1"};
inline const db::Sql k_surplus{"notification_surplus",
                               "SELECT id FROM notification WHERE user_id = $1 "
                               "ORDER BY id DESC LIMIT 1 OFFSET $2"};
inline const db::Sql k_remove_to{"notification_remove_to",
                                 "DELETE FROM notification WHERE user_id = $1 AND id <= $2"};
inline const db::Sql k_prune{"notification_prune", "DELETE FROM notification WHERE created_at < $1",
                             "asked for by the host, in its own time"};

inline const db::Sql k_preference{
    "notification_preference",
    "SELECT in_app, outbox FROM notification_preference WHERE user_id = $1 AND kind = $2"};
inline const db::Sql k_preference_put{
    "notification_preference_put",
    "INSERT INTO notification_preference (user_id, kind, in_app, outbox) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (user_id, kind) DO UPDATE SET in_app = excluded.in_app, "
    "outbox = excluded.outbox"};
inline const db::Sql k_preference_erase{"notification_preference_erase",
                                        "DELETE FROM notification_preference WHERE user_id = $1"};

inline const db::Sql k_verify{
    "notification_verify",
    "SELECT user_id, count(*), count(DISTINCT uuid) FROM notification GROUP BY user_id "
    "HAVING count(*) > 500 OR count(*) <> count(DISTINCT uuid) LIMIT 20",
    "verify looks at every notification"};

}  // namespace shop::notify::sql
