#pragma once

#include "db/sql.hpp"

namespace shop::orders::sql {

inline const db::Sql k_recent_purchases{
    "order_recent_purchases",
    "SELECT l.product_id, o.placed_at FROM (SELECT id, number, placed_at FROM orders "
    "WHERE owner_id = $1 AND owner_id <> 0 AND status <> 4 ORDER BY number DESC LIMIT $2) o "
    "JOIN order_line l ON l.id BETWEEN o.id * 1024 AND o.id * 1024 + 1023 "
    "ORDER BY o.number DESC, l.id LIMIT $3",
    "walks over the few orders that the inner query found by its index"};
inline const db::Sql k_order_with{
    "order_with",
    "SELECT o.id FROM orders o "
    "JOIN order_line l ON l.id BETWEEN o.id * 1024 AND o.id * 1024 + 1023 "
    "WHERE o.owner_id = $1 AND o.owner_id <> 0 AND o.status <> 4 AND l.product_id = $2 "
    "AND ($3 = 0 OR o.fulfilment_status >= 4) ORDER BY o.number DESC LIMIT 1"};

}  // namespace shop::orders::sql
