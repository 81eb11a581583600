#include "core/time.hpp"
#include "shop/reports.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct StockReportFixture : OrdersFixture {
  Reports& reports = shop.reports();
  Id lamp = sell("Lamp", 1000, 40);
  Id vase = sell("Vase", 2000, 2);
  Id mug = sell("Mug", 500, 5);

  StockReportFixture() {
    shop.inventory().set_threshold(
        host,
        {.variant_id = lamp, .low = 0, .lead_time_days = 10, .safety_stock = 3, .cover_days = 20});
  }
};

}  // namespace

// Suggested = ⌈rate × (lead time + cover)⌉ + safety stock − available; listed once available is not
// above the threshold, or not above ⌈rate × lead time⌉ + safety stock. The rate is that of 28 days.
TEST_CASE_FIXTURE(StockReportFixture, "low stock with what to order, the most urgent first") {
  buy(lamp, 14, "a");
  CHECK(reports.low_stock(host, {}, {}).items.empty());
  buy(lamp, 18, "b");
  buy(vase, 2, "c");
  const auto low = reports.low_stock(host, {}, {.with_total = true});
  CHECK(low.total == 2);
  REQUIRE(low.items.size() == 2);
  CHECK(low.items[0].variant_id == vase);
  CHECK(low.items[0].available == 0);
  CHECK(low.items[0].suggested == 3);
  CHECK(low.items[1].variant_id == lamp);
  CHECK(low.items[1].title == "Lamp");
  CHECK(low.items[1].available == 8);
  CHECK(low.items[1].daily_rate == doctest::Approx(32.0 / 28));
  CHECK(low.items[1].suggested == 35 + 3 - 8);
  CHECK(low.items[1].days_left == 7);
  const auto out = reports.stock_outs(host, {}, {});
  REQUIRE(out.items.size() == 1);
  CHECK(out.items[0].variant_id == vase);
  CHECK(reports.csv(host, ReportKind::low_stock, {}).find("Lamp") != std::string::npos);
  CHECK(reports.csv(host, ReportKind::stock_outs, {}).find("Lamp") == std::string::npos);
  const auto first = reports.low_stock(host, {}, {.limit = 1});
  CHECK(reports.low_stock(host, {}, {.cursor = first.next_cursor, .limit = 1})
            .items.at(0)
            .variant_id == lamp);
  clock->advance(29 * core::microseconds_per_day);  // nothing sold since
  const auto later = reports.low_stock(host, {}, {});
  REQUIRE(later.items.size() == 1);
  CHECK(later.items[0].variant_id == vase);
  CHECK(later.items[0].suggested == 0);
  CHECK(first_path(error_of([&] { return reports.low_stock(host, {}, {.limit = 0}); })) == "limit");
}

TEST_CASE_FIXTURE(StockReportFixture, "what is archived needs no stock") {
  buy(vase, 2, "a");
  auto& catalog = shop.catalog();
  const auto product = catalog.variant(host, vase).product_id;
  catalog.archive_product(host, product);
  CHECK(reports.low_stock(host, {}, {.with_total = true}).total == 0);
  CHECK(reports.stock_outs(host, {}, {}).items.empty());
  CHECK(reports.csv(host, ReportKind::low_stock, {}).find("Vase") == std::string::npos);
  catalog.restore_product(host, product);
  CHECK(reports.low_stock(host, {}, {}).items.at(0).title == "Vase");
}

TEST_CASE_FIXTURE(StockReportFixture, "what was never sold, how fast stock turns, one's products") {
  buy(lamp, 32, "a");
  const auto never = reports.never_sold(host, {}, {});
  REQUIRE(never.items.size() == 2);
  CHECK(never.items[0].title == "Vase");
  const auto turn = reports.stock_turn(host, {}, {});
  REQUIRE(turn.items.size() == 3);
  CHECK(turn.items[0].variant_id == lamp);
  CHECK(turn.items[0].sold == 32);
  CHECK(turn.items[0].turn_milli == 8000);  // a mean of four in stock
  const auto mine = reports.my_products(host, {}, MyProductOrder::most_sold, {});
  REQUIRE(mine.items.size() == 3);
  CHECK(mine.items[0].title == "Lamp");
  CHECK(mine.items[0].sold == 32);
  CHECK(mine.items[0].available == 8);
  CHECK(mine.items[0].revenue.minor == 32'000);
  const auto least = reports.my_products(host, {}, MyProductOrder::least_stock, {.limit = 1});
  CHECK(least.items.at(0).title == "Vase");
  CHECK(code_of([&] { return reports.low_stock(customer("ann"), {}, {}); }) == Code::forbidden);
}

TEST_CASE_FIXTURE(StockReportFixture, "a seller has the low stock of its own goods alone") {
  shop.sellers().set_approval(host, SellerApproval::automatic);
  const auto anna = a_customer(shop, 1);
  shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}});
  ProductInput input;
  input.title = "Bowl";
  input.simple.price = {500, {}};
  const auto bowl = shop.catalog().create_product(anna, input).variants.front().id;
  receive(bowl, 1);
  buy(bowl, 1, "a");
  buy(vase, 2, "b");
  const auto low = reports.low_stock(anna, {}, {});
  REQUIRE(low.items.size() == 1);
  CHECK(low.items[0].variant_id == bowl);
  CHECK(reports.low_stock(host, {}, {}).items.size() == 2);
}
