#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

#include <cstdint>

namespace shop::inventory {

/// What later modules do when the stock of a variant has fallen to its threshold, once per
/// crossing. Defined in src/flows/low_stock.cpp, as the stock knows nothing of those modules.
void fell_low(db::Tx& tx, Id variant_id, std::int64_t available, std::int64_t threshold);

}  // namespace shop::inventory
