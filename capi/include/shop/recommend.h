/** @file
 * What a customer may like as well.
 */
#ifndef SHOP_RECOMMEND_H
#define SHOP_RECOMMEND_H

#include "shop/base.h"
#include "shop/session.h"

/** Why a product is recommended. */
typedef int32_t shop_recommend_reason;
enum {
  SHOP_RECOMMEND_REASON_BOUGHT_TOGETHER =
      1,                             /**< others bought it together with `because_product_id` */
  SHOP_RECOMMEND_REASON_SIMILAR = 2, /**< it is like `because_product_id` */
  SHOP_RECOMMEND_REASON_LIKE_CUSTOMERS = 3, /**< customers who buy the same things bought it */
  SHOP_RECOMMEND_REASON_TRENDING = 4,       /**< many buy it these days */
  SHOP_RECOMMEND_REASON_VIEWED = 5,         /**< it was looked at before */
  SHOP_RECOMMEND_REASON_WISHED = 6 /**< it goes with `because_product_id`, which is on a wishlist */
};

/** By what products that are bought together are ordered. */
typedef int32_t shop_together_measure;
enum {
  SHOP_TOGETHER_MEASURE_LIFT = 1, /**< how much more often than by chance */
  SHOP_TOGETHER_MEASURE_CONFIDENCE =
      2,                            /**< how many of those who bought the one bought the other */
  SHOP_TOGETHER_MEASURE_SUPPORT = 3 /**< how many orders had both */
};

/** What to recommend. */
typedef struct shop_recommend_query {
  SHOP_INPUT_HEAD;
  shop_ids product_ids; /**< of the product, or of the cart: 0–20 */
  int64_t limit;        /**< 1–100 @default */
  int64_t min_support;  /**< orders that a pair has to have in common, at least 2 @default */
  shop_together_measure measure; /**< @default */
  uint32_t unused_2;
  int64_t age; /**< the customer's, if the host knows it; absent: nothing with a minimum age is
                  recommended @optional */
} shop_recommend_query;

/** A recommended product. It is on sale, in stock and, if the host says no age, for everybody. */
typedef struct shop_recommendation {
  SHOP_RECORD_HEAD;
  shop_id product_id;
  shop_str slug;
  shop_str title;
  shop_money price;
  double score; /**< higher is better; to be compared within one answer only */
  shop_recommend_reason reason;
  uint32_t unused_2;
  shop_id because_product_id; /**< @optional */
  int64_t support;            /**< orders with both, where that is the reason @optional */
  double confidence;          /**< @optional */
  double lift;                /**< @optional */
} shop_recommendation;

/** A list of shop_recommendation. */
SHOP_LIST(shop_recommendation_list, shop_recommendation);

/** Two products and how often they were in one order. */
typedef struct shop_association {
  SHOP_RECORD_HEAD;
  shop_id a;       /**< the smaller id */
  shop_id b;       /**< the larger id */
  int64_t support; /**< orders with both */
  int64_t orders_a;
  int64_t orders_b;
  double confidence_ab; /**< support ÷ orders_a */
  double confidence_ba; /**< support ÷ orders_b */
  double lift;          /**< support × all orders ÷ (orders_a × orders_b) */
} shop_association;

/** A page of shop_association. */
SHOP_PAGE(shop_association_page, shop_association);

/** What may be kept about a customer.
 * @cpp RecommendPrivacy */
typedef struct shop_recommend_privacy_record {
  SHOP_RECORD_HEAD;
  shop_bool views;     /**< remember what was looked at */
  shop_bool profiling; /**< recommend from one's own history, and let it count for others alike */
} shop_recommend_privacy_record;

/** What may be kept about a customer.
 * @cpp RecommendPrivacy */
typedef struct shop_recommend_privacy_input {
  SHOP_INPUT_HEAD;
  shop_bool views;     /**< remember what was looked at @optional */
  shop_bool profiling; /**< recommend from one's own history, and let it count for others alike
                          @optional */
} shop_recommend_privacy_input;

/** What is bought together with the products of the query, themselves excepted. Cost: the pairs of
 * those products, at most 600 each.
 * @param session Who acts.
 * @param query For which products, how many, and under which conditions.
 * @param out_recommendations The products, best first, each with its reason.
 * @errors validation
 * @owned out_recommendations
 * @since 1.0 */
SHOP_API shop_status shop_recommend_bought_together(
    shop_session *session, const shop_recommend_query *query,
    const shop_recommendation_list **out_recommendations, shop_error **out_error);

/** What is like the products of the query: category, brand, price, labels, title.
 * @param session Who acts.
 * @param query For which products, how many, and under which conditions.
 * @param out_recommendations The products, best first, each with its reason.
 * @errors validation
 * @owned out_recommendations
 * @since 1.0 */
