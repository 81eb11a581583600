#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/catalog.hpp"
#include "shop/product.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What flows and later modules may ask of the catalog inside their own transaction.
namespace shop::catalog {

std::optional<Category> find_category(db::Tx& tx, std::string_view slug);

/// A variant with what carts, prices, taxes and orders need to know of it.
struct SaleItem {
  Id variant_id = 0;
  Id product_id = 0;
  Id seller_id = 0;           ///< 0: the shop itself
  Id category_id = 0;         ///< the main one; 0: none
  std::string sku;            ///< empty: none
  std::string title;          ///< the product's
  std::string variant_title;  ///< empty for a simple product
  Money price;
  std::optional<Money> compare_at;
  Id tax_class_id = 0;  ///< 0: the standard class
  std::int64_t weight_grams = 0;
  std::int64_t minimum_age = 0;
  ProductStatus status = ProductStatus::active;
  StockPolicy policy = StockPolicy::deny;
  bool by_measure = false;
  bool is_bundle = false;  ///< its stock is that of its parts: bundle_parts()
};

std::optional<SaleItem> sale_item(db::Tx& tx, Id variant_id);
std::optional<Id> variant_by_sku(db::Tx& tx, std::string_view sku);
std::optional<Id> variant_by_barcode(db::Tx& tx, std::string_view barcode);

/// What one unit of a bundle takes from the stock.
std::vector<BundlePart> bundle_parts(db::Tx& tx, Id product_id);

/// Every category that a product is in, with those above.
std::vector<Id> categories_of(db::Tx& tx, Id product_id);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::catalog
