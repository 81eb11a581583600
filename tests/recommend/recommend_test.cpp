#include "support/digest.hpp"
#include "support/orders_fixture.hpp"

#include <algorithm>

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::int64_t k_day = 86'400'000'000;

struct RecommendFixture : OrdersFixture {
  Recommendations& recommend = shop.recommend();
  Session ann = customer("ann");
  Session bob = customer("bob");
  int keys = 0;

  struct Goods {
    Id product = 0;
    Id variant = 0;
  };
  Goods goods(const std::string& title, std::int64_t stock = 100, std::int64_t minimum_age = 0) {
    ProductInput input;
    input.title = title;
    input.simple.price = {1000, {}};
    input.minimum_age = minimum_age;
    const auto product = shop.catalog().create_product(host, input);
    if (stock > 0) receive(product.variants[0].id, stock);
    return {product.id, product.variants[0].id};
  }
  Order order(const Session& who, const std::vector<Goods>& what) {
    for (const auto& each : what) shop.cart().add(who, 0, {each.variant, 1, {}});
    auto input = paid_in_cash("key" + std::to_string(++keys));
    input.age_confirmed = true;
    return shop.orders().place(who, 0, input);
  }
  static std::vector<Id> ids(const std::vector<Recommendation>& found) {
    std::vector<Id> out;
    for (const auto& each : found) out.push_back(each.product_id);
    return out;
  }
  static bool has(const std::vector<Recommendation>& found, Id product) {
    const auto all = ids(found);
    return std::find(all.begin(), all.end(), product) != all.end();
  }
};

}  // namespace

TEST_CASE_FIXTURE(RecommendFixture, "bought together: support, confidence, lift, with the reason") {
  const auto tea = goods("Tea");
  const auto cup = goods("Cup");
  const auto pen = goods("Pen");
  for (int i = 0; i < 3; ++i) order(customer("cara" + std::to_string(i)), {tea, cup});
  order(customer("dora"), {tea, pen});
  order(customer("emma"), {pen});
  CHECK(recommend.refresh(host) == 5);
  const auto found = recommend.bought_together(ann, {.product_ids = {tea.product}});
  REQUIRE(found.size() == 1);  // tea and pen only once
  CHECK(found[0].product_id == cup.product);
  CHECK(found[0].reason == RecommendReason::bought_together);
  CHECK(found[0].because_product_id == tea.product);
  CHECK(found[0].support == 3);
  CHECK(*found[0].confidence == doctest::Approx(0.75));
  CHECK(*found[0].lift == doctest::Approx(3.0 * 5 / (4 * 3)));
  const auto pairs = recommend.associations(host, 1, {"", 10, true});
  CHECK(pairs.total == 2);
  CHECK(pairs.items[0].orders_a == 4);
  check_verified();
}

TEST_CASE_FIXTURE(RecommendFixture,
                  "never what is out of stock, archived, under age, just bought") {
  const auto tea = goods("Tea");
  const auto gone = goods("Gone", 3);
  const auto gin = goods("Gin", 100, 18);
  const auto old = goods("Old");
  const auto cup = goods("Cup");
  for (int i = 0; i < 3; ++i)
    order(customer("cara" + std::to_string(i)), {tea, gone, gin, old, cup});
  recommend.refresh(host);
  shop.catalog().archive_product(host, old.product);
  CHECK(ids(recommend.bought_together(bob, {.product_ids = {tea.product}})) ==
        std::vector<Id>{cup.product});
  CHECK(
      has(recommend.bought_together(bob, {.product_ids = {tea.product}, .age = 18}), gin.product));
  CHECK(has(recommend.trending(bob, {}), tea.product));
  order(bob, {cup});
  CHECK(recommend.bought_together(bob, {.product_ids = {tea.product}}).empty());
  CHECK_FALSE(has(recommend.for_customer(bob, {}), cup.product));
  clock->advance(31 * k_day);
  bob = customer("bob");
  CHECK(has(recommend.bought_together(bob, {.product_ids = {tea.product}}), cup.product));
}

