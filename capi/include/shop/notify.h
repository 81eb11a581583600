/** @file
 * What users are told inside the shop's own pages.
 */
#ifndef SHOP_NOTIFY_H
#define SHOP_NOTIFY_H

#include "shop/base.h"
#include "shop/session.h"

/** What a notification is about. */
typedef int32_t shop_notification_kind;
enum {
  SHOP_NOTIFICATION_KIND_ORDER_STATUS = 1, /**< an order was placed, moved on, canceled, returned */
  SHOP_NOTIFICATION_KIND_BACK_IN_STOCK =
      2, /**< what the customer waits or wishes for is there again */
  SHOP_NOTIFICATION_KIND_PRICE_DROP = 3, /**< what the customer wishes for costs less */
  SHOP_NOTIFICATION_KIND_LOW_STOCK = 4,  /**< a seller's stock fell to its threshold */
  SHOP_NOTIFICATION_KIND_REVIEW = 5, /**< an answer to a review, or what the moderation decided */
  SHOP_NOTIFICATION_KIND_LOYALTY =
      6, /**< points earned or about to expire, another tier, a referral */
  SHOP_NOTIFICATION_KIND_MESSAGE = 7 /**< from the people of the shop */
};

/** Something a user is told. */
typedef struct shop_notification {
  SHOP_RECORD_HEAD;
  shop_str uuid;
  shop_notification_kind kind;
  uint32_t unused_2;
  shop_str title; /**< English; `kind` and `data` allow another wording */
  shop_str body;
  shop_str object;   /**< what it is about, e.g. `order`; empty: nothing in particular */
  shop_id object_id; /**< @optional */
  shop_str data;     /**< a JSON object with the numbers of it */
  shop_time created_at;
  shop_time read_at; /**< absent while unread @optional */
} shop_notification;

/** A page of shop_notification. */
SHOP_PAGE(shop_notification_page, shop_notification);

/** Which notifications a list shows. */
typedef struct shop_notification_filter {
  SHOP_INPUT_HEAD;
  shop_bool unread_only;
  shop_notification_kind kind; /**< @optional */
} shop_notification_filter;

/** How a user wants to be told of one kind of thing. */
typedef struct shop_notification_preference {
  SHOP_RECORD_HEAD;
  shop_notification_kind kind;
  shop_bool in_app; /**< keep it in the user's list */
  shop_bool outbox; /**< also write the event `notification.created`, for mail and push */
  uint32_t unused_2;
} shop_notification_preference;

/** A list of shop_notification_preference. */
SHOP_LIST(shop_notification_preference_list, shop_notification_preference);

/** How a user wants to be told of one kind of thing.
 * @cpp NotificationPreference */
typedef struct shop_notification_preference_input {
  SHOP_INPUT_HEAD;
  shop_notification_kind kind; /**< @default */
  shop_bool in_app;            /**< keep it in the user's list @optional */
  shop_bool outbox; /**< also write the event `notification.created`, for mail and push @optional */
  uint32_t unused_2;
} shop_notification_preference_input;

/** How long notifications are kept. */
typedef struct shop_notification_retention {
  SHOP_RECORD_HEAD;
  int64_t days;     /**< 1–3650 */
  int64_t per_user; /**< the newest of each user, 10–500 */
} shop_notification_retention;

/** How long notifications are kept.
 * @cpp NotificationRetention */
typedef struct shop_notification_retention_input {
  SHOP_INPUT_HEAD;
  int64_t days;     /**< 1–3650 @default */
  int64_t per_user; /**< the newest of each user, 10–500 @default */
} shop_notification_retention_input;

/** A message to a user from the people of the shop. */
typedef struct shop_notification_input {
  SHOP_INPUT_HEAD;
  shop_id user_id;
  shop_str title; /**< 1–200 bytes */
  shop_str body;  /**< 0–4,000 bytes @default */
} shop_notification_input;

/** The acting user's notifications, newest first.
 * @param session Who acts.
 * @param filter Which of them; NULL for all.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The notifications.
 * @errors validation
 * @nullable filter, page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_notify_list(shop_session *session, const shop_notification_filter *filter,
                                      const shop_page_query *page,
                                      const shop_notification_page **out_page,
                                      shop_error **out_error);

/** How many of the acting user's notifications are unread.
 * @param session Who acts.
 * @param out_count How many.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_notify_unread(shop_session *session, int64_t *out_count,
                                        shop_error **out_error);

/** Marks one's own notification as read; a second time changes nothing.
 * @param session Who acts.
 * @param uuid Of the notification.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_notify_mark_read(shop_session *session, const char *uuid,
                                           shop_error **out_error);

/** Marks one's own notification as unread again.
 * @param session Who acts.
 * @param uuid Of the notification.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_notify_mark_unread(shop_session *session, const char *uuid,
                                             shop_error **out_error);

/** Marks all of one's own notifications as read.
 * @param session Who acts.
 * @param out_count How many were unread.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_notify_mark_all_read(shop_session *session, int64_t *out_count,
                                               shop_error **out_error);

/** Removes one's own notification.
 * @param session Who acts.
 * @param uuid Of the notification.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_notify_remove(shop_session *session, const char *uuid,
                                        shop_error **out_error);

/** What the acting user wants of each kind.
 * @param session Who acts.
 * @param out_notification_preferences One row for each kind.
 * @errors none
 * @owned out_notification_preferences
 * @since 1.0 */
SHOP_API shop_status shop_notify_preferences(
    shop_session *session, const shop_notification_preference_list **out_notification_preferences,
    shop_error **out_error);

/** Chooses how the acting user is told of one kind of thing.
 * @param session Who acts.
 * @param preference The kind, and what is to change.
 * @param out_notification_preference The preference as it is then.
 * @errors validation
 * @owned out_notification_preference
 * @since 1.0 */
SHOP_API shop_status shop_notify_set_preference(
    shop_session *session, const shop_notification_preference_input *preference,
    const shop_notification_preference **out_notification_preference, shop_error **out_error);

/** Sends a message to a user; one who wants no messages gets none.
 * @param session Who acts.
 * @param input To whom, and what.
 * @param out_yes Whether it was kept or written.
 * @errors validation, forbidden, not_found
 * @since 1.0 */
SHOP_API shop_status shop_notify_send(shop_session *session, const shop_notification_input *input,
                                      shop_bool *out_yes, shop_error **out_error);

/** How long notifications are kept.
 * @param session Who acts.
 * @param out_notification_retention Days and how many for each user.
 * @errors validation, forbidden
 * @owned out_notification_retention
 * @since 1.0 */
SHOP_API shop_status shop_notify_retention(
    shop_session *session, const shop_notification_retention **out_notification_retention,
    shop_error **out_error);

/** Chooses how long notifications are kept.
 * @param session Who acts.
 * @param input Days and how many for each user; 0 is the default.
 * @param out_notification_retention Days and how many for each user.
 * @errors validation, forbidden
 * @owned out_notification_retention
 * @since 1.0 */
SHOP_API shop_status shop_notify_set_retention(
    shop_session *session, const shop_notification_retention_input *input,
    const shop_notification_retention **out_notification_retention, shop_error **out_error);

/** Removes what is older than the retention; each new notification does so for its user. Cost: all
 * notifications.
 * @param session Who acts.
 * @param out_count How many were removed.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_notify_prune(shop_session *session, int64_t *out_count,
                                       shop_error **out_error);

#endif
