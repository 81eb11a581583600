#pragma once

#include "db/tx.hpp"
#include "shop/product.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the modules that bring customers back ask of the catalog.
namespace shop::catalog {

/// What decides whether, and how, a product is shown to somebody.
struct ProductFacts {
  Id id = 0;
  Id seller_id = 0;    ///< 0: the shop itself
  Id category_id = 0;  ///< the main one; 0: none
  Id brand_id = 0;     ///< 0: none
  ProductStatus status = ProductStatus::active;
  std::string slug;
  std::string title;
  Money price;  ///< the lowest of its variants
  std::int64_t minimum_age = 0;
  std::int64_t variant_count = 1;
  bool in_stock = false;  ///< any variant is
};

std::optional<ProductFacts> product_facts(db::Tx& tx, Id product_id);

/// The variants of a product, in their order.
std::vector<Id> variant_ids(db::Tx& tx, Id product_id);

}  // namespace shop::catalog
