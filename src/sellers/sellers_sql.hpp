#pragma once

#include "db/sql.hpp"

namespace shop::sellers::sql {

#define SHOP_SELLER_COLUMNS                                                                     \
  "id, account_id, status, name, slug, phone, category_id, description, verified, rating_sum, " \
  "rating_count, reason, applied_at, decided_at, version"

inline const db::Sql k_add{
    "seller_add",
    "INSERT INTO seller (id, account_id, status, name, name_folded, slug, phone, category_id, "
    "description, verified, rating_sum, rating_count, reason, applied_at, decided_at, version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, '', $10, $11, 1)"};
inline const db::Sql k_apply_again{
    "seller_apply_again",
    "UPDATE seller SET status = $2, name = $3, name_folded = $4, slug = $5, phone = $6, "
    "category_id = $7, description = $8, reason = '', applied_at = $9, decided_at = $10, "
    "version = version + 1 WHERE id = $1"};
inline const db::Sql k_get{"seller_get",
                           "SELECT " SHOP_SELLER_COLUMNS " FROM seller WHERE id = $1"};
inline const db::Sql k_by_account{
    "seller_by_account", "SELECT " SHOP_SELLER_COLUMNS " FROM seller WHERE account_id = $1"};
inline const db::Sql k_by_slug{"seller_by_slug",
                               "SELECT " SHOP_SELLER_COLUMNS " FROM seller WHERE slug = $1"};
inline const db::Sql k_id_by_name{"seller_id_by_name",
                                  "SELECT id FROM seller WHERE name_folded = $1"};
inline const db::Sql k_name{"seller_name", "SELECT name FROM seller WHERE id = $1"};
inline const db::Sql k_status{"seller_status", "SELECT status FROM seller WHERE id = $1"};
inline const db::Sql k_set_status{
    "seller_set_status",
    "UPDATE seller SET status = $2, reason = $3, decided_at = $4, version = version + 1 "
    "WHERE id = $1"};
inline const db::Sql k_forget_contact{
    "seller_forget_contact",
    "UPDATE seller SET phone = '', description = '', reason = $2, version = version + 1 "
    "WHERE id = $1"};
inline const db::Sql k_forget_name{
    "seller_forget_name", "UPDATE seller SET name = $2, name_folded = $2, slug = $2 WHERE id = $1"};
inline const db::Sql k_set_verified{
    "seller_set_verified", "UPDATE seller SET verified = $2, version = version + 1 WHERE id = $1"};
inline const db::Sql k_update{
    "seller_update",
    "UPDATE seller SET name = $3, name_folded = $4, phone = $5, description = $6, "
    "version = version + 1 WHERE id = $1 AND version = $2"};
inline const db::Sql k_move_category{"seller_move_category",
                                     "UPDATE seller SET category_id = $2 WHERE category_id = $1",
                                     "a category that goes looks at every seller"};
inline const db::Sql k_rate{
    "seller_rate",
    "UPDATE seller SET rating_sum = rating_sum + $2, rating_count = rating_count + $3 "
    "WHERE id = $1"};
inline const db::Sql k_ratings{"seller_ratings",
                               "SELECT id, rating_sum, rating_count FROM seller ORDER BY id",
                               "verify looks at every seller"};
inline const db::Sql k_list{
    "seller_list", "SELECT " SHOP_SELLER_COLUMNS " FROM seller WHERE id < $1 ORDER BY id DESC",
    nullptr};
inline const db::Sql k_list_status{"seller_list_status",
                                   "SELECT " SHOP_SELLER_COLUMNS
                                   " FROM seller WHERE status = $2 AND id < $1 ORDER BY id DESC"};
inline const db::Sql k_verify{
    "seller_verify",
    "SELECT id, rating_sum, rating_count FROM seller WHERE rating_count < 0 "
    "OR rating_sum < rating_count OR rating_sum > 5 * rating_count",
    "verify looks at every seller"};

#undef SHOP_SELLER_COLUMNS

}  // namespace shop::sellers::sql
