#include "support/orders_fixture.hpp"

#include <random>

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::int64_t k_day = 86'400'000'000;

struct LoyaltyFixture : OrdersFixture {
  Loyalty& loyalty = shop.loyalty();
  Session ann = customer("ann");
  Session bob = customer("bob");
  Id lamp = sell("Lamp", 1000, 10'000);
  int keys = 0;

  // One point for each pound; a hundred points pay one pound.
  void start_program(std::int64_t expiry_days = 0) {
    loyalty.save_rule(host, {.name = "Shopping", .points = 1, .per = Money{100, {}}});
    loyalty.set_program(host, {100, {100, {}}, expiry_days});
  }
  Order order(const Session& who, std::int64_t quantity,
              const std::vector<PaymentInput>& payments) {
    shop.cart().add(who, 0, {lamp, quantity, {}});
    PlaceInput input;
    input.idempotency_key = "key" + std::to_string(++keys);
    input.payments = payments;
    return shop.orders().place(who, 0, input);
  }
  Order paid(const Session& who, std::int64_t quantity) { return order(who, quantity, {{}}); }
  std::int64_t balance(const Session& who) { return loyalty.account(who).balance; }
  // Placed for a customer by the shop and handed over at once: completed.
  Order completed(const Session& who) {
    CartInput input;
    input.customer_id = who.user_id();
    input.name = "till";
    const auto cart = shop.cart().create(host, input);
    shop.cart().add(host, cart.id, {lamp, 1, {}});
    auto place = paid_in_cash("key" + std::to_string(++keys));
    place.handed_over = true;
    return shop.orders().place(host, cart.id, place);
  }
};

}  // namespace

