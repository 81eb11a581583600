#pragma once

#include "db/sql.hpp"

/// Reading the sums, and what is not folded into them yet.
namespace shop::reports::sql {

inline constexpr const char* k_unfolded = "a few hundred rows that are not folded yet";

#define SHOP_FIGURES "orders, units, revenue, returned_units, returned"

inline const db::Sql k_state{"sales_state",
                             "SELECT rolled_day, generation FROM sales_fold WHERE id = 1"};

inline const db::Sql k_products_in{
    "sales_products_in", "SELECT product_id, " SHOP_FIGURES
                         " FROM sales_product WHERE grain = $1 AND period BETWEEN $2 AND $3 "
                         "ORDER BY period, seller_id, product_id"};
inline const db::Sql k_seller_products_in{"sales_seller_products_in",
                                          "SELECT product_id, " SHOP_FIGURES
                                          " FROM sales_product WHERE grain = $1 AND period = $2 "
                                          "AND seller_id = $3 ORDER BY product_id"};
inline const db::Sql k_products_unfolded{"sales_products_unfolded",
                                         "SELECT product_id, " SHOP_FIGURES
                                         ", seller_id FROM sales_line_delta "
                                         "WHERE day BETWEEN $1 AND $2",
                                         k_unfolded};

inline const db::Sql k_newest_day{"sales_newest_day",
                                  "SELECT max(period) FROM sales_product WHERE grain = 1"};
inline const db::Sql k_oldest_day{"sales_oldest_day",
                                  "SELECT min(period) FROM sales_product WHERE grain = 1"};

#undef SHOP_FIGURES

}  // namespace shop::reports::sql
