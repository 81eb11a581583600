#pragma once

#include "db/sql.hpp"

namespace shop::reports::sql {

inline const db::Sql k_funnel_count{
    "funnel_count",
    "INSERT INTO funnel_day (day, step, count) VALUES ($1, $2, 1) "
    "ON CONFLICT (day, step) DO UPDATE SET count = funnel_day.count + 1"};
inline const db::Sql k_funnel_days{
    "funnel_days",
    "SELECT day, step, count FROM funnel_day WHERE day >= $1 AND day <= $2 ORDER BY day, step"};

}  // namespace shop::reports::sql
