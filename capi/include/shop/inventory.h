/** @file
 * How much there is of what, where, and how it came to be.
 */
#ifndef SHOP_INVENTORY_H
#define SHOP_INVENTORY_H

#include "shop/base.h"
#include "shop/session.h"

/** What a movement in the stock ledger does. */
typedef int32_t shop_stock_movement_kind;
enum {
  SHOP_STOCK_MOVEMENT_KIND_RECEIVE = 1,   /**< goods came in */
  SHOP_STOCK_MOVEMENT_KIND_SELL = 2,      /**< goods were sold */
  SHOP_STOCK_MOVEMENT_KIND_GIVE_BACK = 3, /**< sold goods came back */
  SHOP_STOCK_MOVEMENT_KIND_ADJUST = 4,    /**< the books were put right */
  SHOP_STOCK_MOVEMENT_KIND_TRANSFER =
      5, /**< goods went from one location to another: two movements */
  SHOP_STOCK_MOVEMENT_KIND_RESERVE = 6, /**< goods were put aside for a cart */
  SHOP_STOCK_MOVEMENT_KIND_RELEASE = 7  /**< goods put aside are free again */
};

/** Why stock moved. */
typedef int32_t shop_stock_reason;
enum {
  SHOP_STOCK_REASON_DELIVERY = 1, /**< from a supplier */
  SHOP_STOCK_REASON_SALE = 2,
  SHOP_STOCK_REASON_CUSTOMER_RETURN = 3,
  SHOP_STOCK_REASON_CANCELLATION = 4, /**< the order was canceled */
  SHOP_STOCK_REASON_ORDER_EDIT = 5,   /**< the order was changed */
  SHOP_STOCK_REASON_CORRECTION = 6,   /**< the books were wrong */
  SHOP_STOCK_REASON_COUNT = 7,        /**< a stock take found another number */
  SHOP_STOCK_REASON_DAMAGE = 8,
  SHOP_STOCK_REASON_LOSS = 9,         /**< stolen or lost */
  SHOP_STOCK_REASON_TRANSFER = 10,    /**< between locations */
  SHOP_STOCK_REASON_RESERVATION = 11, /**< put aside for a cart, or free again */
  SHOP_STOCK_REASON_OTHER = 12
};

/** How much there is of a variant, over all locations. */
typedef struct shop_stock_level {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  int64_t on_hand;   /**< in the building; below zero when backorders are owed */
  int64_t held;      /**< put aside for carts */
  int64_t available; /**< on_hand − held: what can be sold */
} shop_stock_level;

/** A list of shop_stock_level. */
SHOP_LIST(shop_stock_level_list, shop_stock_level);

/** One line of the append-only stock ledger. */
typedef struct shop_stock_movement {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_time at;
  shop_id variant_id;
  shop_id location_id; /**< 0: the shop itself */
  shop_stock_movement_kind kind;
  shop_stock_reason reason;
  int64_t quantity; /**< signed; of the reserved goods for reserve and release */
  int64_t on_hand;  /**< at that location, after the movement */
  shop_id order_id; /**< the order that it belongs to @optional */
  shop_id actor_id; /**< the account that did it; absent for guests and the host @optional */
  shop_str note;
} shop_stock_movement;

/** A page of shop_stock_movement. */
SHOP_PAGE(shop_stock_movement_page, shop_stock_movement);

/** Goods that came in. */
typedef struct shop_receive_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t quantity;    /**< 1 to 1,000,000,000 */
  shop_id location_id; /**< 0: the shop itself @default */
  shop_str note;       /**< e.g. the delivery note's number; at most 500 bytes @default */
} shop_receive_input;

/** A list of shop_receive_input. */
SHOP_LIST(shop_receive_input_list, shop_receive_input);

/** A correction of the books. */
typedef struct shop_adjust_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t change;           /**< −1,000,000,000 to 1,000,000,000, not 0 */
  shop_stock_reason reason; /**< correction, damage, loss, count or other @default */
  uint32_t unused_2;
  shop_id location_id; /**< 0: the shop itself @default */
  shop_str note;       /**< at most 500 bytes @default */
} shop_adjust_input;

