#pragma once

#include "db/sql.hpp"
#include "reports/read_sql.hpp"

/// Appending what was sold, and folding it into the sums.
namespace shop::reports::sql {

inline const db::Sql k_line_add{
    "sales_line_add",
    "INSERT INTO sales_line_delta (id, day, month, product_id, variant_id, category_id, seller_id, "
    "orders, category_orders, units, revenue, returned_units, returned) "
    "VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sales_line_delta), "
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
// Numbered from 1 after each fold: the number tells how many there are.
inline const db::Sql k_order_add{
    "sales_order_add",
    "INSERT INTO sales_order_delta (id, scope, day, month, hour, at, order_id, customer_id, "
    "country, region, orders, units, revenue, discount, tax, shipping, returns, returned_units, "
    "returned) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sales_order_delta), "
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) "
    "RETURNING id"};

// What the orders themselves say, before it is folded with the rest.
inline const db::Sql k_take_lines{
    "sales_take_lines",
    "INSERT INTO sales_line_delta (id, day, month, product_id, variant_id, category_id, seller_id, "
    "orders, category_orders, units, revenue, returned_units, returned) "
    "SELECT (SELECT coalesce(max(id), 0) FROM sales_line_delta) + "
    "row_number() OVER (ORDER BY order_id, line_no), day, month, product_id, variant_id, "
    "category_id, seller_id, orders, category_orders, units, revenue, 0, 0 FROM sales_line_placed",
    k_unfolded};
inline const db::Sql k_take_orders{
    "sales_take_orders",
    "INSERT INTO sales_order_delta (id, scope, day, month, hour, at, order_id, customer_id, "
    "country, region, orders, units, revenue, discount, tax, shipping, returns, returned_units, "
    "returned) SELECT (SELECT coalesce(max(id), 0) FROM sales_order_delta) + "
    "row_number() OVER (ORDER BY order_id, scope), scope, day, month, hour, at, order_id, "
    "customer_id, country, region, 1, units, revenue, discount, tax, shipping, 0, 0, 0 "
    "FROM sales_order_placed",
    k_unfolded};

inline const db::Sql k_state_put{
    "sales_state_put",
    "UPDATE sales_fold SET rolled_day = $1, generation = $2, folds = folds + 1 WHERE id = 1"};
inline const db::Sql k_pending_days{"sales_pending_days",
                                    "SELECT min(day), max(day) FROM sales_line_delta", k_unfolded};

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

inline const db::Sql k_fold_product_day{
    "sales_fold_product_day",
    "INSERT INTO sales_product (" SHOP_SALES_PRODUCT_COLUMNS
    ") SELECT 1, day, seller_id, product_id, variant_id, sum(orders), sum(units), "
    "sum(revenue), sum(returned_units), sum(returned) FROM sales_line_delta WHERE true "
    "GROUP BY day, seller_id, product_id, variant_id" SHOP_ADD_UP_PRODUCT,
    k_unfolded};
// $1: the last day that is in the months and the whole already.
inline const db::Sql k_fold_product_month_late{
    "sales_fold_product_month_late",
    "INSERT INTO sales_product (" SHOP_SALES_PRODUCT_COLUMNS
    ") SELECT 2, month, seller_id, product_id, variant_id, sum(orders), sum(units), "
    "sum(revenue), sum(returned_units), sum(returned) FROM sales_line_delta WHERE day <= $1 "
    "GROUP BY month, seller_id, product_id, variant_id" SHOP_ADD_UP_PRODUCT,
    k_unfolded};
inline const db::Sql k_fold_product_all_late{
    "sales_fold_product_all_late",
    "INSERT INTO sales_product (" SHOP_SALES_PRODUCT_COLUMNS
    ") SELECT 3, 0, seller_id, product_id, variant_id, sum(orders), sum(units), "
    "sum(revenue), sum(returned_units), sum(returned) FROM sales_line_delta WHERE day <= $1 "
    "GROUP BY seller_id, product_id, variant_id" SHOP_ADD_UP_PRODUCT,
    k_unfolded};
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

inline const db::Sql k_fold_category{
    "sales_fold_category",
    "INSERT INTO sales_category (day, category_id, orders, units, revenue, returned_units, "
    "returned) SELECT day, category_id, sum(category_orders), sum(units), sum(revenue), "
    "sum(returned_units), sum(returned) FROM sales_line_delta WHERE true GROUP BY day, category_id "
    "ON CONFLICT (day, category_id) DO UPDATE SET "
    "orders = sales_category.orders + excluded.orders, "
    "units = sales_category.units + excluded.units, "
    "revenue = sales_category.revenue + excluded.revenue, "
    "returned_units = sales_category.returned_units + excluded.returned_units, "
    "returned = sales_category.returned + excluded.returned",
    k_unfolded};
// Before the days, which ask who is new.
inline const db::Sql k_fold_customer{
    "sales_fold_customer",
    "INSERT INTO sales_customer (scope, customer_id, first_order_id, first_month, last_at, orders, "
    "revenue, returned) SELECT scope, customer_id, "
    "coalesce(min(CASE WHEN returns = 0 THEN order_id END), 0), "
    "coalesce(min(CASE WHEN returns = 0 THEN month END), 0), "
    "max(CASE WHEN returns = 0 THEN at ELSE 0 END), sum(orders), sum(revenue), sum(returned) "
    "FROM sales_order_delta WHERE customer_id <> 0 GROUP BY scope, customer_id "
    "ON CONFLICT (scope, customer_id) DO UPDATE SET "
    "first_order_id = CASE WHEN sales_customer.first_order_id = 0 THEN excluded.first_order_id "
    "ELSE sales_customer.first_order_id END, "
    "first_month = CASE WHEN sales_customer.first_month = 0 THEN excluded.first_month "
    "ELSE sales_customer.first_month END, "
    "last_at = CASE WHEN excluded.last_at > sales_customer.last_at THEN excluded.last_at "
    "ELSE sales_customer.last_at END, "
    "orders = sales_customer.orders + excluded.orders, "
    "revenue = sales_customer.revenue + excluded.revenue, "
    "returned = sales_customer.returned + excluded.returned",
    k_unfolded};
inline const db::Sql k_fold_customer_month{
    "sales_fold_customer_month",
    "INSERT INTO sales_customer_month (scope, month, customer_id, orders, revenue, returned) "
    "SELECT scope, month, customer_id, sum(orders), sum(revenue), sum(returned) "
    "FROM sales_order_delta WHERE customer_id <> 0 GROUP BY scope, month, customer_id "
    "ON CONFLICT (scope, month, customer_id) DO UPDATE SET "
    "orders = sales_customer_month.orders + excluded.orders, "
    "revenue = sales_customer_month.revenue + excluded.revenue, "
    "returned = sales_customer_month.returned + excluded.returned",
    k_unfolded};
inline const db::Sql k_fold_day{
    "sales_fold_day",
    "INSERT INTO sales_day (scope, day, orders, new_orders, repeat_orders, units, revenue, "
    "discount, tax, shipping, returns, returned_units, returned) SELECT d.scope, d.day, "
    "sum(d.orders), sum(CASE WHEN c.first_order_id = d.order_id THEN d.orders ELSE 0 END), "
    "sum(CASE WHEN c.first_order_id <> d.order_id THEN d.orders ELSE 0 END), sum(d.units), "
    "sum(d.revenue), sum(d.discount), sum(d.tax), sum(d.shipping), sum(d.returns), "
    "sum(d.returned_units), sum(d.returned) FROM sales_order_delta d LEFT JOIN sales_customer c "
    "ON c.scope = d.scope AND c.customer_id = d.customer_id WHERE true GROUP BY d.scope, d.day "
    "ON CONFLICT (scope, day) DO UPDATE SET orders = sales_day.orders + excluded.orders, "
    "new_orders = sales_day.new_orders + excluded.new_orders, "
    "repeat_orders = sales_day.repeat_orders + excluded.repeat_orders, "
    "units = sales_day.units + excluded.units, revenue = sales_day.revenue + excluded.revenue, "
    "discount = sales_day.discount + excluded.discount, tax = sales_day.tax + excluded.tax, "
    "shipping = sales_day.shipping + excluded.shipping, "
    "returns = sales_day.returns + excluded.returns, "
    "returned_units = sales_day.returned_units + excluded.returned_units, "
    "returned = sales_day.returned + excluded.returned",
    k_unfolded};
inline const db::Sql k_fold_hour{
    "sales_fold_hour",
    "INSERT INTO sales_hour (scope, day, hour, orders, units, revenue) "
    "SELECT scope, day, hour, sum(orders), sum(units), sum(revenue) FROM sales_order_delta "
    "WHERE returns = 0 GROUP BY scope, day, hour ON CONFLICT (scope, day, hour) DO UPDATE SET "
    "orders = sales_hour.orders + excluded.orders, units = sales_hour.units + excluded.units, "
    "revenue = sales_hour.revenue + excluded.revenue",
    k_unfolded};
inline const db::Sql k_fold_region{
    "sales_fold_region",
    "INSERT INTO sales_region (scope, day, country, region, orders, units, revenue, "
    "returned_units, returned) SELECT scope, day, country, region, sum(orders), sum(units), "
    "sum(revenue), sum(returned_units), sum(returned) FROM sales_order_delta WHERE true "
    "GROUP BY scope, day, country, region ON CONFLICT (scope, day, country, region) DO UPDATE SET "
    "orders = sales_region.orders + excluded.orders, units = sales_region.units + excluded.units, "
    "revenue = sales_region.revenue + excluded.revenue, "
    "returned_units = sales_region.returned_units + excluded.returned_units, "
    "returned = sales_region.returned + excluded.returned",
    k_unfolded};
inline const db::Sql k_clear_lines{"sales_clear_lines", "DELETE FROM sales_line_delta", k_unfolded};
inline const db::Sql k_clear_orders{"sales_clear_orders", "DELETE FROM sales_order_delta",
                                    k_unfolded};

}  // namespace shop::reports::sql
