#pragma once

#include "db/tx.hpp"
#include "inventory/inventory.hpp"
#include "reports/reports.hpp"
#include "shop/orders.hpp"

#include <vector>

/// What several flows tell the stock and the figures about an order.
namespace shop::flows {

/// What so much of a variant takes from the stock; a bundle takes its parts.
void add_takes(db::Tx& tx, Id variant_id, std::int64_t quantity, std::size_t line,
               std::vector<inventory::Take>& takes);

/// Counts an order in the figures, or takes it out again.
void count_order(db::Tx& tx, const Order& order, reports::SaleKind kind);

/// Counts what came back.
void count_return(db::Tx& tx, const OrderReturn& order_return,
                  const std::vector<reports::SaleLine>& lines);

}  // namespace shop::flows
