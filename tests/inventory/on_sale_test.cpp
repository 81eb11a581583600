#include "inventory/stock_fixture.hpp"

#include <algorithm>

using namespace shop;
using namespace shop::test;

namespace {

struct OnSaleFixture : StockFixture {
  bool in_stock(Id variant) { return catalog.variant(host, variant).in_stock; }
  bool listed_in_stock(Id product) {
    ProductFilter filter;
    filter.in_stock = true;
    const auto page = catalog.products(host, filter, ProductOrder::newest, {});
    return std::any_of(page.items.begin(), page.items.end(),
                       [&](const ProductCard& card) { return card.id == product; });
  }
  Product bundle(const std::vector<BundlePart>& parts) {
    ProductInput input;
    input.title = "Set";
    input.simple.price = {100, "GBP"};
    input.bundle = parts;
    return catalog.create_product(host, input);
  }
};

}  // namespace

TEST_CASE_FIXTURE(OnSaleFixture, "the catalog knows when the first unit comes and the last goes") {
  CHECK_FALSE(in_stock(tea));
  receive(tea, 1);
  CHECK(in_stock(tea));
  sell({{tea, 1, 0, false}});
  CHECK_FALSE(in_stock(tea));
  give_back({{tea, 1, 0, false}});
  CHECK(in_stock(tea));
  inventory.adjust(host, {.variant_id = tea, .change = -1});
  CHECK_FALSE(in_stock(tea));
}

TEST_CASE_FIXTURE(OnSaleFixture,
                  "of several lines of one thing only those that lack it are short") {
  receive(tea, 5);
  const auto error = error_of([&] {
    sell({{tea, 5, 0, false}, {tea, 1, 1, false}});
    return 0;
  });
  CHECK(error.code() == Code::out_of_stock);
  REQUIRE(error.details().size() == 1);
  CHECK(error.details()[0].path == "lines[1].quantity");
  CHECK(on_hand(tea) == 5);
}

TEST_CASE_FIXTURE(OnSaleFixture, "a bundle is in stock while all of its parts are") {
  receive(tea, 3);
  const auto set = bundle({{tea, 2}, {mug, 1}});
  const auto variant = set.variants.front().id;
  CHECK_FALSE(set.variants.front().in_stock);
  receive(mug, 5);
  CHECK(in_stock(variant));
  CHECK(listed_in_stock(set.id));
  sell({{tea, 2, 0, false}});  // one is left, two are needed
  CHECK(in_stock(tea));
  CHECK_FALSE(in_stock(variant));
  CHECK_FALSE(listed_in_stock(set.id));
  CHECK(give_back({{tea, 2, 0, false}}) == std::vector<Id>{variant});
  CHECK(in_stock(variant));
  receive(variant, 4);  // nobody buys a bundle's own stock
  inventory.adjust(host, {.variant_id = variant, .change = -4});
  CHECK(in_stock(variant));
  CHECK(verified());
}

TEST_CASE_FIXTURE(OnSaleFixture, "a bundle's stock follows its parts when it is put together") {
  receive(tea, 3);
  receive(pot, 1);
  CHECK(bundle({{tea, 3}}).variants.front().in_stock);
  const auto product = catalog.variant(host, pot).product_id;
  catalog.set_bundle(host, product, {{tea, 4}});
  CHECK_FALSE(in_stock(pot));
  CHECK_FALSE(listed_in_stock(product));
  catalog.set_bundle(host, product, {{tea, 1}});
  CHECK(in_stock(pot));
  catalog.set_bundle(host, product, {{tea, 4}});
  catalog.set_bundle(host, product, {});
  CHECK(in_stock(pot));
  CHECK(listed_in_stock(product));
  CHECK(verified());
}

TEST_CASE_FIXTURE(OnSaleFixture, "what may be owed is in stock, alone and in a bundle") {
  ProductInput input;
  input.title = "Later";
  input.simple.price = {100, "GBP"};
  input.simple.policy = StockPolicy::backorder;
  const auto later = catalog.create_product(host, input);
  const auto id = later.variants.front().id;
  CHECK(later.variants.front().in_stock);
  CHECK(listed_in_stock(later.id));
  const auto set = bundle({{id, 2}}).variants.front();
  CHECK(set.in_stock);
  receive(id, 1);
  sell({{id, 2, 0, true}});
  CHECK(in_stock(id));
  VariantChange change;
  change.policy = StockPolicy::deny;
  CHECK_FALSE(catalog.update_variant(host, id, change).in_stock);
  CHECK_FALSE(listed_in_stock(later.id));
  CHECK_FALSE(in_stock(set.id));
  change.policy = StockPolicy::preorder;
  CHECK(catalog.update_variant(host, id, change).in_stock);
  CHECK(in_stock(set.id));
  CHECK(verified());
}

TEST_CASE_FIXTURE(OnSaleFixture, "verify tells what lists say wrongly") {
  receive(tea, 1);
  database.write([&](db::Tx& tx) { tx.connection().script("UPDATE variant SET in_stock = 0"); });
  core::Findings findings;
  database.read([&](db::Tx& tx) { inventory::verify(tx, findings); });
  const auto report = findings.take();
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].check == "stock.flag");
  CHECK(report.problems[0].where == "variant " + std::to_string(tea));
}
