#include "accounts/guard.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "flows/fulfil.hpp"
#include "orders/orders.hpp"
#include "orders/parts.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "payments/payments.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

// An order is confirmed, leaves in one or several parcels, and arrives.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

void refuse_unless(bool good, const char* message) {
  if (good) return;
  throw Error(Code::illegal_transition, std::string{"status: "} + message,
              {{"status", "illegal_transition", message, {}}});
}

Order with_payments(db::Tx& tx, Order order) {
  order.payments = payments::of_order(tx, order.id);
  return order;
}

std::vector<Id> sellers_of(const Order& order, const std::vector<ShipmentLine>& lines) {
  std::set<Id> out;
  for (const auto& line : lines) {
    for (const auto& from : order.lines) {
      if (from.line_no == line.line_no) out.insert(from.seller_id);
    }
  }
  return {out.begin(), out.end()};
}

}  // namespace

namespace flows {

ShipmentInput checked(const ShipmentInput& input) {
  core::Fields fields;
  auto out = input;
  out.carrier = fields.text("carrier", input.carrier, {.max = 100});
  out.tracking_code = fields.text("tracking_code", input.tracking_code, {.max = 100});
  fields.check(input.lines.size() <= 1000, "lines", "too_many", "at most 1,000 lines");
  for (std::size_t i = 0; i < input.lines.size() && i < 1000; ++i) {
    fields.range(core::path_at("lines", i, "quantity"), input.lines[i].quantity, 1);
  }
  fields.throw_if_any();
  return out;
}

std::vector<ShipmentLine> left_to_ship(db::Tx& tx, const Order& order,
                                       const std::optional<Id>& seller_id) {
  const auto left = orders::left_to_ship(tx, order);
  std::vector<ShipmentLine> out;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const auto& line = order.lines[i];
    if (seller_id && line.seller_id != *seller_id) continue;
    if (left[i] > 0) out.push_back({line.line_no, left[i]});
  }
  return out;
}

void ship_lines(db::Tx& tx, Order& order, const ShipmentInput& input,
                const std::vector<ShipmentLine>& lines) {
  refuse_unless(!lines.empty(), "there is nothing left to ship");
  core::Fields wrong;
  auto still = orders::left_to_ship(tx, order);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto found =
        std::find_if(order.lines.begin(), order.lines.end(),
                     [&](const OrderLine& l) { return l.line_no == lines[i].line_no; });
    const auto at = static_cast<std::size_t>(found - order.lines.begin());
    const auto left = found == order.lines.end() ? 0 : still[at];
    if (lines[i].quantity > left) {
      wrong.add({core::path_at("lines", i, "quantity"),
                 "too_many",
                 fmt::format("only {} are left to ship", left),
                 {{"available", std::to_string(left)}}});
      continue;
    }
    still[at] -= lines[i].quantity;
    found->shipped += lines[i].quantity;
    orders::store::add_shipped(tx, order.id, lines[i].line_no, lines[i].quantity);
  }
  wrong.throw_if_any(Code::limit_reached);
  for (const auto seller_id : sellers_of(order, lines)) {
    Shipment shipment;
    shipment.id = tx.next_id();
    shipment.seller_id = seller_id;
    shipment.at = tx.now();
    shipment.carrier = input.carrier;
    shipment.tracking_code = input.tracking_code;
    for (const auto& line : lines) {
      const bool of_seller =
          std::any_of(order.lines.begin(), order.lines.end(), [&](const OrderLine& l) {
            return l.line_no == line.line_no && l.seller_id == seller_id;
          });
      if (of_seller) shipment.lines.push_back(line);
    }
    orders::store::add_shipment(tx, order.id, shipment);
  }
}

void finish_step(db::Tx& tx, const Session& session, const Order& before, Order& after,
                 std::string_view note) {
  after.status = orders::status_of(after);
  orders::move(tx, session, before, after, note);
}

}  // namespace flows

Order Orders::confirm(const Session& session, Id order_id, const std::string& note) {
  core::Fields fields;
  const auto why = fields.text("note", note, {.max = 500, .multiline = true});
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_confirm);
    const auto before = orders::find(tx, actor, order_id);
    auto order = before;
    if (before.status == OrderStatus::pending) {
      order.status = OrderStatus::confirmed;
      orders::move(tx, session, before, order, why);
    } else {
      refuse_unless(before.status == OrderStatus::confirmed, "this order is over");
    }
    return with_payments(tx, std::move(order));
  });
}

Order Orders::ship(const Session& session, Id order_id, const ShipmentInput& raw) {
  const auto input = flows::checked(raw);
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_ship);
    const auto before = orders::find(tx, actor, order_id);
    refuse_unless(before.status == OrderStatus::confirmed, "only a confirmed order is shipped");
    auto order = before;
    const auto lines = input.lines.empty() ? flows::left_to_ship(tx, before, {}) : input.lines;
    flows::ship_lines(tx, order, input, lines);
    orders::settle(tx, session, order, input.tracking_code);
    flows::finish_step(tx, session, before, order, input.tracking_code);
    return with_payments(tx, std::move(order));
  });
}

Order Orders::deliver(const Session& session, Id order_id) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_deliver);
    const auto before = orders::find(tx, actor, order_id);
    auto order = before;
    if (before.fulfilment_status == FulfilmentStatus::delivered) {
      return with_payments(tx, std::move(order));
    }
    refuse_unless(before.fulfilment_status == FulfilmentStatus::shipped,
                  "not all of it was shipped");
    order.fulfilment_status = FulfilmentStatus::delivered;
    orders::store::mark_delivered(tx, order.id);
    if (orders::has_parts(order)) {
      for (const auto& part : orders::parts_of(tx, order.id)) {
        if (part.status == FulfilmentStatus::shipped) {
          orders::move_part(tx, session, order, part, FulfilmentStatus::delivered, {});
        }
      }
    }
    flows::finish_step(tx, session, before, order, {});
    return with_payments(tx, std::move(order));
  });
}

}  // namespace shop
