#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

/// Whether something can be bought at this moment, as far as stock is concerned.
namespace shop::inventory {

/// A variant of which there is some, or that is sold without; a bundle whose parts are all so. The
/// policy of a bundle itself counts for nothing: a sale takes its parts.
bool can_sell(db::Tx& tx, Id variant_id);

}  // namespace shop::inventory
