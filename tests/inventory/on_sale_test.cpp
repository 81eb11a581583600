#include "inventory/stock_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct OnSaleFixture : StockFixture {
  bool in_stock(Id variant) { return catalog.variant(host, variant).in_stock; }
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
