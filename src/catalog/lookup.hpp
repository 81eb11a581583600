#pragma once

#include "core/function_ref.hpp"
#include "db/tx.hpp"
#include "shop/catalog.hpp"

#include <optional>
#include <string>
#include <vector>

/// What reports need to know of products that they have figures of.
namespace shop::catalog {

/// What a list shows of a product, whatever its status.
std::optional<ProductCard> product_card(db::Tx& tx, Id product_id);

/// The product of a variant; absent when there is no such variant.
std::optional<Id> product_of(db::Tx& tx, Id variant_id);

/// The variants of a product, in their order.
std::vector<Id> variants_of(db::Tx& tx, Id product_id);

/// Whose a variant is, 0 being the shop itself; absent when there is no such variant.
std::optional<Id> seller_of(db::Tx& tx, Id variant_id);

/// Whether a product is in a category or below it.
bool is_in_category(db::Tx& tx, Id product_id, Id category_id);

std::optional<Category> category_by_id(db::Tx& tx, Id category_id);

/// Every category, by ascending id.
std::vector<Category> all_categories(db::Tx& tx);

/// Which products each_product() visits: all conditions at once.
struct ProductScope {
  std::optional<Id> category_id;  ///< with everything below it
  std::optional<Id> seller_id;
};

/// Visits products of every status by ascending id. Cost: the products of the category, or else of
/// the shop.
void each_product(db::Tx& tx, const ProductScope& scope, core::FunctionRef<void(Id)> visit);

}  // namespace shop::catalog
