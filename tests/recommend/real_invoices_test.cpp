#include "core/random.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "recommend/recommend.hpp"
#include "recommend/recommend_sql.hpp"
#include "recommend/rules.hpp"
#include "recommend/store.hpp"
#include "support/shop_fixture.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

using namespace shop;
using namespace shop::test;

namespace {

using Invoices = std::map<std::string, std::set<Id>>;

// Products of each invoice of a real shop. Cancellations (C…) are no orders.
Invoices real_invoices() {
  std::ifstream file{std::string{SHOP_SOURCE_DIR} + "/examples/data/online_retail_30k.csv"};
  REQUIRE(file.good());
  std::string line;
  std::getline(file, line);
  REQUIRE(line.find("StockCode") != std::string::npos);
  Invoices out;
  std::map<std::string, Id> ids;
  while (std::getline(file, line)) {
    const auto first = line.find(',');
    const auto second = line.find(',', first + 1);
    const auto invoice = line.substr(0, first);
    const auto code = line.substr(first + 1, second - first - 1);
    if (invoice.starts_with('C')) continue;
    const Id fresh = 1024 * static_cast<Id>(ids.size() + 1);
    out[invoice].insert(ids.emplace(code, fresh).first->second);
  }
  return out;
}

struct Pairs {
  std::map<Id, std::int64_t> orders;
  std::map<std::pair<Id, Id>, std::int64_t> together;
};

Pairs brute_force(const Invoices& invoices) {
  Pairs out;
  for (const auto& [invoice, products] : invoices) {
    for (auto a = products.begin(); a != products.end(); ++a) {
      ++out.orders[*a];
      for (auto b = std::next(a); b != products.end(); ++b) ++out.together[{*a, *b}];
    }
  }
  return out;
}

Order order_of(const std::set<Id>& products, Timestamp at) {
  Order order;
  order.placed_at = at;
  for (const Id product : products) {
    order.lines.emplace_back().product_id = product;
    if (product % 3 == 0) order.lines.emplace_back().product_id = product;  // the same one twice
  }
  return order;
}

void fold_all(db::Database& db) {
  for (bool more = true; more;) {
    more = db.write([](db::Tx& tx) {
      recommend::fold(tx, 8'192);
      return recommend::store::waiting_since(tx).has_value();
    });
  }
}

}  // namespace

TEST_CASE("bought together on real invoices equals a brute-force count") {
  const auto invoices = real_invoices();
  CHECK(invoices.size() > 1000);
  const auto expected = brute_force(invoices);
  db::Database db{{}, {std::make_shared<ManualClock>(start_of_test), core::seeded_random(1)}};
  db::migrate(db);
  std::size_t number = 0;
  std::size_t largest = 0;
  for (const auto& [invoice, products] : invoices) {
    largest = std::max(largest, products.size());
    const auto order = order_of(products, start_of_test + static_cast<Timestamp>(number));
    db.write([&](db::Tx& tx) { recommend::add_order(tx, order); });
    if (++number % 7 == 0) {  // canceled, and ordered again
      db.write([&](db::Tx& tx) { recommend::on_order_canceled(tx, order); });
      db.write([&](db::Tx& tx) { recommend::add_order(tx, order); });
    }
  }
  fold_all(db);
  MESSAGE("invoices " << invoices.size() << ", the largest of " << largest << " products, "
                      << expected.together.size() << " pairs");

  std::size_t frequent = 0;
  db.read([&](db::Tx& tx) {
    const auto all = recommend::store::all_orders(tx);
    CHECK(all == static_cast<std::int64_t>(invoices.size()));
    for (const auto& [product, orders] : expected.orders) {
      REQUIRE(recommend::store::orders_of(tx, product) == orders);
    }
    std::size_t kept = 0;
    auto query = tx.query(recommend::sql::k_pairs, 0, 0, 1, max_magnitude);
    while (query.next()) {
      const auto found = expected.together.find({query.integer(0), query.integer(1)});
      REQUIRE(found != expected.together.end());
      REQUIRE(query.integer(2) == found->second);
      ++kept;
    }
    CHECK(kept == expected.together.size());
    for (const auto& [pair, support] : expected.together) {
      if (support < 3) continue;
      ++frequent;
      const auto a = expected.orders.at(pair.first);
      const auto b = expected.orders.at(pair.second);
      const auto figures = recommend::figures(support, a, b, all);
      const auto together = static_cast<double>(support);
      const auto in_a = static_cast<double>(a);
      const auto in_b = static_cast<double>(b);
      REQUIRE(figures.confidence == doctest::Approx(together / in_a));
      REQUIRE(figures.lift == doctest::Approx(together * static_cast<double>(all) / (in_a * in_b)));
    }
    core::Findings findings;
    recommend::verify(tx, findings);
    CHECK(findings.take().ok());
  });
  MESSAGE(frequent << " pairs with support 3 and more are equal");
  CHECK(frequent > 100);
}

TEST_CASE("an order of 500 lines is one row at first and is folded in bounded steps") {
  db::Database db{{}, {std::make_shared<ManualClock>(start_of_test), core::seeded_random(1)}};
  db::migrate(db);
  std::set<Id> products;
  for (Id i = 1; i <= 500; ++i) products.insert(1024 * i);
  db.write([&](db::Tx& tx) {
    recommend::add_order(tx, order_of(products, start_of_test));
    auto pairs = tx.integer(recommend::sql::k_pair_count, 1).value_or(0);
    // A step goes to the end of a row, at most 499 pairs from its budget of 8,192.
    CHECK(pairs > 7'600);
    CHECK(pairs < 8'700);
    CHECK(recommend::store::basket_count(tx) == 1);
  });
  int steps = 1;
  for (bool more = true; more; ++steps) {
    more = db.write([&](db::Tx& tx) {
      const auto before = tx.integer(recommend::sql::k_pair_count, 1).value_or(0);
      recommend::fold(tx, 8'192);
      const auto after = tx.integer(recommend::sql::k_pair_count, 1).value_or(0);
      CHECK(after - before < 9'000);
      return recommend::store::waiting_since(tx).has_value();
    });
  }
  CHECK(steps <= 17);
  db.read([&](db::Tx& tx) {
    CHECK(tx.integer(recommend::sql::k_pair_count, 1) == 500 * 499 / 2);
    CHECK(tx.integer(recommend::sql::k_pair_count, 2) == 0);
  });
}

TEST_CASE("an order beyond 1,000 products counts its products and pairs none") {
  db::Database db{{}, {std::make_shared<ManualClock>(start_of_test), core::seeded_random(1)}};
  db::migrate(db);
  std::set<Id> products;
  for (Id i = 1; i <= 1'001; ++i) products.insert(1024 * i);
  db.write([&](db::Tx& tx) {
    recommend::add_order(tx, order_of(products, start_of_test));
    while (recommend::store::waiting_since(tx)) recommend::fold(tx, 8'192);
    CHECK(tx.integer(recommend::sql::k_pair_count, 1) == 0);
    CHECK(recommend::store::orders_of(tx, 1024) == 1);
  });
}

TEST_CASE("heat: a sale counts half as much a week later, and a canceled one not at all") {
  constexpr Timestamp week = 7 * 86'400'000'000;
  const double two_old = recommend::heated(recommend::heated(0, start_of_test), start_of_test);
  const double one_new = recommend::heated(0, start_of_test + week);
  CHECK(two_old == doctest::Approx(one_new));
  CHECK(recommend::heated(two_old, start_of_test + week) > one_new);
  CHECK(recommend::cooled(two_old, start_of_test) ==
        doctest::Approx(recommend::heated(0, start_of_test)));
  CHECK(recommend::cooled(recommend::heated(0, start_of_test), start_of_test) == 0);
}
