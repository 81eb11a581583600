#include "catalog/catalog.hpp"
#include "catalog/facts.hpp"
#include "reviews/reviews.hpp"
#include "reviews/reviews_sql.hpp"
#include "reviews/rules.hpp"
#include "reviews/store.hpp"
#include "sellers/sellers.hpp"
#include "shop/error.hpp"

namespace shop::reviews {
namespace {

[[noreturn]] void no_review() {
  throw Error(Code::not_found, "there is no such review");
}

store::Row must_find(db::Tx& tx, Id id) {
  auto row = store::by_id(tx, id);
  if (!row) no_review();
  return *row;
}

// What is published changed: `stars` stars of the product, and of who sells it, are counted once
// more, or once less.
void count_stars(db::Tx& tx, Id product_id, Id seller_id, std::int64_t stars, std::int64_t sign) {
  auto summary = store::rating(tx, product_id);
  count(summary, stars, sign);
  const auto sum = stars_of(summary);
  summary.bayes_micro = bayes_micro(summary.reviews, sum, store::settings(tx));
  summary.mean_milli = mean_milli(summary.reviews, sum);
  store::put_rating(tx, summary);
  catalog::set_rating(tx, product_id, summary.mean_milli, summary.reviews);
  sellers::rate(tx, seller_id, sign * stars, sign);
}

void recount(db::Tx& tx, const Review& before, const Review& after, Id seller_id) {
  const bool was = before.status == ReviewStatus::published;
  const bool is = after.status == ReviewStatus::published;
  if (was == is && (!was || before.stars == after.stars)) return;
  if (was) count_stars(tx, before.product_id, seller_id, before.stars, -1);
  if (is) count_stars(tx, after.product_id, seller_id, after.stars, +1);
}

ReviewStatus first_status(db::Tx& tx) {
  return store::settings(tx).moderated ? ReviewStatus::pending : ReviewStatus::published;
}

}  // namespace

ReviewSettings settings(db::Tx& tx) {
  return store::settings(tx);
}

Review add(db::Tx& tx, Id customer_id, Id own_seller_id, const ReviewInput& input,
           const std::optional<Id>& order_id) {
  const auto product = catalog::product_facts(tx, input.product_id);
  if (!product || product->status == ProductStatus::draft) {
    throw Error(Code::not_found, "product_id: there is no such product",
                {{"product_id", "unknown", "there is no such product", {}}});
  }
  if (product->seller_id != 0 && product->seller_id == own_seller_id) {
    throw Error(Code::forbidden, "nobody reviews what they sell themselves");
  }
  if (store::of_customer_for(tx, product->id, customer_id)) {
    throw Error(Code::already_exists, "product_id: you have reviewed that product",
                {{"product_id", "taken", "change your review instead", {}}});
  }
  const auto removed = store::take_removed(tx, customer_id, product->id);
  store::Row row;
  row.seller_id = product->seller_id;
  row.rewarded = removed.rewarded;
  row.order_id = order_id.value_or(0);
  auto& review = row.review;
  review.id = tx.next_id();
  review.product_id = product->id;
  review.customer_id = customer_id;
  review.author = input.author;
  review.stars = input.stars;
  review.title = input.title;
  review.text = input.text;
  // What the moderation took down does not come back by being written again.
  review.status = removed.held ? ReviewStatus::pending : first_status(tx);
  review.verified = order_id.has_value();
  review.created_at = review.updated_at = tx.now();
  review.version = 1;
  store::add(tx, row);
  if (review.status == ReviewStatus::published) {
    count_stars(tx, product->id, row.seller_id, review.stars, +1);
  }
  return review;
}

Review update(db::Tx& tx, Id customer_id, const ReviewChange& change) {
  const auto row = must_find(tx, change.review_id);
  const auto& before = row.review;
  if (before.customer_id != customer_id) no_review();
  if (before.version != change.version) {
    throw Error(Code::stale_version, "the review was changed meanwhile",
                {{"version", "stale", "read the review again", {}}});
  }
  auto after = before;
  if (change.stars) after.stars = *change.stars;
  if (change.title) after.title = *change.title;
  if (change.text) after.text = *change.text;
  // What the moderation took down does not come back by being edited, however often.
  after.status =
      before.status == ReviewStatus::published ? first_status(tx) : ReviewStatus::pending;
  after.updated_at = tx.now();
  after.version = before.version + 1;
  store::save(tx, after);
  recount(tx, before, after, row.seller_id);
  return after;
}

Moderated moderate(db::Tx& tx, const ReviewDecision& decision) {
  const auto row = must_find(tx, decision.review_id);
  const auto& before = row.review;
  if (before.status == decision.status && before.reason == decision.reason) return {before, false};
  auto after = before;
  after.status = decision.status;
  after.reason = decision.reason;
  after.version = before.version + 1;
  store::save(tx, after);
  recount(tx, before, after, row.seller_id);
  return {after, true};
}

Review remove(db::Tx& tx, Id review_id, const std::optional<Id>& customer_id) {
  const auto row = must_find(tx, review_id);
  const auto& review = row.review;
  if (customer_id && review.customer_id != *customer_id) no_review();
  store::remove(tx, review_id);
  const store::Removed removed{review.status != ReviewStatus::published, row.rewarded};
  if (removed.held || removed.rewarded) {
    store::put_removed(tx, review.customer_id, review.product_id, removed);
  }
  if (review.status == ReviewStatus::published) {
    count_stars(tx, review.product_id, row.seller_id, review.stars, -1);
  }
  return review;
}

Review answer(db::Tx& tx, Id review_id, const std::optional<Id>& seller_id,
              const std::string& text) {
  auto row = must_find(tx, review_id);
  if (seller_id && row.seller_id != *seller_id) no_review();
  if (seller_id && row.review.status != ReviewStatus::published) no_review();
  row.review.answer = text;
  row.review.answered_at = text.empty() ? std::nullopt : std::optional{tx.now()};
  store::put_answer(tx, row.review);
  return row.review;
}

bool take_reward(db::Tx& tx, const Review& review) {
  return review.status == ReviewStatus::published && store::mark_rewarded(tx, review.id);
}

std::vector<Opinion> opinions(db::Tx& tx, Id customer_id, std::int64_t most) {
  std::vector<Opinion> out;
  auto query = tx.query(sql::k_liked, customer_id, most);
  while (query.next()) out.push_back({query.integer(0), query.integer(1), query.integer(2)});
  return out;
}

void erase_customer(db::Tx& tx, Id customer_id) {
  for (const auto& vote : store::votes_of_customer(tx, customer_id)) {
    store::remove_vote(tx, vote.review_id, customer_id);
    store::count_votes(tx, vote.review_id, vote.helpful ? -1 : 0, vote.helpful ? 0 : -1);
  }
  for (auto reviews = store::of_customer(tx, customer_id, max_magnitude, 500); !reviews.empty();
       reviews = store::of_customer(tx, customer_id, max_magnitude, 500)) {
    for (const auto& review : reviews) remove(tx, review.id, customer_id);
  }
  store::forget_removed(tx, customer_id);
}

}  // namespace shop::reviews
