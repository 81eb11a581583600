#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

// Small things that a change of one character would break.

TEST_CASE_FIXTURE(OrdersFixture, "an order says which of its lines a discount is for") {
  const auto lamp = sell("Lamp", 1000, 5);
  const auto vase = sell("Vase", 2000, 5);
  Promotion promotion;
  promotion.name = "Vases";
  PromotionCondition only;
  only.kind = ConditionKind::variants;
  only.ids = {vase};
  promotion.conditions = {only};
  promotion.benefit = {BenefitKind::percent, 100'000, {}, 0, 0, 0};
  shop.pricing().put_promotion(host, promotion);
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {lamp, 1, {}});
  shop.cart().add(host, cart.id, {vase, 1, {}});
  const auto order = shop.orders().place(host, cart.id, paid_in_cash("one"));
  REQUIRE(order.adjustments.size() == 1);
  CHECK(order.adjustments[0].line_no == 2);
  CHECK(order.adjustments[0].amount.minor == -200);
}

TEST_CASE_FIXTURE(OrdersFixture, "a promotion that gives points takes no money off") {
  const auto lamp = sell("Lamp", 1000, 5);
  Promotion promotion;
  promotion.name = "Points";
  promotion.benefit = {BenefitKind::points, 0, {}, 0, 0, 25};
  shop.pricing().put_promotion(host, promotion);
  QuoteRequest request;
  request.lines = {{lamp, 1}};
  const auto quote = shop.pricing().quote(host, request);
  CHECK(quote.points == 25);
  CHECK(quote.total.minor == 1000);
  REQUIRE(quote.adjustments.size() == 1);
  CHECK(quote.adjustments[0].amount.minor == 0);
}

