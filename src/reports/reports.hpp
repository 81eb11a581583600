#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <span>
#include <string_view>

/// What flows tell the figures, inside their own transaction.
namespace shop::reports {

/// What happens to the figures of an order.
enum class SaleKind : std::int32_t {
  placed = 1,     ///< it was placed; also the new state of an edited one
  taken_out = 2,  ///< it was canceled; also the old state of one that is edited
  returned = 3,   ///< some of it came back
};

/// A line of an order, or the part of it that comes back.
struct SaleLine {
  Id variant_id = 0;
  Id product_id = 0;
  Id category_id = 0;      ///< the product's main one at the time of the order; 0: none
  Id seller_id = 0;        ///< 0: the shop itself
  std::int64_t units = 0;  ///< positive
  std::int64_t minor = 0;  ///< what these goods cost after all discounts, as the prices are shown
};

/// An order, or what changes of it, as the figures see it. Amounts are positive for every kind.
struct SaleRecord {
  SaleKind kind = SaleKind::placed;
  Timestamp at = 0;  ///< when the order was placed; for `returned`, when it came back
  Id order_id = 0;
  Id customer_id = 0;        ///< 0: a guest
  std::string_view country;  ///< of the customer; empty: not known
  std::string_view region;
  std::int64_t discount_minor = 0;  ///< of the whole order; for the dashboards
  std::int64_t tax_minor = 0;
  std::int64_t shipping_minor = 0;
  std::span<const SaleLine> lines;
};

/// Counts in every figure what happens to an order after it was placed, in the transaction of that.
/// Appends one narrow row per line and one per order. An edit is the old state `taken_out` and then
/// the new one `placed`, both at the order's time; fold() before the order's rows are changed.
void record_sale(db::Tx& tx, const SaleRecord& sale);

/// Finds the first order of a customer anew, for the whole shop and for sellers (`scopes`; 0: the
/// shop), when an order was canceled or edited and that is counted: one that was canceled is
/// nobody's first. Folds when the order may have been the first, or is now.
void settle_first(db::Tx& tx, Id order_id, Id customer_id, std::span<const Id> scopes);

/// What comes before an order.
enum class Funnel : std::int32_t { view = 1, cart = 2 };
/// Counts one of them today, by nobody in particular.
void count_funnel(db::Tx& tx, Funnel step);

/// Folds into the sums what was placed and what was appended since the last time. An order that is
/// not folded counts by its own rows: do this every few hundred orders, as readers walk over those,
/// and before an order's lines are changed.
void fold(db::Tx& tx);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::reports
