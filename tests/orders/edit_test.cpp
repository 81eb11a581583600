#include "shop/loyalty.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct EditFixture : OrdersFixture {
  Id mug = sell("Mug", 1000, 10);
  Id tea = sell("Tea", 300, 10);

  static OrderEditInput because(const std::string& key) {
    OrderEditInput input;
    input.idempotency_key = key;
    input.reason = "the customer rang";
    return input;
  }

  std::int64_t stock(Id variant) { return shop.inventory().level(host, variant).on_hand; }
  std::int64_t money() {
    std::int64_t sum = 0;
    for (const auto& balance : shop.payments().balances(host)) sum += balance.balance.minor;
    return sum;
  }
  std::int64_t account(MoneyAccount wanted) {
    for (const auto& balance : shop.payments().balances(host)) {
      if (balance.account == wanted) return balance.balance.minor;
    }
    return 0;
  }
};

}  // namespace

TEST_CASE_FIXTURE(EditFixture, "fewer goods: stock and money come back, the books follow") {
  const auto order = buy(mug, 3, "a");
  auto input = because("e1");
  input.lines = {{1, 2}};
  const auto edited = shop.orders().edit(host, order.id, input);
  CHECK(edited.total.minor == 2000);
  CHECK(edited.paid.minor == 2000);
  CHECK(edited.refunded.minor == 0);
  CHECK(edited.edit_refunded.minor == 1000);
  CHECK(edited.payment_status == PaymentStatus::paid);
  CHECK(edited.status == OrderStatus::confirmed);
  CHECK(stock(mug) == 8);
  CHECK(shop.orders().edit(host, order.id, input).total.minor == 2000);
  CHECK(stock(mug) == 8);
  const auto edits = shop.orders().edits(host, order.id);
  REQUIRE(edits.size() == 1);
  CHECK(edits.front().total_before.minor == 3000);
  CHECK(edits.front().refunded.minor == 1000);
  CHECK(edits.front().reason == "the customer rang");
  CHECK(shop.reports().dashboard(host, {}).total.revenue.minor == 2000);
  CHECK(account(MoneyAccount::cash) == 2000);
  check_verified();
  CHECK(shop.orders().cancel(host, order.id, {}).payment_status == PaymentStatus::refunded);
  CHECK(account(MoneyAccount::cash) == 0);
  CHECK(stock(mug) == 10);
  check_verified();
}

TEST_CASE_FIXTURE(EditFixture, "more goods: the rest is taken, or owed") {
  const auto order = buy(mug, 1, "a");
  auto input = because("e1");
  input.items = {{tea, 2, "with a bow"}};
  const auto owed = shop.orders().edit(host, order.id, input);
  CHECK(owed.total.minor == 1600);
  CHECK(owed.payment_status == PaymentStatus::part_paid);
  CHECK(owed.status == OrderStatus::pending);
  REQUIRE(owed.lines.size() == 2);
  CHECK(owed.lines[1].line_no == 2);
  CHECK(owed.lines[1].note == "with a bow");
  CHECK(stock(tea) == 8);
  check_verified();
  shop.payments().pay(host, order.id, "p", {PaymentInput{}});
  CHECK(shop.orders().get(host, order.id).status == OrderStatus::confirmed);
  auto more = because("e2");
  more.lines = {{1, 2}};
  more.payments.emplace_back();
  const auto paid = shop.orders().edit(host, order.id, more);
  CHECK(paid.total.minor == 2600);
  CHECK(paid.payment_status == PaymentStatus::paid);
  CHECK(paid.status == OrderStatus::confirmed);
  check_verified();
  auto back = because("e3");
  back.lines = {{1, 0}};
  const auto less = shop.orders().edit(host, order.id, back);
  CHECK(less.total.minor == 600);
  CHECK(less.edit_refunded.minor == 2000);
  CHECK(less.lines.front().line_no == 2);
  shop.orders().ship(host, order.id, {});
  CHECK(shop.orders().deliver(host, order.id).status == OrderStatus::completed);
  check_verified();
}

TEST_CASE_FIXTURE(EditFixture,
                  "what stays keeps its price; what is new costs what it costs today") {
  const auto order = buy(mug, 1, "a");
  VariantChange dearer;
  dearer.price = Money{1500, {}};
  shop.catalog().update_variant(host, mug, dearer);
  auto input = because("e1");
  input.lines = {{1, 2}};
  input.items = {{mug, 1, {}}};
  const auto edited = shop.orders().edit(host, order.id, input);
  CHECK(edited.lines[0].unit_price.minor == 1000);
  CHECK(edited.lines[1].unit_price.minor == 1500);
  CHECK(edited.total.minor == 3500);
  check_verified();
}

