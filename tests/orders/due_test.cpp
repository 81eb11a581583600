// What is still to be paid: after returns, edits, refunds of a part, with points.

#include "shop/loyalty.hpp"
#include "tender_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct DueFixture : TenderFixture {
  Orders& orders = shop.orders();
  Loyalty& loyalty = shop.loyalty();
  int keys = 0;

  std::string next_key() { return "due" + std::to_string(++keys); }
  static PaymentInput hold(std::optional<std::int64_t> minor = {}) {
    auto out = tender(Tender::card, minor);
    out.authorize_only = true;
    return out;
  }
  Order mugs(std::int64_t quantity, std::vector<PaymentInput> inputs, const Session& who) {
    CartInput cart;
    cart.name = next_key();
    const auto made = shop.cart().create(who, cart);
    shop.cart().add(who, made.id, {mug, quantity, {}});
    PlaceInput input;
    input.idempotency_key = next_key();
    input.payments = std::move(inputs);
    return orders.place(who, made.id, input);
  }
  Order mugs(std::int64_t quantity, std::vector<PaymentInput> inputs) {
    return mugs(quantity, std::move(inputs), host);
  }
  void send(Id order_id) {
    if (get(order_id).status == OrderStatus::pending) orders.confirm(host, order_id, {});
    orders.ship(host, order_id, {});
    orders.deliver(host, order_id);
  }
  OrderReturn bring_back(Id order_id, std::int64_t quantity, bool no_refund = false) {
    ReturnInput input;
    input.idempotency_key = next_key();
    input.lines = {{1, quantity, false, {}}};
    input.no_refund = no_refund;
    return orders.return_items(host, order_id, input);
  }
  OrderEditInput change(std::int64_t quantity, std::vector<PaymentInput> inputs = {}) {
    OrderEditInput input;
    input.idempotency_key = next_key();
    input.reason = "the customer rang";
    input.lines = {{1, quantity}};
    input.payments = std::move(inputs);
    return input;
  }
  Order edit(Id order_id, std::int64_t quantity, std::vector<PaymentInput> inputs = {}) {
    return orders.edit(host, order_id, change(quantity, std::move(inputs)));
  }
  Order get(Id order_id) { return orders.get(host, order_id); }
  void refund(Id order_id, std::int64_t minor) {
    payments.refund(host, order_id, 1, next_key(), Money{minor, {}}, "sorry");
  }
  void pay(Id order_id, std::vector<PaymentInput> inputs) {
    payments.pay(host, order_id, next_key(), inputs);
  }
  std::int64_t points_of(const Session& who) { return loyalty.account(who).balance; }
  void give_points(std::int64_t points) {
    loyalty.adjust(host, {.customer_id = ann.user_id(), .points = points, .reason = "a gift"});
  }
  void credit(std::int64_t minor) {
    payments.grant_credit(host, ann.user_id(), next_key(), {minor, {}}, {});
  }
};

Code code_and_path(const Error& error, const std::string& path) {
  CHECK(first_path(error) == path);
  return error.code();
}

}  // namespace

