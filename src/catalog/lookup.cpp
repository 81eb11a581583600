#include "catalog/lookup.hpp"

#include "catalog/catalog_sql.hpp"
#include "catalog/lookup_sql.hpp"
#include "catalog/product_store.hpp"
#include "catalog/store.hpp"

namespace shop::catalog {

std::optional<ProductCard> product_card(db::Tx& tx, Id product_id) {
  auto query = tx.query(sql::k_card_by_id, product_id);
  if (!query.next()) return std::nullopt;
  return store::card_row(query, tx.env().currency);
}

std::optional<Id> product_of(db::Tx& tx, Id variant_id) {
  return tx.integer(sql::k_product_of, variant_id);
}

std::vector<Id> variants_of(db::Tx& tx, Id product_id) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_variants_of, product_id);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

std::optional<Id> seller_of(db::Tx& tx, Id variant_id) {
  return tx.integer(sql::k_seller_of_variant, variant_id);
}

bool is_in_category(db::Tx& tx, Id product_id, Id category_id) {
  return tx.integer(sql::k_is_in_category, product_id, category_id).has_value();
}

std::optional<Category> category_by_id(db::Tx& tx, Id category_id) {
  return store::category_by_id(tx, category_id);
}

std::vector<Category> all_categories(db::Tx& tx) {
  std::vector<Category> out;
  auto query = tx.query(sql::k_all_categories);
  while (query.next()) {
    out.push_back(
        {query.integer(0), query.maybe_integer(1), query.text(2), query.text(3), query.integer(4)});
  }
  return out;
}

void each_product(db::Tx& tx, const ProductScope& scope, core::FunctionRef<void(Id)> visit) {
  auto query = scope.category_id ? tx.query(sql::k_products_in_category, *scope.category_id)
                                 : tx.query(sql::k_all_products);
  while (query.next()) {
    if (!scope.seller_id || query.integer(1) == *scope.seller_id) visit(query.integer(0));
  }
}

}  // namespace shop::catalog
