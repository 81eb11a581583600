#pragma once

#include "core/function_ref.hpp"
#include "db/tx.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace shop::catalog {

/// What later modules do when a variant has another price. Defined in src/flows/price_notices.cpp,
/// as the catalog knows nothing of those modules.
void price_changed(db::Tx& tx, Id product_id, Id variant_id, const Money& before,
                   const Money& after);

/// The lowest price that was asked of everybody, other than the variant's own, at some time from
/// one moment up to another; absent: none. Defined in src/pricing/gather.cpp, as the catalog knows
/// nothing of offers.
std::optional<std::int64_t> lowest_offer(db::Tx& tx, Id variant_id, Timestamp from,
                                         Timestamp until);

/// What later modules do when a product can be bought that was archived, a draft or withheld.
/// Defined in src/flows/restock.cpp.
void went_on_sale(db::Tx& tx, Id product_id);

/// Whether a variant can be sold as far as stock is concerned. Defined in
/// src/inventory/on_sale.cpp, as the catalog knows nothing of stock.
bool can_be_sold(db::Tx& tx, Id variant_id);

/// What later modules do when variants can be sold again: what was put aside is free, or the
/// catalog says something else of them (policy, parts). Defined in src/flows/restock.cpp.
void came_back(db::Tx& tx, std::span<const Id> variant_ids);

// What was sold, for the counts that lists are ordered by. Defined in src/flows/sales.cpp.

/// The newest order; 0: there is none.
Id last_sale(db::Tx& tx);
/// Units of a product that an order sold.
struct Sold {
  Id order_id = 0;
  Id product_id = 0;
  std::int64_t units = 0;
};
/// Visits what the orders after one up to another sold, order by order and line by line.
void each_sold(db::Tx& tx, Id after, Id last, core::FunctionRef<void(const Sold&)> visit);

}  // namespace shop::catalog