TEST_CASE_FIXTURE(DueFixture,
                  "points pay what a card before them leaves, not what is due at first") {
  loyalty.set_program(host, {1, {1, {}}, 0});
  const auto card = gift_card(300, "g");
  const std::vector<PaymentInput> both{with_card(card), tender(Tender::points)};
  CHECK(code_of([&] { return mugs(1, both, ann); }) == Code::insufficient_funds);
  CHECK(payments.gift_card(host, card.code).balance.minor == 300);
  give_points(1000);
  const auto order = mugs(1, both, ann);
  CHECK(order.payment_status == PaymentStatus::paid);
  CHECK(order.payments.at(1).captured.minor == 700);
  CHECK(points_of(ann) == 300);

  credit(200);
  const std::vector<PaymentInput> credited{tender(Tender::store_credit), tender(Tender::points)};
  const auto later = mugs(1, {}, ann);
  CHECK(code_of([&] { return payments.pay(host, later.id, "p", credited); }) ==
        Code::insufficient_funds);
  give_points(500);
  pay(later.id, credited);
  CHECK(points_of(ann) == 0);
  CHECK(get(later.id).payment_status == PaymentStatus::paid);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "points pay for edits and exchanges as much as they are worth") {
  loyalty.set_program(host, {1, {1, {}}, 0});
  const std::vector<PaymentInput> credited{tender(Tender::store_credit), tender(Tender::points)};
  credit(1);
  const auto order = mugs(1, {tender(Tender::card)}, ann);
  CHECK(code_and_path(error_of([&] { return edit(order.id, 2, credited); }),
                      "payments[1].amount") == Code::insufficient_funds);
  CHECK(code_and_path(error_of([&] { return mugs(1, {tender(Tender::points)}); }),
                      "payments[0].amount") == Code::insufficient_funds);
  send(order.id);
  ExchangeInput input;
  input.idempotency_key = "x";
  input.lines = {{1, 1, false, {}}};
  input.items = {{mug, 2, {}}};
  input.payments = credited;
  CHECK(code_of([&] { return orders.exchange(host, order.id, input); }) ==
        Code::insufficient_funds);
  give_points(2000);
  CHECK(orders.exchange(host, order.id, input).order.payment_status == PaymentStatus::paid);
  CHECK(points_of(ann) == 1001);
  const auto other = mugs(1, {tender(Tender::card)}, ann);
  CHECK(edit(other.id, 2, {tender(Tender::points)}).payments.at(1).captured.minor == 1000);
  CHECK(points_of(ann) == 1);
  edit(other.id, 1);
  CHECK(points_of(ann) == 1001);
  auto held = tender(Tender::points);
  held.authorize_only = true;
  CHECK(code_and_path(error_of([&] { return mugs(1, {held}, ann); }),
                      "payments[0].authorize_only") == Code::payment_mismatch);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "what came back is not captured any more") {
  const auto all = mugs(2, {hold()});
  send(all.id);
  bring_back(all.id, 2);
  CHECK(code_and_path(error_of([&] { return payments.capture(host, all.id, 1, "c", {}); }),
                      "amount") == Code::limit_reached);
  payments.void_(host, all.id, 1);
  CHECK(get(all.id).payment_status == PaymentStatus::none);

  const auto half = mugs(2, {hold()});
  send(half.id);
  bring_back(half.id, 1);
  CHECK(code_of([&] {
          return payments.capture(host, half.id, 1, "h", Money{1001, {}});
        }) == Code::limit_reached);
  CHECK(payments.capture(host, half.id, 1, "h", {}).captured.minor == 1000);
  CHECK(get(half.id).payment_status == PaymentStatus::paid);
  CHECK(get(half.id).status == OrderStatus::completed);
  CHECK(code_of([&] { return payments.capture(host, half.id, 1, "again", {}); }) ==
        Code::limit_reached);
  bring_back(half.id, 1);
  CHECK(get(half.id).payment_status == PaymentStatus::refunded);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "what came back is not paid for later; goodwill is not owed again") {
  const auto order = mugs(2, {});
  send(order.id);
  bring_back(order.id, 1);
  CHECK(code_and_path(error_of([&] {
                        return payments.pay(host, order.id, "p", {tender(Tender::card, 1001)});
                      }),
                      "payments[0].amount") == Code::payment_mismatch);
  pay(order.id, {tender(Tender::card)});
  CHECK(get(order.id).paid.minor == 1000);
  CHECK(get(order.id).payment_status == PaymentStatus::paid);
  CHECK(get(order.id).status == OrderStatus::completed);

  const auto part = mugs(3, {tender(Tender::card, 1500)});
  send(part.id);
  refund(part.id, 100);
  CHECK(bring_back(part.id, 1).refunded.minor == 1000);
  CHECK(code_of([&] { return payments.pay(host, part.id, "q", {tender(Tender::card, 1501)}); }) ==
        Code::payment_mismatch);
  pay(part.id, {tender(Tender::card)});
  CHECK(get(part.id).paid.minor == 3000);
  CHECK(get(part.id).refunded.minor == 1100);
  CHECK(get(part.id).payment_status == PaymentStatus::part_refunded);
  CHECK(get(part.id).status == OrderStatus::completed);

  const auto kept = mugs(2, {tender(Tender::card)});
  send(kept.id);
  bring_back(kept.id, 1, true);
  CHECK(code_of([&] { return payments.pay(host, kept.id, "r", {tender(Tender::card, 1)}); }) ==
        Code::payment_mismatch);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "an order that costs less holds less") {
  const auto order = mugs(2, {hold(1200), hold(800)});
  const auto less = edit(order.id, 1);
  CHECK(less.payment_status == PaymentStatus::authorized);
  CHECK(less.payments.at(0).authorized.minor == 1000);
  CHECK_FALSE(less.payments.at(0).voided);
  CHECK(less.payments.at(1).voided);
  CHECK(balances() == Balances{{MoneyAccount::holds, 1000}, {MoneyAccount::promises, -1000}});
  CHECK(payments.capture(host, order.id, 1, "c", {}).captured.minor == 1000);
  CHECK(get(order.id).payment_status == PaymentStatus::paid);
  check_verified();

  const auto begun = mugs(2, {hold()});
  payments.capture(host, begun.id, 1, "b", Money{1200, {}});
  const auto cut = edit(begun.id, 1);
  CHECK(cut.edit_refunded.minor == 200);
  CHECK(cut.payment_status == PaymentStatus::paid);
  CHECK(cut.payments.at(0).voided);
  CHECK(code_of([&] { return payments.capture(host, begun.id, 1, "b2", {}); }) ==
        Code::limit_reached);
  const auto more = edit(begun.id, 3);
  CHECK(more.payment_status == PaymentStatus::part_paid);
  CHECK(more.status == OrderStatus::pending);
  pay(begun.id, {tender(Tender::card)});
  CHECK(get(begun.id).paid.minor == 3000);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "nothing is due for an order that costs less than what is paid") {
  const auto order = mugs(2, {hold()});
  edit(order.id, 1);
  pay(order.id, {tender(Tender::card)});
  CHECK(get(order.id).paid.minor == 0);
  CHECK(payments.of_order(host, order.id).at(1).authorized.minor == 0);
  const auto back = mugs(2, {hold()});
  bring_back(back.id, 1);
  for (const auto kind : {Tender::card, Tender::cash, Tender::points, Tender::other}) {
    pay(back.id, {tender(kind)});
  }
  CHECK(get(back.id).paid.minor == 0);
  CHECK(code_and_path(
            error_of([&] { return payments.pay(host, back.id, "p", {tender(Tender::card, 1)}); }),
            "payments[0].amount") == Code::payment_mismatch);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "a part that was paid is a part, whatever of it was given back") {
  const auto order = mugs(1, {tender(Tender::card, 500)});
  refund(order.id, 1);
  CHECK(get(order.id).payment_status == PaymentStatus::part_paid);
  CHECK(get(order.id).summary == "unpaid");
  OrderEditInput street;
  street.idempotency_key = "street";
  street.reason = "moved";
  street.address = Address{};
  street.address->country = "DE";
  CHECK(orders.edit(host, order.id, street).status == OrderStatus::pending);
  send(order.id);
  CHECK(get(order.id).status == OrderStatus::confirmed);
  pay(order.id, {tender(Tender::card)});
  CHECK(get(order.id).payment_status == PaymentStatus::part_refunded);
  CHECK(get(order.id).status == OrderStatus::completed);

  const auto held = mugs(1, {hold()});
  send(held.id);
  payments.capture(host, held.id, 1, "c1", Money{500, {}});
  refund(held.id, 1);
  CHECK(get(held.id).payment_status == PaymentStatus::authorized);
  payments.capture(host, held.id, 1, "c2", {});
  CHECK(get(held.id).payment_status == PaymentStatus::part_refunded);
  CHECK(get(held.id).status == OrderStatus::completed);

  const auto none = mugs(1, {tender(Tender::card, 500)});
  refund(none.id, 500);
  street.idempotency_key = "street 2";
  CHECK(orders.edit(host, none.id, street).status == OrderStatus::pending);
  pay(none.id, {tender(Tender::card, 100)});
  CHECK(get(none.id).payment_status == PaymentStatus::part_paid);
  pay(none.id, {tender(Tender::card)});
  CHECK(get(none.id).status == OrderStatus::confirmed);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "an edit gives back all that it saves, goodwill apart") {
  const auto order = mugs(10, {tender(Tender::card)});
  refund(order.id, 1000);
  const auto less = edit(order.id, 8);
  CHECK(less.edit_refunded.minor == 2000);
  CHECK(less.paid.minor == 8000);
  CHECK(less.refunded.minor == 1000);
  CHECK(less.payment_status == PaymentStatus::part_refunded);
  CHECK(less.payments.at(0).refunded.minor == 3000);
  CHECK(edit(order.id, 9).payment_status == PaymentStatus::part_paid);
  const auto more = edit(order.id, 9, {tender(Tender::card)});
  CHECK(more.payments.at(1).captured.minor == 1000);
  refund(order.id, 6500);
  const auto last = edit(order.id, 1);  // more than what is left of the money
  CHECK(last.edit_refunded.minor == 3500);
  CHECK(last.payment_status == PaymentStatus::refunded);
  CHECK(balances().empty());
  check_verified();
  CHECK(orders.cancel(host, order.id, {}).refunded == last.paid);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "a payment of so much for an edit that needs none is refused") {
  const auto order = mugs(2, {tender(Tender::card)});
  const auto error = error_of([&] { return edit(order.id, 1, {tender(Tender::card, 100)}); });
  CHECK(code_and_path(error, "payments[0].amount") == Code::payment_mismatch);
  CHECK(get(order.id).total.minor == 2000);
  CHECK(edit(order.id, 1, {tender(Tender::card)}).payments.size() == 1);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "a key of money stands for one payment and one amount") {
  const auto order = mugs(2, {hold(1000), hold()});
  const auto capture = [&](std::int64_t no, std::optional<Money> amount) {
    return error_of([&] { return payments.capture(host, order.id, no, "c", amount); });
  };
  payments.capture(host, order.id, 1, "c", Money{400, {}});
  CHECK(payments.capture(host, order.id, 1, "c", Money{400, {}}).captured.minor == 400);
  CHECK(payments.capture(host, order.id, 1, "c", {}).captured.minor == 400);
  CHECK(code_and_path(capture(2, Money{400, {}}), "idempotency_key") == Code::idempotency_mismatch);
  CHECK(code_and_path(capture(1, Money{500, {}}), "idempotency_key") == Code::idempotency_mismatch);
  payments.capture(host, order.id, 2, "d", {});
  CHECK(payments.capture(host, order.id, 2, "d", {}).captured.minor == 1000);
  const auto refunded = [&](std::int64_t no, std::int64_t minor) {
    return error_of([&] { return payments.refund(host, order.id, no, "r", Money{minor, {}}, {}); });
  };
  payments.refund(host, order.id, 1, "r", Money{100, {}}, {});
  CHECK(payments.refund(host, order.id, 1, "r", Money{100, {}}, {}).refunded.minor == 100);
  CHECK(code_and_path(refunded(1, 300), "idempotency_key") == Code::idempotency_mismatch);
  CHECK(code_and_path(refunded(2, 100), "idempotency_key") == Code::idempotency_mismatch);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "a key of a gift card or of credit stands for that one") {
  const auto bob = customer("bob");
  const auto grant = [&](const Session& whom, std::int64_t minor) {
    return payments.grant_credit(host, whom.user_id(), "k", {minor, {}}, {});
  };
  CHECK(grant(ann, 500).balance.minor == 500);
  CHECK(grant(ann, 500).balance.minor == 500);
  CHECK(code_and_path(error_of([&] { return grant(bob, 500); }), "idempotency_key") ==
        Code::idempotency_mismatch);
  CHECK(code_and_path(error_of([&] { return grant(ann, 700); }), "idempotency_key") ==
        Code::idempotency_mismatch);
  GiftCardInput input;
  input.idempotency_key = "g";
  input.amount = {100, {}};
  const auto issue = [&] { return payments.issue_gift_card(host, input); };
  const auto id = issue().wallet.id;
  CHECK(issue().wallet.id == id);
  input.amount = {900, {}};
  CHECK(code_and_path(error_of(issue), "idempotency_key") == Code::idempotency_mismatch);
  input.amount = {100, {}};
  input.given = true;
  CHECK(code_and_path(error_of(issue), "idempotency_key") == Code::idempotency_mismatch);
  check_verified();
}

