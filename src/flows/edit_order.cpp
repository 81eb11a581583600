#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "cart/cart.hpp"
#include "core/crypto.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/keyring.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "flows/engagement.hpp"
#include "flows/place_order.hpp"
#include "flows/reprice.hpp"
#include "flows/restock.hpp"
#include "flows/sales.hpp"
#include "orders/edit_store.hpp"
#include "orders/orders.hpp"
#include "orders/parts.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "payments/payments.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

// what may change → give uses back → price by the rules of the day → stock → uses → write anew →
// money → figures, points, event; one transaction.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::int64_t k_most_quantity = 1'000'000;

OrderEditInput checked(const OrderEditInput& input, const Currency& currency) {
  core::Fields fields;
  auto out = input;
  out.idempotency_key =
      fields.text("idempotency_key", input.idempotency_key, {.min = 1, .max = 200});
  out.reason = fields.text("reason", input.reason, {.min = 1, .max = 500, .multiline = true});
  fields.check(input.lines.size() <= 1000, "lines", "too_many", "at most 1,000 lines");
  for (std::size_t i = 0; i < input.lines.size() && i < 1000; ++i) {
    fields.range(core::path_at("lines", i, "quantity"), input.lines[i].quantity, 0,
                 k_most_quantity);
    for (std::size_t k = 0; k < i; ++k) {
      fields.check(input.lines[k].line_no != input.lines[i].line_no,
                   core::path_at("lines", i, "line_no"), "taken", "stands there twice");
    }
  }
  fields.throw_if_any();
  cart::check_items(input.items, "items");
  if (input.address) out.address = cart::checked(*input.address);
  payments::check(input.payments, currency);
  return out;
}

void refuse_unless(bool good, const char* path, const char* message) {
  if (good) return;
  throw Error(Code::illegal_transition, fmt::format("{}: {}", path, message),
              {{path, "illegal_transition", message, {}}});
}

void check_editable(db::Tx& tx, const Order& order, const OrderEditInput& input) {
  refuse_unless(order.status == OrderStatus::pending || order.status == OrderStatus::confirmed,
                "status", "this order is over");
  refuse_unless(order.fulfilment_status == FulfilmentStatus::none, "fulfilment_status",
                "goods have left already");
  refuse_unless(orders::store::returns_of(tx, order.id).empty(), "fulfilment_status",
                "goods came back already");
  core::Fields missing;
  for (std::size_t i = 0; i < input.lines.size(); ++i) {
    const bool there = std::any_of(order.lines.begin(), order.lines.end(), [&](const auto& line) {
      return line.line_no == input.lines[i].line_no;
    });
    missing.check(there, core::path_at("lines", i, "line_no"), "not_found",
                  "the order has no such line");
  }
  missing.throw_if_any(Code::not_found);
}

// An order of things that are too many says so where the edit asked for them.
[[noreturn]] void rename_lines(const Error& error, std::size_t edited) {
  auto details = std::vector<ErrorDetail>{error.details().begin(), error.details().end()};
  for (auto& detail : details) {
    std::size_t at = 0;
    const auto open = detail.path.find('[');
    if (open == std::string::npos) continue;
    at = std::stoul(detail.path.substr(open + 1));
    if (at >= edited) detail.path = core::path_at("items", at - edited, "quantity");
  }
  throw Error(error.code(), "there is not enough in stock", std::move(details));
}

void move_stock(db::Tx& tx, const Session& session, const Order& before,
                const OrderEditInput& input) {
  std::vector<inventory::Take> more;
  std::vector<inventory::Take> less;
  for (std::size_t i = 0; i < input.lines.size(); ++i) {
    const auto line = std::find_if(before.lines.begin(), before.lines.end(), [&](const auto& l) {
      return l.line_no == input.lines[i].line_no;
    });
    const auto change = input.lines[i].quantity - line->quantity;
    const flows::SoldLine from{before.id, line->line_no, line->variant_id};
    if (change > 0) flows::add_takes_of(tx, from, change, i, more);
    if (change < 0) flows::add_takes_of(tx, from, -change, i, less);
  }
  for (std::size_t i = 0; i < input.items.size(); ++i) {
    const auto& item = input.items[i];
    flows::add_takes(tx, item.variant_id, item.quantity, input.lines.size() + i, more);
  }
  const auto back = inventory::give_back(tx, less, before.id, StockReason::order_edit, session);
  try {
    inventory::sell(tx, more, before.id, session);
  } catch (const Error& error) {
    if (error.code() != Code::out_of_stock) throw;
    rename_lines(error, input.lines.size());
  }
  flows::tell_waiting(tx, back);
}

