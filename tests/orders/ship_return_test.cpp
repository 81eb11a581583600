#include "support/orders_fixture.hpp"
#include "support/people.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct ShipReturnFixture : OrdersFixture {
  Id lamp = sell("Lamp", 1000, 100);
  int keys = 0;

  void ship(const Order& order, std::int64_t quantity) {
    shop.orders().ship(host, order.id, {{{1, quantity}}, {}, {}});
  }
  void take_back(const Order& order, std::int64_t quantity, std::int64_t line_no = 1) {
    ReturnInput back;
    back.idempotency_key = "r" + std::to_string(++keys);
    back.lines = {{line_no, quantity, false, {}}};
    shop.orders().return_items(host, order.id, back);
  }
  FulfilmentStatus state_of(const Order& order) {
    return shop.orders().get(host, order.id).fulfilment_status;
  }
};

using F = FulfilmentStatus;

}  // namespace

TEST_CASE_FIXTURE(ShipReturnFixture, "what had left and came back is not what is left to ship") {
  const auto order = buy(lamp, 3, "a");
  ship(order, 1);
  take_back(order, 1);
  CHECK(state_of(order) == F::part);
  CHECK(code_of([&] {
          ship(order, 3);
          return 0;
        }) == Code::limit_reached);
  const auto shipped = shop.orders().ship(host, order.id, {});
  CHECK(shipped.fulfilment_status == F::shipped);
  CHECK(shipped.lines.front().shipped == 3);
  CHECK(code_of([&] { return shop.orders().ship(host, order.id, {}); }) ==
        Code::illegal_transition);
  CHECK(shop.orders().deliver(host, order.id).status == OrderStatus::completed);
  check_verified();
}

TEST_CASE_FIXTURE(ShipReturnFixture, "what comes back before it leaves leaves nothing to ship") {
  // Taken back first, so that one is left; then what left comes back, then the other.
  const auto order = buy(lamp, 3, "a");
  take_back(order, 1);
  CHECK(state_of(order) == F::none);
  ship(order, 1);
  CHECK(state_of(order) == F::part);
  take_back(order, 2);  // the one that left, and the one that did not
  CHECK(state_of(order) == F::returned);
  check_verified();

  const auto two = buy(lamp, 3, "b");
  ship(two, 1);
  take_back(two, 2);
  CHECK(state_of(two) == F::part);
  const auto shipped = shop.orders().ship(host, two.id, {});
  CHECK(shipped.lines.front().shipped == 2);
  CHECK(shipped.fulfilment_status == F::shipped);
  check_verified();
}

TEST_CASE_FIXTURE(ShipReturnFixture, "a return can be what completes the shipping") {
  const auto other = sell("Vase", 500, 10);
  const auto cart = shop.cart().create(host, {});
  shop.cart().add_all(host, cart.id, {{lamp, 1, {}}, {other, 1, {}}});
  const auto order = shop.orders().place(host, cart.id, paid_in_cash("a"));
  ship(order, 1);
  take_back(order, 1, 2);
  CHECK(state_of(order) == F::shipped);
  CHECK(shop.orders().deliver(host, order.id).status == OrderStatus::completed);
  check_verified();
}

TEST_CASE_FIXTURE(ShipReturnFixture, "what came back before it left is not shipped by name") {
  const auto order = buy(lamp, 2, "a");
  take_back(order, 1);
  const auto error = error_of([&] {
    return shop.orders().ship(host, order.id, {{{1, 2}}, {}, {}});
  });
  CHECK(error.code() == Code::limit_reached);
  CHECK(first_path(error) == "lines[0].quantity");
  CHECK(code_of([&] {
          return shop.orders().ship(host, order.id, {{{1, 1}, {1, 1}}, {}, {}});
        }) == Code::limit_reached);
  ship(order, 1);
  CHECK(state_of(order) == F::shipped);
  CHECK(shop.inventory().level(host, lamp).on_hand == 99);
  check_verified();
}

TEST_CASE_FIXTURE(ShipReturnFixture, "goods handed over have left before they come back") {
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {lamp, 2, {}});
  auto input = paid_in_cash("a");
  input.handed_over = true;
  const auto order = shop.orders().place(host, cart.id, input);
  take_back(order, 1);
  CHECK(state_of(order) == F::delivered);
  take_back(order, 1);
  CHECK(state_of(order) == F::returned);
  check_verified();
}

TEST_CASE_FIXTURE(ShipReturnFixture, "a seller ships all of its part that has not left") {
  shop.sellers().set_approval(host, SellerApproval::automatic);
  const auto sally = a_customer(shop);
  shop.sellers().apply(sally, {"Sally", "+44 20 7946 0018", {}, {}});
  ProductInput hat;
  hat.title = "Hat";
  hat.simple.price = {1000, {}};
  const auto variant = shop.catalog().create_product(sally, hat).variants.front().id;
  receive(variant, 10);
  const auto ann = a_customer(shop, 2);
  shop.cart().add_all(ann, 0, {{variant, 3, {}}, {lamp, 1, {}}});
  const auto order = shop.orders().place(ann, 0, paid_in_cash("a"));
  CHECK(shop.orders().ship_part(sally, order.id, 0, {{{1, 1}}, {}, {}}).fulfilment_status ==
        F::part);
  take_back(order, 1);
  const auto part = shop.orders().ship_part(sally, order.id, 0, {});
  CHECK(part.fulfilment_status == F::shipped);
  CHECK(part.lines.front().shipped == 3);
  check_verified();
}
