#include "flows/place_order.hpp"

#include "accounts/guard.hpp"
#include "cart/cart.hpp"
#include "core/digest.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/money.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "flows/engagement.hpp"
#include "flows/price_cart.hpp"
#include "flows/sales.hpp"
#include "orders/orders.hpp"
#include "orders/rules.hpp"
#include "payments/payments.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

// quote → compare with what the customer saw → take stock → number → take the tenders → write
// order, lines, taxes → count the sale → append the event → the cart is gone; one transaction.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

PlaceInput checked(const PlaceInput& input, const Currency& currency) {
  core::Fields fields;
  auto out = input;
  out.idempotency_key =
      fields.text("idempotency_key", input.idempotency_key, {.min = 1, .max = 200});
  out.note = fields.text("note", input.note, {.max = 1000, .multiline = true});
  if (input.expected_total) fields.price("expected_total", *input.expected_total, currency);
  fields.throw_if_any();
  payments::check(input.payments, currency);
  return out;
}

std::string fingerprint_of(db::Tx& tx, Id cart_id, const PlaceInput& input) {
  const auto all = fmt::format("{} {} {} {}{}", cart_id, input.handed_over, input.note,
                               input.expected_total ? input.expected_total->minor : -1,
                               payments::text_of(tx, input.payments));
  return core::digest16("order", all);
}

// What stands between this cart and an order, before anything is taken.
void refuse_unsellable(const cart::Stored& cart, const flows::PricedCart& priced,
                       const PlaceInput& input) {
  if (cart.lines.empty()) throw Error(Code::cart_empty, "there is nothing in the cart");
  core::Fields withdrawn;
  for (const auto i : priced.withdrawn) {
    const auto& held = priced.withheld;
    const bool suspended = std::find(held.begin(), held.end(), i) != held.end();
    withdrawn.check(
        false, core::path_at("lines", i), suspended ? "seller_suspended" : "not_for_sale",
        suspended ? "its seller may not sell at the moment" : "is not on sale any more");
  }
  withdrawn.throw_if_any(Code::not_for_sale);
  core::Fields delivery;
  delivery.check(!cart.shipping_method_id || priced.quote.shipping_method_id, "shipping_method_id",
                 "shipping_unavailable",
                 "does not deliver this to that address: choose another one");
  delivery.throw_if_any();
  core::Fields young;
  for (std::size_t i = 0; i < priced.sales.size(); ++i) {
    const auto age = priced.sales[i].minimum_age;
    if (age == 0 || input.age_confirmed) continue;
    young.add({core::path_at("lines", priced.cart_lines[i]),
               "age_restricted",
               fmt::format("only for people of {} and older", age),
               {{"minimum_age", std::to_string(age)}}});
  }
  young.throw_if_any(Code::age_restricted);
}

ErrorDetail price_detail(std::string path, const Money& before, const Money& now) {
  return {std::move(path),
          "price_changed",
          fmt::format("was {}, is {}", core::format_amount(before), core::format_amount(now)),
          {{"old", std::to_string(before.minor)}, {"new", std::to_string(now.minor)}}};
}

void refuse_risen_prices(const cart::Stored& cart, const flows::PricedCart& priced,
                         const PlaceInput& input) {
  core::Fields risen;
  for (std::size_t i = 0; i < priced.cart_lines.size() && !input.accept_prices; ++i) {
    const auto& line = cart.lines[priced.cart_lines[i]];
    const auto& now = priced.quote.lines[i].unit_price;
    if (line.manual_price || now.minor <= line.seen_price.minor) continue;
    risen.add(price_detail(core::path_at("lines", priced.cart_lines[i], "unit_price"),
                           line.seen_price, now));
  }
  if (input.expected_total && priced.quote.total.minor > input.expected_total->minor) {
    risen.add(price_detail("total", *input.expected_total, priced.quote.total));
  }
  risen.throw_if_any(Code::price_changed);
}

void take_stock(db::Tx& tx, const Session& session, const cart::Stored& cart,
                const flows::PricedCart& priced, Id order_id) {
  std::vector<inventory::Freed> freed;
  if (cart.reserved_until != 0) freed = inventory::release(tx, cart.id, session);
  std::vector<inventory::Take> takes;
  takes.reserve(priced.sales.size());
  for (std::size_t i = 0; i < priced.sales.size(); ++i) {
    const auto& sale = priced.sales[i];
    const auto at = priced.cart_lines[i];
    const auto quantity = cart.lines[at].quantity;
    if (sale.is_bundle) {
      flows::add_takes(tx, sale.variant_id, quantity, at, takes);
    } else {
      takes.push_back({sale.variant_id, quantity, at, sale.policy != StockPolicy::deny});
    }
  }
  inventory::sell(tx, takes, order_id, session, freed);
}

