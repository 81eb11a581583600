#include "catalog/facts.hpp"

#include "catalog/product_store.hpp"

namespace shop::catalog {

std::optional<ProductFacts> product_facts(db::Tx& tx, Id product_id) {
  const auto row = store::product_by_id(tx, product_id);
  if (!row) return std::nullopt;
  ProductFacts out;
  out.id = product_id;
  out.seller_id = row->card.seller_id;
  out.category_id = row->category_id;
  out.brand_id = row->brand_id;
  out.status = row->card.status;
  out.slug = row->card.slug;
  out.title = row->card.title;
  out.price = row->card.price;
  out.minimum_age = row->minimum_age;
  out.variant_count = row->card.variant_count;
  out.in_stock = row->card.in_stock;
  return out;
}

std::vector<Id> variant_ids(db::Tx& tx, Id product_id) {
  std::vector<Id> out;
  for (const auto& variant : store::variants(tx, product_id)) out.push_back(variant.id);
  return out;
}

}  // namespace shop::catalog
