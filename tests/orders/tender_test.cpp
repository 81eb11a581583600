// What each tender leaves behind: payments and entries of the ledger.

#include "tender_fixture.hpp"

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(TenderFixture, "what a payment was is kept in full") {
  clock->advance(7);
  auto cash = tender(Tender::cash, 400);
  cash.tendered = Money{1000, {}};
  auto card = tender(Tender::card);
  card.reference = "acq-17";
  const auto order = place({cash, card}, "a");
  const auto rows = payments.of_order(host, order.id);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].order_id == order.id);
  CHECK(rows[0].payment_no == 1);
  CHECK(rows[0].tender == Tender::cash);
  CHECK(rows[0].authorized.minor == 400);
  CHECK(rows[0].captured.minor == 400);
  CHECK(rows[0].refunded.minor == 0);
  CHECK_FALSE(rows[0].voided);
  CHECK(rows[0].tendered.minor == 1000);
  CHECK(rows[0].change.minor == 600);
  CHECK(rows[0].at == start_of_test + 7);
  CHECK(rows[1].payment_no == 2);
  CHECK(rows[1].tender == Tender::card);
  CHECK(rows[1].captured.minor == 600);
  CHECK(rows[1].tendered.minor == 0);
  CHECK(rows[1].change.minor == 0);
  CHECK(rows[1].reference == "acq-17");
  CHECK(order.payments.size() == 2);
  CHECK(order.payments[0].change.minor == 600);
  const auto entries = payments.entries(host, order.id);
  REQUIRE(entries.size() == 2);
  CHECK(entries[1].owner_id == order.id);
  CHECK(entries[1].entry_no == 2);
  CHECK(entries[1].payment_no == 2);
  CHECK(entries[1].kind == MoneyEntryKind::capture);
  CHECK(entries[1].debit == MoneyAccount::card);
  CHECK(entries[1].credit == MoneyAccount::sales);
  CHECK(entries[1].amount.minor == 600);
  CHECK(entries[1].at == start_of_test + 7);
  CHECK(entries[1].actor_role == Role::host);
  CHECK(entries[1].actor_id == 0);
  CHECK(entries[1].reference == "acq-17");
  CHECK(entries[0].debit == MoneyAccount::cash);
  CHECK(balances() == Balances{{MoneyAccount::cash, 400},
                               {MoneyAccount::card, 600},
                               {MoneyAccount::sales, -1000}});
  const auto other = place_as_ann({tender(Tender::other)}, "b");
  CHECK(payments.entries(host, other.id)[0].debit == MoneyAccount::other);
  CHECK(payments.entries(host, other.id)[0].actor_role == Role::customer);
  CHECK(payments.entries(host, other.id)[0].actor_id == ann.user_id());
  CHECK(shop.inventory().movements(host, mug, {}).items[0].actor_id == ann.user_id());
  shop.orders().cancel(ann, other.id, {});
  CHECK(shop.inventory().movements(host, mug, {}).items[0].actor_id == ann.user_id());
  check_verified();
}

