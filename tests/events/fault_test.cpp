#include "support/digest.hpp"
#include "support/orders_fixture.hpp"
#include "support/statement_faults.hpp"

#include <functional>

using namespace shop;
using namespace shop::test;

namespace {

std::int64_t event_count(Engine& shop) {
  return *shop.events().list(shop.host(), {"", 1, true}).total;
}

/// A shop in which everything that follows an order has something to do.
struct FaultFixture : OrdersFixture {
  Session ann = customer("ann");
  Id lamp = sell("Lamp", 1000, 5);
  Id vase = sell("Vase", 2000, 5);
  Id product = 0;

  FaultFixture() {
    shop.loyalty().save_rule(host, {.name = "Shopping", .points = 1, .per = Money{100, {}}});
    shop.loyalty().save_rule(host,
                             {.kind = LoyaltyRuleKind::review, .name = "Reviews", .points = 5});
    shop.loyalty().set_program(host, {100, {100, {}}, 365});
    shop.reviews().set_settings(host, {.requirement = ReviewRequirement::bought});
    shop.loyalty().adjust(host, {ann.user_id(), 500, "gift"});
    const auto first = order(shop, "first");
    product = first.lines[0].product_id;
    shop.wishlist().add(ann, {.product_id = product});
  }

  Order order(Engine& on, const std::string& key) {
    on.cart().add(ann, 0, {lamp, 1, {}});
    on.cart().add(ann, 0, {vase, 1, {}});
    return place(on, key);
  }
  Order place(Engine& on, const std::string& key) {
    PlaceInput input;
    input.idempotency_key = key;
    input.payments = {{.tender = Tender::points, .amount = Money{100, {}}},
                      {.tender = Tender::card}};
    return on.orders().place(ann, 0, input);
  }

  // Runs `change` once for each statement it has, with that one failing: the shop is then exactly
  // as it was, events and all. Then once without a fault: now the change and its events exist.
  void every_statement_fails(const std::function<void(Engine&)>& prepare,
                             const std::function<void(Engine&)>& change) {
    const auto image = shop.snapshot();
    StatementFaults faults;
    int fired = 0;
    for (int target = 1; target < 2'000; ++target) {
      auto fork = Engine::from_snapshot(image, options());
      prepare(fork);
      const auto before = digest_of(fork);
      const auto events = event_count(fork);
      faults.arm(target);
      bool failed = false;
      try {
        change(fork);
      } catch (const Error&) {
        failed = true;
      }
      const bool had_fault = faults.fired();
      const int seen = faults.seen();
      faults.arm(0);
      CAPTURE(target);
      CHECK(failed == had_fault);
      if (failed) {
        ++fired;
        const auto after = digest_of(fork);
        CHECK_MESSAGE(after == before, difference(before, after));
        CHECK(event_count(fork) == events);
        if (target % 16 != 0) continue;
        change(fork);  // the same call works once the trouble is over
      }
      CHECK(event_count(fork) > events);
      if (!failed && seen < target) break;
    }
    MESSAGE(fired << " faults");
    CHECK(fired > 5);
  }
};

}  // namespace

TEST_CASE_FIXTURE(FaultFixture, "a fault at every statement: placing an order") {
  every_statement_fails(
      [&](Engine& fork) {
        fork.cart().add(ann, 0, {lamp, 1, {}});
        fork.cart().add(ann, 0, {vase, 1, {}});
      },
      [&](Engine& fork) { place(fork, "second"); });
}

TEST_CASE_FIXTURE(FaultFixture, "a fault at every statement: canceling and returning") {
  const auto placed = order(shop, "second");
  every_statement_fails([](Engine&) {},
                        [&](Engine& fork) { fork.orders().cancel(ann, placed.id, "no"); });
  ReturnInput input;
  input.idempotency_key = "back";
  input.lines = {{1, 1}};
  every_statement_fails([](Engine&) {},
                        [&](Engine& fork) { fork.orders().return_items(host, placed.id, input); });
}

TEST_CASE_FIXTURE(FaultFixture, "a fault at every statement: reviewing") {
  every_statement_fails([](Engine&) {},
                        [&](Engine& fork) {
                          fork.reviews().add(ann, {product, 5, "Good"});
                        });
}

TEST_CASE_FIXTURE(FaultFixture, "a fault at every statement: restocking what was sold out") {
  buy(lamp, 4, "rest");
  shop.wishlist().wait_for(ann, lamp);
  every_statement_fails([](Engine&) {},
                        [&](Engine& fork) {
                          fork.inventory().receive(host, {lamp, 3, 0, {}});
                        });
}
