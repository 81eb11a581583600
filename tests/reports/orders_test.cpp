#include "reports_fixture.hpp"
#include "shop/reviews.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

using Titles = std::vector<std::string>;

template <class Row>
Titles titles_of(const std::vector<Row>& rows) {
  Titles out;
  for (const auto& row : rows) out.push_back(row.title);
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(ReportsFixture, "products in every order, page by page") {
  const auto a = product("A");
  const auto b = product("B");
  const auto c = product("C");
  product("D");
  sell(a, 1);
  sell(b, 3);
  const auto order = sell(c, 2);
  tell(reports::SaleKind::returned, order, c, 1);
  const auto listed = [&](ReportOrder by, std::int64_t limit) {
    ReportQuery query;
    query.order = by;
    Titles out;
    PageQuery page{{}, limit, false};
    for (;;) {
      const auto part = reports.products(host, query, page);
      for (const auto& row : part.items) out.push_back(row.title);
      if (part.next_cursor.empty()) return out;
      page.cursor = part.next_cursor;
    }
  };
  for (const std::int64_t limit : {1, 3, 10}) {
    CAPTURE(limit);
    CHECK(listed(ReportOrder::most_units, limit) == Titles{"B", "C", "A", "D"});
    CHECK(listed(ReportOrder::least_units, limit) == Titles{"D", "A", "C", "B"});
    CHECK(listed(ReportOrder::most_revenue, limit) == Titles{"B", "C", "A", "D"});
    CHECK(listed(ReportOrder::least_revenue, limit) == Titles{"D", "A", "C", "B"});
    CHECK(listed(ReportOrder::most_returned, limit) == Titles{"C", "A", "B", "D"});
  }
  ReportQuery query;
  query.order = ReportOrder::most_returned;
  query.limit = 1;
  CHECK(titles_of(reports.top_selling(host, query)) == Titles{"C"});
}

TEST_CASE_FIXTURE(ReportsFixture,
                  "a category narrows the products, what trends and what never sold") {
  const auto home = catalog.create_category(host, {"Home", {}});
  const auto lamp = product("Lamp", {home.id});
  const auto stool = product("Stool", {home.id});
  product("Rug", {home.id});
  const auto mug = product("Mug");
  sell(lamp, 5);
  sell(stool, 4);
  sell(mug, 9);
  clock->advance(std::int64_t{8} * 86'400'000'000);
  sell(lamp, 7);
  sell(stool, 2);
  sell(mug, 20);
  ReportQuery query;
  query.category = "home";
  CHECK(reports.products(host, query, {}).items.size() == 3);
  CHECK(titles_of(reports.never_sold(host, query, {}).items) == Titles{"Rug"});
  const auto trending = reports.trending(host, query);
  REQUIRE(trending.size() == 1);
  CHECK(trending.front().title == "Lamp");
  CHECK(trending.front().units == 7);
  CHECK(trending.front().units_before == 5);
  CHECK(titles_of(reports.top_selling(host, query)) == Titles{"Lamp", "Stool"});
  query.category = "none";
  CHECK(code_of([&] { return reports.trending(host, query); }) == Code::not_found);
}

TEST_CASE_FIXTURE(OrdersFixture, "one's own products in every order") {
  const auto lamp = sell("Lamp", 1000, 5);
  const auto stool = sell("Stool", 3000, 9);
  const auto mug = sell("Mug", 200, 7);
  buy(lamp, 1, "1");
  buy(mug, 3, "2");
  buy(stool, 1, "3");
  const auto ann = a_customer(shop);
  ReviewSettings settings;
  settings.requirement = ReviewRequirement::anyone;
  shop.reviews().set_settings(host, settings);
  shop.reviews().add(ann, {shop.catalog().variant(host, mug).product_id, 5, {}, {}, {}});
  const auto listed = [&](MyProductOrder order) {
    return titles_of(shop.reports().my_products(host, {}, order, {}).items);
  };
  CHECK(listed(MyProductOrder::newest) == Titles{"Mug", "Stool", "Lamp"});
  CHECK(listed(MyProductOrder::most_sold) == Titles{"Mug", "Lamp", "Stool"});
  CHECK(listed(MyProductOrder::most_revenue) == Titles{"Stool", "Lamp", "Mug"});
  CHECK(listed(MyProductOrder::least_stock) == Titles{"Lamp", "Mug", "Stool"});
  CHECK(listed(MyProductOrder::best_rated) == Titles{"Mug", "Lamp", "Stool"});
  CHECK(listed(MyProductOrder::title) == Titles{"Lamp", "Mug", "Stool"});
}

TEST_CASE_FIXTURE(OrdersFixture, "the stock reports are narrowed to a category, the urgent first") {
  const auto home = shop.catalog().create_category(host, {"Home", {}});
  const auto in_home = [&](const std::string& title, std::int64_t stock) {
    ProductInput input;
    input.title = title;
    input.category_ids = {home.id};
    input.simple.price.minor = 100;
    const auto variant = shop.catalog().create_product(host, input).variants.front().id;
    receive(variant, stock);
    ThresholdInput threshold;
    threshold.variant_id = variant;
    threshold.low = 5;
    threshold.lead_time_days = 10;
    shop.inventory().set_threshold(host, threshold);
    return variant;
  };
  const auto slow = in_home("Slow", 3);
  const auto fast = in_home("Fast", 13);
  const auto gone = in_home("Gone", 2);
  const auto gone_faster = in_home("Gone faster", 4);
  const auto idle = in_home("Idle", 1);
  sell("Elsewhere", 100, 0);
  buy(slow, 1, "1");
  buy(fast, 10, "2");
  buy(gone, 2, "3");
  buy(gone_faster, 4, "4");
  ReportQuery query;
  query.category = "home";
  CHECK(titles_of(shop.reports().low_stock(host, query, {}).items) ==
        Titles{"Gone faster", "Gone", "Fast", "Slow", "Idle"});
  CHECK(titles_of(shop.reports().stock_outs(host, query, {}).items) ==
        Titles{"Gone faster", "Gone"});
  const auto turn = shop.reports().stock_turn(host, query, {});
  REQUIRE(turn.items.size() == 5);
  CHECK(turn.items.back().variant_id == idle);
  CHECK(turn.items.back().days_of_stock == -1);
}
