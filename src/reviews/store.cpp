#include "reviews/store.hpp"

#include "db/settings.hpp"
#include "reviews/reviews_sql.hpp"
#include "reviews/rules.hpp"

namespace shop::reviews::store {
namespace {

constexpr std::string_view k_requirement = "review_requirement";
constexpr std::string_view k_moderated = "review_moderated";
constexpr std::string_view k_prior_reviews = "review_prior_reviews";
constexpr std::string_view k_prior_milli = "review_prior_milli";

Review review_row(const db::Query& query) {
  Review out;
  out.id = query.integer(0);
  out.product_id = query.integer(1);
  out.customer_id = query.integer(2);
  out.author = query.text(3);
  out.stars = query.integer(4);
  out.title = query.text(5);
  out.text = query.text(6);
  out.status = query.as<ReviewStatus>(7);
  out.verified = query.integer(8) != 0;
  out.helpful = query.integer(9);
  out.unhelpful = query.integer(10);
  out.answer = query.text(11);
  out.answered_at = query.maybe_integer(12);
  out.reason = query.text(13);
  out.created_at = query.integer(14);
  out.updated_at = query.integer(15);
  out.version = query.integer(16);
  return out;
}

std::vector<Review> review_rows(db::Query query) {
  std::vector<Review> out;
  while (query.next()) out.push_back(review_row(query));
  return out;
}

RatingSummary rating_row(const db::Query& query) {
  RatingSummary out;
  out.product_id = query.integer(0);
  out.reviews = query.integer(1);
  out.bayes_micro = query.integer(2);
  out.one = query.integer(3);
  out.two = query.integer(4);
  out.three = query.integer(5);
  out.four = query.integer(6);
  out.five = query.integer(7);
  out.mean_milli = mean_milli(out.reviews, stars_of(out));
  return out;
}

}  // namespace

void add(db::Tx& tx, const Row& row) {
  const auto& review = row.review;
  tx.exec(sql::k_add, review.id, review.product_id, review.customer_id, review.author, review.stars,
          review.title, review.text, review.status, row.order_id, review.created_at, row.seller_id,
          row.rewarded);
}

std::optional<Row> by_id(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_by_id, id);
  if (!query.next()) return std::nullopt;
  return Row{review_row(query), query.integer(17), query.integer(8), query.boolean(18)};
}

std::optional<Id> of_customer_for(db::Tx& tx, Id product_id, Id customer_id) {
  return tx.integer(sql::k_of_customer_for, product_id, customer_id);
}

void save(db::Tx& tx, const Review& review) {
  tx.exec(sql::k_save, review.id, review.status, review.stars, review.title, review.text,
          review.reason, review.updated_at);
}

void put_answer(db::Tx& tx, const Review& review) {
  tx.exec(sql::k_answer, review.id, review.answer, review.answered_at);
}

bool mark_rewarded(db::Tx& tx, Id id) {
  return tx.exec(sql::k_rewarded, id) > 0;
}

void remove(db::Tx& tx, Id id) {
  tx.exec(sql::k_remove, id);
}

void put_removed(db::Tx& tx, Id customer_id, Id product_id, const Removed& removed) {
  tx.exec(sql::k_removed_put, customer_id, product_id, removed.held, removed.rewarded);
}

Removed take_removed(db::Tx& tx, Id customer_id, Id product_id) {
  auto query = tx.query(sql::k_removed_take, customer_id, product_id);
  return query.next() ? Removed{query.boolean(0), query.boolean(1)} : Removed{};
}

void forget_removed(db::Tx& tx, Id customer_id) {
  tx.exec(sql::k_removed_forget, customer_id);
}

std::vector<Review> list(db::Tx& tx, const ReviewQuery& query, const Position& after,
                         std::int64_t limit) {
  const auto stars = query.stars.value_or(0);
  if (query.order == ReviewOrder::helpful) {
    return review_rows(
        tx.query(sql::k_helpful, query.product_id, after.helpful, after.id, stars, limit));
  }
  return review_rows(tx.query(sql::k_newest, query.product_id, after.id, stars, limit));
}

std::vector<Review> of_customer(db::Tx& tx, Id customer_id, Id before, std::int64_t limit) {
  return review_rows(tx.query(sql::k_of_customer, customer_id, before, limit));
}

