#pragma once

#include "db/tx.hpp"
#include "inventory/inventory.hpp"
#include "payments/payments.hpp"
#include "reports/reports.hpp"
#include "shop/orders.hpp"
#include "shop/payments.hpp"
#include "shop/session.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// What several flows tell the stock and the figures about an order.
namespace shop::flows {

/// What so much of a variant takes from the stock; a bundle takes its parts.
void add_takes(db::Tx& tx, Id variant_id, std::int64_t quantity, std::size_t line,
               std::vector<inventory::Take>& takes);

/// Keeps what the bundles among the lines of an order are made of, as it is today.
void keep_bundles(db::Tx& tx, Id order_id, std::span<const OrderLine> lines);
/// A line of an order.
struct SoldLine {
  Id order_id = 0;
  std::int64_t line_no = 0;
  Id variant_id = 0;
};
/// The same as add_takes of a line that was ordered: a bundle takes the parts that it had then.
void add_takes_of(db::Tx& tx, const SoldLine& from, std::int64_t quantity, std::size_t line,
                  std::vector<inventory::Take>& takes);

/// A placed order counts by its own rows. The first order of a day and some later ones bring the
/// figures up to date with those before them, each a part of the figures.
void count_placed(db::Tx& tx, const Order& order);
/// What of the figures an order counts, by its place among its day's.
struct DueCounts {
  bool sums = false;         ///< of the reports
  bool taste = false;        ///< what is bought together
  bool sold = false;         ///< what lists by sales are ordered by: a part
  bool sold_begins = false;  ///< the first part
  [[nodiscard]] bool any() const { return sums || taste || sold; }
};
DueCounts due_counts(std::int64_t place);
void count_due(db::Tx& tx, std::int64_t place);
/// Brings the figures and the recommendations up to date with every order that was placed. Do so
/// before the lines of an order are changed.
void count_all_placed(db::Tx& tx);

/// Counts a change of an order that was counted: its old state is taken out, its new one placed.
void count_order(db::Tx& tx, const Order& order, reports::SaleKind kind);
/// Takes an order that is canceled out of the figures, but for what has come back of it: that stays
/// sold and returned.
void count_canceled(db::Tx& tx, const Order& order);

/// Finds the customer's first order anew, when this one was edited and is counted; `before` are its
/// lines of before.
void settle_first(db::Tx& tx, const Order& order, std::span<const OrderLine> before);

/// Counts what came back.
void count_return(db::Tx& tx, const OrderReturn& order_return,
                  const std::vector<reports::SaleLine>& lines);

/// Takes the tenders of an order, points from the customer's account. See payments::take. Throws
/// Error: what that throws, `insufficient_funds` (points), `unsupported` (points are worth
/// nothing).
std::vector<Payment> take_payments(db::Tx& tx, const Session& session, Id order_id, Id customer_id,
                                   std::int64_t due, std::span<const PaymentInput> inputs,
                                   const payments::KeyUse& key = {});

/// Gives points back for refunds of payments with points.
void give_back_points(db::Tx& tx, Id order_id);

}  // namespace shop::flows
