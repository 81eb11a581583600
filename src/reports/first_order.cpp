#include "orders/facts.hpp"
#include "reports/record_sql.hpp"
#include "reports/reports.hpp"

#include <algorithm>
#include <optional>

// Which order is a customer's first is kept with the customer; days count new and repeated orders
// by it.
namespace shop::reports {
namespace {

// Whether an order older than this one stays the first, whatever became of this one.
bool has_older(db::Tx& tx, Id scope, Id customer_id, Id order_id) {
  auto kept = tx.query(sql::k_customer, scope, customer_id);
  return kept.next() && kept.integer(0) != 0 && kept.integer(0) < order_id;
}

void shift_to_new(db::Tx& tx, Id scope, std::int64_t day, std::int64_t orders) {
  tx.exec(sql::k_day_add, scope, day, 0, orders, -orders, 0, 0, 0, 0, 0, 0, 0, 0);
}

void settle_scope(db::Tx& tx, Id scope, Id customer_id) {
  auto kept = tx.query(sql::k_customer, scope, customer_id);
  if (!kept.next()) return;
  const Id before = kept.integer(0);
  Id first = 0;
  std::int64_t first_day = 0;
  std::int64_t first_month = 0;
  std::optional<std::int64_t> before_day;  // absent: it does not count any more
  orders::each_of_customer(tx, customer_id, scope,
                           [&](Id order_id, std::int64_t day, std::int64_t month) {
                             first_month = first == 0 ? month : std::min(first_month, month);
                             if (first == 0) {
                               first = order_id;
                               first_day = day;
                             }
                             if (order_id == before) before_day = day;
                           });
  tx.exec(sql::k_customer_put, scope, customer_id, first, first_month, kept.integer(2),
          kept.integer(3), kept.integer(4), kept.integer(5));
  if (first == before) return;
  if (first != 0) shift_to_new(tx, scope, first_day, 1);
  if (before_day) shift_to_new(tx, scope, *before_day, -1);
}

}  // namespace

void settle_first(db::Tx& tx, Id order_id, Id customer_id, std::span<const Id> scopes) {
  if (customer_id == 0) return;
  const auto older = [&](Id scope) { return has_older(tx, scope, customer_id, order_id); };
  if (std::all_of(scopes.begin(), scopes.end(), older)) return;
  fold(tx);
  for (const auto scope : scopes) {
    if (!older(scope)) settle_scope(tx, scope, customer_id);
  }
}

}  // namespace shop::reports
