#pragma once

#include "db/sql.hpp"
#include "reports/read_sql.hpp"

/// Appending what was sold, and folding it into the sums.
namespace shop::reports::sql {

inline const db::Sql k_line_add{
    "sales_line_add",
    "INSERT INTO sales_line_delta (id, day, product_id, variant_id, category_id, seller_id, "
    "orders, category_orders, units, revenue, returned_units, returned) "
    "VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sales_line_delta), "
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
// Numbered from 1 after each fold: the number tells how many there are.
inline const db::Sql k_order_add{
    "sales_order_add",
    "INSERT INTO sales_order_delta (id, scope, day, month, hour, at, order_id, customer_id, "
    "country, region, orders, units, revenue, discount, tax, shipping, returns, returned_units, "
    "returned) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sales_order_delta), "
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) "
    "RETURNING id"};

// What waits: appended rows, and the orders that speak for themselves.
inline const db::Sql k_waiting_lines{
    "sales_waiting_lines",
    "SELECT day, product_id, variant_id, category_id, seller_id, orders, category_orders, units, "
    "revenue, returned_units, returned FROM sales_line_unfolded",
    k_unfolded};
inline const db::Sql k_waiting_orders{
    "sales_waiting_orders",
    "SELECT scope, day, month, hour, at, order_id, customer_id, country, region, orders, units, "
    "revenue, discount, tax, shipping, returns, returned_units, returned "
    "FROM sales_order_unfolded",
    k_unfolded};

inline const db::Sql k_state_put{
    "sales_state_put",
    "UPDATE sales_fold SET rolled_day = $1, generation = $2, folds = folds + 1 WHERE id = 1"};

#define SHOP_ADD_UP_PRODUCT                                                        \
  " ON CONFLICT (grain, period, seller_id, product_id, variant_id) DO UPDATE SET " \
  "orders = sales_product.orders + excluded.orders, "                              \
  "units = sales_product.units + excluded.units, "                                 \
  "revenue = sales_product.revenue + excluded.revenue, "                           \
  "returned_units = sales_product.returned_units + excluded.returned_units, "      \
  "returned = sales_product.returned + excluded.returned"
#define SHOP_SALES_PRODUCT_COLUMNS                                             \
  "grain, period, seller_id, product_id, variant_id, orders, units, revenue, " \
  "returned_units, returned"

inline const db::Sql k_product_add{
    "sales_product_add", "INSERT INTO sales_product (" SHOP_SALES_PRODUCT_COLUMNS
                         ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)" SHOP_ADD_UP_PRODUCT};
// Rolls day $1 into the period $3 of grain $2.
inline const db::Sql k_roll_product{
    "sales_roll_product",
    "INSERT INTO sales_product (" SHOP_SALES_PRODUCT_COLUMNS
    ") SELECT $2, $3, seller_id, product_id, variant_id, orders, units, revenue, returned_units, "
    "returned FROM sales_product WHERE grain = 1 AND period = $1" SHOP_ADD_UP_PRODUCT};
inline const db::Sql k_next_day{
    "sales_next_day", "SELECT min(period) FROM sales_product WHERE grain = 1 AND period > $1"};

#undef SHOP_ADD_UP_PRODUCT
#undef SHOP_SALES_PRODUCT_COLUMNS

inline const db::Sql k_category_add{
    "sales_category_add",
    "INSERT INTO sales_category (day, category_id, orders, units, revenue, returned_units, "
    "returned) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (day, category_id) DO UPDATE SET "
    "orders = sales_category.orders + excluded.orders, "
    "units = sales_category.units + excluded.units, "
    "revenue = sales_category.revenue + excluded.revenue, "
    "returned_units = sales_category.returned_units + excluded.returned_units, "
    "returned = sales_category.returned + excluded.returned"};
inline const db::Sql k_customer{
    "sales_customer_get",
    "SELECT first_order_id, first_month, last_at, orders, revenue, returned FROM sales_customer "
    "WHERE scope = $1 AND customer_id = $2"};
inline const db::Sql k_customer_put{
    "sales_customer_put",
    "INSERT INTO sales_customer (scope, customer_id, first_order_id, first_month, last_at, orders, "
    "revenue, returned) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
    "ON CONFLICT (scope, customer_id) DO UPDATE SET first_order_id = excluded.first_order_id, "
    "first_month = excluded.first_month, last_at = excluded.last_at, orders = excluded.orders, "
    "revenue = excluded.revenue, returned = excluded.returned"};
inline const db::Sql k_customer_month_add{
    "sales_customer_month_add",
    "INSERT INTO sales_customer_month (scope, month, customer_id, orders, revenue, returned) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (scope, month, customer_id) DO UPDATE SET "
    "orders = sales_customer_month.orders + excluded.orders, "
    "revenue = sales_customer_month.revenue + excluded.revenue, "
    "returned = sales_customer_month.returned + excluded.returned"};
inline const db::Sql k_day_add{
    "sales_day_add",
    "INSERT INTO sales_day (scope, day, orders, new_orders, repeat_orders, units, revenue, "
    "discount, tax, shipping, returns, returned_units, returned) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
    "ON CONFLICT (scope, day) DO UPDATE SET orders = sales_day.orders + excluded.orders, "
    "new_orders = sales_day.new_orders + excluded.new_orders, "
    "repeat_orders = sales_day.repeat_orders + excluded.repeat_orders, "
    "units = sales_day.units + excluded.units, revenue = sales_day.revenue + excluded.revenue, "
    "discount = sales_day.discount + excluded.discount, tax = sales_day.tax + excluded.tax, "
    "shipping = sales_day.shipping + excluded.shipping, "
    "returns = sales_day.returns + excluded.returns, "
    "returned_units = sales_day.returned_units + excluded.returned_units, "
    "returned = sales_day.returned + excluded.returned"};
inline const db::Sql k_hour_add{
    "sales_hour_add",
    "INSERT INTO sales_hour (scope, day, hour, orders, units, revenue) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (scope, day, hour) DO UPDATE SET "
    "orders = sales_hour.orders + excluded.orders, units = sales_hour.units + excluded.units, "
    "revenue = sales_hour.revenue + excluded.revenue"};
inline const db::Sql k_region_add{
    "sales_region_add",
    "INSERT INTO sales_region (scope, day, country, region, orders, units, revenue, "
    "returned_units, returned) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "ON CONFLICT (scope, day, country, region) DO UPDATE SET "
    "orders = sales_region.orders + excluded.orders, units = sales_region.units + excluded.units, "
    "revenue = sales_region.revenue + excluded.revenue, "
    "returned_units = sales_region.returned_units + excluded.returned_units, "
    "returned = sales_region.returned + excluded.returned"};
inline const db::Sql k_clear_lines{"sales_clear_lines", "DELETE FROM sales_line_delta", k_unfolded};
inline const db::Sql k_clear_orders{"sales_clear_orders", "DELETE FROM sales_order_delta",
                                    k_unfolded};

}  // namespace shop::reports::sql
