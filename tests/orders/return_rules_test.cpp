#include "shop/pricing.hpp"
#include "shop/reports.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"

#include <algorithm>

using namespace shop;
using namespace shop::test;

namespace {

struct ReturnRulesFixture : OrdersFixture {
  Id lamp = sell("Lamp", 1000, 100);

  static ReturnInput of(const std::string& key, std::int64_t line_no, std::int64_t quantity) {
    ReturnInput back;
    back.idempotency_key = key;
    back.lines = {{line_no, quantity, false, {}}};
    return back;
  }
  LooseReturnInput loose(const std::string& key, std::int64_t quantity, std::int64_t minor) const {
    LooseReturnInput back;
    back.idempotency_key = key;
    back.lines = {{lamp, quantity, {minor, {}}, false, {}}};
    return back;
  }
  Code refused(Id order_id, const ReturnInput& input) {
    return code_of([&] { return shop.orders().return_items(host, order_id, input); });
  }
  Code refused(const LooseReturnInput& input) {
    return code_of([&] { return shop.orders().return_loose(host, input); });
  }
};

}  // namespace

TEST_CASE_FIXTURE(ReturnRulesFixture, "a code can be used again once all came back") {
  Promotion tenth;
  tenth.name = "A tenth off";
  tenth.benefit.rate_ppm = 100'000;
  tenth.needs_code = true;
  Coupon coupon;
  coupon.promotion_id = shop.pricing().put_promotion(host, tenth).id;
  coupon.code = "TEN";
  coupon.use_limit = 1;
  shop.pricing().put_coupon(host, coupon);
  const auto used = [&] {
    return shop.pricing().coupons(host, coupon.promotion_id, {}).items.front().used;
  };
  const auto ann = a_customer(shop);
  shop.cart().add(ann, 0, {lamp, 2, {}});
  shop.cart().add_coupon(ann, 0, "TEN");
  const auto order = shop.orders().place(ann, 0, paid_in_cash("a"));
  CHECK(order.discount.minor == 200);
  shop.orders().return_items(host, order.id, of("r", 1, 1));
  CHECK(used() == 1);
  shop.orders().return_items(host, order.id, of("s", 1, 1));
  CHECK(used() == 0);
  check_verified();
}

TEST_CASE_FIXTURE(ReturnRulesFixture, "goods by measure come back as one, however often") {
  ProductInput input;
  input.title = "Cheese";
  input.simple.price = {1000, {}};
  input.sold_by = SoldBy::weight;
  const auto cheese = shop.catalog().create_product(host, input).variants.front().id;
  receive(cheese, 10'000);
  const auto order = buy(cheese, 1000, "a");
  for (int i = 0; i < 3; ++i) {
    shop.orders().return_items(host, order.id, of("r" + std::to_string(i), 1, 250));
  }
  auto twice = of("s", 1, 100);
  twice.lines.push_back({1, 150, false, {}});
  shop.orders().return_items(host, order.id, twice);
  const auto rows = shop.reports().products(host, {}, {}).items;
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [](const ProductFigures& each) { return each.title == "Cheese"; });
  REQUIRE(row != rows.end());
  CHECK(row->units == 1);
  CHECK(row->returned_units == 1);
  CHECK(row->net.minor == 0);
  check_verified();
}

TEST_CASE_FIXTURE(ReturnRulesFixture, "more than a cart's line may hold does not come back") {
  auto huge = loose("a", 1'000'001, 0);
  const auto error = error_of([&] { return shop.orders().return_loose(host, huge); });
  CHECK(error.code() == Code::validation);
  CHECK(first_path(error) == "lines[0].quantity");
  CHECK(refused(buy(lamp, 1, "o").id, of("b", 1, 1'000'001)) == Code::validation);
  CHECK(shop.inventory().level(host, lamp).on_hand == 99);
  shop.orders().return_loose(host, loose("a", 1'000'000, 0));
}

TEST_CASE_FIXTURE(ReturnRulesFixture,
                  "what is owed and given back is not what completes an order") {
  const auto cart = shop.cart().create(host, {}).id;
  CHECK(shop.cart().add(host, cart, {lamp, 1, {}}).manual_discount.currency == "GBP");
  const auto order = shop.orders().place(host, cart, {.idempotency_key = "o"});
  shop.orders().confirm(host, order.id, {});
  shop.orders().ship(host, order.id, {});
  shop.orders().deliver(host, order.id);
  PaymentInput part;
  part.amount = Money{300, {}};
  shop.payments().pay(host, order.id, "p", {part});
  shop.payments().refund(host, order.id, 1, "r", {}, {});
  CHECK(shop.orders().get(host, order.id).status == OrderStatus::confirmed);
  shop.payments().pay(host, order.id, "q", {PaymentInput{}});
  CHECK(shop.orders().get(host, order.id).status == OrderStatus::completed);
  check_verified();
}

