/** @file
 * What customers say about products, and how they rate them.
 */
#ifndef SHOP_REVIEWS_H
#define SHOP_REVIEWS_H

#include "shop/base.h"
#include "shop/session.h"

/** Whether a review is shown. */
typedef int32_t shop_review_status;
enum {
  SHOP_REVIEW_STATUS_PENDING = 1,   /**< waits for the moderation */
  SHOP_REVIEW_STATUS_PUBLISHED = 2, /**< shown and counted */
  SHOP_REVIEW_STATUS_HIDDEN = 3     /**< taken down by the moderation; its author sees it and why */
};

/** Who may review a product. */
typedef int32_t shop_review_requirement;
enum {
  SHOP_REVIEW_REQUIREMENT_DELIVERED = 1, /**< who had it delivered; the default */
  SHOP_REVIEW_REQUIREMENT_BOUGHT = 2,    /**< who ordered it */
  SHOP_REVIEW_REQUIREMENT_ANYONE = 3     /**< every customer */
};

/** The order of a list of reviews. */
typedef int32_t shop_review_order;
enum {
  SHOP_REVIEW_ORDER_NEWEST = 1,
  SHOP_REVIEW_ORDER_HELPFUL = 2 /**< most helpful first */
};

/** What a customer says about a product. */
typedef struct shop_review {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id product_id;
  shop_id customer_id;
  shop_str author; /**< the name that its author wants to be shown; may be empty */
  int64_t stars;   /**< 1–5 */
  shop_str title;
  shop_str text;
  shop_review_status status;
  shop_bool verified; /**< its author bought the product here */
  int64_t helpful;
  int64_t unhelpful;
  shop_str answer;       /**< of the seller; empty: none */
  shop_time answered_at; /**< @optional */
  shop_str reason;       /**< why it is hidden; for its author and the moderation */
  shop_time created_at;
  shop_time updated_at;
  int64_t version; /**< grows with each change of its author or the moderation */
} shop_review;

/** A page of shop_review. */
SHOP_PAGE(shop_review_page, shop_review);

/** A review to be written. */
typedef struct shop_review_input {
  SHOP_INPUT_HEAD;
  shop_id product_id;
  int64_t stars;   /**< 1–5 */
  shop_str title;  /**< 0–150 bytes @default */
  shop_str text;   /**< 0–8,000 bytes @default */
  shop_str author; /**< 0–60 bytes: the name to be shown @default */
} shop_review_input;

/** A change of one's own review: what is absent stays. */
typedef struct shop_review_change {
  SHOP_INPUT_HEAD;
  shop_id review_id;
  int64_t version; /**< that of the review as it was read; another is `stale_version` */
  int64_t stars;   /**< @optional */
  shop_str title;  /**< @optional */
  shop_str text;   /**< @optional */
} shop_review_change;

/** Which reviews of a product a list shows. */
typedef struct shop_review_query {
  SHOP_INPUT_HEAD;
  shop_id product_id;
  shop_review_order order; /**< @default */
  uint32_t unused_2;
  int64_t stars; /**< only those with so many @optional */
} shop_review_query;

/** What the published reviews of a product come to. */
typedef struct shop_rating_summary {
  SHOP_RECORD_HEAD;
  shop_id product_id;
  int64_t reviews;
  int64_t mean_milli;  /**< the mean × 1,000, rounded half up; 0 without reviews */
  int64_t bayes_micro; /**< the mean with the prior × 1,000,000: what top_rated orders by */
  int64_t one;         /**< how many gave one star */
  int64_t two;
  int64_t three;
  int64_t four;
  int64_t five;
} shop_rating_summary;

/** A page of shop_rating_summary. */
SHOP_PAGE(shop_rating_summary_page, shop_rating_summary);

/** What the moderation decides. */
typedef struct shop_review_decision {
  SHOP_INPUT_HEAD;
  shop_id review_id;
  shop_review_status status; /**< published or hidden */
  uint32_t unused_2;
  shop_str reason; /**< 0–500 bytes, told to its author @default */
} shop_review_decision;

/** How reviews work here. */
typedef struct shop_review_settings {
  SHOP_RECORD_HEAD;
  shop_review_requirement requirement;
  shop_bool moderated;   /**< each new or changed review waits for the moderation */
  int64_t prior_reviews; /**< as if each product had so many reviews …, 0–1,000 */
  int64_t prior_milli;   /**< … of so many stars × 1,000, 1,000–5,000 */
} shop_review_settings;

/** How reviews work here.
 * @cpp ReviewSettings */
typedef struct shop_review_settings_input {
  SHOP_INPUT_HEAD;
  shop_review_requirement requirement; /**< @default */
  shop_bool moderated;                 /**< each new or changed review waits for the moderation */
  int64_t prior_reviews;               /**< as if each product had so many reviews …, 0–1,000 */
  int64_t prior_milli;                 /**< … of so many stars × 1,000, 1,000–5,000 */
} shop_review_settings_input;

/** Reviews a product, once per customer. Whoever removed an unpublished review of the product
 * waits for the moderation with the next one; points are earned once per customer and product.
 * @param session Who acts.
 * @param input The product, the stars and what is said.
 * @param out_review The review as it is then.
 * @errors validation, not_found, already_exists, conflict, forbidden
 * @owned out_review
 * @since 1.0 */
