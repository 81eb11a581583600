#pragma once

#include "db/sql.hpp"

namespace shop::events::sql {

inline const db::Sql k_append{"event_append",
                              "INSERT INTO event (id, at, type, aggregate, aggregate_id, payload) "
                              "VALUES ($1, $2, $3, $4, $5, $6)"};

}  // namespace shop::events::sql