/** A place where goods are. Every shop has 0, the shop itself, which needs no name. */
typedef struct shop_stock_location {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;     /**< unique, case- and accent-folded */
  shop_id seller_id; /**< 0: the shop's own */
  shop_bool active;
  uint32_t unused_2;
} shop_stock_location;

/** A list of shop_stock_location. */
SHOP_LIST(shop_stock_location_list, shop_stock_location);

/** How much there is of a variant at one location. */
typedef struct shop_stock_at_location {
  SHOP_RECORD_HEAD;
  shop_id location_id; /**< 0: the shop itself */
  shop_str location;   /**< its name; empty for the shop itself */
  int64_t on_hand;
  int64_t held;
  int64_t available;
} shop_stock_at_location;

/** A list of shop_stock_at_location. */
SHOP_LIST(shop_stock_at_location_list, shop_stock_at_location);

/** Goods that go from one location to another. */
typedef struct shop_transfer_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  shop_id from_id;  /**< location; 0: the shop itself @default */
  shop_id to_id;    /**< another location */
  int64_t quantity; /**< 1 to 1,000,000,000 */
  shop_str note;    /**< at most 500 bytes @default */
} shop_transfer_input;

/** When a variant is low, and how it is ordered. */
typedef struct shop_stock_threshold {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  int64_t low;            /**< low when no more than this is available */
  int64_t lead_time_days; /**< from an order to its arrival, 0–730 */
  int64_t safety_stock;   /**< never to be counted on */
  int64_t cover_days;     /**< an order is to last so long beyond the lead time, 1–730 */
} shop_stock_threshold;

/** When a variant is low, and how it is ordered. */
typedef struct shop_threshold_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t low;            /**< at most 1,000,000,000 */
  int64_t lead_time_days; /**< 0–730 @default */
  int64_t safety_stock;   /**< at most 1,000,000,000 */
  int64_t cover_days;     /**< 1–730 @default */
} shop_threshold_input;

/** How far a stock take is. */
typedef int32_t shop_stock_take_status;
enum {
  SHOP_STOCK_TAKE_STATUS_OPEN = 1,    /**< being counted */
  SHOP_STOCK_TAKE_STATUS_CLOSED = 2,  /**< its differences are booked */
  SHOP_STOCK_TAKE_STATUS_CANCELED = 3 /**< nothing was booked */
};

/** A count of what is really there. */
typedef struct shop_stock_take {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;
  shop_id location_id; /**< 0: the shop itself */
  shop_stock_take_status status;
  uint32_t unused_2;
  shop_time opened_at;
  shop_time closed_at; /**< @optional */
  int64_t counted;     /**< variants counted */
  int64_t differing;   /**< of them, those that were not as expected */
  int64_t difference;  /**< units found too many, less units missing */
} shop_stock_take;

/** A page of shop_stock_take. */
SHOP_PAGE(shop_stock_take_page, shop_stock_take);

/** A variant in a stock take. */
typedef struct shop_stock_take_line {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  int64_t expected; /**< by the ledger, when it was counted */
  int64_t counted;
  shop_time counted_at;
} shop_stock_take_line;

/** A page of shop_stock_take_line. */
SHOP_PAGE(shop_stock_take_line_page, shop_stock_take_line);

/** Books goods in; who waits for the variant is told, in the order of asking.
 * @param session Who acts.
 * @param input What came, how much, and where to.
 * @param out_stock_level How much there is then, over all locations.
 * @errors validation, not_found, forbidden
 * @owned out_stock_level
 * @since 1.0 */
SHOP_API shop_status shop_inventory_receive(shop_session *session, const shop_receive_input *input,
                                            const shop_stock_level **out_stock_level,
                                            shop_error **out_error);

/** Puts the books right, with a reason.
 * @param session Who acts.
 * @param input By how much, why and where.
 * @param out_stock_level How much there is then, over all locations.
 * @errors validation, not_found, out_of_stock, forbidden
 * @owned out_stock_level
 * @since 1.0 */
SHOP_API shop_status shop_inventory_adjust(shop_session *session, const shop_adjust_input *input,
                                           const shop_stock_level **out_stock_level,
                                           shop_error **out_error);

