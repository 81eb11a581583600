#pragma once

#include "db/sql.hpp"

namespace shop::cart::sql {

#define SHOP_CART_COLUMNS                                                                     \
  "id, owner_id, guest, name, country, region, shipping_method_id, address, reserved_until, " \
  "created_at"

inline const db::Sql k_cart_add{
    "cart_add",
    "INSERT INTO cart (" SHOP_CART_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "ON CONFLICT (owner_id) WHERE name = '' AND owner_id <> 0 DO UPDATE SET id = excluded.id, "
    "guest = excluded.guest, country = excluded.country, region = excluded.region, "
    "shipping_method_id = excluded.shipping_method_id, address = excluded.address, "
    "reserved_until = excluded.reserved_until, created_at = excluded.created_at "
    "WHERE cart.created_at = 0"};
inline const db::Sql k_cart_by_id{
    "cart_by_id", "SELECT " SHOP_CART_COLUMNS " FROM cart WHERE id = $1 AND created_at <> 0"};
inline const db::Sql k_cart_current{
    "cart_current", "SELECT " SHOP_CART_COLUMNS
                    " FROM cart WHERE owner_id = $1 AND name = '' AND owner_id <> 0 "
                    "AND created_at <> 0"};
inline const db::Sql k_carts_of{
    "carts_of",
    "SELECT id, name, created_at, (SELECT count(*) FROM cart_line l WHERE l.cart_id = cart.id) "
    "FROM cart WHERE owner_id = $1 AND name = '' AND owner_id <> 0 AND created_at <> 0 UNION ALL "
    "SELECT id, name, created_at, (SELECT count(*) FROM cart_line l WHERE l.cart_id = cart.id) "
    "FROM cart WHERE owner_id = $1 AND name <> '' AND owner_id <> 0 ORDER BY 1 LIMIT 100"};
inline const db::Sql k_cart_update{
    "cart_update",
    "UPDATE cart SET owner_id = $2, guest = $3, name = $4, country = $5, region = $6, "
    "shipping_method_id = $7, address = $8, reserved_until = $9 WHERE id = $1"};
inline const db::Sql k_cart_vacate{
    "cart_vacate",
    "UPDATE cart SET country = '', region = '', shipping_method_id = NULL, address = $2, "
    "reserved_until = 0, created_at = 0 WHERE id = $1"};
inline const db::Sql k_cart_free_place{
    "cart_free_place",
    "DELETE FROM cart WHERE owner_id = $1 AND name = '' AND owner_id <> 0 AND created_at = 0"};
inline const db::Sql k_cart_delete{"cart_delete", "DELETE FROM cart WHERE id = $1"};

inline const db::Sql k_carts_addressed{"carts_addressed",
                                       "SELECT " SHOP_CART_COLUMNS
                                       " FROM cart WHERE id > $1 AND length(address) > 0 "
                                       "ORDER BY id LIMIT $2"};

#undef SHOP_CART_COLUMNS

#define SHOP_LINE_COLUMNS                                                                     \
  "line_no, variant_id, quantity, seen_minor, manual_minor, manual_discount, manual_reason, " \
  "note, changed_at"

inline const db::Sql k_lines_of{"cart_lines_of",
                                "SELECT " SHOP_LINE_COLUMNS
                                " FROM cart_line WHERE cart_id = $1 ORDER BY line_no"};
inline const db::Sql k_line_add{"cart_line_add",
                                "INSERT INTO cart_line (cart_id, " SHOP_LINE_COLUMNS
                                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
inline const db::Sql k_line_put{
    "cart_line_put",
    "UPDATE cart_line SET variant_id = $3, quantity = $4, seen_minor = $5, manual_minor = $6, "
    "manual_discount = $7, manual_reason = $8, note = $9, changed_at = $10 "
    "WHERE cart_id = $1 AND line_no = $2"};
inline const db::Sql k_line_delete{"cart_line_delete",
                                   "DELETE FROM cart_line WHERE cart_id = $1 AND line_no = $2"};
inline const db::Sql k_lines_delete{"cart_lines_delete",
                                    "DELETE FROM cart_line WHERE cart_id = $1"};

#undef SHOP_LINE_COLUMNS

inline const db::Sql k_coupons_of{
    "cart_coupons_of", "SELECT code FROM cart_coupon WHERE cart_id = $1 ORDER BY code_folded"};
inline const db::Sql k_coupon_put{
    "cart_coupon_put",
    "INSERT INTO cart_coupon (cart_id, code_folded, code) VALUES ($1, $2, $3) "
    "ON CONFLICT (cart_id, code_folded) DO UPDATE SET code = excluded.code"};
inline const db::Sql k_coupon_delete{
    "cart_coupon_delete", "DELETE FROM cart_coupon WHERE cart_id = $1 AND code_folded = $2"};
inline const db::Sql k_coupons_delete{"cart_coupons_delete",
                                      "DELETE FROM cart_coupon WHERE cart_id = $1"};

inline const db::Sql k_join_rule{"cart_join_rule",
                                 "SELECT join_rule FROM cart_setting WHERE one = 1"};
inline const db::Sql k_join_rule_put{"cart_join_rule_put",
                                     "UPDATE cart_setting SET join_rule = $1 WHERE one = 1"};

}  // namespace shop::cart::sql