TEST_CASE_FIXTURE(EditFixture, "a code that the order used counts once, whatever became of it") {
  Promotion promotion;
  promotion.name = "Ten off";
  promotion.benefit.kind = BenefitKind::amount;
  promotion.benefit.amount = {1000, {}};
  promotion.needs_code = true;
  promotion.use_limit = 1;
  promotion.conditions = {{ConditionKind::subtotal, {}, {}, {2000, {}}, 0}};
  promotion = shop.pricing().put_promotion(host, promotion);
  Coupon coupon;
  coupon.code = "TEN";
  coupon.promotion_id = promotion.id;
  coupon.use_limit = 1;
  shop.pricing().put_coupon(host, coupon);
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {mug, 3, {}});
  shop.cart().add_coupon(host, cart.id, "TEN");
  const auto order = shop.orders().place(host, cart.id, paid_in_cash("a"));
  CHECK(order.total.minor == 2000);
  promotion.active = false;
  shop.pricing().put_promotion(host, promotion);
  const auto used = [&] {
    return shop.pricing().coupons(host, promotion.id, {}).items.front().used;
  };
  auto input = because("e1");
  input.lines = {{1, 4}};
  CHECK(shop.orders().edit(host, order.id, input).total.minor == 3000);
  CHECK(used() == 1);
  check_verified();
  input = because("e2");
  input.lines = {{1, 1}};  // below what the code asks for
  CHECK(shop.orders().edit(host, order.id, input).total.minor == 1000);
  CHECK(used() == 0);
  check_verified();
}

TEST_CASE_FIXTURE(EditFixture, "points follow an edit") {
  LoyaltyRuleInput rule;
  rule.kind = LoyaltyRuleKind::purchase;
  rule.name = "Points";
  rule.points = 1;
  rule.per = Money{100, {}};
  shop.loyalty().save_rule(host, rule);
  const auto carol = a_customer(shop, 9);
  shop.cart().add(carol, 0, {mug, 3, {}});
  const auto order = shop.orders().place(carol, 0, paid_in_cash("a"));
  CHECK(shop.loyalty().account(carol).balance == 30);
  auto input = because("e1");
  input.lines = {{1, 1}};
  shop.orders().edit(host, order.id, input);
  CHECK(shop.loyalty().account(carol).balance == 10);
  input = because("e2");
  input.lines = {{1, 2}};
  input.payments.emplace_back();
  shop.orders().edit(host, order.id, input);
  CHECK(shop.loyalty().account(carol).balance == 20);
  check_verified();
  shop.orders().cancel(host, order.id, {});
  CHECK(shop.loyalty().account(carol).balance == 0);
  check_verified();
}

