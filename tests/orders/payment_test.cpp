#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct PaymentFixture : OrdersFixture {
  Order place(Id variant, std::int64_t quantity, std::vector<PaymentInput> payments,
              const std::string& key = "k") {
    const auto cart = shop.cart().create(host, {});
    shop.cart().add(host, cart.id, {variant, quantity, {}});
    PlaceInput input;
    input.idempotency_key = key;
    input.payments = std::move(payments);
    return shop.orders().place(host, cart.id, input);
  }

  void check_balanced() {
    std::int64_t sum = 0;
    for (const auto& account : shop.payments().balances(host)) sum += account.balance.minor;
    CHECK(sum == 0);
    check_verified();
  }
};

PaymentInput with(Tender tender, std::optional<std::int64_t> minor = {}) {
  PaymentInput out;
  out.tender = tender;
  if (minor) out.amount = Money{*minor, {}};
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(PaymentFixture, "an authorization is captured in parts, each once") {
  const auto mug = sell("Mug", 1000, 10);
  auto card = with(Tender::card);
  card.authorize_only = true;
  const auto order = place(mug, 1, {card});
  CHECK(order.payment_status == PaymentStatus::authorized);
  CHECK(order.status == OrderStatus::confirmed);
  auto& payments = shop.payments();
  CHECK(payments.capture(host, order.id, 1, "c1", Money{400, {}}).captured.minor == 400);
  CHECK(payments.capture(host, order.id, 1, "c1", Money{400, {}}).captured.minor == 400);
  CHECK(code_of([&] {
          return payments.capture(host, order.id, 1, "c2", Money{601, {}});
        }) == Code::limit_reached);
  CHECK(payments.void_(host, order.id, 1).voided);
  CHECK(shop.orders().get(host, order.id).payment_status == PaymentStatus::part_paid);
  CHECK(payments.refund(host, order.id, 1, "r1", Money{100, {}}, {}).refunded.minor == 100);
  CHECK(payments.refund(host, order.id, 1, "r1", Money{100, {}}, {}).refunded.minor == 100);
  CHECK(code_of([&] {
          return payments.refund(host, order.id, 1, "r2", Money{301, {}}, {});
        }) == Code::limit_reached);
  check_balanced();
}

TEST_CASE_FIXTURE(PaymentFixture, "what was given back altogether can be captured and paid again") {
  const auto mug = sell("Mug", 1000, 10);
  auto card = with(Tender::card);
  card.authorize_only = true;
  auto& payments = shop.payments();
  const auto promised = place(mug, 1, {card});
  payments.capture(host, promised.id, 1, "c1", Money{400, {}});
  payments.refund(host, promised.id, 1, "r1", {}, {});
  CHECK(shop.orders().get(host, promised.id).payment_status == PaymentStatus::refunded);
  CHECK(payments.capture(host, promised.id, 1, "c2", Money{600, {}}).captured.minor == 1000);
  CHECK(shop.orders().get(host, promised.id).payment_status == PaymentStatus::part_refunded);
  const auto deposit = place(mug, 2, {with(Tender::cash, 500)}, "deposit");
  payments.refund(host, deposit.id, 1, "r2", {}, {});
  payments.pay(host, deposit.id, "p", {with(Tender::cash)});
  CHECK(shop.orders().get(host, deposit.id).payment_status == PaymentStatus::part_refunded);
  check_balanced();
}

TEST_CASE_FIXTURE(PaymentFixture,
                  "a partial refund, then cancel, gives back exactly what was paid") {
  const auto mug = sell("Mug", 1000, 10);
  const auto order = place(mug, 2, {with(Tender::card)});
  shop.payments().refund(host, order.id, 1, "r", Money{700, {}}, "late");
  const auto canceled = shop.orders().cancel(host, order.id, {});
  CHECK(canceled.refunded.minor == 2000);
  CHECK(canceled.payments.front().refunded.minor == 2000);
  check_balanced();
}

TEST_CASE_FIXTURE(PaymentFixture, "gift cards pay, run out, are refunded and balance") {
  const auto mug = sell("Mug", 1000, 10);
  GiftCardInput input;
  input.idempotency_key = "g";
  input.amount = {1500, {}};
  const auto card = shop.payments().issue_gift_card(host, input);
  CHECK(shop.payments().issue_gift_card(host, input).wallet.id == card.wallet.id);
  auto tender = with(Tender::gift_card);
  tender.code = card.code;
  const auto first = place(mug, 1, {tender}, "a");
  CHECK(first.payment_status == PaymentStatus::paid);
  const auto second = place(mug, 1, {tender, with(Tender::cash)}, "b");
  REQUIRE(second.payments.size() == 2);
  CHECK(second.payments[0].captured.minor == 500);
  CHECK(second.payments[1].captured.minor == 500);
  auto exact = tender;
  exact.amount = Money{1000, {}};
  CHECK(code_of([&] { return place(mug, 1, {exact}, "c"); }) == Code::insufficient_funds);
  check_balanced();
  shop.orders().cancel(host, first.id, {});
  CHECK(shop.payments().gift_card(host, card.code).balance.minor == 1000);
  CHECK(shop.payments().gift_card(host, card.code).hint == card.code.substr(15));
  shop.payments().block_wallet(host, card.wallet.id, true);
  CHECK(code_of([&] { return place(mug, 1, {tender}, "d"); }) == Code::insufficient_funds);
  CHECK(shop.payments().wallet_entries(host, card.wallet.id).size() == 4);
  check_balanced();
}

TEST_CASE_FIXTURE(PaymentFixture, "an order is paid later, in several tenders, once") {
  const auto mug = sell("Mug", 1000, 10);
  const auto order = place(mug, 1, {});
  CHECK(order.status == OrderStatus::pending);
  CHECK(order.summary == "unpaid");
  shop.payments().pay(host, order.id, "p1", {with(Tender::card, 300)});
  CHECK(shop.payments().pay(host, order.id, "p1", {with(Tender::card, 300)}).size() == 1);
  CHECK(code_of([&] {
          return shop.payments().pay(host, order.id, "p2", {with(Tender::card, 701)});
        }) == Code::payment_mismatch);
  shop.payments().pay(host, order.id, "p3", {with(Tender::cash)});
  const auto after = shop.orders().get(host, order.id);
  CHECK(after.payment_status == PaymentStatus::paid);
  CHECK(after.status == OrderStatus::confirmed);
  CHECK(shop.payments().entries(host, order.id).size() == 2);
  check_balanced();
}

TEST_CASE_FIXTURE(PaymentFixture, "cash is rounded and change given") {
  auto settings = shop.pricing().settings(host);
  settings.cash_step = 5;
  shop.pricing().set_settings(host, settings);
  const auto mug = sell("Mug", 1003, 10);
  auto cash = with(Tender::cash);
  cash.tendered = Money{2000, {}};
  const auto order = place(mug, 1, {cash});
  CHECK(order.total.minor == 1005);
  CHECK(order.cash_rounding.minor == 2);
  CHECK(order.payments.front().change.minor == 995);
  cash.tendered = Money{1000, {}};
  CHECK(code_of([&] { return place(mug, 1, {cash}, "b"); }) == Code::payment_mismatch);
  check_balanced();
}

TEST_CASE_FIXTURE(PaymentFixture, "what is paid in cash later is rounded as at the checkout") {
  auto settings = shop.pricing().settings(host);
  settings.cash_step = 5;
  shop.pricing().set_settings(host, settings);
  const auto mug = sell("Mug", 1003, 10);
  const auto pay = [&](Id order_id, const std::string& key, const PaymentInput& input) {
    return shop.payments().pay(host, order_id, key, {input});
  };
  const auto order = place(mug, 1, {}, "a");
  CHECK(order.total.minor == 1003);
  auto cash = with(Tender::cash);
  cash.tendered = Money{2000, {}};
  CHECK(pay(order.id, "p", cash).front().change.minor == 995);
  CHECK(pay(order.id, "p", cash).size() == 1);
  const auto paid = shop.orders().get(host, order.id);
  CHECK(paid.total.minor == 1005);
  CHECK(paid.cash_rounding.minor == 2);
  CHECK(paid.payment_status == PaymentStatus::paid);

  const auto mixed = place(mug, 1, {}, "b");
  pay(mixed.id, "q", with(Tender::card, 401));
  CHECK(shop.orders().get(host, mixed.id).total.minor == 1003);
  CHECK(code_of([&] { return pay(mixed.id, "r", with(Tender::cash, 602)); }) ==
        Code::payment_mismatch);
  CHECK(shop.orders().get(host, mixed.id).total.minor == 1003);
  CHECK(pay(mixed.id, "r", with(Tender::cash)).back().captured.minor == 600);
  CHECK(shop.orders().get(host, mixed.id).cash_rounding.minor == -2);
  CHECK(shop.orders().get(host, mixed.id).payment_status == PaymentStatus::paid);

  auto wallet = with(Tender::gift_card);
  wallet.code = shop.payments().issue_gift_card(host, {"card", {4, {}}, {}, {}}).code;
  const auto poor = place(mug, 1, {}, "d");
  for (const char* key : {"u", "v", "w"}) {
    shop.payments().pay(host, poor.id, key, {wallet, with(Tender::cash, 3)});
  }
  CHECK(shop.orders().get(host, poor.id).total.minor == 1003);
  CHECK(shop.orders().get(host, poor.id).paid.minor == 13);

  // Parts leave the total alone, however many.
  const auto small = place(mug, 1, {}, "c");
  for (int i = 0; i < 40; ++i) pay(small.id, "s" + std::to_string(i), with(Tender::cash, 3));
  CHECK(shop.orders().get(host, small.id).total.minor == 1003);
  CHECK(pay(small.id, "t", with(Tender::cash)).back().captured.minor == 885);
  CHECK(shop.orders().get(host, small.id).total.minor == 1005);
  CHECK(shop.orders().get(host, small.id).payment_status == PaymentStatus::paid);
  CHECK(shop.verify().problems.empty());
  check_balanced();
}

TEST_CASE_FIXTURE(PaymentFixture, "refunds after discounts never exceed what a line had cost") {
  Promotion promotion;
  promotion.name = "A third";
  promotion.benefit.rate_ppm = 333'333;
  shop.pricing().put_promotion(host, promotion);
  const auto mug = sell("Mug", 1000, 10);
  const auto order = place(mug, 3, {with(Tender::card)});
  CHECK(order.total.minor == 2000);
  std::int64_t back = 0;
  for (int i = 0; i < 3; ++i) {
    ReturnInput input;
    input.idempotency_key = "r" + std::to_string(i);
    input.lines = {{1, 1, false, {}}};
    back += shop.orders().return_items(host, order.id, input).refunded.minor;
  }
  CHECK(back == 2000);
  check_balanced();
}

TEST_CASE_FIXTURE(PaymentFixture, "what came back is not waited for, be nothing refunded for it") {
  const auto mug = sell("Mug", 1000, 30);
  const auto back = [&](const Order& order, std::int64_t quantity) {
    ReturnInput input;
    input.idempotency_key = "back" + order.number;
    input.no_refund = true;
    input.lines = {{1, quantity, false, {}}};
    shop.orders().return_items(host, order.id, input);
    return shop.orders().get(host, order.id);
  };
  // On account: it arrives, a part is paid, the rest comes back.
  const auto owed = place(mug, 5, {}, "owed");
  shop.orders().confirm(host, owed.id, {});
  shop.orders().ship(host, owed.id, {});
  shop.orders().deliver(host, owed.id);
  shop.payments().pay(host, owed.id, "some", {with(Tender::cash, 3000)});
  CHECK(shop.orders().get(host, owed.id).payment_status == PaymentStatus::part_paid);
  const auto over = back(owed, 2);
  CHECK(over.payment_status == PaymentStatus::paid);
  CHECK(over.status == OrderStatus::completed);
  // A hold that is too small until some comes back.
  auto hold = with(Tender::card, 3000);
  hold.authorize_only = true;
  const auto held = place(mug, 5, {hold}, "held");
  CHECK(held.status == OrderStatus::pending);
  const auto covered = back(held, 2);
  CHECK(covered.payment_status == PaymentStatus::authorized);
  CHECK(covered.status == OrderStatus::confirmed);
  // Nothing is left to wait for, or something is still missing.
  const auto none = place(mug, 5, {hold}, "none");
  CHECK(back(none, 5).status == OrderStatus::pending);
  const auto short_of = place(mug, 5, {hold}, "short");
  CHECK(back(short_of, 1).status == OrderStatus::pending);
  CHECK(shop.orders().get(host, short_of.id).payment_status == PaymentStatus::none);
  check_balanced();
}
