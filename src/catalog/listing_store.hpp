#pragma once

#include "catalog/product_store.hpp"
#include "core/function_ref.hpp"
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

void add_listing(db::Tx& tx, Id scope, const ProductRow& row);
void remove_listing(db::Tx& tx, Id scope, Id product_id);
/// After a change of price or title.
void save_listing(db::Tx& tx, Id scope, const ProductRow& row);
void save_listing_sold(db::Tx& tx, Id scope, Id product_id, std::int64_t sold);
void save_listing_rating(db::Tx& tx, Id scope, Id product_id, std::int64_t rating_milli);
void change_scope_count(db::Tx& tx, Id scope, std::int64_t by);
std::int64_t scope_count(db::Tx& tx, Id scope);

/// Products on sale by ascending id, after one.
std::vector<Id> listed(db::Tx& tx, Id after, std::int64_t limit);

void add_facet_product(db::Tx& tx, Id facet_id, Id product_id);
void remove_facet_product(db::Tx& tx, Id facet_id, Id product_id);

std::vector<Id> ancestors(db::Tx& tx, Id category_id);
/// The closure rows of a new category.
void add_ancestors(db::Tx& tx, Id category_id, std::optional<Id> parent_id);

void remove_ancestors(db::Tx& tx, Id category_id);
struct Descendant {
  Id id = 0;
  std::int64_t distance = 0;
};
/// A category and all below it.
std::vector<Descendant> descendants(db::Tx& tx, Id category_id);

/// The next thousand products that were put into a category itself.
std::vector<Id> category_products(db::Tx& tx, Id category_id, Id after);
void change_product_category(db::Tx& tx, Id product_id, Id from, Id to);
void drop_product_category(db::Tx& tx, Id product_id, Id category_id);
void save_main_category(db::Tx& tx, Id product_id, Id category_id);

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

/// Part of a list.
struct Listed {
  std::vector<ProductCard> cards;
  ListPosition last;  ///< of the last card
  bool more = false;  ///< something follows
};
Listed list(db::Tx& tx, const ListPlan& plan, const ListPosition* after, std::int64_t limit,
            std::int64_t offset);
/// The ids of the newest products of a list.
std::vector<Id> list_ids(db::Tx& tx, const ListPlan& plan, std::size_t limit);
std::int64_t count(db::Tx& tx, const ListPlan& plan);
/// Visits a whole list in its order, conditions left aside, until `visit` says false.
void walk(db::Tx& tx, const ListPlan& plan, const ListPosition* after,
          core::FunctionRef<bool(const ListPosition&)> visit);
/// The number or text that a card has in an order.
ListPosition position_of(const ProductCard& card, ProductOrder order);
/// Does `a` come before `b`?
bool comes_before(const ListPosition& a, const ListPosition& b, ProductOrder order);

/// All products of a scope or with a facet, newest first.
std::vector<Id> scope_ids(db::Tx& tx, Id scope);
std::vector<Id> facet_ids(db::Tx& tx, Id facet);

/// Looks single products up and says whether they pass a plan's conditions; for searches.
class Probe {
 public:
  Probe(db::Tx& tx, const ListPlan& plan);
  /// The card, if the product passes.
  std::optional<ProductCard> card(Id product_id);

 private:
  db::Tx* tx_;
  std::string sql_;
  std::vector<std::int64_t> numbers_;
};

}  // namespace shop::catalog::store
