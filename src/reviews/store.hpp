#pragma once

#include "db/tx.hpp"
#include "shop/reviews.hpp"

#include <optional>
#include <vector>

namespace shop::reviews::store {

/// A row of the table: the review and what is nobody else's business.
struct Row {
  Review review;
  Id seller_id = 0;
  Id order_id = 0;
  bool rewarded = false;
};

void add(db::Tx& tx, const Row& row);
std::optional<Row> by_id(db::Tx& tx, Id id);
std::optional<Id> of_customer_for(db::Tx& tx, Id product_id, Id customer_id);
/// Writes status, stars, title, text and reason.
void save(db::Tx& tx, const Review& review);
void put_answer(db::Tx& tx, const Review& review);
/// True for the first time.
bool mark_rewarded(db::Tx& tx, Id id);
void remove(db::Tx& tx, Id id);

/// What is remembered of a removed review until its author writes another of the product.
struct Removed {
  bool held = false;      ///< it was not published when it went
  bool rewarded = false;  ///< it earned points
};
void put_removed(db::Tx& tx, Id customer_id, Id product_id, const Removed& removed);
Removed take_removed(db::Tx& tx, Id customer_id, Id product_id);
void forget_removed(db::Tx& tx, Id customer_id);

/// Where a page begins: after this review.
struct Position {
  std::int64_t helpful = max_magnitude;
  Id id = max_magnitude;
};
std::vector<Review> list(db::Tx& tx, const ReviewQuery& query, const Position& after,
                         std::int64_t limit);
std::vector<Review> of_customer(db::Tx& tx, Id customer_id, Id before, std::int64_t limit);
std::int64_t count_of_customer(db::Tx& tx, Id customer_id);
std::vector<Review> queue(db::Tx& tx, Id after, std::int64_t limit);
std::int64_t queue_count(db::Tx& tx);

std::optional<bool> vote(db::Tx& tx, Id review_id, Id customer_id);
void put_vote(db::Tx& tx, Id review_id, Id customer_id, bool helpful);
void remove_vote(db::Tx& tx, Id review_id, Id customer_id);
/// Adds to the kept counts.
void count_votes(db::Tx& tx, Id review_id, std::int64_t helpful, std::int64_t unhelpful);
struct CastVote {
  Id review_id = 0;
  bool helpful = false;
};
std::vector<CastVote> votes_of_customer(db::Tx& tx, Id customer_id);

/// Zeros for a product without reviews.
RatingSummary rating(db::Tx& tx, Id product_id);
/// Without reviews the row goes.
void put_rating(db::Tx& tx, const RatingSummary& summary);
std::vector<RatingSummary> top_rated(db::Tx& tx, const RatingSummary& after, std::int64_t limit);
std::vector<RatingSummary> most_reviewed(db::Tx& tx, const RatingSummary& after,
                                         std::int64_t limit);
std::vector<RatingSummary> rated_after(db::Tx& tx, Id product_id, std::int64_t limit);
std::int64_t rated_products(db::Tx& tx);

ReviewSettings settings(db::Tx& tx);
void put_settings(db::Tx& tx, const ReviewSettings& settings);

}  // namespace shop::reviews::store
