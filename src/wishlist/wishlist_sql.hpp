#pragma once

#include "db/sql.hpp"

namespace shop::wishlist::sql {

#define SHOP_WISHLIST_COLUMNS "w.id, w.name, w.is_default, w.share_hash, w.created_at"

inline const db::Sql k_add{
    "wishlist_add",
    "INSERT INTO wishlist (id, customer_id, name, name_folded, is_default, created_at) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_rename{"wishlist_rename",
                              "UPDATE wishlist SET name = $3, name_folded = $4 "
                              "WHERE id = $1 AND customer_id = $2"};
inline const db::Sql k_remove{"wishlist_remove",
                              "DELETE FROM wishlist WHERE id = $1 AND customer_id = $2"};
inline const db::Sql k_of_customer{
    "wishlist_of_customer",
    "SELECT " SHOP_WISHLIST_COLUMNS
    ", (SELECT count(*) FROM wishlist_item i WHERE i.wishlist_id = w.id) "
    "FROM wishlist w WHERE w.customer_id = $1 ORDER BY w.is_default DESC, w.name_folded"};
inline const db::Sql k_by_id{"wishlist_by_id",
                             "SELECT " SHOP_WISHLIST_COLUMNS
                             ", (SELECT count(*) FROM wishlist_item i WHERE i.wishlist_id = w.id) "
                             "FROM wishlist w WHERE w.id = $1 AND w.customer_id = $2"};
inline const db::Sql k_by_name{
    "wishlist_by_name", "SELECT id FROM wishlist WHERE customer_id = $1 AND name_folded = $2"};
inline const db::Sql k_default{"wishlist_default",
                               "SELECT id FROM wishlist WHERE customer_id = $1 AND is_default = 1"};
inline const db::Sql k_count{"wishlist_count",
                             "SELECT count(*) FROM wishlist WHERE customer_id = $1"};
inline const db::Sql k_share{
    "wishlist_share", "UPDATE wishlist SET share_hash = $3 WHERE id = $1 AND customer_id = $2"};
inline const db::Sql k_by_share{"wishlist_by_share",
                                "SELECT id, name FROM wishlist WHERE share_hash = $1"};

#define SHOP_WISHLIST_ITEM_COLUMNS                                                              \
  "wishlist_id, product_id, id, customer_id, variant_id, price_added_minor, price_seen_minor, " \
  "note, notify_price_drop, notify_back_in_stock, added_at"

inline const db::Sql k_item_put{
    "wishlist_item_put",
    "INSERT INTO wishlist_item (" SHOP_WISHLIST_ITEM_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
    "ON CONFLICT (wishlist_id, product_id) DO UPDATE SET variant_id = excluded.variant_id, "
    "note = excluded.note, notify_price_drop = excluded.notify_price_drop, "
    "notify_back_in_stock = excluded.notify_back_in_stock"};
inline const db::Sql k_item{"wishlist_item", "SELECT " SHOP_WISHLIST_ITEM_COLUMNS
                                             " FROM wishlist_item "
                                             "WHERE wishlist_id = $1 AND product_id = $2"};
inline const db::Sql k_item_remove{
    "wishlist_item_remove", "DELETE FROM wishlist_item WHERE wishlist_id = $1 AND product_id = $2"};
inline const db::Sql k_items{"wishlist_items",
                             "SELECT " SHOP_WISHLIST_ITEM_COLUMNS
                             " FROM wishlist_item WHERE wishlist_id = $1 AND id < $2 "
                             "ORDER BY id DESC LIMIT $3"};
inline const db::Sql k_item_count{"wishlist_item_count",
                                  "SELECT count(*) FROM wishlist_item WHERE wishlist_id = $1"};
inline const db::Sql k_wishes_of_customer{
    "wishlist_wishes_of_customer",
    "SELECT i.product_id, i.added_at FROM wishlist w JOIN wishlist_item i ON i.wishlist_id = w.id "
    "WHERE w.customer_id = $1 ORDER BY i.id DESC LIMIT $2"};
inline const db::Sql k_has_other{"wishlist_has_other",
                                 "SELECT 1 FROM wishlist_item "
                                 "WHERE product_id = $1 AND customer_id = $2 LIMIT 1"};
inline const db::Sql k_products_of_list{
    "wishlist_products_of_list",
    "SELECT product_id FROM wishlist_item WHERE wishlist_id = $1 ORDER BY product_id"};

inline const db::Sql k_wished_up{
    "wish_count_up",
    "INSERT INTO wish_count (product_id, customers) VALUES ($1, 1) "
    "ON CONFLICT (product_id) DO UPDATE SET customers = wish_count.customers + 1"};
inline const db::Sql k_wished_gone{
    "wish_count_gone", "DELETE FROM wish_count WHERE product_id = $1 AND customers = 1"};
inline const db::Sql k_wished_down{
    "wish_count_down", "UPDATE wish_count SET customers = customers - 1 WHERE product_id = $1"};
inline const db::Sql k_wished{"wish_count",
                              "SELECT customers FROM wish_count WHERE product_id = $1"};
inline const db::Sql k_most_wished{"wish_count_most",
                                   "SELECT customers, product_id FROM wish_count "
                                   "WHERE (customers, product_id) < ($1, $2) "
                                   "ORDER BY customers DESC, product_id DESC LIMIT $3"};
inline const db::Sql k_wished_products{"wish_count_products", "SELECT count(*) FROM wish_count",
                                       "a total that was asked for"};

/// Who is to be told of a lower price: once per customer, the highest price they know first.
inline const db::Sql k_price_watchers{
    "wishlist_price_watchers",
    "SELECT customer_id, max(price_seen_minor) FROM wishlist_item "
    "WHERE product_id = $1 AND notify_price_drop = 1 AND price_seen_minor > $2 "
    "GROUP BY customer_id ORDER BY customer_id"};
inline const db::Sql k_price_seen{"wishlist_price_seen",
                                  "UPDATE wishlist_item SET price_seen_minor = $2 "
                                  "WHERE product_id = $1 AND notify_price_drop = 1 "
                                  "AND price_seen_minor > $2"};
inline const db::Sql k_stock_watchers{
    "wishlist_stock_watchers",
    "SELECT customer_id, min(id) FROM wishlist_item "
    "WHERE product_id = $1 AND notify_back_in_stock = 1 AND (variant_id = 0 OR variant_id = $2) "
    "GROUP BY customer_id ORDER BY min(id)"};

inline const db::Sql k_wait_add{
    "stock_wait_add",
    "INSERT INTO stock_wait (variant_id, id, customer_id, since) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (customer_id, variant_id) DO NOTHING"};
inline const db::Sql k_wait_remove{
    "stock_wait_remove", "DELETE FROM stock_wait WHERE customer_id = $1 AND variant_id = $2"};
inline const db::Sql k_wait_clear{"stock_wait_clear",
                                  "DELETE FROM stock_wait WHERE variant_id = $1"};
inline const db::Sql k_wait_of_variant{
    "stock_wait_of_variant",
    "SELECT customer_id FROM stock_wait WHERE variant_id = $1 ORDER BY id"};
inline const db::Sql k_wait_of_customer{
    "stock_wait_of_customer",
    "SELECT s.variant_id, s.since, (SELECT count(*) FROM stock_wait o "
    "WHERE o.variant_id = s.variant_id AND o.id < s.id) "
    "FROM stock_wait s WHERE s.customer_id = $1 ORDER BY s.id"};
inline const db::Sql k_wait_erase{"stock_wait_erase",
                                  "DELETE FROM stock_wait WHERE customer_id = $1"};

inline const db::Sql k_verify_counts{
    "wish_count_verify",
    "SELECT product_id, kept, counted FROM ("
    "SELECT c.product_id, c.customers AS kept, (SELECT count(DISTINCT i.customer_id) "
    "FROM wishlist_item i WHERE i.product_id = c.product_id) AS counted FROM wish_count c"
    ") t WHERE kept <> counted LIMIT 20",
    "verify looks at every count"};
inline const db::Sql k_verify_missing{
    "wish_count_verify_missing",
    "SELECT DISTINCT i.product_id FROM wishlist_item i "
    "WHERE NOT EXISTS (SELECT 1 FROM wish_count c WHERE c.product_id = i.product_id) LIMIT 20",
    "verify looks at every wish"};
inline const db::Sql k_verify_owner{"wishlist_verify_owner",
                                    "SELECT i.wishlist_id, i.product_id FROM wishlist_item i JOIN "
                                    "wishlist w ON w.id = i.wishlist_id "
                                    "WHERE w.customer_id <> i.customer_id LIMIT 20",
                                    "verify looks at every wish"};

#undef SHOP_WISHLIST_COLUMNS
#undef SHOP_WISHLIST_ITEM_COLUMNS

}  // namespace shop::wishlist::sql
