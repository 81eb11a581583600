#pragma once

#include "db/sql.hpp"

namespace shop::recommend::sql {

inline const db::Sql k_basket_add{
    "basket_add",
    "INSERT INTO basket (id, sign, at, customer_id, products, row_done, cost, cum) "
    "VALUES ($1, $2, $3, $4, $5, 0, $6, $7)"};
inline const db::Sql k_counted{"basket_counted",
                               "SELECT order_id FROM basket_counted WHERE one = 1"};
inline const db::Sql k_counted_put{"basket_counted_put",
                                   "UPDATE basket_counted SET order_id = $1 WHERE one = 1"};
inline const db::Sql k_basket_last{"basket_last", "SELECT cum FROM basket ORDER BY id DESC LIMIT 1",
                                   "one row from the end"};
inline const db::Sql k_basket_first{"basket_first",
                                    "SELECT cum - cost, at FROM basket ORDER BY id LIMIT 1",
                                    "one row from the end"};
inline const db::Sql k_baskets{"baskets",
                               "SELECT id, sign, at, customer_id, products, row_done FROM basket "
                               "ORDER BY id LIMIT $1",
                               "what waits is bounded"};
inline const db::Sql k_basket_progress{"basket_progress",
                                       "UPDATE basket SET row_done = $2 WHERE id = $1"};
inline const db::Sql k_baskets_done{"baskets_done", "DELETE FROM basket WHERE id <= $1"};
inline const db::Sql k_basket_anonymous{"basket_anonymous",
                                        "UPDATE basket SET customer_id = 0 WHERE customer_id = $1",
                                        "what waits is bounded"};
inline const db::Sql k_baskets_anonymous{"baskets_anonymous",
                                         "UPDATE basket SET customer_id = 0 WHERE customer_id <> 0",
                                         "what waits is bounded"};
inline const db::Sql k_basket_count{"basket_count", "SELECT count(*) FROM basket",
                                    "what waits is bounded"};

inline const db::Sql k_taste{"product_taste",
                             "SELECT orders, heat FROM product_taste WHERE product_id = $1"};
inline const db::Sql k_taste_orders{"product_taste_orders",
                                    "SELECT orders FROM product_taste WHERE product_id = $1"};
inline const db::Sql k_taste_put{
    "product_taste_put",
    "INSERT INTO product_taste (product_id, orders, heat) VALUES ($1, $2, $3) "
    "ON CONFLICT (product_id) DO UPDATE SET orders = excluded.orders, heat = excluded.heat"};
inline const db::Sql k_buyers{"product_buyers",
                              "SELECT buyers FROM product_buyers WHERE product_id = $1"};
inline const db::Sql k_buyers_put{
    "product_buyers_put",
    "INSERT INTO product_buyers (product_id, buyers) VALUES ($1, $2) "
    "ON CONFLICT (product_id) DO UPDATE SET buyers = excluded.buyers"};
inline const db::Sql k_buyers_remove{"product_buyers_remove",
                                     "DELETE FROM product_buyers WHERE product_id = $1"};
inline const db::Sql k_buyers_clear{"product_buyers_clear", "DELETE FROM product_buyers",
                                    "profiling was turned off for the whole shop"};
inline const db::Sql k_total{"taste_total", "SELECT orders FROM taste_total WHERE one = 1"};
inline const db::Sql k_total_add{"taste_total_add",
                                 "UPDATE taste_total SET orders = orders + $1 WHERE one = 1"};

inline const db::Sql k_pair_add{
    "co_purchase_add",
    "INSERT INTO co_purchase (a, b, support) VALUES ($1, $2, $3) "
    "ON CONFLICT (a, b) DO UPDATE SET support = co_purchase.support + excluded.support"};
inline const db::Sql k_pair_remove{
    "co_purchase_remove", "DELETE FROM co_purchase WHERE a = $1 AND b = $2 AND support <= $3"};
inline const db::Sql k_pair_take{
    "co_purchase_take", "UPDATE co_purchase SET support = support - $3 WHERE a = $1 AND b = $2"};
inline const db::Sql k_pair{"co_purchase",
                            "SELECT support FROM co_purchase WHERE a = $1 AND b = $2"};
inline const db::Sql k_partners_after{
    "co_purchase_partners_after",
    "SELECT b, support FROM co_purchase WHERE a = $1 AND support >= 2 AND support >= $2 "
    "ORDER BY support DESC, b DESC LIMIT $3"};
inline const db::Sql k_partners_before{
    "co_purchase_partners_before",
    "SELECT a, support FROM co_purchase WHERE b = $1 AND support >= 2 AND support >= $2 "
    "ORDER BY support DESC, a DESC LIMIT $3"};
inline const db::Sql k_pairs{"co_purchase_pairs",
                             "SELECT a, b, support FROM co_purchase "
                             "WHERE (a, b) > ($1, $2) AND support >= $3 ORDER BY a, b LIMIT $4"};
inline const db::Sql k_pair_count{"co_purchase_count",
                                  "SELECT count(*) FROM co_purchase WHERE support >= $1",
                                  "a total that was asked for"};

inline const db::Sql k_trending{"trending",
                                "SELECT product_id, heat FROM trending ORDER BY heat DESC, "
                                "product_id LIMIT $1",
                                "a few hundred rows"};
inline const db::Sql k_trending_put{"trending_put",
                                    "INSERT INTO trending (product_id, heat) VALUES ($1, $2) "
                                    "ON CONFLICT (product_id) DO UPDATE SET heat = excluded.heat"};
inline const db::Sql k_trending_remove{"trending_remove",
                                       "DELETE FROM trending WHERE product_id = $1"};
inline const db::Sql k_trending_surplus{
    "trending_surplus",
    "DELETE FROM trending WHERE product_id IN (SELECT product_id FROM trending "
    "ORDER BY heat DESC, product_id LIMIT 1000000 OFFSET $1)",
    "a few hundred rows"};
inline const db::Sql k_trending_least{"trending_least", "SELECT min(heat), count(*) FROM trending",
                                      "a few hundred rows"};

inline const db::Sql k_view_put{
    "recent_view_put",
    "INSERT INTO recent_view (viewer_id, product_id, id, at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (viewer_id, product_id) DO UPDATE SET id = excluded.id, at = excluded.at"};
inline const db::Sql k_view_surplus{
    "recent_view_surplus",
    "DELETE FROM recent_view WHERE viewer_id = $1 AND id <= (SELECT id FROM recent_view "
    "WHERE viewer_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)"};
inline const db::Sql k_views{"recent_views",
                             "SELECT product_id, at FROM recent_view WHERE viewer_id = $1 "
                             "ORDER BY id DESC LIMIT $2"};
inline const db::Sql k_views_erase{"recent_views_erase",
                                   "DELETE FROM recent_view WHERE viewer_id = $1"};
inline const db::Sql k_views_clear{"recent_views_clear", "DELETE FROM recent_view",
                                   "views were turned off for the whole shop"};

inline const db::Sql k_privacy{"taste_privacy",
                               "SELECT views, profiling FROM taste_privacy WHERE customer_id = $1"};
inline const db::Sql k_privacy_put{
    "taste_privacy_put",
    "INSERT INTO taste_privacy (customer_id, views, profiling) VALUES ($1, $2, $3) "
    "ON CONFLICT (customer_id) DO UPDATE SET views = excluded.views, "
    "profiling = excluded.profiling"};
inline const db::Sql k_privacy_erase{"taste_privacy_erase",
                                     "DELETE FROM taste_privacy WHERE customer_id = $1"};

inline const db::Sql k_verify_pairs{
    "co_purchase_verify",
    "SELECT c.a, c.b, c.support FROM co_purchase c "
    "LEFT JOIN product_taste x ON x.product_id = c.a "
    "LEFT JOIN product_taste y ON y.product_id = c.b "
    "WHERE c.support > coalesce(x.orders, 0) OR c.support > coalesce(y.orders, 0) LIMIT 20",
    "verify looks at every pair"};
inline const db::Sql k_verify_views{
    "recent_view_verify",
    "SELECT viewer_id, count(*) FROM recent_view GROUP BY viewer_id HAVING count(*) > 50 LIMIT 20",
    "verify looks at every view"};

}  // namespace shop::recommend::sql
