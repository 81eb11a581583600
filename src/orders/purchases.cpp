#include "orders/purchases.hpp"

#include "orders/purchases_sql.hpp"

namespace shop::orders {

std::vector<Purchase> recent_purchases(db::Tx& tx, Id customer_id, std::int64_t most_orders,
                                       std::int64_t most_lines) {
  std::vector<Purchase> out;
  auto query = tx.query(sql::k_recent_purchases, customer_id, most_orders, most_lines);
  while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  return out;
}

std::optional<Id> order_with(db::Tx& tx, Id customer_id, Id product_id, bool delivered) {
  return tx.integer(sql::k_order_with, customer_id, product_id, delivered);
}

}  // namespace shop::orders