TEST_CASE_FIXTURE(RecommendFixture,
                  "for a customer: from orders, wishes, views and like customers") {
  const auto tea = goods("Tea");
  const auto cup = goods("Cup");
  const auto jam = goods("Jam");
  const auto pen = goods("Pen");
  const auto ink = goods("Ink");
  for (int i = 0; i < 3; ++i) order(customer("cara" + std::to_string(i)), {tea, cup});
  for (int i = 0; i < 2; ++i) order(customer("dora" + std::to_string(i)), {pen, ink});
  order(customer("cara0"), {jam});
  order(ann, {tea});
  recommend.refresh(host);
  const auto found = recommend.for_customer(ann, {});
  REQUIRE(found.size() >= 2);
  CHECK(found[0].product_id == cup.product);
  CHECK(found[0].reason == RecommendReason::bought_together);
  CHECK(found[0].because_product_id == tea.product);
  const auto liked = std::find_if(found.begin(), found.end(),
                                  [&](const auto& each) { return each.product_id == jam.product; });
  REQUIRE(liked != found.end());
  CHECK(liked->reason == RecommendReason::like_customers);
  CHECK_FALSE(has(found, tea.product));  // just bought

  shop.wishlist().add(bob, {.product_id = pen.product});
  const auto wished = recommend.for_customer(bob, {.limit = 1});
  CHECK(wished[0].product_id == ink.product);
  CHECK(wished[0].reason == RecommendReason::wished);
  const auto guest = recommend.for_customer(shop.guest(), {.limit = 2});
  REQUIRE(guest.size() == 2);
  CHECK(guest[0].reason == RecommendReason::trending);
}

TEST_CASE_FIXTURE(RecommendFixture, "views: the last first, and none once they are turned off") {
  const auto tea = goods("Tea");
  const auto cup = goods("Cup");
  recommend.view(ann, tea.product);
  recommend.view(ann, cup.product);
  CHECK(ids(recommend.recently_viewed(ann, {})) == std::vector<Id>{cup.product, tea.product});
  recommend.view(ann, tea.product);
  CHECK(ids(recommend.recently_viewed(ann, {})) == std::vector<Id>{tea.product, cup.product});
  CHECK(recommend.recently_viewed(bob, {}).empty());
  for (int i = 0; i < 60; ++i) recommend.view(ann, goods("G" + std::to_string(i), 1).product);
  CHECK(recommend.recently_viewed(ann, {.limit = 100}).size() == 50);
  CHECK(recommend.forget_views(ann) == 50);
  CHECK(code_of([&] {
          recommend.view(ann, 77);
          return 0;
        }) == Code::not_found);
  check_verified();
}

TEST_CASE_FIXTURE(RecommendFixture, "what is turned off leaves no trace") {
  const auto tea = goods("Tea");
  const auto cup = goods("Cup");
  order(bob, {tea, cup});
  auto never = shop.fork();  // the same shop, but ann turns everything off before she does anything
  never.recommend().set_privacy(ann, {.views = false, .profiling = false});
  const auto live = [&](Engine& in) {
    in.cart().add(ann, 0, {tea.variant, 1, {}});
    in.cart().add(ann, 0, {cup.variant, 1, {}});
    in.orders().place(ann, 0, paid_in_cash("ann"));
    in.recommend().view(ann, tea.product);
    in.recommend().refresh(host);
  };
  live(shop);
  CHECK_FALSE(digest_of(shop).at("product_buyers") == digest_of(never).at("product_buyers"));
  CHECK(recommend.recently_viewed(ann, {}).size() == 1);
  recommend.set_privacy(ann, {.views = false, .profiling = false});
  live(never);
  const auto after = digest_of(shop);
  const auto clean = digest_of(never);
  for (const char* table :
       {"basket", "product_taste", "product_buyers", "co_purchase", "recent_view", "trending"}) {
    CAPTURE(table);
    CHECK(after.at(table) == clean.at(table));
  }
  CHECK(recommend.recently_viewed(ann, {}).empty());
  CHECK_FALSE(recommend.privacy(ann).profiling);
  CHECK(recommend.associations(host, 1, {}).items.at(0).support == 2);  // products are counted

  recommend.view(bob, cup.product);
  recommend.set_settings(host, {.views = false, .profiling = true});
  CHECK(recommend.recently_viewed(bob, {}).empty());
  recommend.view(bob, cup.product);
  recommend.set_settings(host, {});
  CHECK(recommend.recently_viewed(bob, {}).empty());
  CHECK(code_of([&] { return recommend.set_settings(ann, {}); }) == Code::forbidden);
}

