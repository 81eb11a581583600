#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/inventory.hpp"
#include "shop/session.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

/// What flows and later modules may ask of the stock inside their own transaction.
namespace shop::inventory {

/// Goods that an order's line takes, or gives back.
struct Take {
  Id variant_id = 0;
  std::int64_t quantity = 0;     ///< positive
  std::size_t line = 0;          ///< the order's line, for the error's path
  bool may_go_negative = false;  ///< backorder or preorder: sells what is not there
};

/// Takes everything, or throws Error{out_of_stock} that names every line that is short
/// (`lines[2].quantity`, params `requested`, `available`). Lines of one variant are taken together,
/// variants in ascending order. The goods come from the shop itself when it has them all, else from
/// the first location that has, else from several.
/// @pre the same variant has the same may_go_negative on all its lines; `order_id` was given out by
/// this or an earlier transaction
void sell(db::Tx& tx, std::span<const Take> takes, Id order_id, const Session& session);

/// Puts back what an order had taken, to the locations that it came from.
void give_back(db::Tx& tx, std::span<const Take> takes, Id order_id, StockReason reason,
               const Session& session);

/// on_hand − reserved over all locations; below zero when backorders are owed.
std::int64_t available(db::Tx& tx, Id variant_id);

StockLevel level(db::Tx& tx, Id variant_id);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::inventory
