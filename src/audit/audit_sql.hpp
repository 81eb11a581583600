#pragma once

#include "db/sql.hpp"

namespace shop::audit::sql {

inline const db::Sql k_add{
    "audit_add",
    "INSERT INTO audit_entry (id, at, actor_role, actor_id, action, object_type, object_id, "
    "before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};

}  // namespace shop::audit::sql
