#pragma once

#include "db/sql.hpp"

namespace shop::catalog::sql {

inline const db::Sql k_card_by_id{
    "card_by_id",
    "SELECT p.id, p.seller_id, p.status, p.slug, p.title, p.price_minor, p.price_max_minor, "
    "p.compare_at_minor, p.image, p.variant_count, p.in_stock, p.rating_milli, p.rating_count, "
    "p.sold FROM product p WHERE p.id = $1"};
inline const db::Sql k_product_of{"product_of", "SELECT product_id FROM variant WHERE id = $1"};
inline const db::Sql k_variants_of{
    "variants_of", "SELECT id FROM variant WHERE product_id = $1 ORDER BY position"};
inline const db::Sql k_seller_of_variant{
    "seller_of_variant",
    "SELECT p.seller_id FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = $1"};
inline const db::Sql k_all_categories{
    "all_categories", "SELECT id, parent_id, name, slug, position FROM category ORDER BY id",
    "reports name every category"};
inline const db::Sql k_all_products{"all_products", "SELECT id, seller_id FROM product ORDER BY id",
                                    "a report over every product"};
inline const db::Sql k_products_in_category{
    "products_in_category",
    "SELECT DISTINCT c.product_id, p.seller_id FROM category_ancestor a "
    "JOIN product_category c ON c.category_id = a.category_id "
    "JOIN product p ON p.id = c.product_id WHERE a.ancestor_id = $1 ORDER BY c.product_id"};
inline const db::Sql k_is_in_category{
    "is_in_category",
    "SELECT 1 FROM product_category c JOIN category_ancestor a ON a.category_id = c.category_id "
    "WHERE c.product_id = $1 AND a.ancestor_id = $2 LIMIT 1"};

}  // namespace shop::catalog::sql