TEST_CASE_FIXTURE(ReturnRulesFixture, "a key is for the same goods alone") {
  const auto order = buy(lamp, 3, "o");
  const auto made = shop.orders().return_items(host, order.id, of("r", 1, 1));
  CHECK(shop.orders().return_items(host, order.id, of("r", 1, 1)).id == made.id);
  CHECK(refused(order.id, of("r", 1, 2)) == Code::idempotency_mismatch);
  auto damaged = of("r", 1, 1);
  damaged.lines.front().damaged = true;
  CHECK(refused(order.id, damaged) == Code::idempotency_mismatch);
  auto more = of("r", 1, 1);
  more.lines.push_back({1, 1, false, {}});
  CHECK(refused(order.id, more) == Code::idempotency_mismatch);
  CHECK(shop.orders().get(host, order.id).lines.front().returned == 1);

  const auto id = shop.orders().return_loose(host, loose("l", 2, 300)).id;
  CHECK(shop.orders().return_loose(host, loose("l", 2, 300)).id == id);
  CHECK(refused(loose("l", 3, 300)) == Code::idempotency_mismatch);
  CHECK(refused(loose("l", 2, 301)) == Code::idempotency_mismatch);
  CHECK(refused(loose("l", 2, 300'000)) == Code::idempotency_mismatch);  // a thousandth of it
  check_verified();
}

TEST_CASE_FIXTURE(ReturnRulesFixture,
                  "a bundle gives back the parts that it had when it was sold") {
  const auto cup = sell("Cup", 500, 20);
  const auto plate = sell("Plate", 600, 20);
  ProductInput set;
  set.title = "Breakfast";
  set.simple.price = {1500, {}};
  set.bundle = {{cup, 2}, {plate, 1}};
  const auto made = shop.catalog().create_product(host, set);
  const auto variant = made.variants.front().id;
  const auto on_hand = [&](Id of) { return shop.inventory().level(host, of).on_hand; };
  const auto canceled = buy(variant, 3, "a");
  const auto returned = buy(variant, 1, "b");
  const auto edited = buy(variant, 2, "c");
  const auto single = buy(cup, 1, "d");
  CHECK(on_hand(cup) == 7);
  CHECK(on_hand(plate) == 14);
  shop.catalog().set_bundle(host, made.id, {{plate, 5}});
  shop.orders().cancel(host, canceled.id, {});
  CHECK(on_hand(cup) == 13);
  CHECK(on_hand(plate) == 17);
  ReturnInput back;
  back.idempotency_key = "r";
  back.lines = {{1, 1, false, {}}};
  shop.orders().return_items(host, returned.id, back);
  CHECK(on_hand(cup) == 15);
  CHECK(on_hand(plate) == 18);
  OrderEditInput edit;
  edit.idempotency_key = "e";
  edit.reason = "the customer rang";
  edit.lines = {{1, 1}};
  edit.items = {{variant, 1, {}}};
  const auto after = shop.orders().edit(host, edited.id, edit);
  CHECK(on_hand(cup) == 17);
  CHECK(on_hand(plate) == 14);  // the new one is of today
  shop.orders().cancel(host, after.id, {});
  CHECK(on_hand(cup) == 19);
  CHECK(on_hand(plate) == 20);
  shop.orders().cancel(host, single.id, {});
  CHECK(on_hand(cup) == 20);
  check_verified();
}

TEST_CASE_FIXTURE(ReturnRulesFixture,
                  "a new line is not of what one before it with its number was") {
  const auto cup = sell("Cup", 500, 20);
  ProductInput set;
  set.title = "Cups";
  set.simple.price = {1500, {}};
  set.bundle = {{cup, 4}};
  const auto variant = shop.catalog().create_product(host, set).variants.front().id;
  const auto order = buy(lamp, 1, "a");
  OrderEditInput edit;
  edit.reason = "the customer rang";
  const auto step = [&](const char* key, std::vector<EditLineInput> lines,
                        std::vector<CartItem> items) {
    edit.idempotency_key = key;
    edit.lines = std::move(lines);
    edit.items = std::move(items);
    shop.orders().edit(host, order.id, edit);
    return shop.inventory().level(host, cup).on_hand;
  };
  CHECK(step("1", {}, {{variant, 1, {}}}) == 16);
  CHECK(step("2", {{2, 0}}, {}) == 20);
  CHECK(step("3", {}, {{cup, 1, {}}}) == 19);
  CHECK(step("4", {{2, 2}}, {}) == 18);
  CHECK(step("5", {{2, 0}}, {}) == 20);
  CHECK(step("6", {}, {{variant, 2, {}}}) == 12);  // the same bundle on that line once more
  shop.orders().cancel(host, order.id, {});
  CHECK(shop.inventory().level(host, cup).on_hand == 20);
  check_verified();
}
