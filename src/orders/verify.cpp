#include "orders/orders.hpp"
#include "orders/orders_sql.hpp"
#include "orders/parts.hpp"
#include "orders/rules.hpp"

#include <fmt/format.h>

namespace shop::orders {
namespace {

// The steps of one axis of one order, or of one part, in their order.
struct Walk {
  Id order_id = 0;
  std::int64_t axis = 0;
  std::int64_t seller_id = 0;
  std::int64_t at = 0;   ///< where the last step led
  std::int64_t now = 0;  ///< where it stands
};

bool allowed(std::int64_t axis, std::int64_t from, std::int64_t to) {
  if (axis == 1) return may_move(static_cast<OrderStatus>(from), static_cast<OrderStatus>(to));
  if (axis == 2) return may_move(static_cast<PaymentStatus>(from), static_cast<PaymentStatus>(to));
  return may_move(static_cast<FulfilmentStatus>(from), static_cast<FulfilmentStatus>(to));
}

void verify_history(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  Walk walk;
  const auto add = [&](std::string message) {
    findings.add(
        "orders.history",
        fmt::format("order {} axis {} seller {}", walk.order_id, walk.axis, walk.seller_id),
        std::move(message));
  };
  const auto arrive = [&] {
    if (walk.order_id != 0 && walk.at != walk.now) {
      add(fmt::format("stands at {}, its last step led to {}", walk.now, walk.at));
    }
  };
  auto steps = tx.query(sql::k_verify_history);
  while (steps.next()) {
    const auto from = steps.integer(3);
    const auto to = steps.integer(4);
    const Walk next{steps.integer(0), steps.integer(1), steps.integer(2), to, steps.integer(5)};
    const bool same = next.order_id == walk.order_id && next.axis == walk.axis &&
                      next.seller_id == walk.seller_id;
    if (!same) arrive();
    const auto stood = walk.at;
    walk = next;
    if (same && stood != from) add(fmt::format("a step from {} follows one to {}", from, stood));
    if (!allowed(walk.axis, from, to)) add(fmt::format("the step {} to {} is none", from, to));
  }
  arrive();
}

}  // namespace

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto totals = tx.query(sql::k_verify_totals);
  while (totals.next()) {
    const auto where = fmt::format("order {}", totals.integer(0));
    const auto expect = [&](const char* what, std::int64_t kept, std::int64_t parts) {
      if (kept == parts) return;
      findings.add("orders.totals", where,
                   fmt::format("{} is {}, its parts sum to {}", what, kept, parts));
    };
    expect("the total", totals.integer(1), totals.integer(2));
    expect("the discount", totals.integer(3), totals.integer(4));
    expect("the discount", totals.integer(3), totals.integer(5));
    expect("the tax", totals.integer(6), totals.integer(7));
    expect("the number of lines", totals.integer(8), totals.integer(9));
  }
  findings.checked();
  auto numbers = tx.query(sql::k_verify_numbers);
  while (numbers.next()) {
    findings.add("orders.numbers", fmt::format("day {}", numbers.integer(0)),
                 fmt::format("{} orders are numbered {} to {}", numbers.integer(1),
                             numbers.integer(2), numbers.integer(3)));
  }
  verify_parts(tx, findings);
  verify_history(tx, findings);
  findings.checked();
  auto carts = tx.query(sql::k_verify_carts);
  while (carts.next()) {
    findings.add("orders.carts", fmt::format("cart {}", carts.integer(0)),
                 fmt::format("became {} orders", carts.integer(1)));
  }
  findings.checked();
  auto bundles = tx.query(sql::k_verify_bundles);
  while (bundles.next()) {
    findings.add(
        "orders.bundles",
        fmt::format("order {} line {}", bundles.integer(0) / 1024, bundles.integer(0) % 1024),
        fmt::format("has a part {} and no line", bundles.integer(1)));
  }
}

}  // namespace shop::orders
