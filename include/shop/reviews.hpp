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

/// Whether a review is shown. @since 1.0
enum class ReviewStatus : std::int32_t {
  pending = 1,    ///< waits for the moderation
  published = 2,  ///< shown and counted
  hidden = 3,     ///< taken down by the moderation; its author sees it and why
};

/// Who may review a product. @since 1.0
enum class ReviewRequirement : std::int32_t {
  delivered = 1,  ///< who had it delivered; the default
  bought = 2,     ///< who ordered it
  anyone = 3,     ///< every customer
};

/// The order of a list of reviews. @since 1.0
enum class ReviewOrder : std::int32_t {
  newest = 1,
  helpful = 2,  ///< most helpful first
};

/// What a customer says about a product. @since 1.0
struct Review {
  Id id = 0;
  Id product_id = 0;
  Id customer_id = 0;
  std::string author;      ///< the name that its author wants to be shown; may be empty
  std::int64_t stars = 0;  ///< 1–5
  std::string title;
  std::string text;
  ReviewStatus status = ReviewStatus::pending;
  bool verified = false;  ///< its author bought the product here
  std::int64_t helpful = 0;
  std::int64_t unhelpful = 0;
  std::string answer;  ///< of the seller; empty: none
  std::optional<Timestamp> answered_at;
  std::string reason;  ///< why it is hidden; for its author and the moderation
  Timestamp created_at = 0;
  Timestamp updated_at = 0;
  std::int64_t version = 0;  ///< grows with each change of its author or the moderation
};

/// What Reviews::add needs. @since 1.0
struct ReviewInput {
  Id product_id = 0;
  std::int64_t stars = 0;  ///< 1–5
  std::string title;       ///< 0–150 bytes
  std::string text;        ///< 0–8,000 bytes
  std::string author;      ///< 0–60 bytes: the name to be shown
};

/// What Reviews::update changes: what is absent stays. @since 1.0
struct ReviewChange {
  Id review_id = 0;
  std::int64_t version = 0;  ///< that of the review as it was read; another is `stale_version`
  std::optional<std::int64_t> stars;
  std::optional<std::string> title;
  std::optional<std::string> text;
};

/// Which reviews of a product a list shows. @since 1.0
struct ReviewQuery {
  Id product_id = 0;
  ReviewOrder order = ReviewOrder::newest;
  std::optional<std::int64_t> stars;  ///< only those with so many
};

/// What the published reviews of a product come to. @since 1.0
struct RatingSummary {
  Id product_id = 0;
  std::int64_t reviews = 0;
  std::int64_t mean_milli = 0;   ///< the mean × 1,000, rounded half up; 0 without reviews
  std::int64_t bayes_micro = 0;  ///< the mean with the prior × 1,000,000: what top_rated orders by
  std::int64_t one = 0;          ///< how many gave one star
  std::int64_t two = 0;
  std::int64_t three = 0;
  std::int64_t four = 0;
  std::int64_t five = 0;
};

/// What the moderation decides. @since 1.0
struct ReviewDecision {
  Id review_id = 0;
  ReviewStatus status = ReviewStatus::published;  ///< published or hidden
  std::string reason;                             ///< 0–500 bytes, told to its author
};

/// How reviews work here. @since 1.0
struct ReviewSettings {
  ReviewRequirement requirement = ReviewRequirement::delivered;
  bool moderated = false;  ///< each new or changed review waits for the moderation
  /// The prior of top_rated: as if each product had so many reviews …
  std::int64_t prior_reviews = 5;   ///< 0–1,000
  std::int64_t prior_milli = 3500;  ///< … of so many stars × 1,000, 1,000–5,000
};

/// Reviews and ratings. Published reviews are for everybody; one that is not is its author's and
/// the moderation's, and not found for others. Reached by Engine::reviews(); any thread. @since 1.0
class Reviews {
 public:
  explicit Reviews(db::Database& db) : db_(&db) {}

  /// Reviews a product, once per customer. Throws Error: `validation`, `not_found` (product),
  /// `already_exists`, `conflict` (not bought or not delivered, by the settings), `forbidden`
  /// (one's own product). Whoever removed an unpublished review of the product waits for the
  /// moderation with the next one; points are earned once per customer and product.
  Review add(const Session& session, const ReviewInput& input);
  /// Changes one's own review; with moderation, or when it was not published, it waits for a
  /// decision. Throws Error: `validation`, `not_found`, `stale_version`.
  Review update(const Session& session, const ReviewChange& change);
  /// Erases a review with its votes: its author's right, and the moderation's. Throws
  /// Error{not_found}.
  void remove(const Session& session, Id review_id);
  /// Throws Error{not_found}.
  Review get(const Session& session, Id review_id);
  /// One's own reviews, newest first. Throws Error{validation} (page).
  Page<Review> mine(const Session& session, const PageQuery& page);
  /// The published reviews of a product. Throws Error{validation} (page, stars). Cost: a filter by
  /// stars looks at the product's reviews until the page is full.
  Page<Review> list(const Session& session, const ReviewQuery& query, const PageQuery& page);

  /// What a product's reviews come to; zeros without any.
  RatingSummary summary(const Session& session, Id product_id);
  /// The best rated products, by the mean with the prior. Throws Error{validation} (page).
  Page<RatingSummary> top_rated(const Session& session, const PageQuery& page);
  /// The products with most reviews. Throws Error{validation} (page).
  Page<RatingSummary> most_reviewed(const Session& session, const PageQuery& page);

  /// Says whether a review helped; once per customer, the last word counts. Result: the review.
  /// Throws Error: `not_found`, `conflict` (one's own).
  Review vote(const Session& session, Id review_id, bool helpful);
  /// Takes the vote back; without one nothing happens. Throws Error{not_found}.
  Review unvote(const Session& session, Id review_id);

  /// Answers a review of one's own product, or for the shop; an empty text takes the answer back.
  /// Throws Error: `validation` (text, 0–4,000 bytes), `not_found` (somebody else's product).
  Review answer(const Session& session, Id review_id, const std::string& text);

  /// What waits for the moderation, oldest first. Throws Error: `validation` (page), `forbidden`.
  Page<Review> queue(const Session& session, const PageQuery& page);
  /// Publishes or hides a review. Throws Error: `validation`, `not_found`, `forbidden`.
  Review moderate(const Session& session, const ReviewDecision& decision);

  ReviewSettings settings(const Session& session);
  /// Throws Error: `validation`, `forbidden`. Cost: a new prior counts all products again.
  ReviewSettings set_settings(const Session& session, const ReviewSettings& settings);

 private:
  db::Database* db_;
};

}  // namespace shop
