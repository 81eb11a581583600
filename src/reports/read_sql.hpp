#pragma once

#include "db/sql.hpp"

/// Reading the sums, and what is not folded into them yet.
namespace shop::reports::sql {

inline constexpr const char* k_unfolded = "the rows of some hundred orders that are not folded yet";

#define SHOP_FIGURES "orders, units, revenue, returned_units, returned"

inline const db::Sql k_state{"sales_state",
                             "SELECT rolled_day, generation, folds FROM sales_fold WHERE id = 1"};

inline const db::Sql k_products_in{
    "sales_products_in", "SELECT product_id, " SHOP_FIGURES
                         " FROM sales_product WHERE grain = $1 AND period BETWEEN $2 AND $3 "
                         "ORDER BY period, seller_id, product_id"};
inline const db::Sql k_seller_products_in{"sales_seller_products_in",
                                          "SELECT product_id, " SHOP_FIGURES
                                          " FROM sales_product WHERE grain = $1 AND period = $2 "
                                          "AND seller_id = $3 ORDER BY product_id"};
inline const db::Sql k_product_in{"sales_product_in",
                                  "SELECT " SHOP_FIGURES
                                  " FROM sales_product WHERE grain = $1 AND period = $2 "
                                  "AND seller_id = $3 AND product_id = $4"};
inline const db::Sql k_products_unfolded{"sales_products_unfolded",
                                         "SELECT product_id, " SHOP_FIGURES
                                         ", seller_id FROM sales_line_unfolded "
                                         "WHERE day BETWEEN $1 AND $2",
                                         k_unfolded};

inline const db::Sql k_newest_day{"sales_newest_day",
                                  "SELECT max(period) FROM sales_product WHERE grain = 1"};
inline const db::Sql k_oldest_day{"sales_oldest_day",
                                  "SELECT min(period) FROM sales_product WHERE grain = 1"};

inline const db::Sql k_day_bounds{"sales_day_bounds",
                                  "SELECT (SELECT min(day) FROM sales_day WHERE scope = $1), "
                                  "(SELECT max(day) FROM sales_day WHERE scope = $1)"};
inline const db::Sql k_days{
    "sales_days",
    "SELECT day, orders, new_orders, repeat_orders, units, revenue, discount, tax, shipping, "
    "returns, returned_units, returned FROM sales_day WHERE scope = $1 AND day BETWEEN $2 AND $3 "
    "ORDER BY day"};
// A customer that is in no sum yet is new with the first order that is not folded.
inline const db::Sql k_days_unfolded{
    "sales_days_unfolded",
    "SELECT d.day, d.orders, CASE WHEN d.customer_id <> 0 AND "
    "coalesce(nullif(c.first_order_id, 0), d.first_unfolded) = d.order_id THEN d.orders ELSE 0 "
    "END, "
    "CASE WHEN d.customer_id <> 0 AND coalesce(nullif(c.first_order_id, 0), d.first_unfolded) <> "
    "d.order_id "
    "THEN d.orders ELSE 0 END, d.units, d.revenue, d.discount, d.tax, d.shipping, d.returns, "
    "d.returned_units, d.returned FROM (SELECT sales_order_unfolded.*, min(CASE WHEN returns = 0 "
    "THEN "
    "order_id END) OVER "
    "(PARTITION BY customer_id) AS first_unfolded FROM sales_order_unfolded WHERE scope = $1) d "
    "LEFT JOIN sales_customer c ON c.scope = $1 AND c.customer_id = d.customer_id "
    "WHERE d.day BETWEEN $2 AND $3 ORDER BY d.day",
    k_unfolded};
inline const db::Sql k_regions{"sales_regions",
                               "SELECT day, country, region, " SHOP_FIGURES
                               " FROM sales_region WHERE scope = $1 AND day BETWEEN $2 AND $3"};
inline const db::Sql k_regions_unfolded{
    "sales_regions_unfolded",
    "SELECT day, country, region, " SHOP_FIGURES
    " FROM sales_order_unfolded WHERE scope = $1 AND day BETWEEN $2 AND $3",
    k_unfolded};
inline const db::Sql k_categories{"sales_categories",
                                  "SELECT category_id, " SHOP_FIGURES
                                  " FROM sales_category WHERE day BETWEEN $1 AND $2"};
inline const db::Sql k_categories_unfolded{
    "sales_categories_unfolded",
    "SELECT category_id, category_orders, units, revenue, returned_units, returned "
    "FROM sales_line_unfolded WHERE day BETWEEN $1 AND $2",
    k_unfolded};
inline const db::Sql k_hours{"sales_hours",
                             "SELECT day, hour, orders, units, revenue FROM sales_hour "
                             "WHERE scope = $1 AND day BETWEEN $2 AND $3"};
inline const db::Sql k_hours_unfolded{
    "sales_hours_unfolded",
    "SELECT day, hour, orders, units, revenue FROM sales_order_unfolded "
    "WHERE scope = $1 AND day BETWEEN $2 AND $3 AND returns = 0",
    k_unfolded};
inline const db::Sql k_customers{
    "sales_customers",
    "SELECT customer_id, last_at, orders, revenue - returned FROM sales_customer "
    "WHERE scope = $1 ORDER BY customer_id"};
inline const db::Sql k_customers_unfolded{
    "sales_customers_unfolded",
    "SELECT customer_id, CASE WHEN returns = 0 THEN at ELSE 0 END, orders, revenue - returned "
    "FROM sales_order_unfolded WHERE scope = $1 AND customer_id <> 0",
    k_unfolded};
inline const db::Sql k_customer_months{
    "sales_customer_months",
    "SELECT customer_id, month, orders, revenue - returned FROM sales_customer_month "
    "WHERE scope = $1 AND month >= $2"};
inline const db::Sql k_customer_months_unfolded{
    "sales_customer_months_unfolded",
    "SELECT customer_id, month, orders, revenue - returned FROM sales_order_unfolded "
    "WHERE scope = $1 AND month >= $2 AND customer_id <> 0",
    k_unfolded};
inline const db::Sql k_first_months{
    "sales_first_months",
    "SELECT customer_id, first_month FROM sales_customer WHERE scope = $1 AND first_month <> 0"};
inline const db::Sql k_first_months_unfolded{
    "sales_first_months_unfolded",
    "SELECT customer_id, min(month) FROM sales_order_unfolded WHERE scope = $1 AND customer_id <> "
    "0 "
    "AND returns = 0 "
    "GROUP BY customer_id",
    k_unfolded};

inline const db::Sql k_verify_rolled{
    "sales_verify_rolled",
    "SELECT product_id, variant_id, units, revenue, returned FROM (SELECT product_id, variant_id, "
    "sum(sign * units) AS units, sum(sign * revenue) AS revenue, sum(sign * returned) AS returned "
    "FROM (SELECT sales_product.*, CASE WHEN grain = 3 THEN 1 WHEN grain = 1 AND period <= $1 "
    "THEN -1 ELSE 0 END AS sign FROM sales_product) s GROUP BY product_id, variant_id) d "
    "WHERE units <> 0 OR revenue <> 0 OR returned <> 0",
    "verify adds everything up again"};

inline constexpr const char* k_verify = "verify adds everything up again";
// Scope, day, id, two texts, and the values.
inline const db::Sql k_verify_products{"sales_verify_products",
                                       "SELECT 0, period, variant_id, '', '', " SHOP_FIGURES
                                       " FROM sales_product WHERE grain = 1 "
                                       "UNION ALL SELECT 0, day, variant_id, '', '', " SHOP_FIGURES
                                       " FROM sales_line_unfolded",
                                       k_verify};
inline const db::Sql k_verify_categories{
    "sales_verify_categories",
    "SELECT 0, day, category_id, '', '', " SHOP_FIGURES
    " FROM sales_category UNION ALL "
    "SELECT 0, day, category_id, '', '', category_orders, units, revenue, returned_units, returned "
    "FROM sales_line_unfolded",
    k_verify};
inline const db::Sql k_verify_regions{"sales_verify_regions",
                                      "SELECT scope, day, 0, country, region, " SHOP_FIGURES
                                      " FROM sales_region UNION ALL "
                                      "SELECT scope, day, 0, country, region, " SHOP_FIGURES
                                      " FROM sales_order_unfolded",
                                      k_verify};
inline const db::Sql k_verify_days{
    "sales_verify_days",
    "SELECT scope, day, 0, '', '', orders, new_orders, repeat_orders, units, revenue, discount, "
    "tax, shipping, returns, returned_units, returned FROM sales_day UNION ALL "
    "SELECT d.scope, d.day, 0, '', '', d.orders, CASE WHEN d.customer_id <> 0 AND "
    "coalesce(nullif(c.first_order_id, 0), d.first_unfolded) = d.order_id THEN d.orders ELSE 0 "
    "END, "
    "CASE WHEN d.customer_id <> 0 AND "
    "coalesce(nullif(c.first_order_id, 0), d.first_unfolded) <> d.order_id "
    "THEN d.orders ELSE 0 END, d.units, d.revenue, d.discount, d.tax, d.shipping, d.returns, "
    "d.returned_units, d.returned FROM (SELECT sales_order_unfolded.*, "
    "min(CASE WHEN returns = 0 THEN order_id END) OVER (PARTITION BY scope, customer_id) AS "
    "first_unfolded FROM sales_order_unfolded) d LEFT JOIN sales_customer c ON c.scope = d.scope "
    "AND c.customer_id = d.customer_id",
    k_verify};
inline const db::Sql k_verify_hours{
    "sales_verify_hours",
    "SELECT scope, day, hour, '', '', orders, units, revenue FROM sales_hour UNION ALL "
    "SELECT scope, day, hour, '', '', orders, units, revenue FROM sales_order_unfolded "
    "WHERE returns = 0",
    k_verify};
inline const db::Sql k_verify_customers{
    "sales_verify_customers",
    "SELECT scope, 0, customer_id, '', '', orders, revenue, returned FROM sales_customer UNION ALL "
    "SELECT scope, 0, customer_id, '', '', orders, revenue, returned FROM sales_order_unfolded "
    "WHERE customer_id <> 0",
    k_verify};

#undef SHOP_FIGURES

}  // namespace shop::reports::sql
