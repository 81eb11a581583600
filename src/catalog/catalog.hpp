#pragma once

#include "catalog/text_follower.hpp"
#include "core/findings.hpp"
#include "core/function_ref.hpp"
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

/// What a field `category` names by its slug. Throws Error{not_found} at that field.
Id named_category(db::Tx& tx, std::string_view slug);
/// The category of that name below a parent (0: at the top), made when it is not there yet.
/// Throws Error{validation} for a name that no category can have.
Id category_named(db::Tx& tx, Id parent_id, std::string_view name);
/// The names from the top down to a category.
std::vector<std::string> category_path(db::Tx& tx, Id id);
/// All products, whatever their status, by ascending id, after one.
std::vector<Id> products_after(db::Tx& tx, Id after, std::int64_t limit);

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
  bool withheld = false;   ///< its seller may not sell at the moment

  [[nodiscard]] bool for_sale() const { return status == ProductStatus::active && !withheld; }
};

std::optional<SaleItem> sale_item(db::Tx& tx, Id variant_id);
/// Of several variants, in their order. Cost: a statement for eight of them.
std::vector<std::optional<SaleItem>> sale_items(db::Tx& tx, std::span<const Id> variant_ids);
std::optional<Id> variant_by_sku(db::Tx& tx, std::string_view sku);
std::optional<Id> variant_by_barcode(db::Tx& tx, std::string_view barcode);

/// What one unit of a bundle takes from the stock.
std::vector<BundlePart> bundle_parts(db::Tx& tx, Id product_id);

/// Every category that a product is in, with those above.
std::vector<Id> categories_of(db::Tx& tx, Id product_id);

/// What a variant cost, the present price first.
std::vector<PricePoint> price_history(db::Tx& tx, const Variant& variant);

// What other modules keep the catalog up to date with, in the transaction of their own change.

/// Takes everything that a seller has on sale out of customers' sight, or puts it back; drafts and
/// archived products follow when they are activated. Cost: the seller's products.
void withhold_seller(db::Tx& tx, Id seller_id, bool withhold);
/// Brings what lists say of a variant in line with whether it can be sold; call it when that may
/// have changed. Result: whether it can, and could not before.
bool follow_stock(db::Tx& tx, Id variant_id);
/// The same for the variants of a bundle. Result: those that can be sold and could not before.
std::vector<Id> follow_bundle(db::Tx& tx, Id product_id);
/// What one unit of a bundle takes of a variant.
struct BundleUse {
  Id product_id = 0;
  std::int64_t quantity = 0;
};
/// The bundles that hold a variant.
std::vector<BundleUse> bundles_with(db::Tx& tx, Id variant_id);
/// What lists say of a variant's stock, and what that follows from besides the stock.
struct StockFlag {
  Id variant_id = 0;
  StockPolicy policy = StockPolicy::deny;
  bool is_bundle = false;
  bool in_stock = false;
};
/// Visits every variant by ascending id. Cost: all of them.
void each_stock_flag(db::Tx& tx, core::FunctionRef<void(const StockFlag&)> visit);
/// Counts units of an order that has changed since it was placed (negative: taken back). Costs one
/// appended row: the counts that lists are ordered by follow in batches. What an order sold when it
/// was placed they find by themselves.
void add_sold(db::Tx& tx, Id product_id, std::int64_t units);
/// The mean of the stars × 1,000 and how many there are.
void set_rating(db::Tx& tx, Id product_id, std::int64_t rating_milli, std::int64_t count);
/// Brings the counts that lists are ordered by up to date now.
void fold_sold(db::Tx& tx);
/// The same in parts of 1,024 products, or an eighth of what is left: goes on with what an earlier
/// call has begun, or, if `begin`, begins with the orders that were placed by now.
void fold_some_sold(db::Tx& tx, bool begin);
/// Are there sales that those counts do not have yet?
bool has_unfolded(db::Tx& tx);

/// How many products are on sale.
std::int64_t listed_count(db::Tx& tx);
/// Products on sale by ascending id, after one.
std::vector<Id> listed_products(db::Tx& tx, Id after, std::int64_t limit);
/// What a product can be found by.
ProductText text_of_product(db::Tx& tx, Id product_id);

/// The product that has this SKU or barcode, exactly or with A to Z in another case.
std::optional<Id> product_by_code(db::Tx& tx, std::string_view code);
/// Visits the products of the SKUs, then of the barcodes, that begin so, until `visit` wants no
/// more. A to Z of a SKU may be of another case. A product may come more than once. Result: whether
/// that was all.
bool products_by_code(db::Tx& tx, std::string_view prefix, core::FunctionRef<bool(Id)> visit);

/// Visits the products on sale whose folded title begins so, in alphabetical order: id, slug,
/// title.
void titles_from(db::Tx& tx, std::string_view folded, std::int64_t limit,
                 core::FunctionRef<void(Id, std::string_view, std::string_view)> visit);
/// Categories whose folded name begins so.
std::vector<Category> categories_from(db::Tx& tx, std::string_view folded, std::int64_t limit);

inline constexpr std::size_t facet_products_max = 5000;
/// Counts over these products.
Facets count_facets(db::Tx& tx, const std::vector<Id>& product_ids);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::catalog
