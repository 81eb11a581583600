#include "catalog/filling.hpp"

#include "catalog/listing_sql.hpp"
#include "db/indexes.hpp"

namespace shop::catalog {

bool Filling::possible(db::Tx& tx) {
  return !tx.integer(sql::k_any_product);
}

Filling::Filling(db::Tx& tx) : tx_(&tx) {
  for (const auto* name : {"product_slug", "product_title", "variant_sku", "variant_barcode"}) {
    unique_.push_back(db::drop_index(tx, name));
  }
  for (const auto* name : {"product_category_category", "listing_price", "listing_sold",
                           "listing_rating", "listing_title"}) {
    others_.push_back(db::drop_index(tx, name));
  }
}

bool Filling::settle() {
  while (!unique_.empty()) {
    if (!db::make_index(*tx_, unique_.back())) return false;
    unique_.pop_back();
  }
  return true;
}

std::vector<Id> Filling::clashing(std::size_t limit) {
  std::vector<Id> out;
  auto query = tx_->query(sql::k_clashing, static_cast<std::int64_t>(limit));
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

void Filling::finish() {
  tx_->exec(sql::k_listing_fill);
  tx_->exec(sql::k_facet_fill);
  for (const auto& definition : others_) db::make_index(*tx_, definition);
  others_.clear();
}

}  // namespace shop::catalog
