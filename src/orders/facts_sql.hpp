#pragma once

#include "db/sql.hpp"

namespace shop::orders::sql {

inline const db::Sql k_fact_paid_days{
    "fact_paid_days",
    "SELECT number / 10000000, count(*) FROM orders WHERE number >= $1 AND number < $2 "
    "AND payment_status >= 4 AND status <> 4 GROUP BY 1 ORDER BY 1",
    "a report over the orders of its span"};
inline const db::Sql k_fact_ids{"fact_ids", "SELECT id FROM orders ORDER BY number",
                                "an export of every order"};
#define SHOP_FACT_ORDER                                                  \
  "SELECT id, placed_at, CASE WHEN guest = 1 THEN 0 ELSE owner_id END, " \
  "CASE WHEN status = 4 THEN 1 ELSE 0 END"
inline const db::Sql k_fact_orders{"fact_orders",
                                   SHOP_FACT_ORDER
                                   ", country, region, discount, tax, shipping_total "
                                   "FROM orders ORDER BY id",
                                   "verify adds up every order"};
inline const db::Sql k_fact_orders_after{
    "fact_orders_after", SHOP_FACT_ORDER " FROM orders WHERE id > $1 AND id <= $2 ORDER BY id"};
#undef SHOP_FACT_ORDER
inline const db::Sql k_fact_first_after{
    "fact_first_after", "SELECT placed_at FROM orders WHERE id > $1 ORDER BY id LIMIT 1"};
inline const db::Sql k_fact_last{"fact_last", "SELECT max(id) FROM orders"};
inline const db::Sql k_fact_of_customer{
    "fact_of_customer",
    "SELECT o.id, o.number / 10000000, o.month FROM orders o WHERE o.owner_id = $1 "
    "AND o.owner_id <> 0 AND o.guest = 0 AND o.status <> 4 AND ($2 = 0 OR EXISTS (SELECT 1 "
    "FROM order_part p WHERE p.order_id = o.id AND p.seller_id = $2)) ORDER BY o.id",
    "a customer's orders, by the index of their number"};
inline const db::Sql k_counted_put{
    "order_counted_put",
    "UPDATE order_counted SET order_id = (SELECT coalesce(max(id), 0) FROM orders) WHERE one = 1"};
inline const db::Sql k_fact_lines{
    "fact_lines",
    "SELECT variant_id, product_id, category_id, seller_id, quantity, total, by_measure, "
    "returned, refunded FROM order_line WHERE id BETWEEN $1 * 1024 AND $1 * 1024 + 1023 "
    "ORDER BY id"};
inline const db::Sql k_fact_returns{
    "fact_returns",
    "SELECT id, at, CASE WHEN guest = 1 THEN 0 ELSE owner_id END, order_id, country, region "
    "FROM order_return ORDER BY id",
    "verify adds up every return"};
inline const db::Sql k_fact_return_lines{
    "fact_return_lines",
    "SELECT r.variant_id, r.product_id, r.category_id, r.seller_id, r.quantity, r.value, "
    "l.by_measure, CASE WHEN l.by_measure = 1 THEN (SELECT coalesce(sum(el.quantity), 0) "
    "FROM order_return e JOIN order_return_line el ON el.return_id = e.id WHERE e.order_id = $2 "
    "AND e.order_id <> 0 AND e.id <= $1 AND el.order_line_no = r.order_line_no "
    "AND (e.id < $1 OR el.line_no < r.line_no)) ELSE 0 END, 0 FROM order_return_line r "
    "LEFT JOIN order_line l ON l.id = $2 * 1024 + r.order_line_no WHERE r.return_id = $1 "
    "ORDER BY r.line_no"};

}  // namespace shop::orders::sql
