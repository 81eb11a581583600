#pragma once

#include "catalog/product_store.hpp"
#include "db/tx.hpp"
#include "shop/product.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shop::catalog::store {

// Scopes of listing that are not the id of a category or a seller.
inline constexpr Id scope_all = 0;
inline constexpr Id scope_drafts = -1;
inline constexpr Id scope_archived = -2;

/// The scopes that a product belongs in, ascending.
std::vector<Id> scopes_of(db::Tx& tx, const ProductRow& row, const std::vector<Id>& categories);

void add_listing(db::Tx& tx, Id scope, const ProductRow& row);
void remove_listing(db::Tx& tx, Id scope, Id product_id);
/// After a change of price or title.
void save_listing(db::Tx& tx, Id scope, const ProductRow& row);
void change_scope_count(db::Tx& tx, Id scope, std::int64_t by);
std::int64_t scope_count(db::Tx& tx, Id scope);

void add_facet_product(db::Tx& tx, Id facet_id, Id product_id);
void remove_facet_product(db::Tx& tx, Id facet_id, Id product_id);

std::vector<Id> ancestors(db::Tx& tx, Id category_id);
/// The closure rows of a new category.
void add_ancestors(db::Tx& tx, Id category_id, std::optional<Id> parent_id);

/// A list of products as a query: one or several scopes, an order, conditions.
struct ListPlan {
  Id scope = scope_all;
  ProductOrder order = ProductOrder::newest;
  std::vector<Id> categories;  ///< probed: in one of them or below
  std::vector<Id> facets;      ///< probed: all of them
  std::optional<std::int64_t> price_min;
  std::optional<std::int64_t> price_max;
  std::optional<std::int64_t> rating_min;
  std::optional<Id> seller_id;
  std::optional<Id> brand_id;
  std::optional<ProductStatus> status;
  bool in_stock = false;

  [[nodiscard]] bool filtered() const {
    return !categories.empty() || !facets.empty() || price_min || price_max || rating_min ||
           seller_id || brand_id || status || in_stock;
  }
};

/// Where a page begins: after this row.
struct ListPosition {
  std::int64_t number = 0;  ///< its price, units sold or rating
  std::string text;         ///< its folded title
  Id product_id = 0;
};

struct ListedCard {
  ProductCard card;
  ListPosition position;
};

std::vector<ListedCard> list(db::Tx& tx, const ListPlan& plan, const ListPosition* after,
                             std::int64_t limit, std::int64_t offset);
std::int64_t count(db::Tx& tx, const ListPlan& plan);

}  // namespace shop::catalog::store
