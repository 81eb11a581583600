#include "orders/parts.hpp"

#include "core/encoding.hpp"
#include "core/money.hpp"
#include "orders/parts_sql.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace shop::orders {
namespace {

constexpr std::string_view k_cursor_tag = "parts";

std::map<Id, PartRow> sums_of(const Order& order) {
  std::map<Id, PartRow> out;
  for (const auto& line : order.lines) {
    auto& part = out[line.seller_id];
    part.seller_id = line.seller_id;
    part.units = core::add(part.units, line.by_measure ? 1 : line.quantity);
    part.total_minor = core::add(part.total_minor, line.total.minor);
  }
  return out;
}

// Where the lines of one seller, or of all, stand; whether they have arrived only the past can
// tell, so that nothing goes back from `now`.
FulfilmentStatus by_lines(const Order& order, std::span<const std::int64_t> left,
                          const std::optional<Id>& seller_id, FulfilmentStatus now) {
  bool all_back = true;
  bool any_left_shop = false;
  bool any_to_ship = false;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const auto& line = order.lines[i];
    if (seller_id && line.seller_id != *seller_id) continue;
    all_back = all_back && line.returned == line.quantity;
    any_left_shop = any_left_shop || line.shipped > 0;
    any_to_ship = any_to_ship || left[i] > 0;
  }
  if (all_back) return FulfilmentStatus::returned;
  if (!any_to_ship) return std::max(now, FulfilmentStatus::shipped);
  return any_left_shop ? std::max(now, FulfilmentStatus::part) : now;
}

}  // namespace

bool has_parts(const Order& order) {
  return std::any_of(order.lines.begin(), order.lines.end(),
                     [](const OrderLine& line) { return line.seller_id != 0; });
}

FulfilmentStatus whole_of(std::span<const FulfilmentStatus> parts) {
  using F = FulfilmentStatus;
  const auto all = [&](F least) {
    return std::all_of(parts.begin(), parts.end(), [&](F part) { return part >= least; });
  };
  if (all(F::returned)) return F::returned;
  if (all(F::delivered)) return F::delivered;
  if (all(F::shipped)) return F::shipped;
  // What came back need not have left.
  const bool any = std::any_of(parts.begin(), parts.end(),
                               [](F part) { return part > F::none && part != F::returned; });
  return any ? F::part : F::none;
}

void add_parts(db::Tx& tx, const Order& order) {
  if (!has_parts(order)) return;
  const auto number = parse_number("ORD", order.number).value_or(0);
  for (const auto& [seller_id, part] : sums_of(order)) {
    tx.exec(sql::k_part_add, seller_id, number, order.id, order.fulfilment_status, part.units,
            part.total_minor);
  }
}

void rewrite_parts(db::Tx& tx, const Order& order) {
  tx.exec(sql::k_parts_delete, order.id);
  add_parts(tx, order);
}

std::vector<PartRow> parts_of(db::Tx& tx, Id order_id) {
  std::vector<PartRow> out;
  auto query = tx.query(sql::k_parts_of, order_id);
  while (query.next()) {
    out.push_back(
        {query.integer(0), query.as<FulfilmentStatus>(1), query.integer(2), query.integer(3)});
  }
  return out;
}

void move_part(db::Tx& tx, const Session& session, const Order& order, const PartRow& part,
               FulfilmentStatus to, std::string_view note) {
  if (part.status == to) return;
  if (!may_move(part.status, to)) {
    throw Error(Code::illegal_transition, "fulfilment_status: this step is not possible",
                {{"fulfilment_status", "illegal_transition", "this step is not possible", {}}});
  }
  tx.exec(sql::k_part_move, order.id, part.seller_id, to);
  store::add_history(tx, session, order.id, 3, static_cast<std::int64_t>(part.status),
                     static_cast<std::int64_t>(to), note, part.seller_id);
  part_moved(tx, order, part.seller_id, part.status, to);
}

void settle(db::Tx& tx, const Session& session, Order& order, std::string_view note) {
  const auto left = left_to_ship(tx, order);
  if (!has_parts(order)) {
    order.fulfilment_status = by_lines(order, left, {}, order.fulfilment_status);
    return;
  }
  std::vector<FulfilmentStatus> states;
  for (const auto& part : parts_of(tx, order.id)) {
    states.push_back(by_lines(order, left, part.seller_id, part.status));
    move_part(tx, session, order, part, states.back(), note);
  }
  order.fulfilment_status = std::max(order.fulfilment_status, whole_of(states));
}