/** Books many deliveries in, all or none; errors name `lines[i]`.
 * @param session Who acts.
 * @param lines What came.
 * @param out_stock_levels How much there is then, in the order of the lines.
 * @errors validation
 * @owned out_stock_levels
 * @since 1.0 */
SHOP_API shop_status shop_inventory_restock(shop_session *session,
                                            const shop_receive_input_list *lines,
                                            const shop_stock_level_list **out_stock_levels,
                                            shop_error **out_error);

/** Moves goods from one location to another.
 * @param session Who acts.
 * @param input What, how much, from where and where to.
 * @param out_stock_at_locations What is where then.
 * @errors validation, not_found, out_of_stock, forbidden
 * @owned out_stock_at_locations
 * @since 1.0 */
SHOP_API shop_status shop_inventory_transfer(
    shop_session *session, const shop_transfer_input *input,
    const shop_stock_at_location_list **out_stock_at_locations, shop_error **out_error);

/** What is where of a variant.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param out_stock_at_locations One row for each location that has or had any.
 * @errors not_found, forbidden
 * @owned out_stock_at_locations
 * @since 1.0 */
SHOP_API shop_status shop_inventory_locations_of(
    shop_session *session, shop_id variant_id,
    const shop_stock_at_location_list **out_stock_at_locations, shop_error **out_error);

/** Adds a place where goods are.
 * @param session Who acts.
 * @param name 1 to 100 bytes, unique in any case.
 * @param out_stock_location The location.
 * @errors validation, already_exists, forbidden
 * @owned out_stock_location
 * @since 1.0 */
SHOP_API shop_status shop_inventory_create_location(shop_session *session, const char *name,
                                                    const shop_stock_location **out_stock_location,
                                                    shop_error **out_error);

/** Gives a location another name.
 * @param session Who acts.
 * @param location_id The location.
 * @param name 1 to 100 bytes, unique in any case.
 * @param out_stock_location The location as it is then.
 * @errors validation, already_exists, not_found, forbidden
 * @owned out_stock_location
 * @since 1.0 */
SHOP_API shop_status shop_inventory_rename_location(shop_session *session, shop_id location_id,
                                                    const char *name,
                                                    const shop_stock_location **out_stock_location,
                                                    shop_error **out_error);

/** Takes an empty location out of use; its movements stay.
 * @param session Who acts.
 * @param location_id The location.
 * @param out_stock_location The location as it is then.
 * @errors not_found, not_empty, forbidden
 * @owned out_stock_location
 * @since 1.0 */
SHOP_API shop_status shop_inventory_close_location(shop_session *session, shop_id location_id,
                                                   const shop_stock_location **out_stock_location,
                                                   shop_error **out_error);

/** All locations but the shop itself, by name; a seller's own for a seller.
 * @param session Who acts.
 * @param out_stock_locations The locations.
 * @errors none
 * @owned out_stock_locations
 * @since 1.0 */
SHOP_API shop_status shop_inventory_locations(shop_session *session,
                                              const shop_stock_location_list **out_stock_locations,
                                              shop_error **out_error);

/** Says when a variant is low.
 * @param session Who acts.
 * @param input When it is low, and how it is ordered.
 * @param out_stock_threshold The threshold.
 * @errors validation, not_found, forbidden
 * @owned out_stock_threshold
 * @since 1.0 */
SHOP_API shop_status shop_inventory_set_threshold(shop_session *session,
                                                  const shop_threshold_input *input,
                                                  const shop_stock_threshold **out_stock_threshold,
                                                  shop_error **out_error);

/** When a variant is low; as it was set, else the defaults.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param out_stock_threshold The threshold.
 * @errors not_found, forbidden
 * @owned out_stock_threshold
 * @since 1.0 */
SHOP_API shop_status shop_inventory_threshold(shop_session *session, shop_id variant_id,
                                              const shop_stock_threshold **out_stock_threshold,
                                              shop_error **out_error);

/** Begins to count what is at a location. Selling goes on: each variant is compared with the ledger
 * at the moment it is counted.
 * @param session Who acts.
 * @param name 1 to 100 bytes, e.g. `January`.
 * @param location_id The location; 0: the shop itself.
 * @param out_stock_take The open stock take.
 * @errors validation, not_found, forbidden
 * @owned out_stock_take
 * @since 1.0 */
