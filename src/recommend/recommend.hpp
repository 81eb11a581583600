#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "recommend/rules.hpp"
#include "shop/orders.hpp"
#include "shop/recommend.hpp"

#include <span>
#include <vector>

/// What flows may ask of the recommendations inside their own transaction.
namespace shop::recommend {

/// Takes in what was placed since the last time, and once enough of it waits, folds a bounded part
/// into the figures, at most `most_folds` times. Do so every few hundred orders, and before an
/// order's lines are changed. Cost: those orders, and some ten milliseconds for each fold, however
/// many products they had.
void take_in(db::Tx& tx, std::int64_t most_folds = 2);
/// Of an order with many products, does at once what would be too much for later. Costs nothing for
/// most orders.
void on_order_placed(db::Tx& tx, const Order& order);
/// A canceled order does not count any more.
void on_order_canceled(db::Tx& tx, const Order& order);
/// Takes in the new state of an order whose old one was canceled.
void add_order(db::Tx& tx, const Order& order);

/// What tells something about a customer's taste.
struct Signal {
  Id product_id = 0;
  double weight = 1;
  RecommendReason reason = RecommendReason::bought_together;
};

/// A product that may be recommended, before it is known whether it can be sold.
struct Candidate {
  Id product_id = 0;
  double score = 0;
  RecommendReason reason = RecommendReason::trending;
  Id because_product_id = 0;  ///< 0: none
  std::int64_t support = 0;
  Figures figures{};
};

/// Candidates for a customer from signals of their taste, best first.
std::vector<Candidate> for_signals(db::Tx& tx, Id customer_id, std::span<const Signal> signals);
std::vector<Candidate> trending(db::Tx& tx);

/// What the customer looked at, the last first.
std::vector<Id> views(db::Tx& tx, Id viewer_id, std::int64_t most);
/// What is allowed for a customer: the shop's settings and their own wish.
RecommendPrivacy allowed(db::Tx& tx, Id customer_id);

/// The candidates that can be shown to the customer, best first, at most query.limit: on sale, in
/// stock, old enough, not among the query's products and not just bought.
std::vector<Recommendation> presentable(db::Tx& tx, Id customer_id, const RecommendQuery& query,
                                        const std::vector<Candidate>& candidates);

/// The query's limits. Throws Error{validation}.
void check(const RecommendQuery& query);

/// Folds waiting orders, at most `budget` pairs and products. Result: orders done.
std::int64_t fold(db::Tx& tx, std::int64_t budget);

/// Forgets everything about a person who is being erased.
void erase_customer(db::Tx& tx, Id customer_id);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::recommend
