#include "loyalty/rules.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

LoyaltyRuleInput purchase_rule(const std::string& name) {
  LoyaltyRuleInput input;
  input.name = name;
  input.points = 1;
  input.per = Money{100, {}};
  return input;
}

}  // namespace

TEST_CASE_FIXTURE(ShopFixture, "a rule for points is refused with every field that is wrong") {
  auto& loyalty = shop.loyalty();
  LoyaltyRuleInput input;
  input.kind = static_cast<LoyaltyRuleKind>(0);
  input.friend_points = -1;
  input.per = Money{0, {}};
  input.category_id = 1;
  input.starts_at = 5;
  input.ends_at = 5;
  CHECK(problems_of([&] { loyalty.save_rule(host, input); }) ==
        Problems{"name required", "kind unknown", "points out_of_range",
                 "friend_points out_of_range", "per not_allowed", "per out_of_range",
                 "category_id not_allowed", "ends_at out_of_range"});
  input = {};
  input.kind = static_cast<LoyaltyRuleKind>(4);
  input.name = "X";
  input.points = 1;
  CHECK(problems_of([&] { loyalty.save_rule(host, input); }) == Problems{"kind unknown"});
  input.kind = LoyaltyRuleKind::purchase;
  CHECK(problems_of([&] { loyalty.save_rule(host, input); }) == Problems{"per required"});
  for (int i = 0; i < 100; ++i) {
    loyalty.save_rule(host, purchase_rule("Rule " + std::to_string(i)));
  }
  CHECK(code_of([&] { loyalty.save_rule(host, purchase_rule("One more")); }) ==
        Code::limit_reached);
  auto change = purchase_rule("Changed");
  change.id = loyalty.rules(host).front().id;
  CHECK(loyalty.save_rule(host, change).name == "Changed");
  change.id = 4711;
  CHECK(code_of([&] { loyalty.save_rule(host, change); }) == Code::not_found);
  CHECK(code_of([&] { loyalty.remove_rule(host, 4711); }) == Code::not_found);
}

TEST_CASE("points come from what is covered, in its time, times the tier") {
  LoyaltyRule all;
  all.kind = LoyaltyRuleKind::purchase;
  all.points = 2;
  all.per = Money{100, "GBP"};
  auto home = all;
  home.points = 5;
  home.category_id = 7;
  home.starts_at = 10;
  home.ends_at = 20;
  LoyaltyRule review;
  review.kind = LoyaltyRuleKind::review;
  review.points = 1000;
  const std::vector<LoyaltyRule> rules{all, home, review};
  const std::vector<loyalty::EarningLine> lines{{{7, 8}, 1050}, {{9}, 299}};
  CHECK(loyalty::points_for(rules, lines, 1'000'000, 9) == 26);
  CHECK(loyalty::points_for(rules, lines, 1'000'000, 10) == 26 + 50);
  CHECK(loyalty::points_for(rules, lines, 1'000'000, 19) == 26 + 50);
  CHECK(loyalty::points_for(rules, lines, 1'000'000, 20) == 26);
  CHECK(loyalty::points_for(rules, lines, 1'500'000, 20) == 39);
  CHECK(loyalty::points_for(rules, std::vector<loyalty::EarningLine>{{{7}, -5}}, 1'000'000, 15) ==
        0);
}

TEST_CASE_FIXTURE(OrdersFixture, "points of a category, and entries page by page") {
  auto& loyalty = shop.loyalty();
  const auto category = shop.catalog().create_category(host, {"Home", {}});
  ProductInput product;
  product.title = "Lamp";
  product.category_ids = {category.id};
  product.simple.price.minor = 1000;
  const auto lamp = shop.catalog().create_product(host, product).variants.front().id;
  receive(lamp, 10);
  const auto mug = sell("Mug", 1000, 10);
  auto rule = purchase_rule("Home");
  rule.category_id = category.id;
  CHECK(loyalty.save_rule(host, rule).category_id == category.id);
  const auto ann = a_customer(shop);
  for (int i = 0; i < 3; ++i) {
    shop.cart().add(ann, 0, {lamp, 1, {}});
    shop.cart().add(ann, 0, {mug, 1, {}});
    const auto order = shop.orders().place(ann, 0, paid_in_cash(std::to_string(i)));
    CHECK(order.total.minor == 2000);
  }
  loyalty.adjust(host, {ann.user_id(), 5, "sorry"});
  loyalty.adjust(host, {ann.user_id(), 7, "again"});
  loyalty.adjust(host, {ann.user_id(), -2, "too much"});
  std::vector<std::int64_t> seen;
  PageQuery page{{}, 2, false};
  for (;;) {
    const auto part = loyalty.entries(ann, page);
    for (const auto& entry : part.items) seen.push_back(entry.points);
    page.cursor = part.next_cursor;
    if (page.cursor.empty()) break;
  }
  CHECK(seen.size() >= 3);
  CHECK(seen[0] == -2);
  CHECK(seen[1] == 7);
  CHECK(seen[2] == 5);
  CHECK(loyalty.entries_of(host, ann.user_id(), {{}, 500, false}).items.size() == seen.size());
  check_verified();
}
