#include "flows/engagement.hpp"

#include "core/json.hpp"
#include "events/events.hpp"
#include "flows/sales.hpp"
#include "flows/tell_points.hpp"
#include "loyalty/loyalty.hpp"
#include "notify/notify.hpp"
#include "orders/hooks.hpp"
#include "orders/parts.hpp"
#include "orders/rules.hpp"
#include "payments/payments.hpp"
#include "recommend/recommend.hpp"
#include "sellers/sellers.hpp"

#include <set>

#include <fmt/format.h>

namespace shop {
namespace flows {
namespace {

void tell_status(db::Tx& tx, const Order& order, std::string_view title) {
  if (!order.customer_id) return;
  const auto data = core::Json{}
                        .begin_object()
                        .field("number", std::string_view{order.number})
                        .field("summary", std::string_view{order.summary})
                        .field("total", order.total)
                        .end()
                        .take();
  notify::send(
      tx, {*order.customer_id, NotificationKind::order_status, title, {}, "order", order.id, data});
}

void tell_sellers(db::Tx& tx, const Order& order) {
  std::set<Id> sellers;
  for (const auto& line : order.lines) sellers.insert(line.seller_id);
  const auto data = core::Json{}
                        .begin_object()
                        .field("number", std::string_view{order.number})
                        .field("summary", std::string_view{order.summary})
                        .end()
                        .take();
  for (const auto seller_id : sellers) {
    const auto seller = seller_id != 0 ? sellers::find(tx, seller_id) : std::nullopt;
    if (!seller) continue;
    const auto title = fmt::format("New order {}", order.number);
    notify::send(
        tx,
        {seller->account_id, NotificationKind::order_status, title, {}, "order", order.id, data});
  }
}

// An event for each axis along which it moved.
void write_events(db::Tx& tx, const Order& before, const Order& after) {
  const auto step = [&](std::string_view axis, auto from, auto to) {
    if (from == to) return;
    core::Json json;
    json.begin_object()
        .field("number", std::string_view{after.number})
        .field("axis", axis)
        .field("from", orders::name_of(from))
        .field("to", orders::name_of(to))
        .end();
    events::append(tx, {"order.status", "order", after.id, json.text()});
  };
  step("order", before.status, after.status);
  step("payment", before.payment_status, after.payment_status);
  step("fulfilment", before.fulfilment_status, after.fulfilment_status);
  if (before.status == after.status || after.status != OrderStatus::completed) return;
  const auto payload =
      core::Json{}.begin_object().field("number", std::string_view{after.number}).end().take();
  events::append(tx, {"order.completed", "order", after.id, payload});
}

void pay_referral(db::Tx& tx, const Order& order) {
  if (!order.customer_id) return;
  for (const auto& outcome : loyalty::pay_referral(tx, *order.customer_id, order.id)) {
    tell_points(tx, outcome, "Thank you for your recommendation");
  }
}

}  // namespace

void engage_order_placed(db::Tx& tx, const Order& order) {
  recommend::on_order_placed(tx, order);
  if (orders::has_parts(order)) tell_sellers(tx, order);
  tell_status(tx, order, fmt::format("Order {} placed", order.number));
  if (const auto earned = loyalty::earn_for_order(tx, order)) tell_tier(tx, *earned);
  if (order.status == OrderStatus::completed) pay_referral(tx, order);
}

void engage_order_canceled(db::Tx& tx, const Order& before) {
  recommend::on_order_canceled(tx, before);
  give_back_points(tx, before.id);
  loyalty::reverse_for_order(tx, before, orders::goods_value(before));
}

void engage_order_edited(db::Tx& tx, const Order& before, const Order& after) {
  recommend::on_order_canceled(tx, before);
  recommend::add_order(tx, after);
  give_back_points(tx, after.id);
  if (const auto earned = loyalty::follow_edit(tx, after)) tell_tier(tx, *earned);
  tell_status(tx, after, fmt::format("Order {} was changed", after.number));
}

void engage_points_paid(db::Tx& tx, const Order& before, const Order& after) {
  give_back_points(tx, after.id);
  if (const auto earned = loyalty::follow_points(tx, before, after)) tell_tier(tx, *earned);
}

void engage_items_returned(db::Tx& tx, const Order& order) {
  give_back_points(tx, order.id);
  loyalty::reverse_for_order(tx, order, orders::returned_value(order));
  tell_status(tx, order, fmt::format("We have your return for order {}", order.number));
}

}  // namespace flows

namespace orders {

void moved(db::Tx& tx, const Order& before, const Order& after) {
  flows::write_events(tx, before, after);
  if (before.status != after.status && after.status == OrderStatus::canceled) {
    flows::tell_status(tx, after, fmt::format("Order {} canceled", after.number));
  } else if (before.fulfilment_status != after.fulfilment_status &&
             after.fulfilment_status != FulfilmentStatus::returned) {
    const bool delivered = after.fulfilment_status == FulfilmentStatus::delivered;
    flows::tell_status(
        tx, after,
        fmt::format("Order {} {}", after.number, delivered ? "delivered" : "is on its way"));
  }
  if (before.status == after.status) return;
  auto order = after;
  order.payments = payments::of_order(tx, order.id);
  if (const auto earned = loyalty::earn_for_order(tx, order)) flows::tell_tier(tx, *earned);
  if (after.status == OrderStatus::completed) flows::pay_referral(tx, after);
}

}  // namespace orders
}  // namespace shop
