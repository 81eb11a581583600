#include "catalog/facts.hpp"

#include "catalog/listing_store.hpp"
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
  out.withheld = row->withheld();
  out.slug = row->card.slug;
  out.title = row->card.title;
  out.title_folded = row->title_folded;
  out.price = row->card.price;
  out.minimum_age = row->minimum_age;
  out.variant_count = row->card.variant_count;
  out.in_stock = row->card.in_stock;
  return out;
}

bool is_listed(db::Tx& tx, Id product_id) {
  const auto row = store::product_by_id(tx, product_id);
  return row && row->listed();
}

std::vector<Id> variant_ids(db::Tx& tx, Id product_id) {
  std::vector<Id> out;
  for (const auto& variant : store::variants(tx, product_id)) out.push_back(variant.id);
  return out;
}

std::vector<Id> label_ids(db::Tx& tx, Id product_id) {
  std::vector<Id> out;
  for (const auto& label : store::labels(tx, product_id)) out.push_back(label.facet_id);
  return out;
}

std::vector<Id> best_sold_in(db::Tx& tx, Id category_id, std::int64_t most) {
  store::ListPlan plan;
  plan.scope = category_id;
  plan.order = ProductOrder::best_sold;
  std::vector<Id> out;
  for (const auto& card : store::list(tx, plan, nullptr, most, 0).cards) out.push_back(card.id);
  return out;
}

}  // namespace shop::catalog
