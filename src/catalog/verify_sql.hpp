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
// Each row that must be in a list is, as the product says; then as many as there must be are all.
inline const db::Sql k_verify_listing{
    "verify_listing",
    "SELECT v.product_id, v.scope_id FROM product_listing v LEFT JOIN listing l "
    "ON l.scope_id = v.scope_id AND l.product_id = v.product_id "
    "AND l.price_minor = v.price_minor AND l.sold = v.sold AND l.rating = v.rating "
    "AND l.title_folded = v.title_folded WHERE l.product_id IS NULL",
    SHOP_WHY};
inline const db::Sql k_verify_listings{
    "verify_listings",
    "SELECT (SELECT count(*) FROM product_listing), (SELECT count(*) FROM listing)", SHOP_WHY};
inline const db::Sql k_verify_listed_more{
    "verify_listed_more",
    "SELECT l.product_id, l.scope_id FROM listing l WHERE NOT EXISTS (SELECT 1 "
    "FROM product_listing v WHERE v.scope_id = l.scope_id AND v.product_id = l.product_id) "
    "LIMIT 20",
    SHOP_WHY};
inline const db::Sql k_verify_labeled_more{
    "verify_labeled_more",
    "SELECT l.product_id, l.facet_id FROM facet_product l WHERE NOT EXISTS (SELECT 1 "
    "FROM product_facet v WHERE v.facet_id = l.facet_id AND v.product_id = l.product_id) LIMIT 20",
    SHOP_WHY};
inline const db::Sql k_verify_labeled{
    "verify_labeled",
    "SELECT v.product_id, v.facet_id FROM product_facet v LEFT JOIN facet_product l "
    "ON l.facet_id = v.facet_id AND l.product_id = v.product_id WHERE l.product_id IS NULL",
    SHOP_WHY};
inline const db::Sql k_verify_labelings{
    "verify_labelings",
    "SELECT (SELECT count(*) FROM product_facet), (SELECT count(*) FROM facet_product)", SHOP_WHY};

inline const db::Sql k_verify_withheld{
    "verify_withheld",
    "SELECT seller_id, max(p.parts / 128 % 2), min(p.parts / 128 % 2) FROM product p "
    "WHERE seller_id <> 0 GROUP BY seller_id",
    SHOP_WHY};

#undef SHOP_WHY

}  // namespace shop::catalog::sql
