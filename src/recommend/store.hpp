#pragma once

#include "db/tx.hpp"
#include "shop/recommend.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shop::recommend::store {

/// An order that waits to be folded.
struct Basket {
  Id id = 0;
  std::int64_t sign = 1;
  Timestamp at = 0;
  Id customer_id = 0;  ///< 0: nobody, or nobody's business
  std::vector<Id> products;
  std::int64_t row_done = 0;
};
void add_basket(db::Tx& tx, const Basket& basket, std::int64_t cost);
/// What all that wait cost.
std::int64_t waiting_cost(db::Tx& tx);
/// Orders after this one are not among the baskets.
Id counted(db::Tx& tx);
void set_counted(db::Tx& tx, Id order_id);
std::vector<Basket> baskets(db::Tx& tx, std::int64_t limit);
void note_progress(db::Tx& tx, Id basket_id, std::int64_t row_done);
void remove_baskets(db::Tx& tx, Id up_to);
std::int64_t basket_count(db::Tx& tx);
/// When the first of those that wait was placed.
std::optional<Timestamp> waiting_since(db::Tx& tx);

struct Taste {
  std::int64_t orders = 0;
  double heat = 0;
};
Taste taste(db::Tx& tx, Id product_id);
std::int64_t orders_of(db::Tx& tx, Id product_id);
void put_taste(db::Tx& tx, Id product_id, const Taste& taste);
/// The last who bought it, the latest at the end.
std::vector<Id> buyers(db::Tx& tx, Id product_id);
void put_buyers(db::Tx& tx, Id product_id, const std::vector<Id>& buyers);
std::int64_t all_orders(db::Tx& tx);
void add_orders(db::Tx& tx, std::int64_t change);

/// @pre a < b
void change_pair(db::Tx& tx, Id a, Id b, std::int64_t change);
struct Partner {
  Id product_id = 0;
  std::int64_t support = 0;
};
/// The products most often bought with this one, in no order; at most `most` of each side.
std::vector<Partner> partners(db::Tx& tx, Id product_id, std::int64_t min_support,
                              std::int64_t most);

struct Hot {
  Id product_id = 0;
  double heat = 0;
};
std::vector<Hot> trending(db::Tx& tx, std::int64_t limit);
/// Keeps the list of the hottest up to date after these products changed.
void rank(db::Tx& tx, const std::vector<Hot>& changed);

void add_view(db::Tx& tx, Id viewer_id, Id product_id);
std::vector<Id> views(db::Tx& tx, Id viewer_id, std::int64_t limit);
std::int64_t erase_views(db::Tx& tx, Id viewer_id);

RecommendPrivacy privacy(db::Tx& tx, Id customer_id);
void put_privacy(db::Tx& tx, Id customer_id, const RecommendPrivacy& privacy);
RecommendPrivacy settings(db::Tx& tx);
void put_settings(db::Tx& tx, const RecommendPrivacy& settings);
/// Takes a customer out of everything that profiling keeps; 0 means everybody.
void forget_buyers(db::Tx& tx, Id customer_id, const std::vector<Id>& products);

}  // namespace shop::recommend::store
