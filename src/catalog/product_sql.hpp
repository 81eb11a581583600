#pragma once

#include "db/sql.hpp"

namespace shop::catalog::sql {

// What a list shows of a product, in the order of card_row().
#define SHOP_CARD_COLUMNS                                                                      \
  "p.id, p.seller_id, p.status, p.slug, p.title, p.price_minor, p.price_max_minor, "           \
  "p.compare_at_minor, p.image, p.variant_count, p.in_stock, p.rating_milli, p.rating_count, " \
  "p.sold"
#define SHOP_PRODUCT_COLUMNS                                                                    \
  SHOP_CARD_COLUMNS                                                                             \
  ", p.version, p.category_id, p.brand_id, p.parts, p.tax_class_id, p.minimum_age, p.sold_by, " \
  "p.created_at, p.updated_at, p.title_folded"
#define SHOP_VARIANT_COLUMNS                                                     \
  "v.id, v.product_id, v.position, v.options, v.sku, v.barcode, v.price_minor, " \
  "v.compare_at_minor, v.weight_grams, v.policy, v.image_position, v.in_stock, v.price_since"

inline const db::Sql k_product_add{
    "product_add",
    "INSERT INTO product (id, seller_id, version, status, slug, title, title_folded, category_id, "
    "brand_id, price_minor, price_max_minor, compare_at_minor, image, variant_count, in_stock, "
    "rating_milli, rating_count, sold, sold_ever, parts, tax_class_id, minimum_age, sold_by, "
    "created_at, "
    "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
    "$17, $18, 0, $19, $20, $21, $22, $23, $24)"};
inline const db::Sql k_product_save{
    "product_save",
    "UPDATE product SET version = $2, status = $3, slug = $4, title = $5, title_folded = $6, "
    "category_id = $7, brand_id = $8, price_minor = $9, price_max_minor = $10, "
    "compare_at_minor = $11, image = $12, variant_count = $13, in_stock = $14, parts = $15, "
    "tax_class_id = $16, minimum_age = $17, sold_by = $18, updated_at = $19 WHERE id = $1"};
inline const db::Sql k_product_by_id{
    "product_by_id", "SELECT " SHOP_PRODUCT_COLUMNS " FROM product p WHERE p.id = $1"};
// With the texts of a product's own page, so that reading one is one statement less for each.
#define SHOP_SHOWN_COLUMNS SHOP_PRODUCT_COLUMNS ", d.description, f.value"
#define SHOP_SHOWN_TEXTS                                    \
  "LEFT JOIN product_description d ON d.product_id = p.id " \
  "LEFT JOIN facet f ON f.id = p.brand_id "
inline const db::Sql k_shown_by_slug{"product_shown_by_slug",
                                     "SELECT " SHOP_SHOWN_COLUMNS
                                     " FROM product p " SHOP_SHOWN_TEXTS "WHERE p.slug = $1"};
inline const db::Sql k_shown_by_id{"product_shown_by_id",
                                   "SELECT " SHOP_SHOWN_COLUMNS " FROM product p " SHOP_SHOWN_TEXTS
                                   "WHERE p.id = $1"};
// The index has the SKU in small letters before the SKU itself. Coalesce keeps SQLite from putting
// $1 in place of sku everywhere, the index's expression too.
#define SHOP_SKU_IS(sku) \
  "lower(" sku ") = lower($1) AND coalesce(" sku ", '') = $1 AND " sku " IS NOT NULL"
inline const db::Sql k_shown_by_sku{
    "product_shown_by_sku",
    "SELECT " SHOP_SHOWN_COLUMNS
    " FROM variant v JOIN product p ON p.id = v.product_id " SHOP_SHOWN_TEXTS
    "WHERE " SHOP_SKU_IS("v.sku")};
inline const db::Sql k_shown_by_barcode{
    "product_shown_by_barcode",
    "SELECT " SHOP_SHOWN_COLUMNS
    " FROM variant v JOIN product p ON p.id = v.product_id " SHOP_SHOWN_TEXTS
    "WHERE v.barcode = $1"};
inline const db::Sql k_products_after{"products_after",
                                      "SELECT id FROM product WHERE id > $1 ORDER BY id LIMIT $2"};
inline const db::Sql k_product_slug_taken{"product_slug_taken",
                                          "SELECT id FROM product WHERE slug = $1"};
// The numbered slugs of one name, so that the next free one is found without trying each.
inline const db::Sql k_product_slug_last{
    "product_slug_last",
    "SELECT slug FROM product WHERE slug > $1 AND slug < $2 ORDER BY slug DESC LIMIT 1"};
inline const db::Sql k_product_title_taken{
    "product_title_taken", "SELECT id FROM product WHERE title_folded = $1 AND seller_id = $2"};

inline const db::Sql k_description{
    "description", "SELECT description FROM product_description WHERE product_id = $1"};
inline const db::Sql k_description_put{
    "description_put",
    "INSERT INTO product_description (product_id, description) VALUES ($1, $2) "
    "ON CONFLICT (product_id) DO UPDATE SET description = excluded.description"};
inline const db::Sql k_description_remove{"description_remove",
                                          "DELETE FROM product_description WHERE product_id = $1"};

inline const db::Sql k_variant_add{
    "variant_add",
    "INSERT INTO variant (id, product_id, position, options, sku, barcode, price_minor, "
    "compare_at_minor, price_since, weight_grams, policy, image_position, in_stock) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
inline const db::Sql k_variants{"variants",
                                "SELECT " SHOP_VARIANT_COLUMNS
                                " FROM variant v WHERE v.product_id = $1 ORDER BY v.position"};
inline const db::Sql k_variant_by_id{
    "variant_by_id", "SELECT " SHOP_VARIANT_COLUMNS " FROM variant v WHERE v.id = $1"};
inline const db::Sql k_variant_by_sku{
    "variant_by_sku", "SELECT id, product_id FROM variant WHERE " SHOP_SKU_IS("sku")};
inline const db::Sql k_variant_by_sku_any_case{
    "variant_by_sku_any_case",
    "SELECT id, product_id FROM variant WHERE lower(sku) = lower($1) AND sku IS NOT NULL "
    "ORDER BY lower(sku), sku LIMIT 1"};
inline const db::Sql k_products_by_sku{
    "products_by_sku",
    "SELECT product_id FROM variant WHERE lower(sku) >= lower($1) AND lower(sku) < lower($2) "
    "AND sku IS NOT NULL ORDER BY lower(sku), sku"};
inline const db::Sql k_products_by_barcode{
    "products_by_barcode",
    "SELECT product_id FROM variant WHERE barcode >= $1 AND barcode < $2 ORDER BY barcode"};
inline const db::Sql k_variant_by_barcode{"variant_by_barcode",
                                          "SELECT id, product_id FROM variant WHERE barcode = $1"};
#define SHOP_SALE_ITEM(id)                                                                    \
  "SELECT v.id, p.id, p.seller_id, p.category_id, v.sku, p.title, v.options, v.price_minor, " \
  "v.compare_at_minor, p.tax_class_id, v.weight_grams, p.minimum_age, p.status, v.policy, "   \
  "p.sold_by, p.parts FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = " id
#define SHOP_SALE_ITEMS(a, b, c, d) \
  SHOP_SALE_ITEM(a)                 \
  " UNION ALL " SHOP_SALE_ITEM(b) " UNION ALL " SHOP_SALE_ITEM(c) " UNION ALL " SHOP_SALE_ITEM(d)
inline const db::Sql k_sale_item{"sale_item", SHOP_SALE_ITEM("$1")};
inline const db::Sql k_sale_items_4{"sale_items_4", SHOP_SALE_ITEMS("$1", "$2", "$3", "$4")};
inline const db::Sql k_sale_items_8{
    "sale_items_8",
    SHOP_SALE_ITEMS("$1", "$2", "$3", "$4") " UNION ALL " SHOP_SALE_ITEMS("$5", "$6", "$7", "$8")};
#undef SHOP_SALE_ITEMS
#undef SHOP_SALE_ITEM

inline const db::Sql k_option_add{
    "option_add", "INSERT INTO product_option (product_id, position, name) VALUES ($1, $2, $3)"};
inline const db::Sql k_options{
    "options", "SELECT name FROM product_option WHERE product_id = $1 ORDER BY position"};

inline const db::Sql k_image_add{
    "image_add",
    "INSERT INTO product_image (id, product_id, position, url, alt, media_type, size_bytes) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
inline const db::Sql k_image_bytes_add{"image_bytes_add",
                                       "INSERT INTO image_bytes (image_id, bytes) VALUES ($1, $2)"};
inline const db::Sql k_images{
    "images",
    "SELECT id, position, url, alt, media_type, size_bytes FROM product_image "
    "WHERE product_id = $1 ORDER BY position"};

inline const db::Sql k_bundle_add{
    "bundle_add", "INSERT INTO bundle_part (product_id, variant_id, quantity) VALUES ($1, $2, $3)"};
inline const db::Sql k_bundle{
    "bundle",
    "SELECT variant_id, quantity FROM bundle_part WHERE product_id = $1 ORDER BY variant_id"};

inline const db::Sql k_label_add{
    "label_add",
    "INSERT INTO product_label (product_id, position, facet_id, kind, name, value, type) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
inline const db::Sql k_labels{
    "labels",
    "SELECT facet_id, kind, name, value, type FROM product_label WHERE product_id = $1 "
    "ORDER BY position"};
inline const db::Sql k_labels_remove{"labels_remove",
                                     "DELETE FROM product_label WHERE product_id = $1"};

inline const db::Sql k_facet_find{
    "facet_find",
    "SELECT id FROM facet WHERE kind = $1 AND name_folded = $2 AND value_folded = $3"};
inline const db::Sql k_facet_add{
    "facet_add",
    "INSERT INTO facet (id, kind, name, value, name_folded, value_folded) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_facet_value{"facet_value", "SELECT value FROM facet WHERE id = $1"};

inline const db::Sql k_product_category_add{
    "product_category_add",
    "INSERT INTO product_category (product_id, position, category_id) VALUES ($1, $2, $3)"};
inline const db::Sql k_product_categories{
    "product_categories",
    "SELECT category_id FROM product_category WHERE product_id = $1 ORDER BY position"};
inline const db::Sql k_product_categories_remove{
    "product_categories_remove", "DELETE FROM product_category WHERE product_id = $1"};

inline const db::Sql k_facet_row{
    "facet_row",
    "SELECT p.brand_id, p.price_minor, p.rating_milli, p.parts, p.category_id FROM product p "
    "WHERE p.id = $1"};
inline const db::Sql k_facet_by_id{"facet_by_id",
                                   "SELECT kind, name, value FROM facet WHERE id = $1"};

// ---- Changes ----------------------------------------------------------------------------------

inline const db::Sql k_variant_save{
    "variant_save",
    "UPDATE variant SET options = $2, sku = $3, barcode = $4, price_minor = $5, "
    "compare_at_minor = $6, price_since = $7, weight_grams = $8, policy = $9, image_position = $10 "
    "WHERE id = $1"};
inline const db::Sql k_variant_remove{"variant_remove", "DELETE FROM variant WHERE id = $1"};
inline const db::Sql k_variant_stock{
    "variant_stock", "UPDATE variant SET in_stock = $2 WHERE id = $1 AND in_stock <> $2"};
inline const db::Sql k_product_stock{"product_stock",
                                     "UPDATE product SET in_stock = in_stock + $2 WHERE id = $1"};
inline const db::Sql k_product_rating{
    "product_rating", "UPDATE product SET rating_milli = $2, rating_count = $3 WHERE id = $1"};
inline const db::Sql k_product_sold{
    "product_sold", "UPDATE product SET sold = sold + $2, sold_ever = 1 WHERE id = $1"};
inline const db::Sql k_product_sold_ever{"product_sold_ever",
                                         "SELECT sold_ever FROM product WHERE id = $1"};
inline const db::Sql k_product_parts{"product_parts",
                                     "UPDATE product SET parts = $2, version = version + 1, "
                                     "updated_at = $3 WHERE id = $1"};
inline const db::Sql k_product_remove{"product_remove", "DELETE FROM product WHERE id = $1"};
inline const db::Sql k_options_remove{"options_remove",
                                      "DELETE FROM product_option WHERE product_id = $1"};
inline const db::Sql k_translations_remove{"translations_remove",
                                           "DELETE FROM product_translation WHERE product_id = $1"};
inline const db::Sql k_product_variants_remove{"product_variants_remove",
                                               "DELETE FROM variant WHERE product_id = $1"};

inline const db::Sql k_history_add{
    "history_add",
    "INSERT INTO price_history (variant_id, until, since, price_minor) VALUES ($1, $2, $3, $4)"};
inline const db::Sql k_history{
    "history",
    "SELECT price_minor, since, until FROM price_history WHERE variant_id = $1 "
    "ORDER BY until DESC"};
inline const db::Sql k_history_lowest{
    "history_lowest",
    "SELECT min(price_minor) FROM price_history WHERE variant_id = $1 AND until > $2"};
inline const db::Sql k_history_remove{"history_remove",
                                      "DELETE FROM price_history WHERE variant_id = $1"};

inline const db::Sql k_image_by_id{
    "image_by_id",
    "SELECT id, position, url, alt, media_type, size_bytes, product_id FROM product_image "
    "WHERE id = $1"};
inline const db::Sql k_image_bytes{"image_bytes",
                                   "SELECT bytes FROM image_bytes WHERE image_id = $1"};
inline const db::Sql k_image_alt{"image_alt", "UPDATE product_image SET alt = $2 WHERE id = $1"};
inline const db::Sql k_image_position{"image_position",
                                      "UPDATE product_image SET position = $2 WHERE id = $1"};
inline const db::Sql k_image_bytes_remove{"image_bytes_remove",
                                          "DELETE FROM image_bytes WHERE image_id = $1"};
inline const db::Sql k_image_remove{"image_remove", "DELETE FROM product_image WHERE id = $1"};

inline const db::Sql k_bundle_remove{"bundle_remove",
                                     "DELETE FROM bundle_part WHERE product_id = $1"};
inline const db::Sql k_bundle_use{
    "bundle_use", "SELECT product_id FROM bundle_part WHERE variant_id = $1 LIMIT 1"};
inline const db::Sql k_bundle_uses{
    "bundle_uses",
    "SELECT product_id, quantity FROM bundle_part WHERE variant_id = $1 ORDER BY product_id"};
inline const db::Sql k_stock_flags{"stock_flags",
                                   "SELECT v.id, v.policy, p.parts, v.in_stock FROM variant v "
                                   "JOIN product p ON p.id = v.product_id ORDER BY v.id",
                                   "verify reads everything"};

inline const db::Sql k_translation_put{
    "translation_put",
    "INSERT INTO product_translation (product_id, language, title, description) "
    "VALUES ($1, $2, $3, $4) ON CONFLICT (product_id, language) DO UPDATE "
    "SET title = excluded.title, description = excluded.description"};
inline const db::Sql k_translation_remove{
    "translation_remove",
    "DELETE FROM product_translation WHERE product_id = $1 AND language = $2"};
inline const db::Sql k_translations{
    "translations",
    "SELECT language, title, description FROM product_translation WHERE product_id = $1 "
    "ORDER BY language"};

inline const db::Sql k_sold_delta_add{
    "sold_delta_add", "INSERT INTO sold_delta (id, product_id, units) VALUES ($1, $2, $3)"};
inline const db::Sql k_sold_deltas{
    "sold_deltas",
    "SELECT product_id, sum(units) FROM sold_delta GROUP BY product_id ORDER BY product_id",
    "folded before it grows long"};
inline const db::Sql k_sold_delta_count{"sold_delta_count", "SELECT count(*) FROM sold_delta",
                                        "folded before it grows long"};
// Up to which order the sales are folded; none: some other change waits.
inline const db::Sql k_sold_unfolded{"sold_unfolded",
                                     "SELECT order_id FROM sold_counted WHERE one = 1 "
                                     "AND NOT EXISTS (SELECT 1 FROM sold_delta WHERE id > 0)"};
inline const db::Sql k_sold_counted{
    "sold_counted", "SELECT order_id, until_id, product_id FROM sold_counted WHERE one = 1"};
inline const db::Sql k_sold_counted_put{
    "sold_counted_put",
    "UPDATE sold_counted SET order_id = $1, until_id = $2, product_id = $3 WHERE one = 1"};
inline const db::Sql k_sold_deltas_remove{"sold_deltas_remove", "DELETE FROM sold_delta",
                                          "folded before it grows long"};

}  // namespace shop::catalog::sql
