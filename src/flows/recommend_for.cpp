#include "accounts/guard.hpp"
#include "db/database.hpp"
#include "orders/purchases.hpp"
#include "recommend/freshen.hpp"
#include "recommend/recommend.hpp"
#include "reviews/reviews.hpp"
#include "wishlist/wishlist.hpp"

#include <algorithm>
#include <unordered_set>

// A customer's taste is put together from what the other modules know, for one answer at a time;
// nothing of it is kept.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr double k_bought = 1.0;
constexpr double k_liked = 0.8;
constexpr double k_wished = 0.7;
constexpr double k_viewed = 0.4;
constexpr std::int64_t k_of_each = 8;

/// Signals, the strongest first, each product once; what was rated badly is none, and is not
/// recommended either.
struct Taste {
  std::vector<recommend::Signal> signals;
  std::vector<Id> disliked;
};

Taste taste_of(db::Tx& tx, Id customer_id) {
  Taste out;
  std::unordered_set<Id> known;
  const auto add = [&](Id product_id, double weight, RecommendReason reason) {
    if (known.insert(product_id).second) out.signals.push_back({product_id, weight, reason});
  };
  for (const auto& opinion : reviews::opinions(tx, customer_id, 50)) {
    if (opinion.stars > 2) continue;
    known.insert(opinion.product_id);
    out.disliked.push_back(opinion.product_id);
  }
  double age = 1;
  for (const auto& purchase : orders::recent_purchases(tx, customer_id, 10, k_of_each)) {
    add(purchase.product_id, k_bought * age, RecommendReason::bought_together);
    age *= 0.9;
  }
  for (const auto& opinion : reviews::opinions(tx, customer_id, k_of_each)) {
    if (opinion.stars >= 4) add(opinion.product_id, k_liked, RecommendReason::bought_together);
  }
  for (const auto& wish : wishlist::wishes(tx, customer_id, k_of_each)) {
    add(wish.product_id, k_wished, RecommendReason::wished);
  }
  for (const Id product : recommend::views(tx, customer_id, k_of_each)) {
    add(product, k_viewed, RecommendReason::viewed);
  }
  std::stable_sort(out.signals.begin(), out.signals.end(),
                   [](const auto& a, const auto& b) { return a.weight > b.weight; });
  return out;
}

}  // namespace

std::vector<Recommendation> Recommendations::for_customer(const Session& session,
                                                          const RecommendQuery& query) {
  recommend::check(query);
  recommend::freshen(*db_);
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_for_customer);
    std::vector<recommend::Candidate> candidates;
    auto wanted = query;
    if (actor.user_id != 0 && recommend::allowed(tx, actor.user_id).profiling) {
      const auto taste = taste_of(tx, actor.user_id);
      candidates = recommend::for_signals(tx, actor.user_id, taste.signals);
      wanted.product_ids.insert(wanted.product_ids.end(), taste.disliked.begin(),
                                taste.disliked.end());
    }
    auto out = recommend::presentable(tx, actor.user_id, wanted, candidates);
    if (std::ssize(out) < query.limit) {  // what is left over goes to what everybody likes
      for (const auto& shown : out) wanted.product_ids.push_back(shown.product_id);
      wanted.limit = query.limit - std::ssize(out);
      auto rest = recommend::presentable(tx, actor.user_id, wanted, recommend::trending(tx));
      std::move(rest.begin(), rest.end(), std::back_inserter(out));
    }
    return out;
  });
}

}  // namespace shop
