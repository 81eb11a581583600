#pragma once

#include "catalog/product_store.hpp"
#include "db/tx.hpp"
#include "shop/product.hpp"

namespace shop::catalog {

/// The whole product of a row.
Product read_product(db::Tx& tx, const store::ProductRow& row);

}  // namespace shop::catalog