std::vector<OrderLine> lines_of(const cart::Stored& cart, flows::PricedCart& priced) {
  std::vector<OrderLine> out;
  out.reserve(priced.quote.lines.size());
  for (std::size_t i = 0; i < priced.quote.lines.size(); ++i) {
    auto& line = out.emplace_back(flows::order_line(priced.quote.lines[i]));
    line.line_no = static_cast<std::int64_t>(i) + 1;
    line.note = cart.lines[priced.cart_lines[i]].note;
  }
  return out;
}

void settle(const PlaceInput& input, Order& order) {
  const auto sums = payments::sums_of(order.payments);
  order.paid = {sums.captured, order.total.currency};
  order.refunded = {0, order.total.currency};
  order.payment_status =
      orders::payment_status_of(order.total.minor, sums.authorized, sums.captured, 0);
  const bool covered = order.payment_status == PaymentStatus::paid ||
                       order.payment_status == PaymentStatus::authorized;
  order.status = covered ? OrderStatus::confirmed : OrderStatus::pending;
  if (input.handed_over) {
    order.fulfilment_status = FulfilmentStatus::delivered;
    for (auto& line : order.lines) line.shipped = line.quantity;
    if (order.payment_status == PaymentStatus::paid) order.status = OrderStatus::completed;
  }
  order.summary = orders::summary_of(order.status, order.payment_status, order.fulfilment_status);
}

void tell(db::Tx& tx, const Order& order) {
  core::Json json;
  json.begin_object().field("number", std::string_view{order.number});
  if (order.customer_id) json.field("customer_id", *order.customer_id);
  json.field("total", order.total)
      .field("lines", static_cast<std::int64_t>(order.lines.size()))
      .end();
  events::append(tx, {"order.placed", "order", order.id, json.text()});
}

Order place(db::Tx& tx, const Session& session, const accounts::Actor& actor, Id cart_id,
            const PlaceInput& input) {
  orders::Placing placing;
  placing.key = orders::key_of(actor, "place", input.idempotency_key);
  placing.fingerprint = fingerprint_of(tx, cart_id, input);
  if (const auto before = orders::placed_with(tx, placing.key, placing.fingerprint)) {
    auto order = orders::find(tx, actor, *before);
    order.payments = payments::of_order(tx, order.id);
    return order;
  }
  const auto cart = cart::find(tx, actor, cart_id);
  auto priced = flows::price_cart(tx, cart, {.cash = payments::any_cash(input.payments)});
  auto order = flows::place_priced(tx, session, cart, priced, input, placing);
  cart::consume(tx, cart);
  return order;
}

}  // namespace

namespace flows {

Order place_priced(db::Tx& tx, const Session& session, const cart::Stored& cart, PricedCart& priced,
                   const PlaceInput& input, orders::Placing& placing,
                   const std::optional<Id>& exchange_of) {
  refuse_unsellable(cart, priced, input);
  refuse_risen_prices(cart, priced, input);

  Order order;
  order.exchange_of = exchange_of;
  orders::begin(tx, order);
  take_stock(tx, session, cart, priced, order.id);
  pricing::redeem(tx, *priced.rules, priced.quote, order.id, cart.owner_id);
  if (cart.customer_id() != 0) order.customer_id = cart.customer_id();
  order.placed_by = session.role();
  order.country = cart.country;
  order.region = cart.region;
  order.address = cart::unpack_address(cart.address);
  order.note = input.note;
  copy_quote(priced.quote, order);
  order.lines = lines_of(cart, priced);
  order.payments =
      take_payments(tx, session, order.id, cart.customer_id(), order.total.minor, input.payments);
  settle(input, order);

  placing.cart_id = cart.id;
  placing.owner_id = cart.owner_id;
  placing.guest = cart.guest;
  placing.address = cart.address;
  placing.rounding = priced.rules->settings.rounding;
  orders::write(tx, session, order, placing);
  const auto is_bundle = [](const catalog::SaleItem& sale) { return sale.is_bundle; };
  if (std::any_of(priced.sales.begin(), priced.sales.end(), is_bundle)) {
    keep_bundles(tx, order.id, order.lines);
  }
  count_placed(tx, order);
  tell(tx, order);
  engage_order_placed(tx, order);
  return order;
}

}  // namespace flows

Order Orders::place(const Session& session, Id cart_id, const PlaceInput& input) {
  const auto good = checked(input, db_->env().currency);
  payments::count_codes(*db_, session, Operation::orders_place, good.payments);
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_place);
    if (good.handed_over && !actor.can(accounts::Permission::till_use)) {
      throw Error(Code::forbidden, "handed_over: only at the till");
    }
    return shop::place(tx, session, actor, cart_id, good);
  });
}

}  // namespace shop
