#include "accounts/guard.hpp"
#include "core/digest.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "flows/place_order.hpp"
#include "flows/price_cart.hpp"
#include "flows/return_items.hpp"
#include "orders/orders.hpp"
#include "orders/store.hpp"
#include "payments/payments.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

// Goods come back and others go out for them: a return and an order in one transaction. What the
// returned goods were worth pays for the new ones through an account of its own, which is empty
// again when it is over.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

ReturnInput return_of(const ExchangeInput& input) {
  ReturnInput out;
  out.idempotency_key = input.idempotency_key;
  out.lines = input.lines;
  out.reason = input.reason;
  return flows::checked(out);
}

std::string fingerprint_of(db::Tx& tx, Id order_id, const ExchangeInput& input) {
  auto all = fmt::format("{} {}", order_id, input.handed_over);
  for (const auto& line : input.lines) {
    all += fmt::format(" {}x{}{}", line.line_no, line.quantity, line.damaged ? "!" : "");
  }
  for (const auto& item : input.items)
    all += fmt::format(" +{}x{}", item.variant_id, item.quantity);
  all += payments::text_of(tx, input.payments);
  return core::digest16("exchange", all);
}

/// How the new goods are paid: what the old are worth before what was given.
struct Paying {
  PlaceInput place;
  std::vector<std::size_t> given;  ///< the place in the input of each payment but the worth
};

// Whatever is wrong with the new goods is said of `items`, and of payments where they were given.
template <class F>
auto of_input(const Paying& paying, F&& call) {
  try {
    return call();
  } catch (const Error& error) {
    auto details = std::vector<ErrorDetail>{error.details().begin(), error.details().end()};
    const auto own = paying.place.payments.size() - paying.given.size();
    for (auto& detail : details) {
      if (detail.path.starts_with("lines[")) detail.path.replace(0, 5, "items");
      for (std::size_t i = 0; i < paying.given.size(); ++i) {
        const auto taken = core::path_at("payments", own + i, "");
        if (!detail.path.starts_with(taken)) continue;
        detail.path.replace(0, taken.size(), core::path_at("payments", paying.given[i], ""));
        break;
      }
    }
    throw Error(error.code(), error.what(), std::move(details));
  }
}

/// The new goods as a cart that is nowhere kept.
cart::Stored cart_of(db::Tx& tx, const Order& order, const orders::store::Row& row,
                     const std::vector<CartItem>& items) {
  cart::Stored out;
  out.id = tx.next_id();
  out.owner_id = row.owner_id;
  out.guest = row.owner_id != 0 && !order.customer_id;
  out.country = order.country;
  out.region = order.region;
  if (order.address) out.address = cart::pack_address(*order.address);
  for (const auto& item : items) {
    CartLine line;
    line.line_no = static_cast<std::int64_t>(out.lines.size()) + 1;
    line.variant_id = item.variant_id;
    line.quantity = item.quantity;
    line.note = item.note;
    line.seen_price.currency = line.manual_discount.currency = tx.env().currency;
    out.lines.push_back(std::move(line));
  }
  return out;
}

Paying paying_of(const ExchangeInput& input, std::int64_t credit, const Money& total,
                 const std::string& reference) {
  Paying paying;
  auto& out = paying.place;
  out.accept_prices = true;
  out.age_confirmed = input.age_confirmed;
  out.handed_over = input.handed_over;
  out.note = input.reason;
  if (credit > 0) {
    PaymentInput value;
    value.tender = Tender::exchange;
    value.amount = Money{credit, total.currency};
    value.reference = reference;
    out.payments.push_back(std::move(value));
  }
  for (std::size_t i = 0; i < input.payments.size(); ++i) {
    // "All that is left" of nothing is no payment; an amount of it is refused as too much.
    if (credit >= total.minor && !input.payments[i].amount) continue;
    out.payments.push_back(input.payments[i]);
    paying.given.push_back(i);
  }
  return paying;
}

Exchange exchanged(db::Tx& tx, const Session& session, const accounts::Actor& actor,
                   const Order& before, const ExchangeInput& input, const ReturnInput& coming,
                   orders::Placing& placing) {
  const auto row = orders::store::order_by_id(tx, before.id);
  const auto cart = cart_of(tx, before, *row, input.items);
  auto priced = flows::price_cart(tx, cart, {.cash = payments::any_cash(input.payments)});
  std::int64_t credit = 0;
  Exchange out;
  out.order_return = flows::take_back(
      tx, session, before, coming, placing.key, [&](const Order& order, std::int64_t most) {
        const auto wanted = std::min(most, priced.quote.total.minor);
        credit = payments::turn_over(tx, session, order.id, wanted, before.number);
        payments::guard_refund(tx, session, actor, order.id, most - credit);
        return credit + payments::refund(tx, session, order.id, most - credit, before.number);
      });
  const auto paying = paying_of(input, credit, priced.quote.total, before.number);
  out.order = of_input(paying, [&] {
    return flows::place_priced(tx, session, cart, priced, paying.place, placing, before.id);
  });
  return out;
}

Exchange found(db::Tx& tx, const accounts::Actor& actor, Id return_id, Id order_id) {
  Exchange out;
  out.order_return = orders::store::return_by_id(tx, return_id)->order_return;
  out.order = orders::find(tx, actor, order_id);
  out.order.payments = payments::of_order(tx, order_id);
  return out;
}

}  // namespace

Exchange Orders::exchange(const Session& session, Id order_id, const ExchangeInput& raw) {
  const auto coming = return_of(raw);
  auto input = raw;
  input.reason = coming.reason;
  core::Fields fields;
  fields.check(!input.items.empty(), "items", "required", "at least one thing goes out");
  fields.throw_if_any();
  cart::check_items(input.items, "items");
  payments::check(input.payments, db_->env().currency);
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_exchange);
    orders::Placing placing;
    placing.key = orders::key_of(actor, "exchange", coming.idempotency_key);
    placing.fingerprint = fingerprint_of(tx, order_id, input);
    const auto again = orders::placed_with(tx, placing.key, placing.fingerprint);
    if (again) {
      return found(tx, actor, *orders::store::return_by_key(tx, placing.key), *again);
    }
    const auto before = orders::find(tx, actor, order_id);
    return exchanged(tx, session, actor, before, input, coming, placing);
  });
}

}  // namespace shop
