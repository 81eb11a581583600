#pragma once

#include "catalog/product_store.hpp"
#include "db/tx.hpp"
#include "shop/product.hpp"

#include <string>
#include <string_view>

/// The writing of products, shared by single calls, bulk calls and imports.
namespace shop::catalog {

/// Writes a checked product: slug made where there is none, rows of all tables, lists, facets.
/// Throws Error: `already_exists`, `not_found`, with the paths behind `prefix`.
Id write_product(db::Tx& tx, const ProductInput& input, Id seller_id, std::string_view prefix = {});

/// The whole product of a row.
Product read_product(db::Tx& tx, const store::ProductRow& row);

/// A slug that is free: the wanted one, or that with a number.
std::string free_product_slug(db::Tx& tx, std::string_view title);

}  // namespace shop::catalog
