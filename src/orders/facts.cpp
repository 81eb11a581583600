#include "orders/facts.hpp"

#include "orders/facts_sql.hpp"
#include "orders/rules.hpp"

namespace shop::orders {
namespace {

void read_lines(db::Query& query, std::vector<SoldLine>& out) {
  out.clear();
  while (query.next()) {
    SoldLine line{query.integer(0), query.integer(1), query.integer(2),
                  query.integer(3), query.integer(4), query.integer(5),
                  std::nullopt,     query.integer(7), query.integer(8)};
    if (!query.is_null(6)) line.by_measure = query.boolean(6);
    out.push_back(line);
  }
}

// The columns that every list of orders begins with.
void read_order(const db::Query& query, SaleFact& fact) {
  fact.order_id = query.integer(0);
  fact.at = query.integer(1);
  fact.customer_id = query.integer(2);
  fact.canceled = query.boolean(3);
}

}  // namespace

void each_paid_day(db::Tx& tx, std::int64_t first_day, std::int64_t last_day,
                   core::FunctionRef<void(std::int64_t, std::int64_t)> visit) {
  auto query = tx.query(sql::k_fact_paid_days, first_day * k_numbers_per_day,
                        (last_day + 1) * k_numbers_per_day);
  while (query.next()) visit(query.integer(0), query.integer(1));
}

void each_id(db::Tx& tx, core::FunctionRef<void(Id)> visit) {
  auto query = tx.query(sql::k_fact_ids);
  while (query.next()) visit(query.integer(0));
}

void each_placed(db::Tx& tx, Id after, Id last, core::FunctionRef<void(const SaleFact&)> visit) {
  SaleFact fact;
  auto placed = tx.query(sql::k_fact_orders_after, after, last);
  while (placed.next()) {
    read_order(placed, fact);
    auto lines = tx.query(sql::k_fact_lines, fact.order_id);
    read_lines(lines, fact.lines);
    visit(fact);
  }
}

Id last_placed(db::Tx& tx) {
  return tx.integer(sql::k_fact_last).value_or(0);
}

std::optional<Timestamp> first_placed_after(db::Tx& tx, Id after) {
  return tx.integer(sql::k_fact_first_after, after);
}

void each_of_customer(db::Tx& tx, Id customer_id, Id seller_id,
                      core::FunctionRef<void(Id, std::int64_t, std::int64_t)> visit) {
  auto query = tx.query(sql::k_fact_of_customer, customer_id, seller_id);
  while (query.next()) visit(query.integer(0), query.integer(1), query.integer(2));
}

void mark_counted(db::Tx& tx) {
  tx.exec(sql::k_counted_put);
}

void each_sale(db::Tx& tx, core::FunctionRef<void(const SaleFact&)> visit) {
  SaleFact fact;
  auto placed = tx.query(sql::k_fact_orders);
  while (placed.next()) {
    read_order(placed, fact);
    fact.country = placed.text(4);
    fact.region = placed.text(5);
    fact.discount_minor = placed.integer(6);
    fact.tax_minor = placed.integer(7);
    fact.shipping_minor = placed.integer(8);
    auto lines = tx.query(sql::k_fact_lines, fact.order_id);
    read_lines(lines, fact.lines);
    visit(fact);
  }
  fact = {};
  fact.returned = true;
  auto returns = tx.query(sql::k_fact_returns);
  while (returns.next()) {
    fact.at = returns.integer(1);
    fact.customer_id = returns.integer(2);
    fact.order_id = returns.integer(3);
    fact.country = returns.text(4);
    fact.region = returns.text(5);
    auto lines = tx.query(sql::k_fact_return_lines, returns.integer(0), fact.order_id);
    read_lines(lines, fact.lines);
    visit(fact);
  }
}

}  // namespace shop::orders
