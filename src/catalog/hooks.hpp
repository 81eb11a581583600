#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

namespace shop::catalog {

/// What later modules do when a variant has another price. Defined in src/flows/price_notices.cpp,
/// as the catalog knows nothing of those modules.
void price_changed(db::Tx& tx, Id product_id, Id variant_id, const Money& before,
                   const Money& after);

}  // namespace shop::catalog
