/** @file
 * Inventory. */
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
  int64_t reserved;  /**< put aside for carts */
  int64_t available; /**< on_hand − reserved: what can be sold */
} shop_stock_level;

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

/** What Inventory::receive needs. */
typedef struct shop_receive_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t quantity;    /**< 1 to 1,000,000,000 */
  shop_id location_id; /**< 0: the shop itself @default */
  shop_str note;       /**< e.g. the delivery note's number; at most 500 bytes @default */
} shop_receive_input;

/** What Inventory::adjust needs. */
typedef struct shop_adjust_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t change;           /**< −1,000,000,000 to 1,000,000,000, not 0 */
  shop_stock_reason reason; /**< correction, damage, loss, count or other @default */
  uint32_t unused_2;
  shop_id location_id; /**< 0: the shop itself @default */
  shop_str note;       /**< at most 500 bytes @default */
} shop_adjust_input;

/** Books goods in. Result: the level afterwards.
 * @param session Who acts.
 * @param input What Inventory::receive needs.
 * @param out_stock_level How much there is of a variant, over all locations.
 * @errors validation, not_found, forbidden
 * @owned out_stock_level
 * @since 1.0 */
SHOP_API shop_status shop_inventory_receive(shop_session *session, const shop_receive_input *input,
                                            const shop_stock_level **out_stock_level,
                                            shop_error **out_error);

/** Puts the books right. Result: the level afterwards.
 * @param session Who acts.
 * @param input What Inventory::adjust needs.
 * @param out_stock_level How much there is of a variant, over all locations.
 * @errors validation, not_found, out_of_stock, forbidden
 * @owned out_stock_level
 * @since 1.0 */
SHOP_API shop_status shop_inventory_adjust(shop_session *session, const shop_adjust_input *input,
                                           const shop_stock_level **out_stock_level,
                                           shop_error **out_error);

/** How much there is; zeros for a variant that never had stock.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param out_stock_level How much there is of a variant, over all locations.
 * @errors not_found, forbidden
 * @owned out_stock_level
 * @since 1.0 */
SHOP_API shop_status shop_inventory_level(shop_session *session, shop_id variant_id,
                                          const shop_stock_level **out_stock_level,
                                          shop_error **out_error);

/** The ledger of one variant, newest first. Cost: the rows of the page; a total costs all of them.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param page Which page; NULL for the first.
 * @param out_page The page.
 * @errors not_found, validation, forbidden
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_inventory_movements(shop_session *session, shop_id variant_id,
                                              const shop_page_query *page,
                                              const shop_stock_movement_page **out_page,
                                              shop_error **out_error);

#endif
