#include "catalog/catalog.hpp"
#include "orders/facts.hpp"
#include "reports/calendar.hpp"
#include "reports/figures.hpp"
#include "reports/read_sql.hpp"
#include "reports/reports.hpp"

#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/ranges.h>

// Everything is added up again from the orders and compared with the sums, the rows that are not
// folded yet included.
namespace shop::reports {
namespace {

using Row = std::array<std::int64_t, 11>;

void add(Row& row, const Row& more) {
  for (std::size_t i = 0; i < row.size(); ++i) row.at(i) += more.at(i);
}

// Scope, day, and what else the sum is by.
using Key = std::tuple<Id, std::int64_t, Id, std::string, std::string>;
using Table = std::map<Key, Row>;

struct Books {
  Table products;    // 0, day, variant: orders, units, revenue, returned units, returned
  Table categories;  // 0, day, category: the same
  Table regions;     // scope, day, 0, country, region: the same
  Table days;        // scope, day: as in sales_day
  Table hours;       // scope, day, hour: orders, units, revenue
  Table customers;   // scope, 0, customer: orders, revenue, returned
};

Row five(std::int64_t orders, std::int64_t units, std::int64_t revenue, std::int64_t back,
         std::int64_t returned) {
  return {orders, units, revenue, back, returned, 0, 0, 0, 0, 0, 0};
}

class Adder {
 public:
  Adder(db::Tx& tx, Books& books) : tx_(&tx), books_(&books) {}

  void add_fact(const orders::SaleFact& fact) {
    const auto offset = tx_->env().utc_offset_minutes;
    day_ = core::day_number(fact.at, offset);
    hour_ = core::to_civil(fact.at, offset).hour;
    std::map<Id, Row> scopes{{0, Row{}}};
    std::map<Id, bool> seen_products;
    std::map<Id, bool> seen_categories;
    const std::int64_t sold = fact.canceled || fact.returned ? 0 : 1;
    for (const auto& line : fact.lines) {
      const bool again = fact.returned && line.by_measure.value_or(false) && line.returned > 0;
      const auto units = again ? 0 : line_units(line);
      // Of a canceled order, what came back before stays sold.
      const auto stays = line.returned > 0 ? line_units(line, line.returned) : 0;
      const auto first_product = !std::exchange(seen_products[line.product_id], true);
      const auto first_category = !std::exchange(seen_categories[line.category_id], true);
      const auto row = fact.returned   ? five(0, 0, 0, units, line.minor)
                       : fact.canceled ? five(0, stays, line.returned_minor, 0, 0)
                                       : five(0, units, line.minor, 0, 0);
      auto by_product = row;
      by_product[0] = first_product ? sold : 0;
      add(books_->products[{0, day_, line.variant_id, {}, {}}], by_product);
      auto by_category = row;
      by_category[0] = first_category ? sold : 0;
      add(books_->categories[{0, day_, line.category_id, {}, {}}], by_category);
      add(scopes[0], row);
      if (line.seller_id != 0) add(scopes[line.seller_id], row);
    }
    for (auto& [scope, row] : scopes) {
      row[0] = sold;
      add_scope(fact, scope, row);
    }
  }

 private:
  std::int64_t line_units(const orders::SoldLine& line) { return line_units(line, line.quantity); }

  std::int64_t line_units(const orders::SoldLine& line, std::int64_t quantity) {
    if (line.by_measure) return *line.by_measure ? 1 : quantity;
    const auto item = catalog::sale_item(*tx_, line.variant_id);
    return item && item->by_measure ? 1 : quantity;
  }

  void add_scope(const orders::SaleFact& fact, Id scope, const Row& row) {
    add(books_->regions[{scope, day_, 0, fact.country, fact.region}], row);
    if (!fact.returned) {
      add(books_->hours[{scope, day_, hour_, {}, {}}], {row[0], row[1], row[2]});
    }
    bool first = false;
    if (fact.customer_id != 0) {
      add(books_->customers[{scope, 0, fact.customer_id, {}, {}}], {row[0], row[2], row[4]});
      if (row[0] != 0) first = first_orders_.emplace(scope, fact.customer_id).second;
    }
    const auto whole = scope == 0 ? row[0] : 0;
    const auto known = fact.customer_id != 0 ? row[0] : 0;
    add(books_->days[{scope, day_, 0, {}, {}}],
        {row[0], first ? known : 0, first ? 0 : known, row[1], row[2], whole * fact.discount_minor,
         whole * fact.tax_minor, whole * fact.shipping_minor, fact.returned ? 1 : 0, row[3],
         row[4]});
  }

  db::Tx* tx_;
  Books* books_;
  std::int64_t day_ = 0;
  std::int64_t hour_ = 0;
  std::set<std::pair<Id, Id>> first_orders_;
};

// Takes what the sums hold away; what remains is wrong.
void subtract(db::Tx& tx, const db::Sql& sql, Table& table, std::size_t values) {
  auto query = tx.query(sql);
  while (query.next()) {
    auto& row =
        table[{query.integer(0), query.integer(1), query.integer(2), query.text(3), query.text(4)}];
    for (std::size_t i = 0; i < values; ++i) row.at(i) -= query.integer(5 + static_cast<int>(i));
  }
}

void report(core::Findings& findings, std::string_view check, const Table& table) {
  findings.checked();
  for (const auto& [key, row] : table) {
    if (row == Row{}) continue;
    findings.add(std::string{check},
                 fmt::format("scope {}, day {}, {} {} {}", std::get<0>(key), std::get<1>(key),
                             std::get<2>(key), std::get<3>(key), std::get<4>(key)),
                 fmt::format("the orders are off the sums by {}", fmt::join(row, " ")));
  }
}

void check_rolled(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto query = tx.query(sql::k_verify_rolled, fold_state(tx).rolled_day);
  while (query.next()) {
    findings.add("sales.rolled",
                 fmt::format("variant {} of product {}", query.integer(1), query.integer(0)),
                 fmt::format("the whole is off its days by {} units, {} and {} returned",
                             query.integer(2), query.integer(3), query.integer(4)));
  }
}

}  // namespace

void verify(db::Tx& tx, core::Findings& findings) {
  check_rolled(tx, findings);
  Books books;
  Adder adder{tx, books};
  orders::each_sale(tx, [&](const orders::SaleFact& fact) { adder.add_fact(fact); });
  subtract(tx, sql::k_verify_products, books.products, 5);
  subtract(tx, sql::k_verify_categories, books.categories, 5);
  subtract(tx, sql::k_verify_regions, books.regions, 5);
  subtract(tx, sql::k_verify_days, books.days, 11);
  subtract(tx, sql::k_verify_hours, books.hours, 3);
  subtract(tx, sql::k_verify_customers, books.customers, 3);
  report(findings, "sales.products", books.products);
  report(findings, "sales.categories", books.categories);
  report(findings, "sales.regions", books.regions);
  report(findings, "sales.days", books.days);
  report(findings, "sales.hours", books.hours);
  report(findings, "sales.customers", books.customers);
}

}  // namespace shop::reports