TEST_CASE_FIXTURE(DueFixture, "a key stands for the tenders that it came with") {
  const auto refused = [&](auto&& call) {
    CHECK(code_and_path(error_of(call), "idempotency_key") == Code::idempotency_mismatch);
  };
  const auto card = gift_card(5000, next_key());
  const auto other_card = gift_card(5000, next_key());
  const auto order = mugs(2, {});
  const std::vector<PaymentInput> both{with_card(card, 500), tender(Tender::card, 300)};
  const auto pay = [&](std::vector<PaymentInput> inputs) {
    return payments.pay(host, order.id, "p", inputs);
  };
  CHECK(pay(both).size() == 2);
  CHECK(pay(both).size() == 2);
  refused([&] { return pay({with_card(other_card, 500), tender(Tender::card, 300)}); });
  refused([&] { return pay({with_card(card, 500), tender(Tender::card, 400)}); });
  refused([&] { return pay({with_card(card, 500)}); });
  CHECK(payments.of_order(host, order.id).size() == 2);

  CHECK(place({with_card(card)}, "q").paid.minor == 1000);
  const auto cart = shop.cart().create(host, {});
  PlaceInput placing;
  placing.idempotency_key = "r";
  placing.payments = {with_card(card)};
  shop.cart().add(host, cart.id, {mug, 1, {}});
  const auto placed = orders.place(host, cart.id, placing);
  CHECK(orders.place(host, cart.id, placing).id == placed.id);
  placing.payments = {with_card(other_card)};
  refused([&] { return orders.place(host, cart.id, placing); });

  auto dearer = change(3, {with_card(card, 100)});
  orders.edit(host, order.id, dearer);
  CHECK(orders.edit(host, order.id, dearer).payments.size() == 3);
  dearer.payments = {with_card(card, 200)};
  refused([&] { return orders.edit(host, order.id, dearer); });
  dearer.payments = {with_card(other_card, 100)};
  refused([&] { return orders.edit(host, order.id, dearer); });
  dearer.payments = {with_card(card, 100)};
  dearer.lines = {{1, 4}};
  refused([&] { return orders.edit(host, order.id, dearer); });

  OrderEditInput moved;
  moved.idempotency_key = "street";
  moved.reason = "moved";
  moved.address = Address{};
  moved.address->name = "Ann";
  moved.address->line1 = "1 High Street";
  moved.address->city = "York";
  moved.address->country = "GB";
  orders.edit(host, order.id, moved);
  orders.edit(host, order.id, moved);
  moved.address->line1 = "2 High Street";
  refused([&] { return orders.edit(host, order.id, moved); });

  send(placed.id);
  ExchangeInput input;
  input.idempotency_key = "x";
  input.lines = {{1, 1, false, {}}};
  input.items = {{mug, 2, {}}};
  input.payments = {with_card(card)};
  const auto made = orders.exchange(host, placed.id, input);
  CHECK(orders.exchange(host, placed.id, input).order.id == made.order.id);
  input.payments = {with_card(other_card)};
  refused([&] { return orders.exchange(host, placed.id, input); });
  CHECK(payments.gift_card(host, other_card.code).balance.minor == 5000);
  check_verified();
}
