#pragma once

#include "db/sql.hpp"

namespace shop::catalog::sql {

#define SHOP_CATEGORY_COLUMNS "id, parent_id, name, slug, position"

inline const db::Sql k_category_add{
    "category_add",
    "INSERT INTO category (id, parent_id, name, name_folded, slug, position) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_category_by_slug{
    "category_by_slug", "SELECT " SHOP_CATEGORY_COLUMNS " FROM category WHERE slug = $1"};
inline const db::Sql k_category_id{"category_id", "SELECT id FROM category WHERE slug = $1"};
inline const db::Sql k_category_by_id{
    "category_by_id", "SELECT " SHOP_CATEGORY_COLUMNS " FROM category WHERE id = $1"};
inline const db::Sql k_category_children{
    "category_children", "SELECT " SHOP_CATEGORY_COLUMNS
                         " FROM category WHERE coalesce(parent_id, 0) = $1 ORDER BY position, id"};
inline const db::Sql k_category_sibling{
    "category_sibling",
    "SELECT id FROM category WHERE coalesce(parent_id, 0) = $1 AND name_folded = $2"};
inline const db::Sql k_category_last_position{
    "category_last_position",
    "SELECT coalesce(max(position), 0) FROM category WHERE coalesce(parent_id, 0) = $1"};

inline const db::Sql k_categories_from{
    "categories_from", "SELECT " SHOP_CATEGORY_COLUMNS
                       " FROM category WHERE name_folded >= $1 AND name_folded < $2 "
                       "ORDER BY name_folded, id LIMIT $3"};

#undef SHOP_CATEGORY_COLUMNS

}  // namespace shop::catalog::sql