TEST_CASE_FIXTURE(OrdersFixture, "a new coupon has not been used") {
  Promotion promotion;
  promotion.name = "Ten";
  promotion.needs_code = true;
  promotion.benefit = {BenefitKind::percent, 100'000, {}, 0, 0, 0};
  Coupon coupon;
  coupon.code = "TEN";
  coupon.promotion_id = shop.pricing().put_promotion(host, promotion).id;
  coupon.use_limit = 1;
  CHECK(shop.pricing().put_coupon(host, coupon).used == 0);
}

TEST_CASE_FIXTURE(OrdersFixture, "a key of one letter is a key") {
  const auto ann = customer("ann");
  const auto wallet =
      shop.payments().grant_credit(host, ann.user_id(), "k", Money{500, {}}, "sorry");
  CHECK(wallet.balance.minor == 500);
  CHECK(code_of([&] {
          return shop.payments().grant_credit(host, ann.user_id(), "", Money{500, {}}, "sorry");
        }) == Code::validation);
}

TEST_CASE_FIXTURE(OrdersFixture, "an explanation writes rates as people do") {
  const auto lamp = sell("Lamp", 1000, 5);
  TaxZone zone;
  zone.name = "Here";
  zone.places = {{"Here", ""}};
  zone.rates = {{0, "VAT", 175'000}};
  shop.pricing().put_tax_zone(host, zone);
  QuoteRequest request;
  request.lines = {{lamp, 1}};
  request.country = "Here";
  const auto text = shop.pricing().explain(host, request);
  CHECK_MESSAGE(text.find("17.5 %") != std::string::npos, text);
}

TEST_CASE_FIXTURE(OrdersFixture, "a way of delivery has at most 500 bands") {
  ShippingMethod post;
  post.name = "Post";
  for (int i = 0; i < 500; ++i) {
    post.bands.push_back({"Land " + std::to_string(i), "", {}, {}, {100, {}}});
  }
  CHECK(shop.pricing().put_shipping_method(host, post).bands.size() == 500);
  post.bands.push_back({"Too far", "", {}, {}, {100, {}}});
  CHECK(code_of([&] { return shop.pricing().put_shipping_method(host, post); }) ==
        Code::validation);
}

TEST_CASE_FIXTURE(OrdersFixture, "who pays at the till without a name has no first order") {
  const auto lamp = sell("Lamp", 1000, 5);
  Promotion promotion;
  promotion.name = "Welcome";
  PromotionCondition first;
  first.kind = ConditionKind::first_order;
  promotion.conditions = {first};
  promotion.benefit = {BenefitKind::percent, 100'000, {}, 0, 0, 0};
  shop.pricing().put_promotion(host, promotion);
  const auto one = buy(lamp, 1, "one");
  const auto two = buy(lamp, 1, "two");
  CHECK(one.total == two.total);
}

TEST_CASE_FIXTURE(OrdersFixture, "a price list keeps the group that it is for") {
  const auto lamp = sell("Lamp", 1000, 5);
  const auto ann = customer("ann");
  PriceList list;
  list.name = "Trade";
  list.group_id = shop.pricing().create_group(host, {0, "Trade"}).id;
  const auto made = shop.pricing().put_price_list(host, list);
  shop.pricing().set_prices(host, made.id, {{lamp, 1, {900, {}}}});
  const auto lists = shop.pricing().price_lists(host);
  REQUIRE(lists.size() == 1);
  CHECK(lists[0].group_id == list.group_id);
  QuoteRequest request;
  request.lines = {{lamp, 1}};
  request.customer_id = ann.user_id();
  CHECK(shop.pricing().quote(host, request).total.minor == 1000);
  shop.pricing().add_member(host, *list.group_id, ann.user_id());
  CHECK(shop.pricing().quote(host, request).total.minor == 900);
}

TEST_CASE_FIXTURE(OrdersFixture, "a region says more about the tax than a country") {
  const auto lamp = sell("Lamp", 1200, 5);
  const auto put = [&](const char* name, const char* country, const char* region,
                       std::int64_t rate_ppm) {
    TaxZone zone;
    zone.name = name;
    zone.places = {{country, region}};
    zone.rates = {{0, name, rate_ppm}};
    shop.pricing().put_tax_zone(host, zone);
  };
  put("Country", "Land", "", 100'000);
  put("Region", "", "Coast", 200'000);
  QuoteRequest request;
  request.lines = {{lamp, 1}};
  request.country = "Land";
  request.region = "Coast";
  const auto quote = shop.pricing().quote(host, request);
  REQUIRE(quote.taxes.size() == 1);
  CHECK(quote.taxes[0].name == "Region");
  CHECK(quote.tax.minor == 200);
}

TEST_CASE_FIXTURE(OrdersFixture, "an explanation puts a discount under its line") {
  const auto lamp = sell("Lamp", 1000, 5);
  const auto vase = sell("Vase", 2000, 5);
  Promotion promotion;
  promotion.name = "Off the first";
  PromotionCondition only;
  only.kind = ConditionKind::variants;
  only.ids = {lamp};
  promotion.conditions = {only};
  promotion.benefit = {BenefitKind::percent, 100'000, {}, 0, 0, 0};
  shop.pricing().put_promotion(host, promotion);
  QuoteRequest request;
  request.lines = {{lamp, 1}, {vase, 1}};
  const auto text = shop.pricing().explain(host, request);
  const auto discount = text.find("Off the first");
  CHECK_MESSAGE(discount > text.find("Lamp"), text);
  CHECK_MESSAGE(discount < text.find("Vase"), text);
}

TEST_CASE_FIXTURE(OrdersFixture, "tax by unit counts the units that a discount left dearer") {
  const auto lamp = sell("Lamp", 51, 5);
  TaxZone zone;
  zone.name = "Here";
  zone.places = {{"Here", ""}};
  zone.rates = {{0, "VAT", 200'000}};
  shop.pricing().put_tax_zone(host, zone);
  auto settings = shop.pricing().settings(host);
  settings.tax_rounding = TaxRounding::unit;
  shop.pricing().set_settings(host, settings);
  Promotion promotion;
  promotion.name = "A penny off";
  promotion.benefit = {BenefitKind::amount, 0, {1, {}}, 0, 0, 0};
  shop.pricing().put_promotion(host, promotion);
  QuoteRequest request;
  request.lines = {{lamp, 2}};
  request.country = "Here";
  const auto quote = shop.pricing().quote(host, request);
  CHECK(quote.total.minor == 101);
  CHECK(quote.tax.minor == 8 + 9);  // in 50 and in 51
}

TEST_CASE_FIXTURE(OrdersFixture, "the key of a return is not the key of another order's return") {
  const auto lamp = sell("Lamp", 1000, 5);
  const auto one = buy(lamp, 1, "one");
  const auto two = buy(lamp, 1, "two");
  ReturnInput back;
  back.idempotency_key = "back";
  back.lines = {{.line_no = 1, .quantity = 1}};
  const auto first = shop.orders().return_items(host, one.id, back);
  CHECK(shop.orders().return_items(host, one.id, back).id == first.id);
  CHECK(code_of([&] { return shop.orders().return_items(host, two.id, back); }) ==
        Code::idempotency_mismatch);
  LooseReturnInput loose;
  loose.idempotency_key = "back";
  loose.lines = {{lamp, 1, {1000, {}}, false, ""}};
  CHECK(code_of([&] { return shop.orders().return_loose(host, loose); }) ==
        Code::idempotency_mismatch);
  CHECK(shop.orders().get(host, two.id).refunded.minor == 0);
}

TEST_CASE_FIXTURE(OrdersFixture, "the key of a payment is not the key of another order's payment") {
  const auto lamp = sell("Lamp", 1000, 5);
  const auto waiting = [&](const char* key) {
    const auto cart = shop.cart().create(host, {});
    shop.cart().add(host, cart.id, {lamp, 1, {}});
    PlaceInput input;
    input.idempotency_key = key;
    return shop.orders().place(host, cart.id, input).id;
  };
  const auto one = waiting("one");
  const auto two = waiting("two");
  auto& payments = shop.payments();
  PaymentInput promise;
  promise.tender = Tender::card;
  promise.authorize_only = true;
  CHECK(payments.pay(host, one, "pay", {promise}).size() == 1);
  CHECK(payments.pay(host, one, "pay", {promise}).size() == 1);
  CHECK(code_of([&] { return payments.pay(host, two, "pay", {promise}); }) ==
        Code::idempotency_mismatch);
  payments.pay(host, two, "pay two", {promise});
  payments.capture(host, one, 1, "take", {});
  CHECK(code_of([&] { return payments.capture(host, two, 1, "take", {}); }) ==
        Code::idempotency_mismatch);
  payments.capture(host, two, 1, "take two", {});
  payments.refund(host, one, 1, "back", Money{100, {}}, "");
  CHECK(code_of([&] {
          return payments.refund(host, two, 1, "back", Money{100, {}}, "");
        }) == Code::idempotency_mismatch);
}
