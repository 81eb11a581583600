#pragma once

#include "core/random.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "reports/reports.hpp"
#include "shop/catalog.hpp"
#include "shop/reports.hpp"
#include "support/shop_fixture.hpp"

#include <memory>
#include <string>
#include <vector>

namespace shop::test {

/// Products in categories, and sales told to the figures directly, without orders.
struct ReportsFixture {
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start_of_test);
  db::Database database{{}, {clock, core::seeded_random(1), "GBP", 0}};
  Catalog catalog{database};
  Reports reports{database};
  Session host = Session::host();
  Id next_order = 1;

  ReportsFixture() { db::migrate(database); }

  Product product(const std::string& title, std::vector<Id> categories = {}) {
    ProductInput input;
    input.title = title;
    input.category_ids = std::move(categories);
    input.simple.price = {100, "GBP"};
    return catalog.create_product(host, input);
  }

  /// A sale of one line now; the order's id.
  Id sell(const Product& product, std::int64_t units, Id customer = 0,
          const std::string& country = "GB") {
    const auto order = next_order++;
    tell(reports::SaleKind::placed, order, product, units, customer, country);
    return order;
  }

  void tell(reports::SaleKind kind, Id order, const Product& product, std::int64_t units,
            Id customer = 0, const std::string& country = "GB") {
    const std::vector<reports::SaleLine> lines{
        {product.variants.front().id, product.id,
         product.category_ids.empty() ? 0 : product.category_ids.front(), product.seller_id, units,
         units * 100}};
    database.write([&](db::Tx& tx) {
      reports::SaleRecord sale;
      sale.kind = kind;
      sale.at = tx.now();
      sale.order_id = order;
      sale.customer_id = customer;
      sale.country = country;
      sale.lines = lines;
      reports::record_sale(tx, sale);
    });
  }

  void fold() {
    database.write([](db::Tx& tx) { reports::fold(tx); });
  }
};

}  // namespace shop::test
