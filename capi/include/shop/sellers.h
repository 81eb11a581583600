/** @file
 * Shopkeepers with a shop of their own in a marketplace.
 */
#ifndef SHOP_SELLERS_H
#define SHOP_SELLERS_H

#include "shop/base.h"
#include "shop/session.h"

/** Where a seller stands. */
typedef int32_t shop_seller_status;
enum {
  SHOP_SELLER_STATUS_PENDING = 1,  /**< applied, not decided yet */
  SHOP_SELLER_STATUS_APPROVED = 2, /**< sells */
  SHOP_SELLER_STATUS_REJECTED = 3, /**< was refused; may apply again */
  SHOP_SELLER_STATUS_SUSPENDED = 4 /**< was stopped; sells nothing, keeps what it has */
};

/** How applications are decided. */
typedef int32_t shop_seller_approval;
enum {
  SHOP_SELLER_APPROVAL_MANUAL = 1,   /**< by somebody who may manage sellers; the default */
  SHOP_SELLER_APPROVAL_AUTOMATIC = 2 /**< at once */
};

/** A shopkeeper with a shop of their own in the marketplace. */
typedef struct shop_seller {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id account_id; /**< who keeps it */
  shop_seller_status status;
  uint32_t unused_2;
  shop_str name; /**< of the shop; unique, case- and accent-folded */
  shop_str slug; /**< unique, made from the name */
  shop_str phone;
  shop_id category_id; /**< what it mainly sells @optional */
  shop_str description;
  shop_bool verified; /**< the badge */
  uint32_t unused_3;
  int64_t rating_milli; /**< mean stars of its products × 1,000; 0 without reviews */
  int64_t rating_count;
  shop_str reason; /**< why it was rejected or suspended; empty otherwise */
  shop_time applied_at;
  shop_time decided_at; /**< @optional */
  int64_t version;      /**< grows with each change of the profile */
} shop_seller;

/** A page of shop_seller. */
SHOP_PAGE(shop_seller_page, shop_seller);

/** What anybody sees of a seller. */
typedef struct shop_seller_profile {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;
  shop_str slug;
  shop_str description;
  shop_bool verified;
  uint32_t unused_2;
  int64_t rating_milli;
  int64_t rating_count;
} shop_seller_profile;

/** What somebody says who wants to sell. */
typedef struct shop_seller_application {
  SHOP_INPUT_HEAD;
  shop_str name;        /**< of the shop, 1–100 bytes */
  shop_str phone;       /**< 3–40 bytes */
  shop_str category;    /**< slug of what it mainly sells; empty: nothing in particular @default */
  shop_str description; /**< at most 2,000 bytes @default */
} shop_seller_application;

/** A change of a seller's own profile: what is absent stays. */
typedef struct shop_seller_change {
  SHOP_INPUT_HEAD;
  int64_t version;      /**< that of the seller as it was read; another is `stale_version` */
  shop_str name;        /**< @optional */
  shop_str phone;       /**< @optional */
  shop_str description; /**< @optional */
} shop_seller_change;

/** Which sellers to list. */
typedef struct shop_seller_filter {
  SHOP_INPUT_HEAD;
  shop_seller_status status; /**< @optional */
  shop_bool verified;        /**< @optional */
} shop_seller_filter;

/** Asks for a shop of one's own, as a customer; after a rejection, again. With automatic approval
 * it is granted at once.
 * @param session Who acts.
 * @param application The shop's name, a phone number, and what it sells.
 * @param out_seller The seller as it is then.
 * @errors validation, not_found, already_exists, unauthenticated, forbidden
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_apply(shop_session *session,
                                        const shop_seller_application *application,
                                        const shop_seller **out_seller, shop_error **out_error);

/** One's own seller, whatever its status.
 * @param session Who acts.
 * @param out_seller The seller as it is then.
 * @errors not_found
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_mine(shop_session *session, const shop_seller **out_seller,
                                       shop_error **out_error);

/** Changes one's own profile; the slug stays.
 * @param session Who acts.
 * @param change What changes, with the version that was read.
 * @param out_seller The seller as it is then.
 * @errors validation, already_exists, stale_version, not_found
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_update(shop_session *session, const shop_seller_change *change,
                                         const shop_seller **out_seller, shop_error **out_error);

/** What anybody may see of an approved seller.
 * @param session Who acts.
 * @param slug Of the seller.
 * @param out_seller_profile Name, description, badge and rating.
 * @errors not_found
 * @owned out_seller_profile
 * @since 1.0 */
