#pragma once

#include "catalog/product_store.hpp"
#include "db/tx.hpp"
#include "shop/product.hpp"

namespace shop::catalog {

/// The whole product of a row, out of which its texts are moved.
Product read_product(db::Tx& tx, store::ProductRow row);

}  // namespace shop::catalog
