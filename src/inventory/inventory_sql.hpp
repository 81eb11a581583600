#pragma once

#include "db/sql.hpp"

namespace shop::inventory::sql {

// A balance changes together with the place of its newest movement. $4 is that movement.
#define SHOP_STOCK_CHAIN "previous_id = last_id, last_id = $4"

inline const db::Sql k_take{
    "stock_take", "UPDATE stock SET on_hand = on_hand - $3, " SHOP_STOCK_CHAIN
                  " WHERE variant_id = $1 AND location_id = $2 AND on_hand - reserved >= $3"};
inline const db::Sql k_lower{
    "stock_lower", "UPDATE stock SET on_hand = on_hand + $3, " SHOP_STOCK_CHAIN
                   " WHERE variant_id = $1 AND location_id = $2 AND on_hand + $3 >= reserved"};
inline const db::Sql k_change{
    "stock_change",
    "INSERT INTO stock (variant_id, location_id, on_hand, reserved, low, last_id, previous_id) "
    "VALUES ($1, $2, $3, 0, coalesce((SELECT low FROM stock_threshold WHERE variant_id = $1), 0), "
    "$4, 0) ON CONFLICT (variant_id, location_id) DO UPDATE "
    "SET on_hand = stock.on_hand + excluded.on_hand, previous_id = stock.last_id, "
    "last_id = excluded.last_id"};
inline const db::Sql k_reserve{
    "stock_reserve", "UPDATE stock SET reserved = reserved + $3, " SHOP_STOCK_CHAIN
                     " WHERE variant_id = $1 AND location_id = $2 AND on_hand - reserved >= $3"};
inline const db::Sql k_release{
    "stock_release", "UPDATE stock SET reserved = reserved + $3, " SHOP_STOCK_CHAIN
                     " WHERE variant_id = $1 AND location_id = $2 AND reserved + $3 >= 0"};
// After one of these: SQLite sets up a table for RETURNING, which costs more than this.
inline const db::Sql k_balance{"stock_balance",
                               "SELECT on_hand, reserved, previous_id, low FROM stock "
                               "WHERE variant_id = $1 AND location_id = $2"};
#define SHOP_AVAILABLE(id)                                                \
  "SELECT CAST(" id                                                       \
  " AS BIGINT), (SELECT coalesce(sum(on_hand - reserved), 0) FROM stock " \
  "WHERE variant_id = " id ")"
#define SHOP_AVAILABLE_OF(a, b, c, d) \
  SHOP_AVAILABLE(a)                   \
  " UNION ALL " SHOP_AVAILABLE(b) " UNION ALL " SHOP_AVAILABLE(c) " UNION ALL " SHOP_AVAILABLE(d)
inline const db::Sql k_available_of_4{"stock_available_of_4",
                                      SHOP_AVAILABLE_OF("$1", "$2", "$3", "$4")};
inline const db::Sql k_available_of_8{
    "stock_available_of_8",
    SHOP_AVAILABLE_OF("$1", "$2", "$3", "$4") " UNION ALL " SHOP_AVAILABLE_OF("$5", "$6", "$7",
                                                                              "$8")};
#undef SHOP_AVAILABLE_OF
#undef SHOP_AVAILABLE
inline const db::Sql k_level{
    "stock_level",
    "SELECT coalesce(sum(on_hand), 0), coalesce(sum(reserved), 0) FROM stock "
    "WHERE variant_id = $1"};
inline const db::Sql k_rows{
    "stock_rows",
    "SELECT location_id, on_hand, reserved, last_id FROM stock WHERE variant_id = $1 "
    "ORDER BY location_id"};

#undef SHOP_STOCK_CHAIN

#define SHOP_MOVEMENT_COLUMNS                                                                 \
  "id, previous_id, at, variant_id, location_id, kind, reason, quantity, on_hand, order_id, " \
  "actor_id, note"

inline const db::Sql k_movement_add{"stock_movement_add",
                                    "INSERT INTO stock_movement (" SHOP_MOVEMENT_COLUMNS
                                    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
inline const db::Sql k_movement_get{
    "stock_movement_get", "SELECT " SHOP_MOVEMENT_COLUMNS " FROM stock_movement WHERE id = $1"};

#undef SHOP_MOVEMENT_COLUMNS

inline const db::Sql k_reservation_add{
    "stock_reservation_add",
    "INSERT INTO stock_reservation (id, cart_id, variant_id, location_id, quantity, expires_at) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_reservations_of_cart{
    "stock_reservations_of_cart",
    "SELECT id, variant_id, location_id, quantity FROM stock_reservation WHERE cart_id = $1 "
    "ORDER BY variant_id, id"};
inline const db::Sql k_reservations_of_cart_variant{
    "stock_reservations_of_cart_variant",
    "SELECT id, variant_id, location_id, quantity FROM stock_reservation WHERE cart_id = $1 "
    "AND variant_id = $2 ORDER BY id"};
inline const db::Sql k_reservations_over{
    "stock_reservations_over",
    "SELECT id, variant_id, location_id, quantity FROM stock_reservation WHERE expires_at <= $1 "
    "ORDER BY expires_at, id"};
inline const db::Sql k_reservations_over_of_variant{
    "stock_reservations_over_of_variant",
    "SELECT id, variant_id, location_id, quantity FROM stock_reservation WHERE variant_id = $2 "
    "AND expires_at <= $1 ORDER BY id"};
inline const db::Sql k_reservation_remove{"stock_reservation_remove",
                                          "DELETE FROM stock_reservation WHERE id = $1"};

inline const db::Sql k_location_add{
    "stock_location_add",
    "INSERT INTO stock_location (id, seller_id, name, name_folded, active) "
    "VALUES ($1, $2, $3, $4, 1)"};
inline const db::Sql k_location_save{
    "stock_location_save",
    "UPDATE stock_location SET name = $2, name_folded = $3, active = $4 WHERE id = $1"};
inline const db::Sql k_location_get{
    "stock_location_get", "SELECT id, name, seller_id, active FROM stock_location WHERE id = $1"};
inline const db::Sql k_location_by_name{
    "stock_location_by_name",
    "SELECT id FROM stock_location WHERE seller_id = $1 AND name_folded = $2"};
inline const db::Sql k_locations{
    "stock_locations",
    "SELECT id, name, seller_id, active FROM stock_location ORDER BY name_folded, id",
    "a shop has few locations"};
inline const db::Sql k_location_used{
    "stock_location_used",
    "SELECT variant_id FROM stock WHERE location_id = $1 AND (on_hand <> 0 OR reserved <> 0) "
    "LIMIT 1",
    "a location is seldom closed"};

inline const db::Sql k_threshold_put{
    "stock_threshold_put",
    "INSERT INTO stock_threshold (variant_id, low, lead_time_days, safety_stock, cover_days) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (variant_id) DO UPDATE SET low = excluded.low, "
    "lead_time_days = excluded.lead_time_days, safety_stock = excluded.safety_stock, "
    "cover_days = excluded.cover_days"};
inline const db::Sql k_threshold_get{
    "stock_threshold_get",
    "SELECT variant_id, low, lead_time_days, safety_stock, cover_days FROM stock_threshold "
    "WHERE variant_id = $1"};

inline const db::Sql k_low_put{"stock_low_put", "UPDATE stock SET low = $2 WHERE variant_id = $1"};

inline const db::Sql k_each_variant{
    "stock_each_variant",
    "SELECT s.variant_id, sum(s.on_hand), sum(s.reserved), max(s.last_id), t.low, "
    "t.lead_time_days, t.safety_stock, t.cover_days FROM stock s LEFT JOIN stock_threshold t "
    "ON t.variant_id = s.variant_id GROUP BY s.variant_id ORDER BY s.variant_id",
    "a report over all stock"};
inline const db::Sql k_moved_since{
    "stock_moved_since",
    "SELECT variant_id, sum(quantity), sum(CASE WHEN kind = 2 THEN -quantity WHEN kind = 3 "
    "THEN -quantity ELSE 0 END) FROM stock_movement WHERE at >= $1 AND kind < 6 "
    "GROUP BY variant_id",
    "a report over all movements of a span"};

#define SHOP_COUNT_COLUMNS                                                                   \
  "c.id, c.name, c.location_id, c.status, c.opened_at, c.closed_at, "                        \
  "(SELECT count(*) FROM stock_count_line l WHERE l.stock_count_id = c.id), "                \
  "(SELECT count(*) FROM stock_count_line l WHERE l.stock_count_id = c.id AND l.counted <> " \
  "l.expected), (SELECT coalesce(sum(l.counted - l.expected), 0) FROM stock_count_line l "   \
  "WHERE l.stock_count_id = c.id), c.seller_id"

inline const db::Sql k_count_add{
    "stock_count_add",
    "INSERT INTO stock_count (id, seller_id, location_id, name, status, opened_at) "
    "VALUES ($1, $2, $3, $4, 1, $5)"};
inline const db::Sql k_count_get{
    "stock_count_get", "SELECT " SHOP_COUNT_COLUMNS " FROM stock_count c WHERE c.id = $1"};
inline const db::Sql k_counts_before{"stock_counts_before",
                                     "SELECT " SHOP_COUNT_COLUMNS
                                     " FROM stock_count c WHERE c.id < $1 ORDER BY c.id DESC"};
inline const db::Sql k_count_end{
    "stock_count_end", "UPDATE stock_count SET status = $2, closed_at = $3 WHERE id = $1"};
inline const db::Sql k_count_line_put{
    "stock_count_line_put",
    "INSERT INTO stock_count_line (stock_count_id, variant_id, expected, counted, counted_at) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (stock_count_id, variant_id) DO UPDATE SET "
    "expected = excluded.expected, counted = excluded.counted, counted_at = excluded.counted_at"};
inline const db::Sql k_count_lines{
    "stock_count_lines",
    "SELECT variant_id, expected, counted, counted_at FROM stock_count_line "
    "WHERE stock_count_id = $1 AND variant_id > $2 ORDER BY variant_id"};

#undef SHOP_COUNT_COLUMNS

inline const db::Sql k_verify_balance{
    "stock_verify_balance",
    "SELECT s.variant_id, s.location_id, s.on_hand, s.reserved, "
    "coalesce(m.on_hand, 0), coalesce(m.reserved, 0) FROM stock s LEFT JOIN "
    "(SELECT variant_id, location_id, sum(CASE WHEN kind < 6 THEN quantity ELSE 0 END) AS on_hand, "
    "sum(CASE WHEN kind < 6 THEN 0 ELSE quantity END) AS reserved FROM stock_movement "
    "GROUP BY variant_id, location_id) m "
    "ON m.variant_id = s.variant_id AND m.location_id = s.location_id "
    "WHERE s.on_hand <> coalesce(m.on_hand, 0) OR s.reserved <> coalesce(m.reserved, 0)",
    "verify recomputes every balance"};
inline const db::Sql k_verify_reserved{
    "stock_verify_reserved",
    "SELECT s.variant_id, s.location_id, s.reserved, coalesce(r.quantity, 0) FROM stock s "
    "LEFT JOIN (SELECT variant_id, location_id, sum(quantity) AS quantity FROM stock_reservation "
    "GROUP BY variant_id, location_id) r "
    "ON r.variant_id = s.variant_id AND r.location_id = s.location_id "
    "WHERE s.reserved <> coalesce(r.quantity, 0)",
    "verify adds up every reservation"};
inline const db::Sql k_verify_orphans{
    "stock_verify_orphans",
    "SELECT m.id, m.variant_id FROM stock_movement m LEFT JOIN stock s "
    "ON s.variant_id = m.variant_id AND s.location_id = m.location_id "
    "WHERE s.variant_id IS NULL",
    "verify looks at every movement"};

}  // namespace shop::inventory::sql
