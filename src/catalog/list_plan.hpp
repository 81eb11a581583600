#pragma once

#include "catalog/access.hpp"
#include "catalog/listing_store.hpp"
#include "core/fields.hpp"

#include <optional>

namespace shop::catalog {

void check_filter(core::Fields& fields, const ProductFilter& filter);

/// How to read a list. Nothing: a brand, tag or attribute that no product has was asked for.
/// Throws Error: `not_found` (category), `forbidden` (status).
std::optional<store::ListPlan> list_plan(db::Tx& tx, const Access& access,
                                         const ProductFilter& filter, ProductOrder order);

/// A page of a planned list.
Page<ProductCard> list_page(db::Tx& tx, const store::ListPlan& plan, const PageQuery& page);

}  // namespace shop::catalog
