#include "shop/accounts.hpp"
#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

Promotion ten_percent() {
  Promotion out;
  out.name = "Ten percent";
  out.benefit.rate_ppm = 100'000;
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(OrdersFixture,
                  "a coupon is used once, given back once, and never beyond its limit") {
  const auto mug = sell("Mug", 1000, 100);
  auto promotion = ten_percent();
  promotion.needs_code = true;
  promotion = shop.pricing().put_promotion(host, promotion);
  Coupon coupon;
  coupon.code = "SAVE10";
  coupon.promotion_id = promotion.id;
  coupon.use_limit = 1;
  shop.pricing().put_coupon(host, coupon);
  const auto buy_with = [&](const std::string& key) {
    const auto cart = shop.cart().create(host, {});
    shop.cart().add(host, cart.id, {mug, 1, {}});
    shop.cart().add_coupon(host, cart.id, "save10");
    return shop.orders().place(host, cart.id, paid_in_cash(key));
  };
  const auto used = [&] {
    return shop.pricing().coupons(host, promotion.id, {}).items.front().used;
  };
  const auto first = buy_with("a");
  CHECK(first.total.minor == 900);
  CHECK(first.adjustments.front().code == "save10");
  CHECK(used() == 1);
  CHECK(buy_with("b").total.minor == 1000);  // used up: the quote says so, the order is plain
  CHECK(used() == 1);
  shop.orders().cancel(host, first.id, {});
  shop.orders().cancel(host, first.id, {});
  CHECK(used() == 0);
  CHECK(buy_with("c").total.minor == 900);
  check_verified();
  const auto cart = shop.cart().create(host, {});
  CHECK(code_of([&] {
          shop.cart().add_coupon(host, cart.id, "NOPE");
          return 0;
        }) == Code::coupon_rejected);
}

TEST_CASE_FIXTURE(OrdersFixture, "an automatic promotion has its limit too") {
  const auto mug = sell("Mug", 1000, 100);
  auto promotion = ten_percent();
  promotion.use_limit = 2;
  promotion = shop.pricing().put_promotion(host, promotion);
  CHECK(buy(mug, 1, "a").total.minor == 900);
  CHECK(buy(mug, 1, "b").total.minor == 900);
  CHECK(buy(mug, 1, "c").total.minor == 1000);
  CHECK(shop.pricing().promotions(host).front().used == 2);
  promotion.use_limit = 1;
  CHECK(first_path(error_of([&] { return shop.pricing().put_promotion(host, promotion); })) ==
        "use_limit");
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture, "tiers, flash sales and taxes come together in one order") {
  const auto mug = sell("Mug", 1200, 100);
  const auto tea = sell("Tea", 600, 100);
  const auto list = shop.pricing().put_price_list(host, {0, "Trade", {}, true, {}, {}});
  shop.pricing().set_prices(host, list.id, {{mug, 10, {900, {}}}});
  ScheduledPrice flash;
  flash.variant_id = tea;
  flash.name = "Monday";
  flash.price = {300, {}};
  flash.starts_at = clock->now();
  flash.unit_limit = 3;
  flash = shop.pricing().schedule_price(host, flash);
  shop.pricing().put_tax_zone(host, {0, "All", {{"", ""}}, {{0, "VAT", 200'000}}});
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {mug, 10, {}});
  shop.cart().add(host, cart.id, {tea, 2, {}});
  const auto order = shop.orders().place(host, cart.id, paid_in_cash("k"));
  CHECK(order.total.minor == 9000 + 600);
  CHECK(order.tax.minor == 1500 + 100);
  CHECK(order.lines[0].price_name == "Trade");
  CHECK(shop.pricing().scheduled_prices(host, tea).front().sold == 2);
  CHECK(buy(tea, 2, "k2").total.minor == 1200);  // only one is left at that price
  shop.orders().cancel(host, order.id, {});
  CHECK(shop.pricing().scheduled_prices(host, tea).front().sold == 0);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture,
                  "a price that rises between cart and checkout is refused until seen") {
  const auto mug = sell("Mug", 1000, 10);
  ScheduledPrice offer;
  offer.variant_id = mug;
  offer.name = "Morning";
  offer.price = {800, {}};
  offer.starts_at = clock->now();
  offer.ends_at = clock->now() + 1000;
  shop.pricing().schedule_price(host, offer);
  const auto cart = shop.cart().create(host, {});
  CHECK(shop.cart().add(host, cart.id, {mug, 1, {}}).seen_price.minor == 800);
  clock->advance(1000);
  const auto error =
      error_of([&] { return shop.orders().place(host, cart.id, paid_in_cash("k")); });
  CHECK(error.code() == Code::price_changed);
  CHECK(first_path(error) == "lines[0].unit_price");
  CHECK(shop.cart().read(host, cart.id).changes.front().kind == CartChangeKind::price_rose);
  CHECK(shop.cart().look(host, cart.id).changes.empty());
  CHECK(shop.orders().place(host, cart.id, paid_in_cash("k")).total.minor == 1000);
}

TEST_CASE_FIXTURE(OrdersFixture, "goods put aside for a cart are not sold to others") {
  const auto mug = sell("Mug", 1000, 3);
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {mug, 2, {}});
  shop.cart().reserve(host, cart.id, 15);
  CHECK(shop.inventory().level(host, mug).available == 1);
  CHECK(code_of([&] { return buy(mug, 2, "other"); }) == Code::out_of_stock);
  CHECK(shop.orders().place(host, cart.id, paid_in_cash("mine")).units == 2);
  CHECK(shop.inventory().level(host, mug).available == 1);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture, "guests have carts of their own, and nobody else's") {
  const auto mug = sell("Mug", 1000, 9);
  const auto ann = shop.guest();
  const auto bob = shop.guest();
  shop.cart().add(ann, 0, {mug, 1, {}});
  shop.cart().add(ann, 0, {mug, 2, {}});
  const auto cart = shop.cart().read(ann, 0);
  CHECK(cart.lines.front().quantity == 3);
  CHECK(cart.quote.total.minor == 3000);
  CHECK(code_of([&] { return shop.cart().read(bob, cart.id); }) == Code::not_found);
  const auto order = shop.orders().place(ann, 0, paid_in_cash("k"));
  CHECK_FALSE(order.customer_id.has_value());
  CHECK(shop.orders().get(ann, order.id).id == order.id);
  CHECK(code_of([&] { return shop.orders().get(bob, order.id); }) == Code::not_found);
  CHECK(code_of([&] { return shop.orders().by_uuid(bob, order.uuid); }) == Code::not_found);
  CHECK(code_of([&] { return shop.orders().cancel(bob, order.id, {}); }) == Code::not_found);
  CHECK(shop.orders().mine(ann, {}).items.size() == 1);
  CHECK(shop.orders().mine(bob, {}).items.empty());
  CHECK(code_of([&] {
          shop.cart().set_price(ann, 0, 1, Money{1, {}}, "x");
          return 0;
        }) == Code::unauthenticated);
}

TEST_CASE_FIXTURE(OrdersFixture, "carts are parked under a name and resumed") {
  const auto mug = sell("Mug", 1000, 9);
  const auto guest = shop.guest();
  shop.cart().add(guest, 0, {mug, 1, {}});
  shop.cart().park(guest, "Lunch");
  shop.cart().add(guest, 0, {mug, 5, {}});
  auto carts = shop.cart().list(guest);
  REQUIRE(carts.size() == 2);
  CHECK(carts.front().name == "Lunch");
  CHECK(code_of([&] {
          shop.cart().resume(guest, carts.front().id);
          return 0;
        }) == Code::already_exists);
  shop.cart().clear(guest, 0);
  shop.cart().resume(guest, carts.front().id);
  CHECK(shop.cart().read(guest, 0).lines.front().quantity == 1);
  CHECK(shop.cart().list(guest).size() == 1);
}

TEST_CASE_FIXTURE(OrdersFixture, "an order goes out in parts, arrives and is complete") {
  const auto mug = sell("Mug", 1000, 9);
  const auto order = buy(mug, 3, "k");
  ShipmentInput parcel;
  parcel.lines = {{1, 1}};
  parcel.tracking_code = "T1";
  CHECK(shop.orders().ship(host, order.id, parcel).summary == "part_shipped");
  parcel.lines = {{1, 3}};
  CHECK(code_of([&] { return shop.orders().ship(host, order.id, parcel); }) == Code::limit_reached);
  CHECK(code_of([&] { return shop.orders().deliver(host, order.id); }) == Code::illegal_transition);
  CHECK(code_of([&] { return shop.orders().cancel(host, order.id, {}); }) ==
        Code::illegal_transition);
  CHECK(shop.orders().ship(host, order.id, {}).summary == "shipped");
  CHECK(shop.orders().deliver(host, order.id).summary == "completed");
  CHECK(shop.orders().deliver(host, order.id).summary == "completed");
  CHECK(shop.orders().shipments(host, order.id).size() == 2);
  CHECK(shop.orders().history(host, order.id).size() == 4);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture, "what the linter finds and what drafts would have cost") {
  const auto mug = sell("Mug", 1000, 100);
  buy(mug, 2, "k");
  auto draft = ten_percent();
  draft.conditions.push_back({ConditionKind::quantity, {}, {}, {}, 2});
  draft.benefit.rate_ppm = 600'000;
  LintInput input;
  input.promotions = {draft};
  input.variant_ids = {mug};
  input.max_discount_ppm = 500'000;
  const auto found = shop.pricing().lint(host, input);
  REQUIRE(found.size() == 2);
  CHECK(found[0].kind == "discount_above_limit");
  CHECK(found[0].cart.front().quantity == 2);
  CHECK(found[1].kind == "larger_is_cheaper");
  CHECK(found[1].cart.front().quantity == 1);
  BacktestInput past;
  past.promotions = {draft};
  const auto result = shop.pricing().backtest(host, past);
  CHECK(result.orders == 1);
  CHECK(result.before.minor == 2000);
  CHECK(result.after.minor == 800);
}

TEST_CASE_FIXTURE(OrdersFixture,
                  "receipts are 42 columns wide and invoices escape what they show") {
  const auto mug = sell("Mug <b>&\"Tea\"</b> with a very long name that does not fit", 1299, 9);
  auto input = paid_in_cash("k");
  input.payments.front().tendered = Money{5000, {}};
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {mug, 3, {}});
  const auto order = shop.orders().place(host, cart.id, input);
  const auto text = shop.orders().receipt_text(host, order.id);
  std::size_t width = 0;
  for (const char c : text) {
    if (c == '\n') {
      CHECK(width <= 42);
      width = 0;
    } else {
      width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    }
  }
  CHECK(text.find("TOTAL GBP") != std::string::npos);
  CHECK(text.find("Change") != std::string::npos);
  const auto html = shop.orders().invoice_html(host, order.id);
  CHECK(html.find("Mug &lt;b&gt;&amp;&quot;Tea&quot;") != std::string::npos);
  CHECK(html.find("<b>") == std::string::npos);
}
