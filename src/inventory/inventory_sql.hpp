#pragma once

#include "db/sql.hpp"

namespace shop::inventory::sql {

// A balance changes together with the place of its newest movement. $4 is that movement.
#define SHOP_STOCK_CHAIN "previous_id = last_id, last_id = $4"

inline const db::Sql k_take{
    "stock_take", "UPDATE stock SET on_hand = on_hand - $3, " SHOP_STOCK_CHAIN
                  " WHERE variant_id = $1 AND location_id = $2 AND on_hand - reserved >= $3 "
                  "RETURNING on_hand, previous_id"};
inline const db::Sql k_lower{
    "stock_lower", "UPDATE stock SET on_hand = on_hand + $3, " SHOP_STOCK_CHAIN
                   " WHERE variant_id = $1 AND location_id = $2 AND on_hand + $3 >= reserved "
                   "RETURNING on_hand, previous_id"};
inline const db::Sql k_change{
    "stock_change",
    "INSERT INTO stock (variant_id, location_id, on_hand, reserved, last_id, previous_id) "
    "VALUES ($1, $2, $3, 0, $4, 0) ON CONFLICT (variant_id, location_id) DO UPDATE "
    "SET on_hand = stock.on_hand + excluded.on_hand, previous_id = stock.last_id, "
    "last_id = excluded.last_id RETURNING on_hand, previous_id"};
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
inline const db::Sql k_verify_orphans{
    "stock_verify_orphans",
    "SELECT m.id, m.variant_id FROM stock_movement m LEFT JOIN stock s "
    "ON s.variant_id = m.variant_id AND s.location_id = m.location_id "
    "WHERE s.variant_id IS NULL",
    "verify looks at every movement"};

}  // namespace shop::inventory::sql