TEST_CASE_FIXTURE(RecommendFixture, "what the shop turns off leaves no trace of anybody") {
  const auto tea = goods("Tea");
  const auto cup = goods("Cup");
  auto never = shop.fork();
  never.recommend().set_settings(host, {.views = false, .profiling = false});
  const auto live = [&](Engine& in) {
    for (const auto& who : {ann, bob}) {
      in.cart().add(who, 0, {tea.variant, 1, {}});
      in.cart().add(who, 0, {cup.variant, 1, {}});
      in.orders().place(who, 0, paid_in_cash(std::to_string(who.user_id())));
      in.recommend().view(who, tea.product);
    }
    in.recommend().refresh(host);
  };
  live(shop);
  CHECK_FALSE(digest_of(shop).at("product_buyers") == digest_of(never).at("product_buyers"));
  recommend.set_settings(host, {.views = false, .profiling = false});
  live(never);
  const auto after = digest_of(shop);
  const auto clean = digest_of(never);
  for (const char* table : {"basket", "product_buyers", "recent_view", "product_taste"}) {
    CAPTURE(table);
    CHECK(after.at(table) == clean.at(table));
  }
  for (const auto& shown : recommend.for_customer(ann, {})) {
    CHECK(shown.reason == RecommendReason::trending);
  }
}

TEST_CASE_FIXTURE(RecommendFixture, "a canceled order does not count; bad queries are refused") {
  const auto tea = goods("Tea");
  const auto cup = goods("Cup");
  const auto placed = order(ann, {tea, cup});
  order(bob, {tea, cup});
  shop.orders().cancel(ann, placed.id, "changed my mind");
  recommend.refresh(host);
  CHECK(recommend.associations(host, 1, {}).items.at(0).support == 1);
  CHECK(recommend.associations(host, 1, {}).items.at(0).orders_a == 1);
  const auto error = error_of([&] {
    return recommend.similar(ann,
                             {.product_ids = std::vector<Id>(21, 1), .limit = 0, .min_support = 1});
  });
  CHECK(error.code() == Code::validation);
  CHECK(error.details().size() == 3);
  CHECK(code_of([&] { return recommend.associations(ann, 1, {}); }) == Code::forbidden);
  CHECK(recommend.bought_together(ann, {.product_ids = {99}}).empty());
}

TEST_CASE_FIXTURE(RecommendFixture, "similar products share category, words and price") {
  const auto kitchen = shop.catalog().create_category(host, {"Kitchen", {}});
  const auto make = [&](const std::string& title, std::int64_t price) {
    ProductInput input;
    input.title = title;
    input.simple.price = {price, {}};
    input.category_ids = {kitchen.id};
    const auto product = shop.catalog().create_product(host, input);
    receive(product.variants[0].id, 5);
    return product.id;
  };
  const Id blue = make("Blue tea cup", 500);
  const Id red = make("Red tea cup", 520);
  const Id pan = make("Iron pan", 4000);
  goods("Blue tea cup for dolls");
  const auto found = recommend.similar(ann, {.product_ids = {blue}});
  REQUIRE(found.size() == 2);
  CHECK(found[0].product_id == red);
  CHECK(found[1].product_id == pan);
  CHECK(found[0].reason == RecommendReason::similar);
}