TEST_CASE_FIXTURE(LoyaltyFixture, "purchases earn by the rules, once they are paid") {
  start_program();
  CHECK(balance(ann) == 0);
  paid(ann, 3);
  CHECK(balance(ann) == 30);
  order(ann, 1, {});  // waits for its money
  CHECK(balance(ann) == 30);
  const auto entries = loyalty.entries(ann, {"", 10, true});
  CHECK(entries.total == 1);
  CHECK(entries.items[0].kind == PointsKind::purchase);
  CHECK(entries.items[0].balance == 30);
  CHECK(loyalty.account(ann).worth.minor == 30);
  loyalty.save_rule(host, {.name = "Double for a week",
                           .points = 1,
                           .per = Money{100, {}},
                           .ends_at = start_of_test + 7 * k_day});
  paid(ann, 1);
  CHECK(balance(ann) == 50);
  clock->advance(8 * k_day);
  ann = customer("ann");
  paid(ann, 1);
  CHECK(balance(ann) == 60);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "tiers multiply what purchases earn and are told of") {
  start_program();
  loyalty.set_tiers(host, {{{"Gold", 100, 2'000'000}, {"Silver", 20, 1'500'000}}});
  CHECK(loyalty.account(ann).next_tier == "Silver");
  paid(ann, 2);
  CHECK(loyalty.account(ann).tier == "Silver");
  CHECK(loyalty.account(ann).to_next_tier == 80);
  paid(ann, 2);
  CHECK(balance(ann) == 50);
  paid(ann, 10);
  CHECK(balance(ann) == 200);
  CHECK(loyalty.account(ann).tier == "Gold");
  CHECK_FALSE(loyalty.account(ann).next_tier.has_value());
  CHECK(shop.notify().list(ann, {.kind = NotificationKind::loyalty}, {}).items.size() == 2);
  const auto error = error_of([&] {
    return loyalty.set_tiers(host, {{{"A", 5, 1}, {"", 5, -1}}});
  });
  CHECK(error.details().size() == 3);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "points pay at the checkout and come back with a refund") {
  start_program();
  loyalty.adjust(host, {ann.user_id(), 500, "Welcome"});
  const auto placed = order(
      ann, 1, {{.tender = Tender::points, .amount = Money{300, {}}}, {.tender = Tender::card}});
  CHECK(placed.payment_status == PaymentStatus::paid);
  CHECK(balance(ann) == 200 + 7);  // 7 pounds were paid with money
  CHECK(code_of([&] { return order(ann, 1, {{.tender = Tender::points}}); }) ==
        Code::insufficient_funds);
  CHECK(balance(ann) == 207);
  shop.cart().clear(ann, 0);
  CHECK(code_of([&] { return order(bob, 1, {{.tender = Tender::points}}); }) ==
        Code::insufficient_funds);
  shop.orders().cancel(ann, placed.id, "no");
  CHECK(balance(ann) == 500);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "returns turn points back in proportion, exactly in the end") {
  start_program();
  const auto placed = paid(ann, 3);
  CHECK(balance(ann) == 30);
  const auto take_back = [&](std::int64_t quantity) {
    ReturnInput input;
    input.idempotency_key = "back" + std::to_string(++keys);
    input.lines = {{placed.lines[0].line_no, quantity}};
    shop.orders().return_items(host, placed.id, input);
  };
  take_back(1);
  CHECK(balance(ann) == 20);
  take_back(2);
  CHECK(balance(ann) == 0);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "what was spent before it is turned back is owed, not negative") {
  start_program();
  const auto first = paid(ann, 10);
  CHECK(balance(ann) == 100);
  order(ann, 1, {{.tender = Tender::points, .amount = Money{100, {}}}, {.tender = Tender::card}});
  CHECK(balance(ann) == 9);
  shop.orders().cancel(ann, first.id, "no");
  CHECK(balance(ann) == 0);
  CHECK(loyalty.account(ann).owed == 91);
  paid(ann, 10);
  CHECK(balance(ann) == 9);
  CHECK(loyalty.account(ann).owed == 0);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "points expire, the oldest first, and are spent in that order") {
  start_program(10);
  loyalty.adjust(host, {ann.user_id(), 50, "first"});
  clock->advance(5 * k_day);
  ann = customer("ann");
  loyalty.adjust(host, {ann.user_id(), 50, "second"});
  CHECK(loyalty.account(ann).expiring == 50);
  order(ann, 1, {{.tender = Tender::points, .amount = Money{20, {}}}, {.tender = Tender::card}});
  CHECK(balance(ann) == 30 + 50 + 9);
  clock->advance(6 * k_day);
  ann = customer("ann");
  CHECK(balance(ann) == 59);
  CHECK(loyalty.expire(host) == 30);
  CHECK(loyalty.expire(host) == 0);
  CHECK(balance(ann) == 59);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "a referral is paid once, after the first completed order") {
  loyalty.save_rule(
      host,
      {.kind = LoyaltyRuleKind::referral, .name = "Friends", .points = 100, .friend_points = 50});
  const auto code = loyalty.referral(ann).code;
  CHECK(code.size() == 8);
  CHECK(loyalty.referral(ann).code == code);
  const auto refer = [&](const Session& who, const std::string& with) {
    return code_of([&] {
      loyalty.refer(who, with);
      return 0;
    });
  };
  CHECK(refer(ann, code) == Code::conflict);  // never to oneself
  CHECK(refer(bob, "NOBODY22") == Code::not_found);
  loyalty.refer(bob, code);
  CHECK(refer(bob, loyalty.referral(customer("cleo")).code) == Code::conflict);
  paid(bob, 1);
  CHECK(balance(ann) == 0);  // not completed yet
  completed(bob);
  CHECK(balance(ann) == 100);
  CHECK(balance(bob) == 50);
  completed(bob);
  CHECK(balance(ann) == 100);
  CHECK(loyalty.referral(ann).friends == 1);
  CHECK(loyalty.referral(ann).rewarded == 1);
  const auto dora = customer("dora");
  paid(dora, 1);
  CHECK(refer(dora, code) == Code::conflict);  // who has ordered is no new customer
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "a published review earns once, however often it is moderated") {
  loyalty.save_rule(host, {.kind = LoyaltyRuleKind::review, .name = "Reviews", .points = 20});
  shop.reviews().set_settings(host, {.requirement = ReviewRequirement::anyone, .moderated = true});
  const auto products = shop.catalog().products(host, {}, ProductOrder::newest, {});
  const auto review = shop.reviews().add(ann, {products.items[0].id, 5});
  CHECK(balance(ann) == 0);
  for (const auto status :
       {ReviewStatus::published, ReviewStatus::hidden, ReviewStatus::published}) {
    shop.reviews().moderate(host, {review.id, status, ""});
  }
  CHECK(balance(ann) == 20);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "bad rules and adjustments are refused, strangers too") {
  CHECK(error_of([&] { return loyalty.save_rule(host, {.name = "", .points = 0}); })
            .details()
            .size() == 3);
  CHECK(code_of([&] {
          return loyalty.save_rule(host, {.id = 7, .name = "x", .points = 1, .per = Money{1, {}}});
        }) == Code::not_found);
  CHECK(code_of([&] { return loyalty.set_program(host, {100, {0, {}}, 0}); }) == Code::validation);
  CHECK(code_of([&] {
          return loyalty.adjust(host, {ann.user_id(), -1, "x"});
        }) == Code::insufficient_funds);
  CHECK(code_of([&] {
          return loyalty.adjust(ann, {ann.user_id(), 1000, "x"});
        }) == Code::forbidden);
  CHECK(code_of([&] { return loyalty.account_of(ann, bob.user_id()); }) == Code::forbidden);
  CHECK(code_of([&] { return order(ann, 1, {{.tender = Tender::points}}); }) == Code::unsupported);
}

