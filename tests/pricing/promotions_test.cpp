#include "pricing_support.hpp"

#include <algorithm>
#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

Quote price(const pricing::RuleSet& rules, const std::vector<pricing::Item>& items,
            const pricing::Situation& who = in_pounds()) {
  auto quote = pricing::quote(rules, who, items);
  check_sums(quote);
  return quote;
}

const QuoteRejection* why(const Quote& quote, Id promotion_id) {
  const auto found =
      std::find_if(quote.rejections.begin(), quote.rejections.end(),
                   [&](const QuoteRejection& r) { return r.promotion_id == promotion_id; });
  return found == quote.rejections.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("200 off over 500 does not flip-flop: the condition looks at undiscounted goods") {
  pricing::RuleSet rules;
  rules.promotions = {amount_off(1, 20'000)};
  rules.promotions[0].conditions = {subtotal_of(50'000)};
  CHECK(price(rules, {item(1, 50'000)}).total.minor == 30'000);
  const auto below = price(rules, {item(1, 49'999)});
  CHECK(below.total.minor == 49'999);
  REQUIRE(why(below, 1) != nullptr);
  CHECK(why(below, 1)->reason == "subtotal_below");
  CHECK(why(below, 1)->missing_amount == Money{1, "GBP"});
}

TEST_CASE("100 percent off is exactly nothing") {
  pricing::RuleSet rules;
  rules.promotions = {percent_off(1, 1'000'000)};
  const auto quote = price(rules, {item(1, 333, 7), item(2, 1), item(3, 99'999, 3)});
  CHECK(quote.total.minor == 0);
  for (const auto& line : quote.lines) CHECK(line.total.minor == 0);
}

TEST_CASE("an order discount is spread by largest remainder, to the unit") {
  pricing::RuleSet rules;
  rules.promotions = {amount_off(1, 100)};
  const auto quote = price(rules, {item(1, 100), item(2, 100), item(3, 100)});
  CHECK(quote.discount.minor == 100);
  CHECK(quote.lines[0].discount.minor == 34);
  CHECK(quote.lines[1].discount.minor == 33);
  CHECK(quote.lines[2].discount.minor == 33);
}

TEST_CASE("the best in a lane wins, lanes compound, the loser is told to whom it lost") {
  pricing::RuleSet rules;
  rules.promotions = {percent_off(1, 100'000, 0), percent_off(2, 200'000, 0),
                      percent_off(3, 500'000, 1)};
  const auto quote = price(rules, {item(1, 1000)});
  CHECK(quote.total.minor == 400);
  REQUIRE(why(quote, 1) != nullptr);
  CHECK(why(quote, 1)->reason == "lane_lost");
  CHECK(why(quote, 1)->message.find("Promotion 2") != std::string::npos);
}

TEST_CASE("an exclusive one stands alone when that is better, and not when it is worse") {
  pricing::RuleSet rules;
  rules.promotions = {percent_off(1, 200'000, 0), percent_off(2, 100'000, 1),
                      percent_off(3, 250'000, 2)};
  rules.promotions[2].exclusive = true;
  CHECK(price(rules, {item(1, 1000)}).total.minor == 720);
  rules.promotions[2].benefit.rate_ppm = 300'000;
  const auto quote = price(rules, {item(1, 1000)});
  CHECK(quote.total.minor == 700);
  CHECK(why(quote, 1)->reason == "exclusive_lost");
}

TEST_CASE("buy two get one: the cheapest units are free, also over lines and in thousands") {
  pricing::RuleSet rules;
  rules.promotions = {promotion(1, BenefitKind::buy_get)};
  rules.promotions[0].benefit.buy = 2;
  rules.promotions[0].benefit.get = 1;
  rules.promotions[0].benefit.rate_ppm = 1'000'000;
  CHECK(price(rules, {item(1, 500, 2)}).discount.minor == 0);
  CHECK(price(rules, {item(1, 500, 2), item(2, 300)}).discount.minor == 300);
  CHECK(price(rules, {item(1, 500, 7)}).discount.minor == 1000);
  CHECK(price(rules, {item(1, 500, 60'000)}).discount.minor == 20'000 * 500);
}

TEST_CASE("each kind of benefit") {
  pricing::RuleSet rules;
  rules.promotions = {promotion(1, BenefitKind::unit_amount)};
  auto& benefit = rules.promotions[0].benefit;
  benefit.amount = {30, "GBP"};
  CHECK(price(rules, {item(1, 100, 3), item(2, 20)}).discount.minor == 110);
  benefit.kind = BenefitKind::fixed_price;
  CHECK(price(rules, {item(1, 100, 3), item(2, 20)}).discount.minor == 210);
  benefit.kind = BenefitKind::cheapest;
  benefit.get = 2;
  benefit.rate_ppm = 500'000;
  CHECK(price(rules, {item(1, 100, 3), item(2, 20)}).discount.minor == 60);
  benefit.kind = BenefitKind::points;
  benefit.number = 50;
  CHECK(price(rules, {item(1, 100)}).points == 50);
  rules.promotions[0] = percent_off(1, 500'000);
  rules.promotions[0].max_discount = Money{30, "GBP"};
  CHECK(price(rules, {item(1, 100), item(2, 100)}).discount.minor == 30);
}

TEST_CASE("conditions narrow the lines and ask about the customer") {
  pricing::RuleSet rules;
  rules.promotions = {percent_off(1, 500'000)};
  auto& conditions = rules.promotions[0].conditions;
  const std::vector<pricing::Item> cart = {item(1, 100), item(2, 100)};
  conditions = {{ConditionKind::products, {10}, {}, {}, 0}};
  CHECK(price(rules, cart).discount.minor == 50);
  conditions = {{ConditionKind::categories, {200}, {}, {}, 0}};
  CHECK(price(rules, cart).lines[1].discount.minor == 50);
  conditions = {{ConditionKind::products, {77}, {}, {}, 0}};
  CHECK(why(price(rules, cart), 1)->reason == "no_matching_lines");
  conditions = {{ConditionKind::quantity, {}, {}, {}, 3}};
  CHECK(why(price(rules, cart), 1)->missing_quantity == 1);
  conditions = {{ConditionKind::first_order, {}, {}, {}, 0}};
  CHECK(why(price(rules, cart), 1)->reason == "not_first_order");
  conditions = {{ConditionKind::customer_groups, {5}, {}, {}, 0}};
  CHECK(why(price(rules, cart), 1)->reason == "wrong_group");
  auto who = in_pounds();
  who.group_ids = {5};
  CHECK(price(rules, cart, who).discount.minor == 100);
  conditions = {{ConditionKind::countries, {}, {"FR"}, {}, 0}};
  CHECK(why(price(rules, cart), 1)->reason == "wrong_country");
}

TEST_CASE("a coupon that is unknown, used up or gives nothing says so and is not used") {
  pricing::RuleSet rules;
  rules.promotions = {percent_off(1, 100'000)};
  rules.promotions[0].needs_code = true;
  const std::vector<pricing::Item> cart = {item(1, 1000)};
  CHECK(why(price(rules, cart), 1)->reason == "code_missing");
  auto who = in_pounds();
  who.coupons = {{"TEN", 9, 1, true, false, false}};
  const auto quote = price(rules, cart, who);
  CHECK(quote.total.minor == 900);
  CHECK(quote.adjustments.front().kind == AdjustmentKind::coupon);
  CHECK(quote.adjustments.front().code == "TEN");
  who.coupons.front().used_up = true;
  CHECK(why(price(rules, cart, who), 1)->reason == "used_up");
  who.coupons = {{"WHAT", 0, 0, true, false, false}};
  CHECK(price(rules, cart, who).rejections.back().reason == "coupon_unknown");
  who.coupons = {{"TEN", 9, 1, true, false, false}};
  const auto free = price(rules, {item(1, 0)}, who);
  CHECK(free.adjustments.empty());
  CHECK(why(free, 1)->reason == "nothing_to_discount");
  rules.promotions[0].use_limit = 1;
  who.uses = {{1, true, false}};
  CHECK(why(price(rules, cart, who), 1)->reason == "used_up");
}

TEST_CASE("a promotion has its time") {
  pricing::RuleSet rules;
  rules.promotions = {percent_off(1, 500'000)};
  rules.promotions[0].starts_at = 100;
  rules.promotions[0].ends_at = 200;
  auto who = in_pounds();
  const auto total_at = [&](Timestamp at) {
    who.now = at;
    return price(rules, {item(1, 100)}, who).total.minor;
  };
  CHECK(total_at(99) == 100);
  CHECK(total_at(100) == 50);
  CHECK(total_at(199) == 50);
  CHECK(total_at(200) == 100);
}

TEST_CASE("the lowest price that fits the customer wins; a price by hand stands above all") {
  pricing::RuleSet rules;
  auto thing = item(1, 1000, 5);
  pricing::Offer tier;
  tier.id = 7;
  tier.name = "Trade";
  tier.minor = 900;
  tier.min_quantity = 5;
  pricing::Offer flash;
  flash.id = 8;
  flash.source = PriceSource::flash;
  flash.name = "Flash";
  flash.minor = 700;
  flash.units_left = 4;
  thing.offers = {tier, flash};
  CHECK(price(rules, {thing}).lines[0].unit_price.minor == 900);
  thing.facts.quantity = 4;
  const auto quote = price(rules, {thing});
  CHECK(quote.lines[0].unit_price.minor == 700);
  CHECK(quote.lines[0].price_source == PriceSource::flash);
  thing.offers[1].group_id = 3;
  CHECK(price(rules, {thing}).lines[0].unit_price.minor == 1000);
  thing.manual_minor = 1200;
  CHECK(price(rules, {thing}).lines[0].unit_price.minor == 1200);
}

TEST_CASE("free shipping, free above, bands by weight and place") {
  pricing::RuleSet rules;
  ShippingMethod post;
  post.id = 4;
  post.name = "Post";
  post.free_above = Money{5000, "GBP"};
  post.bands = {{"GB", "", 1000, {}, {300, "GBP"}}, {"", "", {}, {}, {900, "GBP"}}};
  rules.shipping_methods = {post};
  auto who = in_pounds();
  who.shipping_method_id = 4;
  who.country = "GB";
  auto parcel = item(1, 1000);
  parcel.weight_grams = 600;
  CHECK(price(rules, {parcel}, who).total.minor == 1300);
  parcel.facts.quantity = 2;
  CHECK(price(rules, {parcel}, who).total.minor == 2900);
  parcel.facts.quantity = 5;
  CHECK(price(rules, {parcel}, who).total.minor == 5000);
  rules.promotions = {promotion(1, BenefitKind::free_shipping)};
  parcel.facts.quantity = 1;
  const auto quote = price(rules, {parcel}, who);
  CHECK(quote.total.minor == 1000);
  CHECK(quote.shipping.minor == 300);
  CHECK(quote.shipping_discount.minor == 300);
}

TEST_CASE("a flash sale's limit counts all lines of a cart together") {
  const pricing::RuleSet rules;
  auto thing = item(1, 1000, 2);
  pricing::Offer flash;
  flash.id = 8;
  flash.source = PriceSource::flash;
  flash.minor = 700;
  flash.units_left = 5;
  thing.offers = {flash};
  auto last = thing;
  last.facts.quantity = 1;
  const auto quote = price(rules, {thing, thing, thing, last});
  CHECK(quote.lines[0].unit_price.minor == 700);
  CHECK(quote.lines[1].unit_price.minor == 700);
  CHECK(quote.lines[2].unit_price.minor == 1000);
  CHECK(quote.lines[3].unit_price.minor == 700);
}

TEST_CASE("a delivery that is free already is not made free once more") {
  pricing::RuleSet rules;
  ShippingMethod post;
  post.id = 4;
  post.name = "Post";
  post.bands = {{"", "", {}, {}, {500, "GBP"}}};
  rules.shipping_methods = {post};
  auto first = promotion(1, BenefitKind::free_shipping);
  first.lane = 1;
  auto second = promotion(2, BenefitKind::free_shipping);
  second.lane = 2;
  rules.promotions = {first, second};
  auto who = in_pounds();
  who.shipping_method_id = 4;
  const auto quote = price(rules, {item(1, 1000)}, who);
  CHECK(quote.shipping_discount.minor == 500);
  CHECK(quote.adjustments.size() == 1);
  REQUIRE(why(quote, 2) != nullptr);
  rules.promotions[0].benefit.amount = {300, "GBP"};
  const auto shared = price(rules, {item(1, 1000)}, who);
  CHECK(shared.shipping_discount.minor == 500);
  REQUIRE(shared.adjustments.size() == 2);
  CHECK(shared.adjustments[0].amount.minor == -300);
  CHECK(shared.adjustments[1].amount.minor == -200);
}
