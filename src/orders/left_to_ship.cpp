#include "orders/parts.hpp"
#include "orders/store.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

// A line keeps how many of it were shipped and how many came back; whether those had left, the
// order of its shipments and returns tells.
namespace shop::orders {
namespace {

/// What happened to a line: shipped, or (below zero) returned.
struct Step {
  Id id = 0;  ///< ids ascend in time
  std::int64_t line_no = 0;
  std::int64_t quantity = 0;
};

std::vector<Step> steps_of(db::Tx& tx, Id order_id) {
  std::vector<Step> out;
  for (const auto& shipment : store::shipments_of(tx, order_id)) {
    for (const auto& line : shipment.lines) {
      out.push_back({shipment.id, line.line_no, line.quantity});
    }
  }
  for (const auto id : store::returns_of(tx, order_id)) {
    const auto row = store::return_by_id(tx, id);
    for (const auto& line : row->order_return.lines) {
      out.push_back({id, line.order_line_no.value_or(0), -line.quantity});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Step& a, const Step& b) { return a.id < b.id; });
  return out;
}

std::int64_t left_of(const OrderLine& line, const std::vector<Step>& steps) {
  // Goods that were handed over have left without a shipment, at the very start.
  auto away = line.shipped;
  for (const auto& step : steps) {
    if (step.line_no == line.line_no && step.quantity > 0) away -= step.quantity;
  }
  std::int64_t never_left = 0;
  for (const auto& step : steps) {
    if (step.line_no != line.line_no) continue;
    away += step.quantity;
    never_left += std::max<std::int64_t>(0, -away);
    away = std::max<std::int64_t>(0, away);
  }
  return line.quantity - line.shipped - never_left;
}

}  // namespace

std::vector<std::int64_t> left_to_ship(db::Tx& tx, const Order& order) {
  std::vector<std::int64_t> out;
  out.reserve(order.lines.size());
  const bool past = std::any_of(order.lines.begin(), order.lines.end(), [](const OrderLine& line) {
    return line.shipped > 0 && line.returned > 0;
  });
  const auto steps = past ? steps_of(tx, order.id) : std::vector<Step>{};
  for (const auto& line : order.lines) {
    const bool both = line.shipped > 0 && line.returned > 0;
    const auto left = both ? left_of(line, steps) : line.quantity - line.shipped - line.returned;
    out.push_back(std::max<std::int64_t>(0, left));
  }
  return out;
}

}  // namespace shop::orders