SHOP_API shop_status shop_reviews_add(shop_session *session, const shop_review_input *input,
                                      const shop_review **out_review, shop_error **out_error);

/** Changes one's own review; with moderation, or when it was not published, it waits for a
 * decision.
 * @param session Who acts.
 * @param change What changes, with the version that was read.
 * @param out_review The review as it is then.
 * @errors validation, not_found, stale_version
 * @owned out_review
 * @since 1.0 */
SHOP_API shop_status shop_reviews_update(shop_session *session, const shop_review_change *change,
                                         const shop_review **out_review, shop_error **out_error);

/** Erases a review with its votes: its author's right, and the moderation's.
 * @param session Who acts.
 * @param review_id The review.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_reviews_remove(shop_session *session, shop_id review_id,
                                         shop_error **out_error);

/** A review: a published one, one's own, or any for the moderation.
 * @param session Who acts.
 * @param review_id The review.
 * @param out_review The review.
 * @errors not_found
 * @owned out_review
 * @since 1.0 */
SHOP_API shop_status shop_reviews_get(shop_session *session, shop_id review_id,
                                      const shop_review **out_review, shop_error **out_error);

/** One's own reviews, newest first.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The reviews.
 * @errors validation
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reviews_mine(shop_session *session, const shop_page_query *page,
                                       const shop_review_page **out_page, shop_error **out_error);

/** The published reviews of a product. Cost: a filter by stars looks at the product's reviews until
 * the page is full.
 * @param session Who acts.
 * @param query The product, the order, and how many stars.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The reviews.
 * @errors validation
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reviews_list(shop_session *session, const shop_review_query *query,
                                       const shop_page_query *page,
                                       const shop_review_page **out_page, shop_error **out_error);

/** What a product's reviews come to; zeros without any.
 * @param session Who acts.
 * @param product_id The product.
 * @param out_rating_summary How many, their mean and how they spread.
 * @errors none
 * @owned out_rating_summary
 * @since 1.0 */
SHOP_API shop_status shop_reviews_summary(shop_session *session, shop_id product_id,
                                          const shop_rating_summary **out_rating_summary,
                                          shop_error **out_error);

/** The best rated products, by the mean with the prior.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The products with their figures.
 * @errors validation
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reviews_top_rated(shop_session *session, const shop_page_query *page,
                                            const shop_rating_summary_page **out_page,
                                            shop_error **out_error);

/** The products with the most reviews.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The products with their figures.
 * @errors validation
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reviews_most_reviewed(shop_session *session, const shop_page_query *page,
                                                const shop_rating_summary_page **out_page,
                                                shop_error **out_error);

/** Says whether a review helped; once per customer, the last word counts, and not on one's own.
 * @param session Who acts.
 * @param review_id The review.
 * @param helpful Whether it did.
 * @param out_review The review as it is then.
 * @errors not_found, conflict
 * @owned out_review
 * @since 1.0 */
SHOP_API shop_status shop_reviews_vote(shop_session *session, shop_id review_id, shop_bool helpful,
                                       const shop_review **out_review, shop_error **out_error);

/** Takes the vote back; without one nothing happens.
 * @param session Who acts.
 * @param review_id The review.
 * @param out_review The review as it is then.
 * @errors not_found
 * @owned out_review
 * @since 1.0 */
SHOP_API shop_status shop_reviews_unvote(shop_session *session, shop_id review_id,
                                         const shop_review **out_review, shop_error **out_error);

/** Answers a review of one's own product, or for the shop; an empty text takes the answer back.
 * @param session Who acts.
 * @param review_id The review.
 * @param text The answer, 0 to 4,000 bytes.
 * @param out_review The review as it is then.
 * @errors validation, not_found
 * @owned out_review
 * @since 1.0 */
SHOP_API shop_status shop_reviews_answer(shop_session *session, shop_id review_id, const char *text,
                                         const shop_review **out_review, shop_error **out_error);

/** What waits for the moderation, oldest first.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The reviews.
 * @errors validation, forbidden
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reviews_queue(shop_session *session, const shop_page_query *page,
                                        const shop_review_page **out_page, shop_error **out_error);

/** Publishes or hides a review.
 * @param session Who acts.
 * @param decision Which review, and what becomes of it.
 * @param out_review The review as it is then.
 * @errors validation, not_found, forbidden
 * @owned out_review
 * @since 1.0 */
SHOP_API shop_status shop_reviews_moderate(shop_session *session,
                                           const shop_review_decision *decision,
                                           const shop_review **out_review, shop_error **out_error);

/** How reviews work here.
 * @param session Who acts.
 * @param out_review_settings The settings.
 * @errors none
 * @owned out_review_settings
 * @since 1.0 */
SHOP_API shop_status shop_reviews_settings(shop_session *session,
                                           const shop_review_settings **out_review_settings,
                                           shop_error **out_error);

/** Changes how reviews work here. Cost: a new prior counts all products again.
 * @param session Who acts.
 * @param settings All of the settings.
 * @param out_review_settings The settings.
 * @errors validation, forbidden
 * @owned out_review_settings
 * @since 1.0 */
SHOP_API shop_status shop_reviews_set_settings(shop_session *session,
                                               const shop_review_settings_input *settings,
                                               const shop_review_settings **out_review_settings,
                                               shop_error **out_error);

#endif