TEST_CASE_FIXTURE(LoyaltyFixture,
                  "over random histories the ledger balances and is never negative") {
  start_program(20);
  loyalty.set_tiers(host, {{{"Gold", 300, 2'000'000}}});
  std::mt19937 chance{17};
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(chance()) % n; };
  std::vector<std::string> names{"ann", "bob", "cleo"};
  std::vector<Order> placed;
  for (int step = 0; step < 150; ++step) {
    const auto who = customer(names[pick(names.size())]);
    const auto roll = pick(10);
    if (roll < 4) {
      std::vector<PaymentInput> payments;
      const auto has = balance(who);
      const auto quantity = static_cast<std::int64_t>(1 + pick(5));
      if (has > 10 && pick(2) == 0) {
        payments.push_back(
            {.tender = Tender::points, .amount = Money{std::min(has, quantity * 1000) / 2, {}}});
      }
      payments.push_back({.tender = Tender::card});
      placed.push_back(order(who, quantity, payments));
    } else if (roll < 6 && !placed.empty()) {
      const auto at = pick(placed.size());
      shop.orders().cancel(host, placed[at].id, "no");
      placed.erase(placed.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (roll < 8 && !placed.empty()) {
      const auto at = pick(placed.size());
      ReturnInput input;
      input.idempotency_key = "back" + std::to_string(++keys);
      input.lines = {{1, 1}};
      shop.orders().return_items(host, placed[at].id, input);
      placed.erase(placed.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (roll == 8) {
      loyalty.adjust(host, {who.user_id(), static_cast<std::int64_t>(1 + pick(50)), "gift"});
    } else {
      clock->advance(static_cast<std::int64_t>(pick(4)) * k_day);
      if (pick(2) == 0) loyalty.expire(host);
    }
    CHECK(balance(customer(names[pick(names.size())])) >= 0);
    if (step % 25 == 0) check_verified();
  }
  check_verified();
}

namespace {

OrderEditInput edit_of(const std::string& key) {
  OrderEditInput input;
  input.idempotency_key = key;
  input.reason = "the customer rang";
  return input;
}

ReturnInput one_back(const std::string& key) {
  ReturnInput input;
  input.idempotency_key = key;
  input.lines = {{1, 1}};
  return input;
}

}  // namespace

TEST_CASE_FIXTURE(LoyaltyFixture,
                  "an edit earns with the tier from before the order, not its own") {
  start_program();
  loyalty.set_tiers(host, {{{"Gold", 20, 5'000'000}}});
  const auto first = paid(ann, 3);
  CHECK(balance(ann) == 30);
  CHECK(loyalty.account(ann).tier == "Gold");
  auto moved = edit_of("street");
  moved.address = Address{};
  moved.address->country = "GB";
  shop.orders().edit(host, first.id, moved);
  CHECK(balance(ann) == 30);
  auto less = edit_of("less");
  less.lines = {{1, 2}};
  shop.orders().edit(host, first.id, less);
  CHECK(balance(ann) == 20);
  const auto second = paid(ann, 1);
  CHECK(balance(ann) == 20 + 50);
  auto more = edit_of("more");
  more.lines = {{1, 2}};
  more.payments.emplace_back();
  shop.orders().edit(host, second.id, more);
  CHECK(balance(ann) == 20 + 100);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture,
                  "points that an edit gave back no longer keep goods from earning") {
  start_program();
  loyalty.set_program(host, {1, {1, {}}, 0});
  loyalty.adjust(host, {ann.user_id(), 1200, "Welcome"});
  const auto placed = order(ann, 2, {{.amount = Money{800, {}}}, {.tender = Tender::points}});
  CHECK(balance(ann) == 8);
  auto less = edit_of("less");
  less.lines = {{1, 1}};
  const auto edited = shop.orders().edit(host, placed.id, less);
  CHECK(balance(ann) > 208);
  std::int64_t in_points = 0;
  for (const auto& payment : edited.payments) {
    if (payment.tender != Tender::points) continue;
    in_points += payment.captured.minor - payment.refunded.minor;
  }
  CHECK(balance(ann) == 1200 - in_points + (1000 - in_points) / 100);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "what came back before an order is paid earns nothing") {
  start_program();
  const auto placed = order(ann, 4, {{.tender = Tender::card, .amount = Money{2000, {}}}});
  auto back = one_back("before");
  back.no_refund = true;
  shop.orders().return_items(host, placed.id, back);
  CHECK(balance(ann) == 0);
  shop.payments().pay(host, placed.id, "rest", {{.tender = Tender::card}});
  REQUIRE(shop.orders().get(host, placed.id).status == OrderStatus::confirmed);
  CHECK(balance(ann) == 30);
  shop.orders().return_items(host, placed.id, one_back("after"));
  CHECK(balance(ann) == 20);
  auto rest = one_back("rest");
  rest.lines = {{1, 2}};
  shop.orders().return_items(host, placed.id, rest);
  CHECK(balance(ann) == 0);
  CHECK(loyalty.account(ann).owed == 0);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "points that expired are not owed when their order comes back") {
  start_program(10);
  const auto placed = paid(ann, 4);
  order(ann, 1, {{.tender = Tender::points, .amount = Money{10, {}}}, {.tender = Tender::card}});
  CHECK(balance(ann) == 30 + 9);
  clock->advance(20 * k_day);
  ann = customer("ann");
  CHECK(loyalty.expire(host) == 39);
  shop.orders().return_items(host, placed.id, one_back("one"));
  CHECK(loyalty.account(ann).owed == 0);
  auto rest = one_back("rest");
  rest.lines = {{1, 3}};
  shop.orders().return_items(host, placed.id, rest);
  CHECK(loyalty.account(ann).owed == 10);  // what was spent
  CHECK(balance(ann) == 0);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "an order's own points are turned back before others") {
  start_program(10);
  const auto first = paid(ann, 2);
  clock->advance(5 * k_day);
  ann = customer("ann");
  const auto second = paid(ann, 3);
  shop.orders().cancel(ann, second.id, "no");
  CHECK(balance(ann) == 20);
  clock->advance(6 * k_day);
  ann = customer("ann");
  CHECK(loyalty.expire(host) == 20);
  shop.orders().cancel(host, first.id, "no");
  CHECK(loyalty.account(ann).owed == 0);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "points that come back expire when they would have") {
  loyalty.set_program(host, {1, {1, {}}, 10});
  loyalty.adjust(host, {ann.user_id(), 700, "first"});
  const auto first_end = loyalty.account(ann).expires_at;
  clock->advance(5 * k_day);
  ann = customer("ann");
  loyalty.adjust(host, {ann.user_id(), 700, "second"});
  const auto placed = order(ann, 1, {{.tender = Tender::points}});
  CHECK(balance(ann) == 400);
  shop.orders().cancel(ann, placed.id, "no");
  CHECK(balance(ann) == 1400);
  CHECK(loyalty.account(ann).expires_at == first_end);
  CHECK(loyalty.account(ann).expiring == 700);
  const auto late = order(ann, 1, {{.tender = Tender::points}});
  clock->advance(6 * k_day);
  ann = customer("ann");
  shop.orders().cancel(host, late.id, "no");
  CHECK(balance(ann) == 700);  // the first ones are over
  CHECK(loyalty.expire(host) == 0);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "points that come back settle first what is owed") {
  start_program();
  loyalty.set_program(host, {1, {1, {}}, 0});
  const auto earning = paid(ann, 5);
  CHECK(balance(ann) == 50);
  const auto spending = order(
      ann, 1, {{.tender = Tender::points, .amount = Money{50, {}}}, {.tender = Tender::card}});
  CHECK(balance(ann) == 9);
  shop.orders().cancel(host, earning.id, "no");
  CHECK(loyalty.account(ann).owed == 41);
  shop.orders().cancel(host, spending.id, "no");
  CHECK(loyalty.account(ann).owed == 0);
  CHECK(balance(ann) == 0);
  check_verified();
}

TEST_CASE_FIXTURE(LoyaltyFixture, "nobody gets points without an account") {
  const auto error = error_of([&] { return loyalty.adjust(host, {424242, 5, "who?"}); });
  CHECK(error.code() == Code::not_found);
  REQUIRE(error.details().size() == 1);
  CHECK(error.details()[0].path == "customer_id");
  shop.accounts().erase(host, bob.user_id());
  CHECK(code_of([&] { return loyalty.adjust(host, {bob.user_id(), 5, "x"}); }) == Code::not_found);
}
