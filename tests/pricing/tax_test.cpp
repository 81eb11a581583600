#include "pricing/pricing.hpp"
#include "pricing_support.hpp"

#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

Quote price(const pricing::RuleSet& rules, const std::vector<pricing::Item>& items,
            pricing::Situation who = in_pounds()) {
  auto quote = pricing::quote(rules, who, items);
  check_sums(quote);
  return quote;
}

}  // namespace

TEST_CASE("a tax says its rate once") {
  CHECK(pricing::tax_label("VAT", 175'000) == "VAT 17.5 %");
  CHECK(pricing::tax_label("MwSt. 19 %", 190'000) == "MwSt. 19 %");
  CHECK(pricing::tax_label("20% VAT", 200'000) == "20% VAT");
  CHECK(pricing::tax_label("VAT 120 %", 200'000) == "VAT 120 % 20 %");
}

TEST_CASE("tax is found inside prices or added to them") {
  pricing::RuleSet rules;
  rules.tax_zones = {everywhere(200'000)};
  const auto inside = price(rules, {item(1, 1200)});
  CHECK(inside.total.minor == 1200);
  CHECK(inside.tax.minor == 200);
  CHECK(inside.taxes.front().base.minor == 1000);
  rules.settings.tax_included = false;
  const auto added = price(rules, {item(1, 1000)});
  CHECK(added.total.minor == 1200);
  CHECK(added.tax.minor == 200);
}

TEST_CASE("tax is rounded per line, per unit or per order") {
  pricing::RuleSet rules;
  rules.settings.tax_included = false;
  rules.tax_zones = {everywhere(75'000)};
  const std::vector<pricing::Item> cart = {item(1, 99, 3), item(2, 99)};
  rules.settings.tax_rounding = TaxRounding::line;
  CHECK(price(rules, cart).tax.minor == 22 + 7);
  rules.settings.tax_rounding = TaxRounding::unit;
  CHECK(price(rules, cart).tax.minor == 7 * 4);
  rules.settings.tax_rounding = TaxRounding::order;
  CHECK(price(rules, cart).tax.minor == 30);
}

TEST_CASE("tax is on what is left after discounts; the exempt pay none") {
  pricing::RuleSet rules;
  rules.tax_zones = {everywhere(200'000)};
  rules.promotions = {percent_off(1, 500'000)};
  CHECK(price(rules, {item(1, 1200)}).tax.minor == 100);
  auto who = in_pounds();
  who.tax_exempt = true;
  const auto exempt = price(rules, {item(1, 1200)}, who);
  CHECK(exempt.total.minor == 500);
  CHECK(exempt.tax.minor == 0);
  CHECK(exempt.adjustments.back().kind == AdjustmentKind::tax_exemption);
}

TEST_CASE("the most specific zone decides; several rates of a class add up; classes differ") {
  pricing::RuleSet rules;
  rules.settings.tax_included = false;
  rules.tax_zones = {everywhere(100'000),
                     {2, "US", {{"US", ""}}, {}},
                     {3, "NY", {{"US", "NY"}}, {{0, "State", 40'000}, {0, "City", 45'000}}}};
  auto who = in_pounds();
  CHECK(price(rules, {item(1, 1000)}, who).tax.minor == 100);
  who.country = "US";
  CHECK(price(rules, {item(1, 1000)}, who).tax.minor == 0);
  who.region = "NY";
  const auto quote = price(rules, {item(1, 1000)}, who);
  CHECK(quote.tax.minor == 85);
  REQUIRE(quote.taxes.size() == 2);
  CHECK(quote.taxes[1].amount.minor == 45);
  auto book = item(1, 1000);
  book.tax_class_id = 9;
  CHECK(price(rules, {book}, who).tax.minor == 0);
}

TEST_CASE("cash is rounded to the smallest coin, as a line of its own") {
  pricing::RuleSet rules;
  rules.settings.cash_step = 5;
  auto who = in_pounds();
  who.cash = true;
  const auto down = price(rules, {item(1, 1002)}, who);
  CHECK(down.total.minor == 1000);
  CHECK(down.cash_rounding.minor == -2);
  CHECK(price(rules, {item(1, 1003)}, who).total.minor == 1005);
  who.cash = false;
  CHECK(price(rules, {item(1, 1003)}, who).total.minor == 1003);
}

TEST_CASE("currencies of 0, 3 and 4 decimals keep their units") {
  for (const char* currency : {"JPY", "KWD", "CLF"}) {
    pricing::RuleSet rules;
    rules.tax_zones = {everywhere(100'000)};
    rules.promotions = {percent_off(1, 333'333)};
    auto who = in_pounds();
    who.currency = currency;
    auto thing = item(1, 1001, 3);
    thing.facts.list_price.currency = currency;
    const auto quote = price(rules, {thing}, who);
    CHECK(quote.total == Money{2002, currency});
  }
}

TEST_CASE("an amount that cannot be kept exactly is refused") {
  CHECK_THROWS_AS(price({}, {item(1, max_magnitude, 2)}), Error);
  CHECK_THROWS_AS(price({}, {item(1, max_magnitude), item(2, 1)}), Error);
}

TEST_CASE("quoting again changes nothing, and steps lead to the total") {
  pricing::RuleSet rules;
  rules.tax_zones = {everywhere(200'000)};
  rules.promotions = {percent_off(1, 123'456), amount_off(2, 77, 1)};
  auto who = in_pounds();
  who.steps = true;
  const std::vector<pricing::Item> cart = {item(1, 999, 3), item(2, 1, 9)};
  const auto first = price(rules, cart, who);
  const auto second = price(rules, cart, who);
  CHECK(first.total == second.total);
  REQUIRE(first.steps.size() == second.steps.size());
  const auto total = std::find_if(first.steps.begin(), first.steps.end(),
                                  [](const QuoteStep& s) { return s.kind == "total"; });
  REQUIRE(total != first.steps.end());
  CHECK(total->amount == first.total);
}