void undo_uses(db::Tx& tx, const Order& order) {
  pricing::undo_uses(tx, order.id);
  for (const auto& line : order.lines) {
    if (line.price_source != PriceSource::flash) continue;
    pricing::give_back_flash(tx, line.price_source_id, line.quantity);
  }
}

/// The order as it is after the edit, money excepted.
Order rebuilt(const Order& before, const OrderEditInput& input, flows::Repriced& priced) {
  auto order = before;
  order.lines.clear();
  order.adjustments.clear();
  order.taxes.clear();
  const auto given_back = order.edit_refunded;
  flows::copy_quote(priced.quote, order, priced.line_nos);
  order.edit_refunded = given_back;
  for (std::size_t i = 0; i < priced.quote.lines.size(); ++i) {
    auto& line = order.lines.emplace_back(flows::order_line(priced.quote.lines[i]));
    line.line_no = priced.line_nos[i];
    const auto old = std::find_if(before.lines.begin(), before.lines.end(),
                                  [&](const auto& l) { return l.line_no == line.line_no; });
    if (old != before.lines.end()) line.note = old->note;
  }
  const auto first_new = order.lines.size() - input.items.size();
  for (std::size_t i = 0; i < input.items.size(); ++i) {
    order.lines[first_new + i].note = input.items[i].note;
  }
  return order;
}

bool any_amount(const std::vector<PaymentInput>& payments) {
  return std::any_of(payments.begin(), payments.end(),
                     [](const PaymentInput& payment) { return payment.amount.has_value(); });
}

// What was paid too much is given back, and what is on hold for it; what is missing is taken as far
// as tenders were given. What was given back for other reasons than an edit is neither owed again
// nor a part of what this one gives back.
void follow_money(db::Tx& tx, const Session& session, const accounts::Actor& actor,
                  const Order& before, Order& order, const OrderEditInput& input,
                  const payments::KeyUse& use) {
  auto sums = payments::sums_of(payments::of_order(tx, order.id));
  const bool was_covered = orders::covered(before.total.minor, sums.authorized, before.paid.minor);
  const auto too_much =
      std::min(before.paid.minor - order.total.minor, sums.captured - sums.refunded);
  if (too_much > 0) {
    payments::guard_refund(tx, session, actor, order.id, too_much);
    order.edit_refunded.minor += payments::refund(tx, session, order.id, too_much, before.number);
  }
  const auto open = std::max<std::int64_t>(0, order.total.minor - before.paid.minor);
  const auto due = open - payments::hold_at_most(tx, session, order.id, open);
  if (due > 0 || any_amount(input.payments)) {
    flows::take_payments(tx, session, order.id, order.customer_id.value_or(0), due, input.payments,
                         use);
  }
  order.payments = payments::of_order(tx, order.id);
  sums = payments::sums_of(order.payments);
  order.paid.minor = sums.captured - order.edit_refunded.minor;
  order.refunded.minor = sums.refunded - order.edit_refunded.minor;
  order.payment_status = orders::payment_status_of(order, 0, sums.authorized);
  if (orders::covered(order.total.minor, sums.authorized, order.paid.minor)) {
    order.status = OrderStatus::confirmed;
  } else if (was_covered) {
    order.status = OrderStatus::pending;  // one on account stays confirmed
  }
}

std::string facts_of(const Order& order) {
  return core::Json{}
      .begin_object()
      .field("total", order.total)
      .field("units", order.units)
      .field("lines", static_cast<std::int64_t>(order.lines.size()))
      .end()
      .take();
}

