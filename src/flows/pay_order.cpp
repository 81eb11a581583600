#include "accounts/guard.hpp"
#include "core/digest.hpp"
#include "core/fields.hpp"
#include "core/money.hpp"
#include "db/database.hpp"
#include "flows/engagement.hpp"
#include "flows/fulfil.hpp"
#include "flows/sales.hpp"
#include "orders/orders.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "payments/payments.hpp"
#include "payments/rules.hpp"
#include "payments/store.hpp"
#include "payments/wallet_store.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <utility>

// Money that moves after an order was placed; where the order stands follows from its sums.
namespace shop {

using accounts::authorize;
using accounts::Operation;
using payments::store::Movement;
using payments::store::Row;

namespace {

std::string good_key(const std::string& key) {
  core::Fields fields;
  auto out = fields.text("idempotency_key", key, {.min = 1, .max = 200});
  fields.throw_if_any();
  return out;
}

/// Writes where the order stands now that its payments have changed.
void settle(db::Tx& tx, const Session& session, const Order& before) {
  auto order = before;
  const auto sums = payments::sums_of(payments::of_order(tx, order.id));
  order.paid.minor = sums.captured - order.edit_refunded.minor;
  order.refunded.minor = sums.refunded - order.edit_refunded.minor;
  order.payment_status =
      orders::payment_status_of(order, orders::store::returns_refunded(tx, order), sums.authorized);
  flows::finish_step(tx, session, before, order, {});
}

// Points that pay an order, or go back, change what it earned. Before it moves: one that is covered
// only now earns with all of its payments.
void follow_points(db::Tx& tx, Order before, std::vector<Payment> paid_before) {
  before.payments = std::move(paid_before);
  auto after = before;
  after.payments = payments::of_order(tx, before.id);
  flows::engage_points_paid(tx, before, after);
}

Row row_of(db::Tx& tx, Id order_id, std::int64_t payment_no) {
  for (auto& row : payments::store::payments_of(tx, order_id)) {
    if (row.payment.payment_no == payment_no) return std::move(row);
  }
  throw Error(Code::not_found, "payment_no: there is no such payment",
              {{"payment_no", "not_found", "there is no such payment", {}}});
}

[[noreturn]] void too_much(std::int64_t available) {
  throw Error(Code::limit_reached, "amount: is more than there is",
              {{"amount",
                "too_much",
                "is more than there is",
                {{"available", std::to_string(available)}}}});
}

void capture_row(db::Tx& tx, const Session& session, const Row& row, std::int64_t minor,
                 std::string_view key) {
  const auto& p = row.payment;
  payments::store::add_capture(tx, p.order_id, p.payment_no, minor);
  Movement movement;
  movement.owner_id = p.order_id;
  movement.payment_no = p.payment_no;
  movement.kind = MoneyEntryKind::capture;
  movement.debit = payments::account_of(p.tender);
  movement.credit = MoneyAccount::sales;
  movement.minor = minor;
  movement.key = key;
  payments::store::add_entry(tx, session, movement);
  movement.kind = MoneyEntryKind::void_;  // the hold is spent
  movement.debit = MoneyAccount::promises;
  movement.credit = MoneyAccount::holds;
  movement.key = {};
  payments::store::add_entry(tx, session, movement);
}

// Whether the same key did this before; for another order it is refused.
bool was_done(db::Tx& tx, std::string_view key, Id order_id) {
  const auto done = payments::store::written_with(tx, key);
  if (done && done->owner_id != order_id) payments::refuse_key("another order");
  return done.has_value();
}

// The same of tenders; with others it is refused.
bool was_done(db::Tx& tx, const payments::KeyUse& use, Id order_id) {
  if (!was_done(tx, use.key, order_id)) return false;
  const auto done = payments::store::written_with(tx, use.key).value();
  if (done.fingerprint != use.fingerprint) payments::refuse_key("other tenders");
  return true;
}

// The same of one payment; for another one and another amount it is refused.
bool was_done(db::Tx& tx, std::string_view key, const Payment& payment,
              const std::optional<Money>& amount) {
  if (!was_done(tx, key, payment.order_id)) return false;
  const auto done = payments::store::written_with(tx, key).value();
  if (done.payment_no != payment.payment_no) payments::refuse_key("another payment");
  if (amount && amount->minor != done.minor) payments::refuse_key("another amount");
  return true;
}

// What is still to be taken, be it on hold or not.
std::int64_t still_due(db::Tx& tx, const Order& order) {
  const auto charge = orders::charge_of(order, orders::store::returns_refunded(tx, order));
  return std::max<std::int64_t>(0, charge - order.paid.minor);
}

// Whether tenders leave some of what is due open. One without an amount is for all that is left,
// but for wallets and points, which give what they have.
bool pays_in_part(const std::vector<PaymentInput>& inputs, std::int64_t due) {
  std::int64_t given = 0;
  for (const auto& input : inputs) {
    const bool has_limit = payments::is_wallet(input.tender) || input.tender == Tender::points;
    if (!input.amount && !has_limit) return false;
    if (!input.amount) continue;
    given += std::min(input.amount->minor, due - std::min(given, due));
  }
  return given < due;
}

// What is due of an order beyond what is on hold. As at the checkout, cash that pays all of it
// rounds it to the smallest coin, and with it the total.
std::int64_t due_now(db::Tx& tx, Order& order, const std::vector<PaymentInput>& inputs) {
  const auto sums = payments::sums_of(payments::of_order(tx, order.id));
  const auto due = std::max<std::int64_t>(0, still_due(tx, order) - sums.authorized);
  if (!payments::any_cash(inputs)) return due;
  const auto rounded = pricing::in_coins(pricing::rules(tx)->settings, due);
  if (pays_in_part(inputs, rounded)) return due;
  if (rounded != due) orders::store::round_total(tx, order, rounded - due);
  return rounded;
}

}  // namespace

std::vector<Payment> Payments::pay(const Session& session, Id order_id, const std::string& key,
                                   const std::vector<PaymentInput>& inputs) {
  const auto good = good_key(key);
  payments::check(inputs, db_->env().currency);
  payments::count_codes(*db_, session, Operation::payments_pay, inputs);
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::payments_pay);
    auto order = orders::find(tx, actor, order_id);
    const auto digest = orders::key_of(actor, "pay", good);
    const auto fingerprint = core::digest16("pay", payments::text_of(tx, inputs));
    const payments::KeyUse use{digest, fingerprint};
    if (was_done(tx, use, order_id)) return payments::of_order(tx, order_id);
    if (order.status == OrderStatus::canceled) {
      throw Error(Code::illegal_transition, "status: this order was canceled");
    }
    const auto due = due_now(tx, order, inputs);
    auto paid_before = payments::of_order(tx, order_id);
    flows::take_payments(tx, session, order_id, order.customer_id.value_or(0), due, inputs, use);
    const bool in_points = std::any_of(inputs.begin(), inputs.end(), [](const PaymentInput& input) {
      return input.tender == Tender::points;
    });
    if (in_points) follow_points(tx, order, std::move(paid_before));
    settle(tx, session, order);
    return payments::of_order(tx, order_id);
  });
}

