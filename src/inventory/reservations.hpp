#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

/// Goods put aside for carts, for a time.
namespace shop::inventory {

/// Frees what was put aside of a variant longer than agreed.
void free_expired(db::Tx& tx, Id variant_id);

}  // namespace shop::inventory