OrderPart part_of(db::Tx& tx, const Order& order, const PartRow& part) {
  OrderPart out;
  out.order_id = order.id;
  out.number = order.number;
  out.seller_id = part.seller_id;
  out.placed_at = order.placed_at;
  out.status = order.status;
  out.payment_status = order.payment_status;
  out.fulfilment_status = part.status;
  out.summary = summary_of(order.status, order.payment_status, part.status);
  out.country = order.country;
  out.region = order.region;
  out.shipping_name = order.shipping_name;
  out.address = order.address;
  out.units = part.units;
  out.total = {part.total_minor, order.total.currency};
  for (const auto& line : order.lines) {
    if (line.seller_id == part.seller_id) out.lines.push_back(line);
  }
  for (auto& shipment : store::shipments_of(tx, order.id)) {
    if (shipment.seller_id == part.seller_id) out.shipments.push_back(std::move(shipment));
  }
  return out;
}

Page<OrderPart> list_parts(db::Tx& tx, Id seller_id, const std::optional<FulfilmentStatus>& status,
                           const PageQuery& page) {
  const auto wanted = status ? static_cast<std::int64_t>(*status) : 0;
  Page<OrderPart> out;
  if (page.with_total) out.total = tx.integer(sql::k_parts_count, seller_id, wanted);
  std::int64_t before = max_magnitude;
  if (!page.cursor.empty()) before = core::CursorReader{page.cursor, k_cursor_tag}.integer();
  auto query = tx.query(sql::k_parts_list, seller_id, before, wanted, page.limit + 1);
  std::int64_t last = 0;
  while (query.next()) {
    if (std::ssize(out.items) == page.limit) {
      out.next_cursor = core::CursorWriter{k_cursor_tag}.add(last).take();
      break;
    }
    last = query.integer(1);
    auto& part = out.items.emplace_back();
    part.order_id = query.integer(0);
    part.number = number_text("ORD", last);
    part.seller_id = seller_id;
    part.placed_at = query.integer(2);
    part.status = query.as<OrderStatus>(3);
    part.payment_status = query.as<PaymentStatus>(4);
    part.fulfilment_status = query.as<FulfilmentStatus>(5);
    part.summary = summary_of(part.status, part.payment_status, part.fulfilment_status);
    part.country = query.text(6);
    part.region = query.text(7);
    part.shipping_name = query.text(8);
    part.units = query.integer(9);
    part.total = {query.integer(10), tx.env().currency};
  }
  return out;
}

void verify_parts(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto sums = tx.query(sql::k_verify_part_sums);
  while (sums.next()) {
    findings.add("orders.parts",
                 fmt::format("order {} seller {}", sums.integer(0), sums.integer(1)),
                 fmt::format("{} units for {}, its lines are {} for {}", sums.integer(2),
                             sums.integer(4), sums.integer(3), sums.integer(5)));
  }
  findings.checked();
  auto missing = tx.query(sql::k_verify_part_missing);
  while (missing.next()) {
    findings.add("orders.parts",
                 fmt::format("order {} seller {}", missing.integer(0), missing.integer(1)),
                 "has lines and no part");
  }
  findings.checked();
  auto axis = tx.query(sql::k_verify_part_axis);
  Id order_id = 0;
  FulfilmentStatus whole{};
  std::vector<FulfilmentStatus> states;
  const auto compare = [&] {
    if (states.empty() || whole_of(states) == whole) return;
    // A part that came back had left, or not.
    const bool back =
        std::find(states.begin(), states.end(), FulfilmentStatus::returned) != states.end();
    if (back && whole == FulfilmentStatus::part && whole_of(states) < whole) return;
    findings.add("orders.parts_axis", fmt::format("order {}", order_id),
                 fmt::format("is {}, its parts say {}", name_of(whole), name_of(whole_of(states))));
  };
  while (axis.next()) {
    if (axis.integer(0) != order_id) {
      compare();
      states.clear();
    }
    order_id = axis.integer(0);
    states.push_back(axis.as<FulfilmentStatus>(1));
    whole = axis.as<FulfilmentStatus>(2);
  }
  compare();
}

}  // namespace shop::orders
