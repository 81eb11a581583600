#pragma once

#include "db/sql.hpp"

namespace shop::catalog::sql {

#define SHOP_WHY "verify reads everything"

inline const db::Sql k_verify_counts{
    "verify_scope_counts",
    "SELECT c.scope_id, coalesce(l.n, 0), c.products FROM scope_count c LEFT JOIN "
    "(SELECT scope_id, count(*) AS n FROM listing GROUP BY scope_id) l ON l.scope_id = c.scope_id "
    "WHERE coalesce(l.n, 0) <> c.products "
    "AND NOT EXISTS (SELECT 1 FROM facet f WHERE f.id = c.scope_id)",
    SHOP_WHY};
inline const db::Sql k_verify_facets{
    "verify_facet_counts",
    "SELECT f.id, coalesce(l.n, 0), coalesce(c.products, 0) FROM facet f LEFT JOIN "
    "(SELECT facet_id, count(*) AS n FROM facet_product GROUP BY facet_id) l ON l.facet_id = f.id "
    "LEFT JOIN scope_count c ON c.scope_id = f.id WHERE coalesce(l.n, 0) <> coalesce(c.products, "
    "0)",
    SHOP_WHY};
inline const db::Sql k_verify_prices{
    "verify_prices",
    "SELECT p.id, v.low, p.price_minor FROM product p JOIN "
    "(SELECT product_id, min(price_minor) AS low, max(price_minor) AS high FROM variant "
    "GROUP BY product_id) v ON v.product_id = p.id "
    "WHERE v.low <> p.price_minor OR v.high <> p.price_max_minor",
    SHOP_WHY};
inline const db::Sql k_verify_variants{
    "verify_variants",
    "SELECT p.id, coalesce(v.n, 0), p.variant_count FROM product p LEFT JOIN "
    "(SELECT product_id, count(*) AS n FROM variant GROUP BY product_id) v ON v.product_id = p.id "
    "WHERE coalesce(v.n, 0) <> p.variant_count OR p.variant_count < 1",
    SHOP_WHY};
inline const db::Sql k_verify_stock{
    "verify_stock",
    "SELECT p.id, v.n, p.in_stock FROM product p JOIN "
    "(SELECT product_id, sum(in_stock) AS n FROM variant GROUP BY product_id) v "
    "ON v.product_id = p.id WHERE v.n <> p.in_stock",
    SHOP_WHY};
inline const db::Sql k_verify_listing{
    "verify_listing",
    "SELECT p.id, p.price_minor, l.price_minor FROM listing l JOIN product p "
    "ON p.id = l.product_id WHERE l.price_minor <> p.price_minor OR l.sold <> p.sold "
    "OR l.rating <> p.rating_milli OR l.title_folded <> p.title_folded",
    SHOP_WHY};
inline const db::Sql k_verify_all{
    "verify_all",
    "SELECT p.id, 1, 0 FROM product p LEFT JOIN listing l ON l.product_id = p.id AND l.scope_id = "
    "CASE p.status WHEN 2 THEN CASE p.parts / 128 % 2 WHEN 0 THEN 0 ELSE -p.seller_id END "
    "WHEN 1 THEN -1 ELSE -2 END WHERE l.product_id IS NULL",
    SHOP_WHY};
inline const db::Sql k_verify_categories{
    "verify_categories",
    "SELECT c.product_id, 1, 0 FROM product_category c JOIN product p ON p.id = c.product_id "
    "JOIN category_ancestor a ON a.category_id = c.category_id "
    "LEFT JOIN listing l ON l.product_id = c.product_id AND l.scope_id = a.ancestor_id "
    "WHERE p.status = 2 AND p.parts / 128 % 2 = 0 AND l.product_id IS NULL",
    SHOP_WHY};

inline const db::Sql k_verify_withheld{
    "verify_withheld",
    "SELECT seller_id, max(p.parts / 128 % 2), min(p.parts / 128 % 2) FROM product p "
    "WHERE seller_id <> 0 GROUP BY seller_id",
    SHOP_WHY};
inline const db::Sql k_verify_hidden{
    "verify_hidden",
    "SELECT p.id, 0, l.scope_id FROM product p JOIN listing l ON l.product_id = p.id "
    "WHERE p.parts / 128 % 2 = 1 AND l.scope_id >= 0",
    SHOP_WHY};

#undef SHOP_WHY

}  // namespace shop::catalog::sql
