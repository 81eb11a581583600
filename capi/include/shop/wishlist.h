/** @file
 * Wishlists, and waiting for what is sold out.
 */
#ifndef SHOP_WISHLIST_H
#define SHOP_WISHLIST_H

#include "shop/base.h"
#include "shop/cart.h"
#include "shop/session.h"

/** A list of products that a customer would like to have. */
typedef struct shop_wishlist {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;        /**< unique among the customer's, case- and accent-folded */
  shop_bool is_default; /**< the one that is meant when none is named */
  shop_bool shared;     /**< somebody with the token can read it */
  int64_t items;
  shop_time created_at;
} shop_wishlist;

/** A list of shop_wishlist. */
SHOP_LIST(shop_wishlist_list, shop_wishlist);

/** A product for a wishlist. */
typedef struct shop_wish_input {
  SHOP_INPUT_HEAD;
  shop_id wishlist_id; /**< absent: the default one, made when there is none @optional */
  shop_id product_id;
  shop_id variant_id;             /**< which one exactly; absent: any @optional */
  shop_str note;                  /**< 0–500 bytes @default */
  shop_bool notify_price_drop;    /**< @optional */
  shop_bool notify_back_in_stock; /**< @optional */
} shop_wish_input;

/** A product on a wishlist, as it is now. */
typedef struct shop_wishlist_item {
  SHOP_RECORD_HEAD;
  shop_id wishlist_id;
  shop_id product_id;
  shop_id variant_id;     /**< @optional */
  shop_str slug;          /**< empty when the product is gone */
  shop_str title;         /**< empty when the product is gone */
  shop_money price;       /**< now */
  shop_money price_added; /**< when it was added */
  shop_bool on_sale;
  shop_bool in_stock;
  shop_str note;
  shop_bool notify_price_drop;
  shop_bool notify_back_in_stock;
  shop_time added_at;
} shop_wishlist_item;

/** A list of shop_wishlist_item. */
SHOP_LIST(shop_wishlist_item_list, shop_wishlist_item);

/** A page of shop_wishlist_item. */
SHOP_PAGE(shop_wishlist_item_page, shop_wishlist_item);

/** A wishlist that somebody shares: read only, and without the customer's notes. */
typedef struct shop_shared_wishlist {
  SHOP_RECORD_HEAD;
  shop_str name;
  const shop_wishlist_item_list *items; /**< newest first, at most 1,000 */
} shop_shared_wishlist;

/** How often a product is wished for. */
typedef struct shop_wished_product {
  SHOP_RECORD_HEAD;
  shop_id product_id;
  int64_t customers; /**< each counted once, however many of their lists it is on */
} shop_wished_product;

/** A page of shop_wished_product. */
SHOP_PAGE(shop_wished_product_page, shop_wished_product);

/** A variant that a customer waits for. */
typedef struct shop_stock_wait {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  shop_time since;
  int64_t ahead; /**< customers who asked before */
} shop_stock_wait;

/** A list of shop_stock_wait. */
SHOP_LIST(shop_stock_wait_list, shop_stock_wait);

