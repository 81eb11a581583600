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
  bool withheld = false;  ///< its seller may not sell at the moment
  std::string slug;
  std::string title;
  std::string title_folded;
  Money price;  ///< the lowest of its variants
  std::int64_t minimum_age = 0;
  std::int64_t variant_count = 1;
  bool in_stock = false;  ///< a variant can be sold as far as stock is concerned

  [[nodiscard]] bool for_sale() const { return status == ProductStatus::active && !withheld; }
};

std::optional<ProductFacts> product_facts(db::Tx& tx, Id product_id);

/// Customers find it in lists.
bool is_listed(db::Tx& tx, Id product_id);

/// The variants of a product, in their order.
std::vector<Id> variant_ids(db::Tx& tx, Id product_id);

/// The tags and attributes of a product, as ids that are equal where they are.
std::vector<Id> label_ids(db::Tx& tx, Id product_id);

/// The best sold products on sale in a category or below.
std::vector<Id> best_sold_in(db::Tx& tx, Id category_id, std::int64_t most);

}  // namespace shop::catalog
