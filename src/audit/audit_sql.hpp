#pragma once

#include "db/sql.hpp"

namespace shop::audit::sql {

#define SHOP_AUDIT_COLUMNS                                                                     \
  "seq, at, actor_role, actor_id, session_id, action, object_type, object_id, before, after, " \
  "hash, key_id"

inline const db::Sql k_add{
    "audit_add",
    "INSERT INTO audit_entry (seq, at, actor_role, actor_id, session_id, action, object_type, "
    "object_id, before, after, key_id, hash) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
inline const db::Sql k_head{"audit_head",
                            "SELECT seq, hash, key_id, mac FROM audit_head WHERE id = 1"};
inline const db::Sql k_head_put{
    "audit_head_put",
    "INSERT INTO audit_head (id, seq, hash, key_id, mac) VALUES (1, $1, $2, $3, $4) "
    "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, "
    "key_id = excluded.key_id, mac = excluded.mac"};
inline const db::Sql k_walk{"audit_walk",
                            "SELECT " SHOP_AUDIT_COLUMNS " FROM audit_entry ORDER BY seq",
                            "checking the chain reads all of it"};

/// What list() is put together from; the conditions follow.
inline constexpr const char* k_list_head = "SELECT " SHOP_AUDIT_COLUMNS " FROM audit_entry";
inline constexpr const char* k_count_head = "SELECT count(*) FROM audit_entry";

#undef SHOP_AUDIT_COLUMNS

}  // namespace shop::audit::sql