/** Makes a list for the acting customer.
 * @param session Who acts.
 * @param name 1 to 100 bytes, unique among the customer's in any case.
 * @param out_wishlist The empty list.
 * @errors validation, already_exists, limit_reached
 * @owned out_wishlist
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_create(shop_session *session, const char *name,
                                          const shop_wishlist **out_wishlist,
                                          shop_error **out_error);

/** Gives one's own list another name.
 * @param session Who acts.
 * @param wishlist_id The wishlist.
 * @param name 1 to 100 bytes, unique among the customer's in any case.
 * @param out_wishlist The list as it is then.
 * @errors validation, already_exists, not_found
 * @owned out_wishlist
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_rename(shop_session *session, shop_id wishlist_id,
                                          const char *name, const shop_wishlist **out_wishlist,
                                          shop_error **out_error);

/** Removes one's own list and what is on it.
 * @param session Who acts.
 * @param wishlist_id The wishlist.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_remove(shop_session *session, shop_id wishlist_id,
                                          shop_error **out_error);

/** The customer's lists, the default one first, then by name.
 * @param session Who acts.
 * @param out_wishlists The lists.
 * @errors none
 * @owned out_wishlists
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_lists(shop_session *session,
                                         const shop_wishlist_list **out_wishlists,
                                         shop_error **out_error);

/** Puts a product on a list; if it is there already, note, variant and notices are changed.
 * @param session Who acts.
 * @param input Which product, on which list, and which notices.
 * @param out_wishlist_item The item as it is now.
 * @errors validation, not_found, limit_reached
 * @owned out_wishlist_item
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_add(shop_session *session, const shop_wish_input *input,
                                       const shop_wishlist_item **out_wishlist_item,
                                       shop_error **out_error);

/** Takes a product off one's own list.
 * @param session Who acts.
 * @param wishlist_id The wishlist.
 * @param product_id The product.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_take_off(shop_session *session, shop_id wishlist_id,
                                            shop_id product_id, shop_error **out_error);

/** Moves a product to another list of the customer; if it is there already, it stays once.
 * @param session Who acts.
 * @param wishlist_id Where it is.
 * @param product_id The product.
 * @param to_wishlist_id Where it goes.
 * @errors not_found, limit_reached
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_move(shop_session *session, shop_id wishlist_id,
                                        shop_id product_id, shop_id to_wishlist_id,
                                        shop_error **out_error);

/** What is on one's own list, newest first.
 * @param session Who acts.
 * @param wishlist_id The wishlist.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The items as they are now.
 * @errors not_found, validation
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_items(shop_session *session, shop_id wishlist_id,
                                         const shop_page_query *page,
                                         const shop_wishlist_item_page **out_page,
                                         shop_error **out_error);

/** Gives the token with which anybody can read the list; an earlier one stops working. The token is
 * shown here only, the shop keeps its hash.
 * @param session Who acts.
 * @param wishlist_id The wishlist.
 * @param out_text The token.
 * @errors not_found
 * @owned out_text
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_share(shop_session *session, shop_id wishlist_id,
                                         const shop_text **out_text, shop_error **out_error);

/** Ends the sharing.
 * @param session Who acts.
 * @param wishlist_id The wishlist.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_unshare(shop_session *session, shop_id wishlist_id,
                                           shop_error **out_error);

/** The list of a token; anybody may ask.
 * @param session Who acts.
 * @param token As wishlist_share gave it.
 * @param out_shared_wishlist The list, without the customer's notes.
 * @errors not_found
 * @owned out_shared_wishlist
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_shared(shop_session *session, const char *token,
                                          const shop_shared_wishlist **out_shared_wishlist,
                                          shop_error **out_error);

/** By how many customers a product is wished for.
 * @param session Who acts.
 * @param product_id The product.
 * @param out_count How many customers.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_wished(shop_session *session, shop_id product_id,
                                          int64_t *out_count, shop_error **out_error);

/** The products wished for most.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The products with how many customers wish for each, most first.
 * @errors validation
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_most_wished(shop_session *session, const shop_page_query *page,
                                               const shop_wished_product_page **out_page,
                                               shop_error **out_error);

/** Asks to be told when a variant is in stock again; twice is once.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param out_stock_wait Since when, and how many asked before.
 * @errors not_found, conflict
 * @owned out_stock_wait
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_wait_for(shop_session *session, shop_id variant_id,
                                            const shop_stock_wait **out_stock_wait,
                                            shop_error **out_error);

/** Takes the question back.
 * @param session Who acts.
 * @param variant_id The variant.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_stop_waiting(shop_session *session, shop_id variant_id,
                                                shop_error **out_error);

/** What the customer waits for, the longest first.
 * @param session Who acts.
 * @param out_stock_waits The waits.
 * @errors none
 * @owned out_stock_waits
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_waiting(shop_session *session,
                                           const shop_stock_wait_list **out_stock_waits,
                                           shop_error **out_error);

/** From a wishlist into the cart. */
typedef struct shop_wishlist_to_cart {
  SHOP_INPUT_HEAD;
  shop_id wishlist_id;
  shop_id product_id;
  shop_id variant_id; /**< needed when neither the wish nor the product leaves one choice.
                         @optional */
  int64_t quantity;   /**< 0 means 1. @default */
} shop_wishlist_to_cart;

/** Moves a product from a wishlist into the current cart.
 * @param session Who acts.
 * @param input What to move.
 * @param out_cart_line The line of the cart.
 * @errors validation, not_found, not_for_sale, limit_reached
 * @owned out_cart_line
 * @since 1.0 */
SHOP_API shop_status shop_wishlist_move_to_cart(shop_session *session,
                                                const shop_wishlist_to_cart *input,
                                                const shop_cart_line **out_cart_line,
                                                shop_error **out_error);

#endif