SHOP_API shop_status shop_sellers_profile(shop_session *session, const char *slug,
                                          const shop_seller_profile **out_seller_profile,
                                          shop_error **out_error);

/** Any seller in full.
 * @param session Who acts.
 * @param seller_id The seller.
 * @param out_seller The seller as it is then.
 * @errors not_found, forbidden
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_get(shop_session *session, shop_id seller_id,
                                      const shop_seller **out_seller, shop_error **out_error);

/** Sellers, newest first.
 * @param session Who acts.
 * @param filter Which of them; NULL for all.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The sellers.
 * @errors validation, forbidden
 * @nullable filter, page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_sellers_list(shop_session *session, const shop_seller_filter *filter,
                                       const shop_page_query *page,
                                       const shop_seller_page **out_page, shop_error **out_error);

/** Grants a pending or rejected application.
 * @param session Who acts.
 * @param seller_id The seller.
 * @param out_seller The seller as it is then.
 * @errors not_found, illegal_transition, forbidden
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_approve(shop_session *session, shop_id seller_id,
                                          const shop_seller **out_seller, shop_error **out_error);

/** Refuses a pending application.
 * @param session Who acts.
 * @param seller_id The seller.
 * @param reason 1 to 500 bytes; the applicant sees it.
 * @param out_seller The seller as it is then.
 * @errors validation, not_found, illegal_transition, forbidden
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_reject(shop_session *session, shop_id seller_id,
                                         const char *reason, const shop_seller **out_seller,
                                         shop_error **out_error);

/** Stops an approved seller: its keeper is a customer again, its products are neither found nor
 * sold until it is reinstated. Cost: its products.
 * @param session Who acts.
 * @param seller_id The seller.
 * @param reason 1 to 500 bytes; the seller sees it.
 * @param out_seller The seller as it is then.
 * @errors validation, not_found, illegal_transition, forbidden
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_suspend(shop_session *session, shop_id seller_id,
                                          const char *reason, const shop_seller **out_seller,
                                          shop_error **out_error);

/** Lets a suspended seller sell again.
 * @param session Who acts.
 * @param seller_id The seller.
 * @param out_seller The seller as it is then.
 * @errors not_found, illegal_transition, forbidden
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_reinstate(shop_session *session, shop_id seller_id,
                                            const shop_seller **out_seller, shop_error **out_error);

/** Gives or takes the badge.
 * @param session Who acts.
 * @param seller_id The seller.
 * @param verified Whether it has the badge.
 * @param out_seller The seller as it is then.
 * @errors not_found, forbidden
 * @owned out_seller
 * @since 1.0 */
SHOP_API shop_status shop_sellers_set_verified(shop_session *session, shop_id seller_id,
                                               shop_bool verified, const shop_seller **out_seller,
                                               shop_error **out_error);

/** How applications are decided.
 * @param session Who acts.
 * @param out_value Manual or automatic.
 * @errors forbidden
 * @since 1.0 */
SHOP_API shop_status shop_sellers_approval(shop_session *session, shop_seller_approval *out_value,
                                           shop_error **out_error);

/** Chooses how applications are decided from now on.
 * @param session Who acts.
 * @param approval Manual or automatic.
 * @errors validation, forbidden
 * @since 1.0 */
SHOP_API shop_status shop_sellers_set_approval(shop_session *session, shop_seller_approval approval,
                                               shop_error **out_error);

#endif
