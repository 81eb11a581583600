#pragma once

#include "db/sql.hpp"

namespace shop::orders::sql {

inline const db::Sql k_part_add{
    "order_part_add",
    "INSERT INTO order_part (seller_id, number, order_id, fulfilment_status, units, total) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_parts_of{
    "order_parts_of",
    "SELECT seller_id, fulfilment_status, units, total FROM order_part WHERE order_id = $1 "
    "ORDER BY seller_id"};
inline const db::Sql k_part_move{
    "order_part_move",
    "UPDATE order_part SET fulfilment_status = $3 WHERE order_id = $1 AND seller_id = $2"};
inline const db::Sql k_parts_delete{"order_parts_delete",
                                    "DELETE FROM order_part WHERE order_id = $1"};
inline const db::Sql k_parts_list{
    "order_parts_list",
    "SELECT p.order_id, p.number, o.placed_at, o.status, o.payment_status, p.fulfilment_status, "
    "o.country, o.region, o.shipping_name, p.units, p.total FROM order_part p "
    "JOIN orders o ON o.id = p.order_id WHERE p.seller_id = $1 AND p.number < $2 "
    "AND ($3 = 0 OR p.fulfilment_status = $3) ORDER BY p.number DESC LIMIT $4"};
inline const db::Sql k_parts_count{
    "order_parts_count",
    "SELECT count(*) FROM order_part WHERE seller_id = $1 AND ($2 = 0 OR fulfilment_status = $2)"};

// Part by part: joined with all lines grouped by order and seller it would take the square of them.
inline const db::Sql k_verify_part_sums{
    "order_parts_verify_sums",
    "SELECT order_id, seller_id, units, line_units, total, line_total FROM (SELECT p.order_id, "
    "p.seller_id, p.units, (SELECT coalesce(sum(CASE by_measure WHEN 1 THEN 1 ELSE quantity END), "
    "0) FROM order_line WHERE id BETWEEN p.order_id * 1024 AND p.order_id * 1024 + 1023 "
    "AND seller_id = p.seller_id) AS line_units, p.total, (SELECT coalesce(sum(total), 0) "
    "FROM order_line WHERE id BETWEEN p.order_id * 1024 AND p.order_id * 1024 + 1023 "
    "AND seller_id = p.seller_id) AS line_total FROM order_part p) s "
    "WHERE units <> line_units OR total <> line_total",
    "verify adds up every part"};
inline const db::Sql k_verify_part_missing{
    "order_parts_verify_missing",
    "SELECT DISTINCT l.id / 1024, l.seller_id FROM order_line s JOIN order_line l "
    "ON l.id BETWEEN s.id / 1024 * 1024 AND s.id / 1024 * 1024 + 1023 WHERE s.seller_id <> 0 "
    "AND NOT EXISTS (SELECT 1 FROM order_part p WHERE p.order_id = l.id / 1024 "
    "AND p.seller_id = l.seller_id)",
    "verify looks at every line of a seller"};
inline const db::Sql k_verify_part_axis{
    "order_parts_verify_axis",
    "SELECT p.order_id, p.fulfilment_status, o.fulfilment_status FROM order_part p "
    "JOIN orders o ON o.id = p.order_id ORDER BY p.order_id, p.seller_id",
    "verify looks at every part"};

}  // namespace shop::orders::sql