std::vector<Payment> Payments::of_order(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::payments_of_order);
    (void)orders::find(tx, actor, order_id);
    return payments::of_order(tx, order_id);
  });
}

Payment Payments::capture(const Session& session, Id order_id, std::int64_t payment_no,
                          const std::string& key, std::optional<Money> amount) {
  const auto good = good_key(key);
  core::Fields fields;
  if (amount) fields.price("amount", *amount, db_->env().currency);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::payments_capture);
    const auto order = orders::find(tx, actor, order_id);
    const auto row = row_of(tx, order_id, payment_no);
    const auto digest = orders::key_of(actor, "capture", good);
    const auto& p = row.payment;
    if (!was_done(tx, digest, p, amount)) {
      const auto held = p.voided ? 0 : p.authorized.minor - p.captured.minor;
      const auto open = std::min(held, still_due(tx, order));
      const auto minor = amount ? amount->minor : open;
      if (minor > open || minor == 0) too_much(open);
      capture_row(tx, session, row, minor, digest);
      settle(tx, session, order);
    }
    return row_of(tx, order_id, payment_no).payment;
  });
}

Payment Payments::void_(const Session& session, Id order_id, std::int64_t payment_no) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::payments_void);
    const auto order = orders::find(tx, actor, order_id);
    payments::void_one(tx, session, row_of(tx, order_id, payment_no).payment);
    settle(tx, session, order);
    return row_of(tx, order_id, payment_no).payment;
  });
}

Payment Payments::refund(const Session& session, Id order_id, std::int64_t payment_no,
                         const std::string& key, std::optional<Money> amount,
                         const std::string& reference) {
  const auto good = good_key(key);
  core::Fields fields;
  if (amount) fields.price("amount", *amount, db_->env().currency);
  const auto why = fields.text("reference", reference, {.max = 200});
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::payments_refund);
    const auto order = orders::find(tx, actor, order_id);
    const auto row = row_of(tx, order_id, payment_no);
    const auto digest = orders::key_of(actor, "refund", good);
    if (!was_done(tx, digest, row.payment, amount)) {
      const auto most = row.payment.captured.minor - row.payment.refunded.minor;
      const auto minor = amount ? amount->minor : most;
      if (minor > most || minor == 0) too_much(most);
      payments::guard_refund(tx, session, actor, order_id, minor);
      auto paid_before = payments::of_order(tx, order_id);
      payments::refund_one(tx, session, {row.payment, row.wallet_id}, minor, why, digest);
      if (row.payment.tender == Tender::points) follow_points(tx, order, std::move(paid_before));
      settle(tx, session, order);
    }
    return row_of(tx, order_id, payment_no).payment;
  });
}

}  // namespace shop