SHOP_API shop_status shop_inventory_open_stock_take(shop_session *session, const char *name,
                                                    shop_id location_id,
                                                    const shop_stock_take **out_stock_take,
                                                    shop_error **out_error);

/** Enters the count of a variant, or a second count in place of the first.
 * @param session Who acts.
 * @param stock_take_id The stock take.
 * @param variant_id The variant.
 * @param counted What is really there, 0 to 1,000,000,000.
 * @param out_stock_take_line What was expected and what was counted.
 * @errors validation, not_found, illegal_transition, forbidden
 * @owned out_stock_take_line
 * @since 1.0 */
SHOP_API shop_status shop_inventory_count(shop_session *session, shop_id stock_take_id,
                                          shop_id variant_id, int64_t counted,
                                          const shop_stock_take_line **out_stock_take_line,
                                          shop_error **out_error);

/** Books the differences that a stock take found, and closes it.
 * @param session Who acts.
 * @param stock_take_id The stock take.
 * @param out_stock_take The closed stock take.
 * @errors not_found, illegal_transition, out_of_stock, forbidden
 * @owned out_stock_take
 * @since 1.0 */
SHOP_API shop_status shop_inventory_close_stock_take(shop_session *session, shop_id stock_take_id,
                                                     const shop_stock_take **out_stock_take,
                                                     shop_error **out_error);

/** Ends a stock take without booking anything.
 * @param session Who acts.
 * @param stock_take_id The stock take.
 * @param out_stock_take The canceled stock take.
 * @errors not_found, illegal_transition, forbidden
 * @owned out_stock_take
 * @since 1.0 */
SHOP_API shop_status shop_inventory_cancel_stock_take(shop_session *session, shop_id stock_take_id,
                                                      const shop_stock_take **out_stock_take,
                                                      shop_error **out_error);

/** A stock take.
 * @param session Who acts.
 * @param stock_take_id The stock take.
 * @param out_stock_take How far it is and what it found.
 * @errors not_found, forbidden
 * @owned out_stock_take
 * @since 1.0 */
SHOP_API shop_status shop_inventory_stock_take(shop_session *session, shop_id stock_take_id,
                                               const shop_stock_take **out_stock_take,
                                               shop_error **out_error);

/** All stock takes, newest first.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The stock takes.
 * @errors validation, forbidden
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_inventory_stock_takes(shop_session *session, const shop_page_query *page,
                                                const shop_stock_take_page **out_page,
                                                shop_error **out_error);

/** What was counted, by variant.
 * @param session Who acts.
 * @param stock_take_id The stock take.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The counted variants.
 * @errors validation, not_found, forbidden
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_inventory_stock_take_lines(shop_session *session, shop_id stock_take_id,
                                                     const shop_page_query *page,
                                                     const shop_stock_take_line_page **out_page,
                                                     shop_error **out_error);

/** Frees what was put aside for carts longer than agreed; a sale that finds too little does so for
 * itself.
 * @param session Who acts.
 * @param out_count How many reservations ended.
 * @errors forbidden
 * @since 1.0 */
SHOP_API shop_status shop_inventory_release_expired(shop_session *session, int64_t *out_count,
                                                    shop_error **out_error);

/** How much there is; zeros for a variant that never had stock. What is not on sale is only there
 * for those who manage the product or its stock.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param out_stock_level On hand, held and available, over all locations.
 * @errors not_found, forbidden
 * @owned out_stock_level
 * @since 1.0 */
SHOP_API shop_status shop_inventory_level(shop_session *session, shop_id variant_id,
                                          const shop_stock_level **out_stock_level,
                                          shop_error **out_error);

/** The ledger of one variant, newest first. Cost: the rows of the page; a total costs all of them.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The movements.
 * @errors not_found, validation, forbidden
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_inventory_movements(shop_session *session, shop_id variant_id,
                                              const shop_page_query *page,
                                              const shop_stock_movement_page **out_page,
                                              shop_error **out_error);

#endif
