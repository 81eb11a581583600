#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// Why a product is recommended. @since 1.0
enum class RecommendReason : std::int32_t {
  bought_together = 1,  ///< others bought it together with `because_product_id`
  similar = 2,          ///< it is like `because_product_id`
  like_customers = 3,   ///< customers who buy the same things bought it
  trending = 4,         ///< many buy it these days
  viewed = 5,           ///< it was looked at before
  wished = 6,           ///< it goes with `because_product_id`, which is on a wishlist
};

/// By what products that are bought together are ordered. @since 1.0
enum class TogetherMeasure : std::int32_t {
  lift = 1,        ///< how much more often than by chance
  confidence = 2,  ///< how many of those who bought the one bought the other
  support = 3,     ///< how many orders had both
};

/// What to recommend. @since 1.0
struct RecommendQuery {
  std::vector<Id> product_ids;   ///< of the product, or of the cart: 0–20
  std::int64_t limit = 10;       ///< 1–100
  std::int64_t min_support = 2;  ///< orders that a pair has to have in common, at least 2
  TogetherMeasure measure = TogetherMeasure::lift;
  std::optional<std::int64_t> age;  ///< the customer's, if the host knows it; absent: nothing with
                                    ///< a minimum age is recommended
};

/// A recommended product. It is on sale, in stock and, if the host says no age, for everybody.
/// @since 1.0
struct Recommendation {
  Id product_id = 0;
  std::string slug;
  std::string title;
  Money price;
  double score = 0;  ///< higher is better; to be compared within one answer only
  RecommendReason reason = RecommendReason::trending;
  std::optional<Id> because_product_id;
  std::optional<std::int64_t> support;  ///< orders with both, where that is the reason
  std::optional<double> confidence;
  std::optional<double> lift;
};

/// Two products and how often they were in one order. @since 1.0
struct Association {
  Id a = 0;                  ///< the smaller id
  Id b = 0;                  ///< the larger id
  std::int64_t support = 0;  ///< orders with both
  std::int64_t orders_a = 0;
  std::int64_t orders_b = 0;
  double confidence_ab = 0;  ///< support ÷ orders_a
  double confidence_ba = 0;  ///< support ÷ orders_b
  double lift = 0;           ///< support × all orders ÷ (orders_a × orders_b)
};

/// What may be kept about a customer. @since 1.0
struct RecommendPrivacy {
  bool views = true;      ///< remember what was looked at
  bool profiling = true;  ///< recommend from one's own history, and let it count for others alike
};

/// Recommendations from what is bought together, liked, looked at and wished for. What is bought is
/// counted order by order; what was not folded into the figures yet is at most some thousand orders
/// old (refresh() folds it all). Reached by Engine::recommend(); any thread. @since 1.0
class Recommendations {
 public:
  explicit Recommendations(db::Database& db) : db_(&db) {}

  /// What is bought together with the products of the query, themselves excepted. Throws
  /// Error{validation}. Cost: the pairs of those products, at most 600 each.
  std::vector<Recommendation> bought_together(const Session& session, const RecommendQuery& query);
  /// What is like the products of the query: category, brand, price, labels, title. Throws
  /// Error{validation}.
  std::vector<Recommendation> similar(const Session& session, const RecommendQuery& query);
  /// For the acting customer: from orders, ratings, views, wishlists and what like customers
  /// bought; what they bought in the last 30 days excepted. For a guest, or without a profile,
  /// what is trending. Throws Error{validation}.
  std::vector<Recommendation> for_customer(const Session& session, const RecommendQuery& query);
  /// What sells these days: each sale counts half as much a week later. Throws Error{validation}.
  std::vector<Recommendation> trending(const Session& session, const RecommendQuery& query);
  /// What the acting customer or guest looked at, the last first. Throws Error{validation}.
  std::vector<Recommendation> recently_viewed(const Session& session, const RecommendQuery& query);

  /// Notes that the acting customer or guest looks at a product. Nothing is written when views are
  /// off for the shop or for them, or when nobody in particular looks. Throws Error{not_found}.
  void view(const Session& session, Id product_id);
  /// Forgets what the acting customer or guest looked at. Result: how many products.
  std::int64_t forget_views(const Session& session);

  /// What the acting customer allows.
  RecommendPrivacy privacy(const Session& session);
  /// What is turned off leaves no trace: views go, and the customer goes from the figures. The
  /// orders stay, as they are the books.
  RecommendPrivacy set_privacy(const Session& session, const RecommendPrivacy& privacy);
  /// What the shop does unless a customer wants less.
  RecommendPrivacy settings(const Session& session);
  /// Turning something off forgets it for everybody. Throws Error{forbidden}.
  RecommendPrivacy set_settings(const Session& session, const RecommendPrivacy& settings);

  /// Every pair with at least `min_support` orders, by ids. Throws Error: `validation`,
  /// `forbidden`. Cost: pairs with less are walked over.
  Page<Association> associations(const Session& session, std::int64_t min_support,
                                 const PageQuery& page);
  /// Folds every order that waits into the figures. Result: how many did. Throws
  /// Error{forbidden}.
  std::int64_t refresh(const Session& session);

 private:
  db::Database* db_;
};

}  // namespace shop
