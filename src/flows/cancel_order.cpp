#include "accounts/guard.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "flows/engagement.hpp"
#include "flows/restock.hpp"
#include "flows/sales.hpp"
#include "orders/orders.hpp"
#include "orders/rules.hpp"
#include "payments/payments.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

// Canceling gives back everything that placing took, once.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

void give_back_stock(db::Tx& tx, const Session& session, const Order& order) {
  std::vector<inventory::Take> takes;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const auto& line = order.lines[i];
    const auto left = line.quantity - line.returned;
    if (left > 0) {
      flows::add_takes_of(tx, {order.id, line.line_no, line.variant_id}, left, i, takes);
    }
  }
  const auto back = inventory::give_back(tx, takes, order.id, StockReason::cancellation, session);
  flows::tell_waiting(tx, back);
}

void give_back_uses(db::Tx& tx, const Order& order) {
  pricing::give_back_uses(tx, order.id);
  for (const auto& line : order.lines) {
    if (line.price_source != PriceSource::flash) continue;
    pricing::give_back_flash(tx, line.price_source_id, line.quantity);
  }
}

void tell(db::Tx& tx, const Order& order, const std::string& reason) {
  const auto payload = core::Json{}
                           .begin_object()
                           .field("number", std::string_view{order.number})
                           .field("reason", std::string_view{reason})
                           .end()
                           .take();
  events::append(tx, {"order.canceled", "order", order.id, payload});
}

}  // namespace

Order Orders::cancel(const Session& session, Id order_id, const std::string& reason) {
  core::Fields fields;
  const auto why = fields.text("reason", reason, {.max = 500, .multiline = true});
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_cancel);
    const auto before = orders::find(tx, actor, order_id);
    auto order = before;
    if (before.status != OrderStatus::canceled) {
      if (before.fulfilment_status != FulfilmentStatus::none) {
        throw Error(Code::illegal_transition, "status: goods have left already; return them",
                    {{"status", "illegal_transition", "goods have left already; return them", {}}});
      }
      give_back_stock(tx, session, before);
      give_back_uses(tx, before);
      payments::void_all(tx, session, order_id);
      const auto paid = before.paid.minor - before.refunded.minor;
      payments::guard_refund(tx, session, actor, order_id, paid);
      payments::refund(tx, session, order_id, paid, before.number);
      order.status = OrderStatus::canceled;
      order.refunded = order.paid;
      order.payment_status =
          orders::payment_status_of(order.total.minor, 0, order.paid.minor, order.refunded.minor);
      if (order.paid.minor == 0) order.payment_status = PaymentStatus::none;
      orders::move(tx, session, before, order, why);
      flows::count_canceled(tx, before);
      tell(tx, order, why);
      flows::engage_order_canceled(tx, before);
    }
    order.payments = payments::of_order(tx, order_id);
    return order;
  });
}

}  // namespace shop
