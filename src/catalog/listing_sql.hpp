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

inline const db::Sql k_listing_sold{
    "listing_sold", "UPDATE listing SET sold = $3 WHERE scope_id = $1 AND product_id = $2"};
inline const db::Sql k_listing_rating{
    "listing_rating", "UPDATE listing SET rating = $3 WHERE scope_id = $1 AND product_id = $2"};

inline const db::Sql k_listed{
    "listed",
    "SELECT product_id FROM listing WHERE scope_id = $1 AND product_id > $2 "
    "ORDER BY product_id LIMIT $3"};
inline const db::Sql k_scope_ids{
    "scope_ids", "SELECT product_id FROM listing WHERE scope_id = $1 ORDER BY product_id DESC"};
inline const db::Sql k_facet_ids{"facet_ids",
                                 "SELECT product_id FROM facet_product WHERE facet_id = $1 "
                                 "ORDER BY product_id DESC"};
inline const db::Sql k_listed_titles{
    "listed_titles",
    "SELECT p.id, p.slug, p.title FROM listing l CROSS JOIN product p "
    "WHERE l.scope_id = 0 AND l.title_folded >= $1 AND l.title_folded < $2 AND p.id = l.product_id "
    "ORDER BY l.title_folded, l.product_id LIMIT $3"};

inline const db::Sql k_facet_product_add{
    "facet_product_add", "INSERT INTO facet_product (facet_id, product_id) VALUES ($1, $2)"};
inline const db::Sql k_facet_product_remove{
    "facet_product_remove", "DELETE FROM facet_product WHERE facet_id = $1 AND product_id = $2"};

// ---- Many at once -----------------------------------------------------------------------------

inline const db::Sql k_any_product{"any_product", "SELECT id FROM product WHERE id > 0 LIMIT 1"};
inline const db::Sql k_listing_fill{
    "listing_fill",
    "INSERT INTO listing (scope_id, product_id, price_minor, sold, rating, title_folded) "
    "SELECT scope_id, product_id, price_minor, sold, rating, title_folded FROM product_listing "
    "ORDER BY 1, 2",
    "enters all products there are"};
inline const db::Sql k_facet_fill{"facet_product_fill",
                                  "INSERT INTO facet_product (facet_id, product_id) "
                                  "SELECT facet_id, product_id FROM product_facet ORDER BY 1, 2",
                                  "enters all products there are"};
// All that share what only one may have.
inline const db::Sql k_clashing{
    "products_clashing",
    "SELECT id FROM product WHERE (title_folded, seller_id) IN (SELECT title_folded, seller_id "
    "FROM product GROUP BY title_folded, seller_id HAVING count(*) > 1) "
    "UNION SELECT id FROM product WHERE slug IN "
    "(SELECT slug FROM product GROUP BY slug HAVING count(*) > 1) "
    "UNION SELECT product_id FROM variant WHERE sku IN "
    "(SELECT sku FROM variant GROUP BY sku HAVING count(*) > 1) "
    "UNION SELECT product_id FROM variant WHERE barcode IN "
    "(SELECT barcode FROM variant GROUP BY barcode HAVING count(*) > 1) ORDER BY 1 LIMIT $1",
    "only an import into an empty shop asks, of what it wrote itself"};

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

inline const db::Sql k_category_save{
    "category_save",
    "UPDATE category SET parent_id = $2, name = $3, name_folded = $4, slug = $5, position = $6 "
    "WHERE id = $1"};
inline const db::Sql k_category_remove{"category_remove", "DELETE FROM category WHERE id = $1"};
inline const db::Sql k_category_descendants{
    "category_descendants",
    "SELECT category_id, distance FROM category_ancestor WHERE ancestor_id = $1 "
    "ORDER BY category_id"};
inline const db::Sql k_ancestors_remove{"ancestors_remove",
                                        "DELETE FROM category_ancestor WHERE category_id = $1"};
// Those of a category itself, after the last product seen.
inline const db::Sql k_category_products{
    "category_products",
    "SELECT product_id FROM product_category WHERE category_id = $1 AND product_id > $2 "
    "ORDER BY product_id LIMIT 1000"};
inline const db::Sql k_product_category_change{
    "product_category_change",
    "UPDATE product_category SET category_id = $3 WHERE product_id = $1 AND category_id = $2"};
inline const db::Sql k_product_category_drop{
    "product_category_drop",
    "DELETE FROM product_category WHERE product_id = $1 AND category_id = $2"};
inline const db::Sql k_product_main_category{"product_main_category",
                                             "UPDATE product SET category_id = $2 WHERE id = $1"};

}  // namespace shop::catalog::sql
