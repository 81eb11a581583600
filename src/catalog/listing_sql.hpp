#pragma once

#include "db/sql.hpp"

namespace shop::catalog::sql {

inline const db::Sql k_listing_add{
    "listing_add",
    "INSERT INTO listing (scope_id, product_id, price_minor, sold, rating, title_folded) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_listing_remove{
    "listing_remove", "DELETE FROM listing WHERE scope_id = $1 AND product_id = $2"};
inline const db::Sql k_listing_save{
    "listing_save",
    "UPDATE listing SET price_minor = $3, title_folded = $4 "
    "WHERE scope_id = $1 AND product_id = $2 AND (price_minor <> $3 OR title_folded <> $4)"};

inline const db::Sql k_facet_product_add{
    "facet_product_add", "INSERT INTO facet_product (facet_id, product_id) VALUES ($1, $2)"};
inline const db::Sql k_facet_product_remove{
    "facet_product_remove", "DELETE FROM facet_product WHERE facet_id = $1 AND product_id = $2"};

inline const db::Sql k_scope_count_change{
    "scope_count_change",
    "INSERT INTO scope_count (scope_id, products) VALUES ($1, $2) "
    "ON CONFLICT (scope_id) DO UPDATE SET products = scope_count.products + $3"};
inline const db::Sql k_scope_count{"scope_count",
                                   "SELECT products FROM scope_count WHERE scope_id = $1"};

inline const db::Sql k_category_ancestors{
    "category_ancestors",
    "SELECT ancestor_id FROM category_ancestor WHERE category_id = $1 ORDER BY ancestor_id"};
inline const db::Sql k_ancestor_add{
    "ancestor_add",
    "INSERT INTO category_ancestor (category_id, ancestor_id, distance) VALUES ($1, $2, $3)"};
inline const db::Sql k_ancestors_of_parent{
    "ancestors_of_parent",
    "INSERT INTO category_ancestor (category_id, ancestor_id, distance) "
    "SELECT $1, ancestor_id, distance + 1 FROM category_ancestor WHERE category_id = $2"};

}  // namespace shop::catalog::sql
