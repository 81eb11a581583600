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
