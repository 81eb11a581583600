#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(OrdersFixture, "a cart becomes an order once, whatever is called again") {
  const auto mug = sell("Mug", 250, 10);
  const auto tea = sell("Tea", 399, 10);
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {mug, 2, {}});
  shop.cart().add(host, cart.id, {tea, 1, {}});
  const auto order = shop.orders().place(host, cart.id, paid_in_cash("key-1"));
  CHECK(order.number == "ORD-20260105-000001");
  CHECK(order.total.minor == 899);
  CHECK(order.status == OrderStatus::confirmed);
  CHECK(order.payment_status == PaymentStatus::paid);
  CHECK(order.summary == "to_ship");
  CHECK(order.lines.size() == 2);
  CHECK(shop.inventory().level(host, mug).available == 8);

  const auto again = shop.orders().place(host, cart.id, paid_in_cash("key-1"));
  CHECK(again.id == order.id);
  CHECK(again.uuid == order.uuid);
  CHECK(again.lines.size() == 2);
  CHECK(again.payments.size() == 1);
  CHECK(code_of([&] { return shop.orders().place(host, cart.id, paid_in_cash("key-2")); }) ==
        Code::not_found);
  auto other = paid_in_cash("key-1");
  other.note = "something else";
  CHECK(code_of([&] { return shop.orders().place(host, cart.id, other); }) ==
        Code::idempotency_mismatch);
  CHECK(shop.inventory().level(host, mug).available == 8);
  CHECK(shop.orders().by_number(host, "ord-20260105-000001").id == order.id);
  CHECK(shop.orders().by_uuid(host, order.uuid).id == order.id);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture,
                  "every line that is short is told at once and nothing is written") {
  const auto mug = sell("Mug", 250, 3);
  const auto tea = sell("Tea", 399, 1);
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {mug, 2, {}});
  shop.cart().add(host, cart.id, {mug, 2, "as a gift"});
  shop.cart().add(host, cart.id, {tea, 2, {}});
  const auto error =
      error_of([&] { return shop.orders().place(host, cart.id, paid_in_cash("k")); });
  CHECK(error.code() == Code::out_of_stock);
  REQUIRE(error.details().size() == 2);
  CHECK(error.details()[0].path == "lines[1].quantity");
  CHECK(error.details()[1].path == "lines[2].quantity");
  CHECK(shop.inventory().level(host, mug).on_hand == 3);
  CHECK(shop.orders().today(host).count == 0);
  CHECK(shop.cart().read(host, cart.id).changes.size() == 1);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture, "canceling gives stock and money back, once") {
  const auto mug = sell("Mug", 250, 5);
  const auto order = buy(mug, 5, "k");
  CHECK(shop.inventory().level(host, mug).on_hand == 0);
  const auto canceled = shop.orders().cancel(host, order.id, "changed their mind");
  CHECK(canceled.status == OrderStatus::canceled);
  CHECK(canceled.payment_status == PaymentStatus::refunded);
  CHECK(canceled.refunded.minor == 1250);
  CHECK(shop.orders().cancel(host, order.id, "again").refunded.minor == 1250);
  CHECK(shop.inventory().level(host, mug).on_hand == 5);
  CHECK(shop.orders().today(host).count == 0);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture, "returns are worth the line's share and never more than it") {
  const auto mug = sell("Mug", 333, 9);
  const auto order = buy(mug, 3, "k");
  ReturnInput input;
  input.idempotency_key = "r1";
  input.lines = {{1, 1, false, "chipped"}};
  const auto first = shop.orders().return_items(host, order.id, input);
  CHECK(first.number == "RET-20260105-000001");
  CHECK(first.refunded.minor == 333);
  CHECK(shop.orders().return_items(host, order.id, input).id == first.id);
  input.idempotency_key = "r2";
  input.lines = {{1, 3, false, {}}};
  const auto error = error_of([&] { return shop.orders().return_items(host, order.id, input); });
  CHECK(error.code() == Code::limit_reached);
  CHECK(first_path(error) == "lines[0].quantity");
  input.lines = {{1, 2, true, {}}};
  CHECK(shop.orders().return_items(host, order.id, input).refunded.minor == 666);
  const auto after = shop.orders().get(host, order.id);
  CHECK(after.fulfilment_status == FulfilmentStatus::returned);
  CHECK(after.payment_status == PaymentStatus::refunded);
  CHECK(shop.inventory().level(host, mug).on_hand == 7);  // the damaged two are not sold again
  CHECK(shop.orders().returns(host, order.id).size() == 2);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture, "goods come back without their receipt") {
  const auto mug = sell("Mug", 333, 9);
  LooseReturnInput input;
  input.idempotency_key = "c1";
  input.country = "France";
  input.lines = {{mug, 80'000, {295, {}}, false, {}}};
  const auto back = shop.orders().return_loose(host, input);
  CHECK(back.refunded.minor == 23'600'000);
  CHECK(shop.inventory().level(host, mug).on_hand == 80'009);
  CHECK(shop.orders().return_loose(host, input).id == back.id);
  const auto entries = shop.payments().entries(host, back.id);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].entry_no == 1);
  CHECK(entries[0].kind == MoneyEntryKind::loose_refund);
  CHECK(entries[0].debit == MoneyAccount::sales);
  CHECK(entries[0].credit == MoneyAccount::cash);
  CHECK(entries[0].amount.minor == 23'600'000);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture,
                  "a price that rose since it was seen is refused with old and new") {
  const auto mug = sell("Mug", 250, 5);
  const auto cart = shop.cart().create(host, {});
  shop.cart().add(host, cart.id, {mug, 1, {}});
  shop.cart().set_price(host, cart.id, 1, Money{0, {}}, "sample");
  auto input = paid_in_cash("k");
  input.expected_total = Money{0, "GBP"};
  const auto order = shop.orders().place(host, cart.id, input);
  CHECK(order.total.minor == 0);
  CHECK(order.payment_status == PaymentStatus::paid);

  const auto dear = shop.cart().create(host, {});
  shop.cart().add(host, dear.id, {mug, 1, {}});
  input.idempotency_key = "k2";
  input.expected_total = Money{249, "GBP"};
  const auto error = error_of([&] { return shop.orders().place(host, dear.id, input); });
  CHECK(error.code() == Code::price_changed);
  CHECK(first_path(error) == "total");
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture, "lists are newest first, filtered, paged and counted") {
  const auto mug = sell("Mug", 100, 100);
  for (int i = 0; i < 25; ++i) {
    clock->advance(6'000'000'000);  // an hour and forty minutes: several days
    buy(mug, 1, "k" + std::to_string(i), i % 2 == 0 ? "France" : "Japan");
  }
  OrderFilter filter;
  filter.country = "France";
  PageQuery page{{}, 5, true};
  int seen = 0;
  std::string last = "ORD-9";
  do {
    const auto got = shop.orders().list(host, filter, page);
    CHECK(got.total == 13);
    for (const auto& order : got.items) {
      CHECK(order.number < last);
      last = order.number;
      ++seen;
    }
    page.cursor = got.next_cursor;
  } while (!page.cursor.empty());
  CHECK(seen == 13);
  filter = {};
  filter.placed_from = clock->now();
  CHECK(shop.orders().list(host, filter, {}).items.size() == 1);
  filter = {};
  filter.status = OrderStatus::pending;
  CHECK(shop.orders().list(host, filter, {}).items.empty());
  CHECK(code_of([&] { return shop.orders().list(host, {}, {{}, 0, false}); }) == Code::validation);
  check_verified();
}

TEST_CASE_FIXTURE(OrdersFixture, "what is wrong with a call is told by its path") {
  const auto mug = sell("Mug", 100, 100);
  const auto cart = shop.cart().create(host, {});
  const auto add = [&](std::int64_t quantity) {
    return error_of([&] { return shop.cart().add(host, cart.id, {mug, quantity, {}}); });
  };
  CHECK(first_path(add(0)) == "quantity");
  CHECK(first_path(add(-5)) == "quantity");
  CHECK(first_path(add(1'000'001)) == "quantity");
  CHECK(code_of([&] { return shop.cart().add(host, cart.id, {77, 1, {}}); }) == Code::not_found);
  CHECK(code_of([&] { return shop.cart().add(host, 77, {mug, 1, {}}); }) == Code::not_found);
  CHECK(code_of([&] { return shop.cart().remove(host, cart.id, 3); }) == Code::not_found);
  CHECK(code_of([&] { return shop.orders().place(host, cart.id, paid_in_cash("k")); }) ==
        Code::cart_empty);
  shop.cart().add(host, cart.id, {mug, 1, {}});
  CHECK(first_path(error_of([&] {
          return shop.orders().place(host, cart.id, paid_in_cash(" "));
        })) == "idempotency_key");
  auto input = paid_in_cash("k");
  input.payments.front().amount = Money{101, {}};
  const auto error = error_of([&] { return shop.orders().place(host, cart.id, input); });
  CHECK(error.code() == Code::payment_mismatch);
  CHECK(first_path(error) == "payments[0].amount");
  CHECK(code_of([&] { return shop.orders().get(shop.guest(), 1); }) == Code::not_found);
  check_verified();
}
