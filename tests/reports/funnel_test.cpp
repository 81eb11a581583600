#include "shop/recommend.hpp"
#include "shop/reports.hpp"
#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(OrdersFixture, "the funnel counts views, carts, orders and paid orders by day") {
  const auto mug = sell("Mug", 1000, 100);
  const auto product = shop.catalog().variant(host, mug).product_id;
  const auto ann = customer("ann");
  for (int i = 0; i < 4; ++i) shop.recommend().view(ann, product);
  shop.cart().add(ann, 0, {mug, 1, {}});
  shop.cart().add(ann, 0, {mug, 1, {}});
  shop.orders().place(ann, 0, paid_in_cash("a"));
  shop.cart().add(ann, 0, {mug, 1, {}});
  PlaceInput unpaid;
  unpaid.idempotency_key = "b";
  const auto waits = shop.orders().place(ann, 0, unpaid);
  const auto one = shop.reports().funnel(host, {});
  REQUIRE(one.size() == 1);
  CHECK(one[0].views == 4);
  CHECK(one[0].carts == 2);
  CHECK(one[0].checkouts == 2);
  CHECK(one[0].paid == 1);
  CHECK(one[0].cart_ppm == 500'000);
  CHECK(one[0].checkout_ppm == 1'000'000);
  CHECK(one[0].paid_ppm == 500'000);
  shop.orders().cancel(host, waits.id, {});
  clock->advance(24 * 3'600'000'000);
  shop.cart().add(ann, 0, {mug, 1, {}});
  const auto days = shop.reports().funnel(host, {});
  REQUIRE(days.size() == 2);
  CHECK(days[0].checkouts == 1);
  CHECK(days[1].label == "2026-01-06");
  CHECK(days[1].carts == 1);
  ReportQuery by_month;
  by_month.step = ReportStep::month;
  CHECK(shop.reports().funnel(host, by_month).front().carts == 3);
  const auto csv = shop.reports().csv(host, ReportKind::funnel, {});
  CHECK(csv.starts_with("step,views,carts,checkouts,paid,cart_ppm,checkout_ppm,paid_ppm"));
  CHECK(code_of([&] { return shop.reports().funnel(ann, {}); }) == Code::forbidden);
}

TEST_CASE_FIXTURE(OrdersFixture, "who wants no traces leaves none in the funnel") {
  const auto mug = sell("Mug", 1000, 100);
  const auto product = shop.catalog().variant(host, mug).product_id;
  const auto ann = customer("ann");
  auto privacy = shop.recommend().privacy(ann);
  privacy.views = false;
  shop.recommend().set_privacy(ann, privacy);
  shop.recommend().view(ann, product);
  CHECK(shop.reports().funnel(host, {}).empty());
}

TEST_CASE_FIXTURE(OrdersFixture, "search terms as a report, the fruitless ones too") {
  sell("Mug", 1000, 100);
  for (int i = 0; i < 3; ++i) shop.search().products(host, {.text = "mug"}, {});
  shop.search().products(host, {.text = "zebra"}, {});
  CHECK(shop.search().popular(host, 10).size() == 1);
  const auto terms = shop.reports().search_terms(host, {});
  REQUIRE(terms.size() == 2);
  CHECK(terms[0].text == "mug");
  CHECK(terms[0].searches == 3);
  CHECK(terms[0].results == 1);
  CHECK(terms[1].results == 0);
  CHECK(shop.reports().csv(host, ReportKind::search_terms, {}) ==
        "text,searches,results\r\nmug,3,1\r\nzebra,1,0\r\n");
  ReportQuery bad;
  bad.limit = 0;
  CHECK(first_path(error_of([&] { return shop.reports().search_terms(host, bad); })) == "limit");
}
