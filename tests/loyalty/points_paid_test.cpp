#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

// One point for each penny, and a point pays a penny.
struct PointsPaidFixture : OrdersFixture {
  Loyalty& loyalty = shop.loyalty();
  Session ann = customer("ann");
  Id pin = sell("Pin", 100, 1000);
  LoyaltyRule shopping =
      loyalty.save_rule(host, {.name = "Shopping", .points = 1, .per = Money{1, {}}});
  int keys = 0;

  PointsPaidFixture() { loyalty.set_program(host, {1, {1, {}}, 0}); }

  std::string key() { return "key" + std::to_string(++keys); }
  Order order(std::int64_t quantity, const std::vector<PaymentInput>& payments) {
    shop.cart().add(ann, 0, {pin, quantity, {}});
    PlaceInput input;
    input.idempotency_key = key();
    input.payments = payments;
    return shop.orders().place(ann, 0, input);
  }
  void pay(const Order& order, Tender tender, std::optional<Money> amount = {}) {
    shop.payments().pay(host, order.id, key(), {{.tender = tender, .amount = amount}});
  }
  void give_back(const Order& order, std::int64_t quantity) {
    ReturnInput input;
    input.idempotency_key = key();
    input.lines = {{1, quantity, false, {}}};
    shop.orders().return_items(host, order.id, input);
  }
  std::int64_t balance() { return loyalty.account(ann).balance; }
  void later(std::int64_t days) {
    clock->advance(days * 86'400'000'000);
    ann = customer("ann");
  }
};

}  // namespace

TEST_CASE_FIXTURE(PointsPaidFixture, "what points pay after an edit no longer earns") {
  loyalty.adjust(host, {ann.user_id(), 500, "gift"});
  const auto placed = order(1, {{.tender = Tender::card}});
  CHECK(balance() == 600);
  OrderEditInput more;
  more.idempotency_key = key();
  more.reason = "one more";
  more.lines = {{1, 2}};
  CHECK(shop.orders().edit(host, placed.id, more).status == OrderStatus::pending);
  pay(placed, Tender::points);
  CHECK(shop.orders().get(host, placed.id).status == OrderStatus::confirmed);
  CHECK(balance() == 500 + 100 - 100);  // the second was paid with points
  check_verified();
}

TEST_CASE_FIXTURE(PointsPaidFixture, "an order on account earns what points do not pay of it") {
  loyalty.adjust(host, {ann.user_id(), 500, "gift"});
  const auto placed = order(3, {});
  shop.orders().confirm(host, placed.id, {});
  CHECK(balance() == 500 + 300);
  pay(placed, Tender::points, Money{100, {}});
  CHECK(balance() == 500 - 100 + 200);
  pay(placed, Tender::card);
  CHECK(balance() == 500 - 100 + 200);
  // Refunded points are spent no more, and the goods earn again.
  shop.payments().refund(host, placed.id, 1, key(), Money{40, {}}, {});
  CHECK(balance() == 500 - 60 + 240);
  // A card's refund is none of theirs.
  shop.payments().refund(host, placed.id, 2, key(), Money{50, {}}, {});
  CHECK(balance() == 500 - 60 + 240);
  shop.orders().cancel(host, placed.id, "no");
  CHECK(balance() == 500);
  CHECK(loyalty.account(ann).owed == 0);
  check_verified();
}

TEST_CASE_FIXTURE(PointsPaidFixture, "points that pay what is left after a return") {
  loyalty.adjust(host, {ann.user_id(), 500, "gift"});
  const auto placed = order(4, {});
  shop.orders().confirm(host, placed.id, {});
  give_back(placed, 1);
  CHECK(balance() == 500 + 300);
  pay(placed, Tender::points, Money{100, {}});
  CHECK(balance() == 500 - 100 + 200);
  pay(placed, Tender::card);
  shop.orders().cancel(host, placed.id, "no");
  CHECK(balance() == 500);
  CHECK(loyalty.account(ann).owed == 0);
  check_verified();
}

TEST_CASE_FIXTURE(PointsPaidFixture,
                  "points that pay at once earn nothing, also under other rules") {
  loyalty.adjust(host, {ann.user_id(), 500, "gift"});
  const auto waiting = order(2, {});
  pay(waiting, Tender::points);
  CHECK(balance() == 300);
  const auto owed = order(2, {});
  shop.orders().confirm(host, owed.id, {});
  CHECK(balance() == 500);
  loyalty.remove_rule(host, shopping.id);
  pay(owed, Tender::points, Money{100, {}});
  CHECK(balance() == 400);  // what the old rule gave is not taken for the new ones' sake
  check_verified();
}

TEST_CASE_FIXTURE(PointsPaidFixture, "points that come back too late to be kept still settle") {
  loyalty.set_program(host, {1, {1, {}}, 30});
  const auto earning = order(1, {{.tender = Tender::card}});
  const auto spending = order(1, {{.tender = Tender::points}});
  CHECK(balance() == 0);
  later(10);
  give_back(earning, 1);
  CHECK(loyalty.account(ann).owed == 100);
  later(30);
  shop.orders().cancel(host, spending.id, "no");
  CHECK(loyalty.account(ann).owed == 0);
  CHECK(balance() == 0);
  CHECK(loyalty.expire(host) == 0);
  check_verified();
}