SHOP_API shop_status shop_recommend_similar(shop_session *session,
                                            const shop_recommend_query *query,
                                            const shop_recommendation_list **out_recommendations,
                                            shop_error **out_error);

/** For the acting customer: from orders, ratings, views, wishlists and what like customers bought;
 * what they bought in the last 30 days excepted. For a guest, or without a profile, what is
 * trending.
 * @param session Who acts.
 * @param query For which products, how many, and under which conditions.
 * @param out_recommendations The products, best first, each with its reason.
 * @errors validation
 * @owned out_recommendations
 * @since 1.0 */
SHOP_API shop_status shop_recommend_for_customer(
    shop_session *session, const shop_recommend_query *query,
    const shop_recommendation_list **out_recommendations, shop_error **out_error);

/** What sells these days: each sale counts half as much a week later.
 * @param session Who acts.
 * @param query For which products, how many, and under which conditions.
 * @param out_recommendations The products, best first, each with its reason.
 * @errors validation
 * @owned out_recommendations
 * @since 1.0 */
SHOP_API shop_status shop_recommend_trending(shop_session *session,
                                             const shop_recommend_query *query,
                                             const shop_recommendation_list **out_recommendations,
                                             shop_error **out_error);

/** What the acting customer or guest looked at, the last first.
 * @param session Who acts.
 * @param query For which products, how many, and under which conditions.
 * @param out_recommendations The products, best first, each with its reason.
 * @errors validation
 * @owned out_recommendations
 * @since 1.0 */
SHOP_API shop_status shop_recommend_recently_viewed(
    shop_session *session, const shop_recommend_query *query,
    const shop_recommendation_list **out_recommendations, shop_error **out_error);

/** Notes that the acting customer or guest looks at a product. Nothing is written when views are
 * off for the shop or for them, or when nobody in particular looks.
 * @param session Who acts.
 * @param product_id The product.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_recommend_view(shop_session *session, shop_id product_id,
                                         shop_error **out_error);

/** Forgets what the acting customer or guest looked at.
 * @param session Who acts.
 * @param out_count How many products.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_recommend_forget_views(shop_session *session, int64_t *out_count,
                                                 shop_error **out_error);

/** What the acting customer allows.
 * @param session Who acts.
 * @param out_recommend_privacy What may be kept.
 * @errors none
 * @owned out_recommend_privacy
 * @since 1.0 */
SHOP_API shop_status shop_recommend_privacy(
    shop_session *session, const shop_recommend_privacy_record **out_recommend_privacy,
    shop_error **out_error);

/** What is turned off leaves no trace: views go, and the customer goes from the figures. The orders
 * stay, as they are the books.
 * @param session Who acts.
 * @param privacy What is not given stays.
 * @param out_recommend_privacy What may be kept.
 * @errors none
 * @owned out_recommend_privacy
 * @since 1.0 */
SHOP_API shop_status shop_recommend_set_privacy(
    shop_session *session, const shop_recommend_privacy_input *privacy,
    const shop_recommend_privacy_record **out_recommend_privacy, shop_error **out_error);

/** What the shop does unless a customer wants less.
 * @param session Who acts.
 * @param out_recommend_privacy What may be kept.
 * @errors none
 * @owned out_recommend_privacy
 * @since 1.0 */
SHOP_API shop_status shop_recommend_settings(
    shop_session *session, const shop_recommend_privacy_record **out_recommend_privacy,
    shop_error **out_error);

/** Turning something off forgets it for everybody.
 * @param session Who acts.
 * @param settings What is not given stays.
 * @param out_recommend_privacy What may be kept.
 * @errors forbidden
 * @owned out_recommend_privacy
 * @since 1.0 */
SHOP_API shop_status shop_recommend_set_settings(
    shop_session *session, const shop_recommend_privacy_input *settings,
    const shop_recommend_privacy_record **out_recommend_privacy, shop_error **out_error);

/** Every pair with at least `min_support` orders, by ids. Cost: pairs with less are walked over.
 * @param session Who acts.
 * @param min_support Orders that a pair has to have in common, at least 1.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The pairs.
 * @errors validation, forbidden
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_recommend_associations(shop_session *session, int64_t min_support,
                                                 const shop_page_query *page,
                                                 const shop_association_page **out_page,
                                                 shop_error **out_error);

/** Folds every order that waits into the figures.
 * @param session Who acts.
 * @param out_count How many orders did.
 * @errors forbidden
 * @since 1.0 */
SHOP_API shop_status shop_recommend_refresh(shop_session *session, int64_t *out_count,
                                            shop_error **out_error);

#endif
