/** @file
 * The outbox: what happened, for programs outside.
 */
#ifndef SHOP_EVENTS_H
#define SHOP_EVENTS_H

#include "shop/base.h"
#include "shop/session.h"

/** Something that happened: written in the transaction of the change itself, so that it exists if
 * and only if the change does. docs/events.md lists the types and their payloads. */
typedef struct shop_event {
  SHOP_RECORD_HEAD;
  shop_id id; /**< ascending in the order of the commits */
  shop_time at;
  shop_str type;        /**< e.g. `order.placed` */
  int64_t version;      /**< of the payload's schema */
  shop_str aggregate;   /**< what it is about, e.g. `order` */
  shop_id aggregate_id; /**< which one; its events are delivered in their order */
  shop_str payload;     /**< a JSON object */
  int64_t attempt;      /**< 1 at the first delivery; 0 when only looked at */
} shop_event;

/** A list of shop_event. */
SHOP_LIST(shop_event_list, shop_event);

/** A page of shop_event. */
SHOP_PAGE(shop_event_page, shop_event);

/** Who pulls events, under a name of its own. */
typedef struct shop_event_consumer {
  SHOP_RECORD_HEAD;
  shop_str name;
  shop_strs types; /**< what it wants; empty: everything */
  shop_time created_at;
  int64_t waiting;        /**< events not pulled yet, of whatever type */
  int64_t unacknowledged; /**< pulled, or held back behind one that was */
  int64_t missed;         /**< removed at their maximum age before they were acknowledged */
} shop_event_consumer;

/** A list of shop_event_consumer. */
SHOP_LIST(shop_event_consumer_list, shop_event_consumer);

/** A consumer to be made or changed. */
typedef struct shop_event_consumer_input {
  SHOP_INPUT_HEAD;
  shop_str name;        /**< 1–60 of a–z, 0–9, `-`, `_`, `.` */
  shop_strs types;      /**< `order.placed` or `order.*`; empty: everything */
  shop_bool from_start; /**< begin with the oldest kept event rather than the next one */
  uint32_t unused_2;
} shop_event_consumer_input;

/** Which events of a consumer are done with. */
typedef struct shop_event_acknowledgement {
  SHOP_INPUT_HEAD;
  shop_str consumer;  /**< @default */
  shop_ids event_ids; /**< at most 1000 */
} shop_event_acknowledgement;

/** How long events are kept. */
typedef struct shop_event_retention {
  SHOP_RECORD_HEAD;
  int64_t acknowledged_days; /**< after everybody acknowledged them, 0–3650 */
  int64_t maximum_days;      /**< whoever has not acknowledged them, 1–3650 */
} shop_event_retention;

/** How long events are kept.
 * @cpp EventRetention */
typedef struct shop_event_retention_input {
  SHOP_INPUT_HEAD;
  int64_t acknowledged_days; /**< after everybody acknowledged them, 0–3650 */
  int64_t maximum_days;      /**< whoever has not acknowledged them, 1–3650 */
} shop_event_retention_input;

/** A type of event and the schema of its payload. */
typedef struct shop_event_type {
  SHOP_RECORD_HEAD;
  shop_str type;
  int64_t version;
  shop_str aggregate;
  shop_str fields;  /**< `number:text total:money customer_id?:id`; `?` may be absent */
  shop_str meaning; /**< one sentence */
} shop_event_type;

/** A list of shop_event_type. */
SHOP_LIST(shop_event_type_list, shop_event_type);

/** Makes a consumer, or changes the types of an existing one (its position stays).
 * @param session Who acts.
 * @param input Its name, and what it wants.
 * @param out_event_consumer The consumer.
 * @errors validation, forbidden
 * @owned out_event_consumer
 * @since 1.0 */
SHOP_API shop_status shop_events_subscribe(shop_session *session,
                                           const shop_event_consumer_input *input,
                                           const shop_event_consumer **out_event_consumer,
                                           shop_error **out_error);

/** Removes a consumer with its unacknowledged deliveries.
 * @param session Who acts.
 * @param consumer Its name.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_events_unsubscribe(shop_session *session, const char *consumer,
                                             shop_error **out_error);

/** All consumers by name. Cost: the events that wait.
 * @param session Who acts.
 * @param out_event_consumers The consumers.
 * @errors none
 * @owned out_event_consumers
 * @since 1.0 */
SHOP_API shop_status shop_events_consumers(shop_session *session,
                                           const shop_event_consumer_list **out_event_consumers,
                                           shop_error **out_error);

/** The next events for a consumer, oldest first. Each must be acknowledged within its lease, or it
 * is delivered again; empty: nothing to do for now.
 * @param session Who acts.
 * @param consumer Its name.
 * @param limit How many at most, 1 to 500.
 * @param lease_seconds 1 to 86,400.
 * @param out_events The events.
 * @errors not_found, validation
 * @owned out_events
 * @since 1.0 */
SHOP_API shop_status shop_events_pull(shop_session *session, const char *consumer, int64_t limit,
                                      int64_t lease_seconds, const shop_event_list **out_events,
                                      shop_error **out_error);

/** Marks events as done; doing it twice is fine.
 * @param session Who acts.
 * @param input The consumer, and which events.
 * @param out_count How many were open.
 * @errors not_found, validation
 * @since 1.0 */
SHOP_API shop_status shop_events_acknowledge(shop_session *session,
                                             const shop_event_acknowledgement *input,
                                             int64_t *out_count, shop_error **out_error);

/** Gives an event back: it is delivered again later, and what follows it on the same aggregate
 * after that.
 * @param session Who acts.
 * @param consumer Its name.
 * @param event_id An event that it pulled and did not acknowledge.
 * @param retry_seconds After how long, 0 to 604,800.
 * @errors not_found, validation
 * @since 1.0 */
SHOP_API shop_status shop_events_reject(shop_session *session, const char *consumer,
                                        shop_id event_id, int64_t retry_seconds,
                                        shop_error **out_error);

/** Looks at the kept events, oldest first, without consuming them.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The events, each with attempt 0.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_events_list(shop_session *session, const shop_page_query *page,
                                      const shop_event_page **out_page, shop_error **out_error);

/** Every type with its schema, by name.
 * @param session Who acts.
 * @param out_event_types The types.
 * @errors none
 * @owned out_event_types
 * @since 1.0 */
SHOP_API shop_status shop_events_types(shop_session *session,
                                       const shop_event_type_list **out_event_types,
                                       shop_error **out_error);

/** How long events are kept.
 * @param session Who acts.
 * @param out_event_retention In days.
 * @errors none
 * @owned out_event_retention
 * @since 1.0 */
SHOP_API shop_status shop_events_retention(shop_session *session,
                                           const shop_event_retention **out_event_retention,
                                           shop_error **out_error);

/** Chooses how long events are kept.
 * @param session Who acts.
 * @param input In days, both of them.
 * @param out_event_retention In days.
 * @errors validation
 * @owned out_event_retention
 * @since 1.0 */
SHOP_API shop_status shop_events_set_retention(shop_session *session,
                                               const shop_event_retention_input *input,
                                               const shop_event_retention **out_event_retention,
                                               shop_error **out_error);

/** Removes what is older than the retention; acknowledging does so too, little by little.
 * @param session Who acts.
 * @param out_count How many were removed.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_events_prune(shop_session *session, int64_t *out_count,
                                       shop_error **out_error);

#endif