void tell(db::Tx& tx, const Session& session, const Order& before, const Order& after,
          const std::string& reason) {
  const auto payload = core::Json{}
                           .begin_object()
                           .field("number", std::string_view{after.number})
                           .field("from", before.total)
                           .field("to", after.total)
                           .field("reason", std::string_view{reason})
                           .end()
                           .take();
  events::append(tx, {"order.edited", "order", after.id, payload});
  audit::record(tx, session, {"order.edit", "order", after.id, facts_of(before), facts_of(after)});
}

std::string asked_by(db::Tx& tx, Id order_id, const OrderEditInput& input) {
  auto all = fmt::format("{} {} {} {}:{}", order_id, input.shipping_method_id.value_or(0),
                         input.age_confirmed, input.reason.size(), input.reason);
  for (const auto& line : input.lines) all += fmt::format(" {}x{}", line.line_no, line.quantity);
  for (const auto& item : input.items) {
    all +=
        fmt::format(" +{}x{} {}:{}", item.variant_id, item.quantity, item.note.size(), item.note);
  }
  if (input.address) all += " to " + cart::pack_address(*input.address);
  return all + payments::text_of(tx, input.payments);
}

// Keyed, as it is of an address and of what people wrote; with the oldest key, as the same edit has
// to look the same after the host's key has changed.
std::string fingerprint_of(db::Tx& tx, const std::string& asked) {
  const auto& keys = *tx.env().keys;
  const auto hash =
      core::keyed_hash(keys.key(core::Purpose::lookup, keys.ids().back()), {"edit", asked});
  return std::string{core::as_text(hash)};
}

Order edited(db::Tx& tx, const Session& session, const accounts::Actor& actor, const Order& before,
             Id owner_id, const OrderEditInput& input, const payments::KeyUse& use) {
  auto wanted = before;
  if (input.address) {
    wanted.address = input.address;
    wanted.country = input.address->country;
    wanted.region = input.address->region;
  }
  flows::count_all_placed(tx);
  undo_uses(tx, before);
  auto priced = flows::reprice(tx, wanted, owner_id, input);
  move_stock(tx, session, before, input);
  pricing::redeem(tx, priced.rules, priced.quote, before.id, owner_id);
  auto order = rebuilt(wanted, input, priced);
  const auto packed = order.address ? cart::pack_address(*order.address) : std::string{};
  orders::store::rewrite(tx, order, packed);
  orders::rewrite_parts(tx, order);
  flows::keep_bundles(tx, order.id, std::span{order.lines}.last(input.items.size()));
  follow_money(tx, session, actor, before, order, input, use);
  orders::move(tx, session, before, order, input.reason);
  const auto back = order.edit_refunded.minor - before.edit_refunded.minor;
  orders::store::add_edit(tx, session, use.key, {order.id, std::string{use.fingerprint}},
                          {tx.now(), session.role(), session.user_id(), before.total, order.total,
                           Money{back, order.total.currency}, input.reason});
  flows::count_order(tx, before, reports::SaleKind::taken_out);
  flows::count_order(tx, order, reports::SaleKind::placed);
  flows::settle_first(tx, order, before.lines);
  tell(tx, session, before, order, input.reason);
  flows::engage_order_edited(tx, before, order);
  return order;
}

}  // namespace

Order Orders::edit(const Session& session, Id order_id, const OrderEditInput& raw) {
  const auto input = checked(raw, db_->env().currency);
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_edit);
    auto before = orders::find(tx, actor, order_id);
    const auto key = orders::key_of(actor, "edit", input.idempotency_key);
    const auto fingerprint = fingerprint_of(tx, asked_by(tx, order_id, input));
    if (const auto done = orders::store::edited_with(tx, key)) {
      if (done->order_id != order_id) payments::refuse_key("another order");
      if (done->fingerprint != fingerprint) payments::refuse_key("another edit");
      before.payments = payments::of_order(tx, order_id);
      return before;
    }
    check_editable(tx, before, input);
    const auto owner_id = orders::store::order_by_id(tx, order_id)->owner_id;
    return edited(tx, session, actor, before, owner_id, input, {key, fingerprint});
  });
}

std::vector<OrderEdit> Orders::edits(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_edits);
    (void)orders::find(tx, actor, order_id);
    return orders::store::edits_of(tx, order_id);
  });
}

}  // namespace shop