TEST_CASE_FIXTURE(EditFixture, "another destination brings its own tax and delivery") {
  TaxZone zone;
  zone.name = "GB";
  zone.places = {{"GB", {}}};
  zone.rates = {{0, "VAT", 200'000}};
  shop.pricing().put_tax_zone(host, zone);
  const auto order = buy(mug, 1, "a", "DE");
  CHECK(order.tax.minor == 0);
  auto input = because("e1");
  input.address = Address{};
  input.address->country = "GB";
  input.address->city = "Leeds";
  const auto edited = shop.orders().edit(host, order.id, input);
  CHECK(edited.tax.minor == 167);
  CHECK(edited.country == "GB");
  REQUIRE(edited.address);
  CHECK(edited.address->city == "Leeds");
  check_verified();
}

TEST_CASE_FIXTURE(EditFixture, "an edit that cannot be changes nothing and says why") {
  const auto order = buy(mug, 1, "a");
  const auto refused = [&](const OrderEditInput& input) {
    return error_of([&] { return shop.orders().edit(host, order.id, input); });
  };
  auto input = because("e1");
  input.reason = {};
  CHECK(first_path(refused(input)) == "reason");
  input = because("e1");
  input.lines = {{7, 1}};
  CHECK(first_path(refused(input)) == "lines[0].line_no");
  input.lines = {{1, -1}};
  CHECK(first_path(refused(input)) == "lines[0].quantity");
  input.lines = {{1, 0}};
  CHECK(first_path(refused(input)) == "lines");
  input.lines = {{1, 11}};
  auto error = refused(input);
  CHECK(error.code() == Code::out_of_stock);
  CHECK(error.details().front().path == "lines[0].quantity");
  input.lines = {};
  input.items = {{tea, 11, {}}};
  error = refused(input);
  CHECK(error.code() == Code::out_of_stock);
  CHECK(error.details().front().path == "items[0].quantity");
  input.items = {{4711, 1, {}}};
  CHECK(first_path(refused(input)) == "items[0].variant_id");
  input.items = {{tea, 0, {}}};
  CHECK(first_path(refused(input)) == "items[0].quantity");
  CHECK(code_of([&] { return shop.orders().edit(a_customer(shop), order.id, because("x")); }) ==
        Code::forbidden);
  CHECK(stock(mug) == 9);
  shop.orders().ship(host, order.id, {});
  input = because("e2");
  input.lines = {{1, 2}};
  CHECK(first_path(refused(input)) == "fulfilment_status");
  CHECK(shop.orders().edits(host, order.id).empty());
  check_verified();
}

TEST_CASE_FIXTURE(EditFixture, "an exchange pays new goods with the old and settles the rest") {
  const auto order = buy(mug, 2, "a");
  shop.orders().ship(host, order.id, {});
  shop.orders().deliver(host, order.id);
  ExchangeInput input;
  input.idempotency_key = "x1";
  input.lines = {{1, 1, false, "broken handle"}};
  input.items = {{tea, 2, {}}};
  input.reason = "not the right one";
  const auto cheaper = shop.orders().exchange(host, order.id, input);
  CHECK(cheaper.order_return.value.minor == 1000);
  CHECK(cheaper.order_return.refunded.minor == 1000);
  CHECK(cheaper.order.total.minor == 600);
  CHECK(cheaper.order.exchange_of == order.id);
  CHECK(cheaper.order.payment_status == PaymentStatus::paid);
  CHECK(cheaper.order.payments.front().tender == Tender::exchange);
  CHECK(account(MoneyAccount::cash) == 1600);
  CHECK(account(MoneyAccount::exchange) == 0);
  CHECK(stock(mug) == 9);
  CHECK(stock(tea) == 8);
  CHECK(shop.orders().exchange(host, order.id, input).order.id == cheaper.order.id);
  CHECK(stock(tea) == 8);
  check_verified();

  input.idempotency_key = "x2";
  input.items = {{mug, 1, {}}, {tea, 1, {}}};
  input.payments.emplace_back();
  input.payments.front().tender = Tender::card;
  input.payments.front().amount = Money{400, {}};
  CHECK(first_path(error_of([&] { return shop.orders().exchange(host, order.id, input); })) ==
        "payments[0].amount");  // as it was given, although the old goods pay before it
  input.payments.front() = {};
  const auto dearer = shop.orders().exchange(host, order.id, input);
  CHECK(dearer.order.total.minor == 1300);
  CHECK(dearer.order.payments.size() == 2);
  CHECK(dearer.order.payments[1].captured.minor == 300);
  CHECK(account(MoneyAccount::cash) == 1900);
  CHECK(account(MoneyAccount::exchange) == 0);
  CHECK(shop.orders().get(host, order.id).fulfilment_status == FulfilmentStatus::returned);
  CHECK(money() == 0);
  check_verified();
  shop.orders().cancel(host, dearer.order.id, {});
  CHECK(money() == 0);
  check_verified();
}

TEST_CASE_FIXTURE(EditFixture, "an exchange happens whole or not at all") {
  const auto order = buy(mug, 1, "a");
  ExchangeInput input;
  input.idempotency_key = "x1";
  input.lines = {{1, 1, false, {}}};
  input.items = {{tea, 11, {}}};
  const auto error = error_of([&] { return shop.orders().exchange(host, order.id, input); });
  CHECK(error.code() == Code::out_of_stock);
  CHECK(error.details().front().path == "items[0].quantity");
  CHECK(shop.orders().returns(host, order.id).empty());
  CHECK(stock(mug) == 9);
  input.items = {};
  CHECK(first_path(error_of([&] { return shop.orders().exchange(host, order.id, input); })) ==
        "items");
  input.items = {{tea, 1, {}}};
  input.lines = {{1, 2, false, {}}};
  CHECK(first_path(error_of([&] { return shop.orders().exchange(host, order.id, input); })) ==
        "lines[0].quantity");
  input.lines = {{1, 1, false, {}}};
  shop.orders().exchange(host, order.id, input);
  input.items = {{tea, 2, {}}};
  CHECK(code_of([&] { return shop.orders().exchange(host, order.id, input); }) ==
        Code::idempotency_mismatch);
  check_verified();
}