TEST_CASE_FIXTURE(TenderFixture, "a hold is booked, captured and given up, each once") {
  auto card = tender(Tender::card);
  card.authorize_only = true;
  const auto order = place({card}, "a");
  CHECK(balances() == Balances{{MoneyAccount::holds, 1000}, {MoneyAccount::promises, -1000}});
  CHECK(payments.entries(host, order.id)[0].kind == MoneyEntryKind::authorize);
  CHECK(payments.of_order(host, order.id)[0].captured.minor == 0);
  payments.capture(host, order.id, 1, "c1", Money{300, {}});
  CHECK(balances() == Balances{{MoneyAccount::holds, 700},
                               {MoneyAccount::promises, -700},
                               {MoneyAccount::card, 300},
                               {MoneyAccount::sales, -300}});
  const auto error = error_of([&] {
    return payments.capture(host, order.id, 1, "c2", Money{701, {}});
  });
  CHECK(error.code() == Code::limit_reached);
  CHECK(first_path(error) == "amount");
  CHECK(error.details()[0].params[0] == std::pair<std::string, std::string>{"available", "700"});
  const auto voided = payments.void_(host, order.id, 1);
  CHECK(voided.voided);
  CHECK(voided.authorized.minor == 300);
  CHECK(voided.captured.minor == 300);
  CHECK(payments.void_(host, order.id, 1).voided);
  CHECK(payments.entries(host, order.id).size() == 4);
  CHECK(balances() == Balances{{MoneyAccount::card, 300}, {MoneyAccount::sales, -300}});
  CHECK(code_of([&] { return payments.capture(host, order.id, 1, "c3", {}); }) ==
        Code::limit_reached);
  payments.refund(host, order.id, 1, "r1", {}, "sorry");
  CHECK(balances().empty());
  const auto last = payments.entries(host, order.id).back();
  CHECK(last.kind == MoneyEntryKind::refund);
  CHECK(last.debit == MoneyAccount::sales);
  CHECK(last.credit == MoneyAccount::card);
  CHECK(last.amount.minor == 300);
  CHECK(last.payment_no == 1);
  CHECK(last.reference == "sorry");
  CHECK(last.entry_no == 5);
  CHECK(code_of([&] { return payments.refund(host, order.id, 1, "r2", {}, {}); }) ==
        Code::limit_reached);
  const auto whole = place({card}, "b");
  CHECK(payments.capture(host, whole.id, 1, "c", {}).captured.minor == 1000);
  CHECK(shop.orders().get(host, whole.id).payment_status == PaymentStatus::paid);
  CHECK_FALSE(payments.void_(host, whole.id, 1).voided);
  const auto canceled = place({card}, "c");
  shop.orders().cancel(host, canceled.id, {});
  CHECK(payments.of_order(host, canceled.id)[0].voided);
  check_verified();
}

TEST_CASE_FIXTURE(TenderFixture, "wrong tenders are named by their place and member") {
  const auto path_of = [&](const PaymentInput& input) { return first_path(place_error(input)); };
  CHECK(path_of(tender(static_cast<Tender>(0))) == "payments[0].tender");
  CHECK(path_of(tender(Tender::exchange)) == "payments[0].tender");
  CHECK(path_of(tender(Tender::cash, -1)) == "payments[0].amount");
  auto input = tender(Tender::card);
  input.tendered = Money{1000, {}};
  CHECK(path_of(input) == "payments[0].tendered");
  input = tender(Tender::cash);
  input.tendered = Money{-1, {}};
  CHECK(path_of(input) == "payments[0].tendered");
  input.tendered = Money{999, {}};
  CHECK(path_of(input) == "payments[0].tendered");
  CHECK(place_error(input).code() == Code::payment_mismatch);
  input = tender(Tender::card);
  input.reference = std::string(201, 'r');
  CHECK(path_of(input) == "payments[0].reference");
  input.reference.clear();
  input.code = std::string(101, 'c');
  CHECK(path_of(input) == "payments[0].code");
  CHECK(path_of(tender(Tender::gift_card)) == "payments[0].code");
  auto error = place_error(tender(Tender::card, 1001));
  CHECK(error.code() == Code::payment_mismatch);
  CHECK(first_path(error) == "payments[0].amount");
  error = error_of([&] {
    return place({tender(Tender::cash, 600), tender(Tender::card, 401)}, "x");
  });
  CHECK(first_path(error) == "payments[1].amount");
  CHECK(code_of([&] {
          return place(std::vector<PaymentInput>(21, tender(Tender::card, 1)), "x");
        }) == Code::validation);
  CHECK(place(std::vector<PaymentInput>(20, tender(Tender::card, 50)), "y").payments.size() == 20);
  input = tender(Tender::card);
  input.reference = std::string(200, 'r');
  CHECK(place({input}, "z").payments[0].reference.size() == 200);
  input = tender(Tender::cash);
  input.tendered = Money{1000, {}};
  CHECK(place({input}, "exact").payments[0].change.minor == 0);
}

