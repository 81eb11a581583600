#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <span>

namespace shop::inventory {

/// What later modules do when the stock of a variant has fallen to its threshold, once per
/// crossing. Defined in src/flows/low_stock.cpp, as the stock knows nothing of those modules.
void fell_low(db::Tx& tx, Id variant_id, std::int64_t available, std::int64_t threshold);

/// What later modules do when variants that were put aside can be sold again. Defined in
/// src/flows/restock.cpp.
void came_back(db::Tx& tx, std::span<const Id> variant_ids);

}  // namespace shop::inventory
