#include "catalog/catalog.hpp"
#include "catalog/listing_store.hpp"
#include "catalog/product_sql.hpp"
#include "catalog/product_store.hpp"
#include "catalog/store.hpp"

#include <algorithm>

namespace shop::catalog {

std::optional<Category> find_category(db::Tx& tx, std::string_view slug) {
  return store::category_by_slug(tx, slug);
}

std::optional<SaleItem> sale_item(db::Tx& tx, Id variant_id) {
  auto query = tx.query(sql::k_sale_item, variant_id);
  if (!query.next()) return std::nullopt;
  const auto& currency = tx.env().currency;
  SaleItem item;
  item.variant_id = query.integer(0);
  item.product_id = query.integer(1);
  item.seller_id = query.integer(2);
  item.category_id = query.integer(3);
  item.sku = query.text(4);
  item.title = query.text(5);
  item.variant_title = variant_title(query.view(6));
  item.price = {query.integer(7), currency};
  if (!query.is_null(8)) item.compare_at = Money{query.integer(8), currency};
  item.tax_class_id = query.integer(9);
  item.weight_grams = query.integer(10);
  item.minimum_age = query.integer(11);
  item.status = query.as<ProductStatus>(12);
  item.policy = query.as<StockPolicy>(13);
  item.by_measure = query.as<SoldBy>(14) != SoldBy::piece;
  item.is_bundle = (query.integer(15) & part_bundle) != 0;
  return item;
}

std::optional<Id> variant_by_sku(db::Tx& tx, std::string_view sku) {
  const auto key = store::variant_by_sku(tx, sku);
  return key ? std::optional{key->variant_id} : std::nullopt;
}

std::optional<Id> variant_by_barcode(db::Tx& tx, std::string_view barcode) {
  const auto key = store::variant_by_barcode(tx, barcode);
  return key ? std::optional{key->variant_id} : std::nullopt;
}

std::vector<BundlePart> bundle_parts(db::Tx& tx, Id product_id) {
  return store::bundle(tx, product_id);
}

std::vector<Id> categories_of(db::Tx& tx, Id product_id) {
  std::vector<Id> out;
  for (const auto category : store::product_categories(tx, product_id)) {
    for (const auto ancestor : store::ancestors(tx, category)) out.push_back(ancestor);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace shop::catalog