TEST_CASE_FIXTURE(TenderFixture,
                  "the last tender is given back first, and only what was captured") {
  const auto order =
      place({tender(Tender::cash, 300), tender(Tender::card, 300), tender(Tender::other)}, "a");
  ReturnInput input;
  input.idempotency_key = "r";
  input.lines = {{1, 1, false, {}}};
  payments.refund(host, order.id, 3, "p", Money{100, {}}, {});
  payments.refund(host, order.id, 2, "q", Money{300, {}}, {});
  shop.orders().return_items(host, order.id, input);
  const auto rows = payments.of_order(host, order.id);
  CHECK(rows[2].refunded.minor == 400);
  CHECK(rows[1].refunded.minor == 300);
  CHECK(rows[0].refunded.minor == 300);
  CHECK(balances().empty());
  check_verified();
}

TEST_CASE_FIXTURE(TenderFixture,
                  "an order is paid on, never beyond what is due, never when canceled") {
  const auto order = place({tender(Tender::card, 300)}, "a");
  CHECK(order.payment_status == PaymentStatus::part_paid);
  CHECK(order.status == OrderStatus::pending);
  auto hold = tender(Tender::card, 200);
  hold.authorize_only = true;
  auto rows = payments.pay(host, order.id, "p1", {hold, tender(Tender::cash, 100)});
  REQUIRE(rows.size() == 3);
  CHECK(rows[1].payment_no == 2);
  CHECK(rows[2].payment_no == 3);
  CHECK(payments.entries(host, order.id).back().entry_no == 3);
  CHECK(code_of([&] { return payments.pay(host, order.id, "p2", {tender(Tender::cash, 401)}); }) ==
        Code::payment_mismatch);
  const auto other = place({}, "b");
  const auto error =
      error_of([&] { return payments.pay(host, other.id, "p1", {tender(Tender::cash)}); });
  CHECK(error.code() == Code::idempotency_mismatch);
  CHECK(first_path(error) == "idempotency_key");
  rows = payments.pay(host, order.id, "p3", {tender(Tender::cash)});
  CHECK(rows.back().captured.minor == 400);
  CHECK(shop.orders().get(host, order.id).status == OrderStatus::confirmed);
  for (const std::int64_t wrong : {0, 5}) {
    CHECK(first_path(error_of([&] { return payments.capture(host, order.id, wrong, "x", {}); })) ==
          "payment_no");
  }
  CHECK(first_path(error_of([&] { return payments.capture(host, order.id, 2, "", {}); })) ==
        "idempotency_key");
  CHECK(first_path(error_of([&] {
          return payments.capture(host, order.id, 2, std::string(201, 'k'), {});
        })) == "idempotency_key");
  CHECK(first_path(error_of([&] {
          return payments.capture(host, order.id, 2, "x", Money{-1, {}});
        })) == "amount");
  CHECK(code_of([&] {
          return payments.capture(host, order.id, 2, "x", Money{0, {}});
        }) == Code::limit_reached);
  CHECK(first_path(error_of([&] {
          return payments.refund(host, order.id, 1, "x", Money{-1, {}}, {});
        })) == "amount");
  CHECK(first_path(error_of([&] {
          return payments.refund(host, order.id, 1, "x", {}, std::string(201, 'w'));
        })) == "reference");
  CHECK(code_of([&] {
          return payments.refund(host, order.id, 1, "x", Money{0, {}}, {});
        }) == Code::limit_reached);
  shop.orders().cancel(host, other.id, {});
  CHECK(code_of([&] { return payments.pay(host, other.id, "p9", {tender(Tender::cash)}); }) ==
        Code::illegal_transition);
  CHECK(code_of([&] { return payments.of_order(ann, order.id); }) == Code::not_found);
  check_verified();
}

TEST_CASE_FIXTURE(TenderFixture, "what is delivered and paid last is complete") {
  const auto order = place({tender(Tender::card, 400)}, "a");
  payments.pay(host, order.id, "p", {tender(Tender::card)});
  CHECK(shop.orders().get(host, order.id).status == OrderStatus::confirmed);
  auto card = tender(Tender::card);
  card.authorize_only = true;
  const auto held = place({card}, "b");
  shop.orders().ship(host, held.id, {});
  shop.orders().deliver(host, held.id);
  CHECK(shop.orders().get(host, held.id).status == OrderStatus::confirmed);
  payments.capture(host, held.id, 1, "c", {});
  CHECK(shop.orders().get(host, held.id).status == OrderStatus::completed);
}