std::int64_t count_of_customer(db::Tx& tx, Id customer_id) {
  return tx.integer(sql::k_count_of_customer, customer_id).value_or(0);
}

std::vector<Review> queue(db::Tx& tx, Id after, std::int64_t limit) {
  return review_rows(tx.query(sql::k_queue, after, limit));
}

std::int64_t queue_count(db::Tx& tx) {
  return tx.integer(sql::k_queue_count).value_or(0);
}

std::optional<bool> vote(db::Tx& tx, Id review_id, Id customer_id) {
  const auto helpful = tx.integer(sql::k_vote, review_id, customer_id);
  return helpful ? std::optional{*helpful != 0} : std::nullopt;
}

void put_vote(db::Tx& tx, Id review_id, Id customer_id, bool helpful) {
  tx.exec(sql::k_vote_put, review_id, customer_id, helpful);
}

void remove_vote(db::Tx& tx, Id review_id, Id customer_id) {
  tx.exec(sql::k_vote_remove, review_id, customer_id);
}

void count_votes(db::Tx& tx, Id review_id, std::int64_t helpful, std::int64_t unhelpful) {
  tx.exec(sql::k_vote_count, review_id, helpful, unhelpful);
}

std::vector<CastVote> votes_of_customer(db::Tx& tx, Id customer_id) {
  std::vector<CastVote> out;
  auto query = tx.query(sql::k_votes_of_customer, customer_id);
  while (query.next()) out.push_back({query.integer(0), query.boolean(1)});
  return out;
}

RatingSummary rating(db::Tx& tx, Id product_id) {
  auto query = tx.query(sql::k_rating, product_id);
  if (query.next()) return rating_row(query);
  RatingSummary none;
  none.product_id = product_id;
  return none;
}

void put_rating(db::Tx& tx, const RatingSummary& summary) {
  if (summary.reviews == 0) {
    tx.exec(sql::k_rating_remove, summary.product_id);
    return;
  }
  tx.exec(sql::k_rating_put, summary.product_id, summary.reviews, summary.bayes_micro, summary.one,
          summary.two, summary.three, summary.four, summary.five, stars_of(summary));
}

std::vector<RatingSummary> top_rated(db::Tx& tx, const RatingSummary& after, std::int64_t limit) {
  std::vector<RatingSummary> out;
  auto query = tx.query(sql::k_top_rated, after.bayes_micro, after.product_id, limit);
  while (query.next()) out.push_back(rating_row(query));
  return out;
}

std::vector<RatingSummary> most_reviewed(db::Tx& tx, const RatingSummary& after,
                                         std::int64_t limit) {
  std::vector<RatingSummary> out;
  auto query = tx.query(sql::k_most_reviewed, after.reviews, after.product_id, limit);
  while (query.next()) out.push_back(rating_row(query));
  return out;
}

std::vector<RatingSummary> rated_after(db::Tx& tx, Id product_id, std::int64_t limit) {
  std::vector<RatingSummary> out;
  auto query = tx.query(sql::k_rated_after, product_id, limit);
  while (query.next()) out.push_back(rating_row(query));
  return out;
}

std::int64_t rated_products(db::Tx& tx) {
  return tx.integer(sql::k_rated_products).value_or(0);
}

ReviewSettings settings(db::Tx& tx) {
  ReviewSettings out;
  out.requirement = static_cast<ReviewRequirement>(
      db::number_setting(tx, k_requirement, static_cast<std::int64_t>(out.requirement)));
  out.moderated = db::number_setting(tx, k_moderated, 0) != 0;
  out.prior_reviews = db::number_setting(tx, k_prior_reviews, out.prior_reviews);
  out.prior_milli = db::number_setting(tx, k_prior_milli, out.prior_milli);
  return out;
}

void put_settings(db::Tx& tx, const ReviewSettings& settings) {
  const auto put = [&](std::string_view name, std::int64_t value) {
    db::put_number_setting(tx, name, value);
  };
  put(k_requirement, static_cast<std::int64_t>(settings.requirement));
  put(k_moderated, settings.moderated ? 1 : 0);
  put(k_prior_reviews, settings.prior_reviews);
  put(k_prior_milli, settings.prior_milli);
}

}  // namespace shop::reviews::store
