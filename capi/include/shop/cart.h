/** @file
 * Carts.
 */
#ifndef SHOP_CART_H
#define SHOP_CART_H

#include "shop/base.h"
#include "shop/pricing.h"

/** Where an order goes. Everything but the country may be empty. */
typedef struct shop_address {
  SHOP_RECORD_HEAD;
  shop_str name;
  shop_str company;
  shop_str line1;
  shop_str line2;
  shop_str postal_code;
  shop_str city;
  shop_str region;
  shop_str country; /**< as tax and shipping zones write it, e.g. an ISO 3166 code */
  shop_str phone;
} shop_address;

/** Where an order goes. Everything but the country may be empty.
 * @cpp Address */
typedef struct shop_address_input {
  SHOP_INPUT_HEAD;
  shop_str name;        /**< @default */
  shop_str company;     /**< @default */
  shop_str line1;       /**< @default */
  shop_str line2;       /**< @default */
  shop_str postal_code; /**< @default */
  shop_str city;        /**< @default */
  shop_str region;      /**< @default */
  shop_str country;     /**< as tax and shipping zones write it, e.g. an ISO 3166 code */
  shop_str phone;       /**< @default */
} shop_address_input;

/** What to put into a cart.
 * @cpp CartItem */
typedef struct shop_cart_item_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t quantity; /**< 1–1,000,000; thousandths of the measure for goods by measure */
  shop_str note;    /**< at most 500 bytes. @default */
} shop_cart_item_input;

/** One line of a cart. */
typedef struct shop_cart_line {
  SHOP_RECORD_HEAD;
  int64_t line_no; /**< stays with the line */
  shop_id variant_id;
  int64_t quantity;
  shop_money seen_price;      /**< of a unit, when the customer last looked */
  shop_money manual_price;    /**< of a unit, set by somebody who may. @optional */
  shop_money manual_discount; /**< off the line, given by somebody who may */
  shop_str manual_reason;
  shop_str note;
  int64_t quote_line; /**< its index in the quote; absent when not for sale. @optional */
} shop_cart_line;

/** What is different since the customer last looked. */
typedef int32_t shop_cart_change_kind;
enum {
  SHOP_CART_CHANGE_KIND_PRICE_ROSE = 1,
  SHOP_CART_CHANGE_KIND_PRICE_FELL = 2,
  SHOP_CART_CHANGE_KIND_SHORT_STOCK = 3 /**< less is there than the line wants */,
  SHOP_CART_CHANGE_KIND_WITHDRAWN = 4 /**< not for sale any more */
};

/** One difference. */
typedef struct shop_cart_change {
  SHOP_RECORD_HEAD;
  int64_t line_no;
  shop_cart_change_kind kind;
  uint32_t unused_2;
  shop_money old_price;
  shop_money new_price;
  int64_t requested;
  int64_t available;
} shop_cart_change;

/** A list of shop_cart_line. */
SHOP_LIST(shop_cart_line_list, shop_cart_line);

/** A list of shop_cart_change. */
SHOP_LIST(shop_cart_change_list, shop_cart_change);

/** A cart with what it costs now. */
typedef struct shop_cart {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id customer_id; /**< absent for guests and at the till. @optional */
  shop_str name;       /**< of a parked cart; empty for the current one */
  shop_str country;
  shop_str region;
  shop_id shipping_method_id;  /**< @optional */
  const shop_address *address; /**< @nullable */
  shop_strs coupons;           /**< as they were entered */
  const shop_cart_line_list *lines;
  const shop_quote *quote;
  const shop_cart_change_list *changes;
  shop_time created_at;
} shop_cart;

/** A cart in a list. */
typedef struct shop_cart_summary {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name; /**< empty for the current one */
  int64_t lines;
  shop_time created_at;
} shop_cart_summary;

/** A cart that somebody starts. */
typedef struct shop_cart_input {
  SHOP_INPUT_HEAD;
  shop_str name;       /**< parks it under this name; empty makes it the current one @default */
  shop_id customer_id; /**< for somebody else: needs `order_manage`. @optional */
  shop_str country;    /**< at most 60 bytes; empty: the customer's own. @default */
  shop_str region;     /**< @default */
} shop_cart_input;

/** What becomes of two carts when a guest logs in. */
typedef int32_t shop_cart_join;
enum {
  SHOP_CART_JOIN_ADD_UP = 1 /**< the same things add up */,
  SHOP_CART_JOIN_LARGER = 2 /**< of the same things the larger quantity stays */,
  SHOP_CART_JOIN_REPLACE = 3 /**< the guest's cart takes the place of the customer's */,
  SHOP_CART_JOIN_KEEP = 4 /**< the customer's stays; the guest's is dropped if there is one */
};

/** A list of shop_cart_summary. */
SHOP_LIST(shop_cart_summary_list, shop_cart_summary);

/** A list of shop_cart_item_input. */
SHOP_LIST(shop_cart_item_input_list, shop_cart_item_input);

/** Starts a cart: the acting person's current one, or a parked one when it has a name.
 * @param session Who acts.
 * @param input Whose, where to, and a name to park it under.
 * @param out_cart The empty cart.
 * @errors validation, already_exists, unauthenticated
 * @owned out_cart
 * @since 1.0 */
SHOP_API shop_status shop_cart_create(shop_session *session, const shop_cart_input *input,
                                      const shop_cart **out_cart, shop_error **out_error);

/** The cart with current prices and what has changed.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param out_cart The cart, its quote, and `changes`: what is different since the customer last
 *   looked.
 * @default cart_id
 * @errors not_found
 * @owned out_cart
 * @since 1.0 */
SHOP_API shop_status shop_cart_read(shop_session *session, shop_id cart_id,
                                    const shop_cart **out_cart, shop_error **out_error);

/** The acting person's carts, the current one first. At most 100.
 * @param session Who acts.
 * @param out_list The carts, the current one first.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_cart_list(shop_session *session, const shop_cart_summary_list **out_list,
                                    shop_error **out_error);

/** Puts something in. The same variant without a note adds up on its line; the first item of
 * somebody without a cart starts one.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param item What to put in.
 * @param out_cart_line The line as it is then.
 * @default cart_id
 * @errors not_found, validation, not_for_sale, limit_reached
 * @owned out_cart_line
 * @since 1.0 */
SHOP_API shop_status shop_cart_add(shop_session *session, shop_id cart_id,
                                   const shop_cart_item_input *item,
                                   const shop_cart_line **out_cart_line, shop_error **out_error);

/** Puts several things in: all or none; errors name `items[i].…`.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param items What to put in.
 * @param out_list The lines, in the order of the items.
 * @default cart_id
 * @errors validation
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_cart_add_all(shop_session *session, shop_id cart_id,
                                       const shop_cart_item_input_list *items,
                                       const shop_cart_line_list **out_list,
                                       shop_error **out_error);

/** Sets how many units of a line are wanted.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param line_no The line, by its number.
 * @param quantity 1 to 1,000,000 units; thousandths of the measure for goods by measure.
 * @param out_cart_line The line as it is then.
 * @default cart_id
 * @errors not_found, validation, not_for_sale
 * @owned out_cart_line
 * @since 1.0 */
SHOP_API shop_status shop_cart_set_quantity(shop_session *session, shop_id cart_id, int64_t line_no,
                                            int64_t quantity, const shop_cart_line **out_cart_line,
                                            shop_error **out_error);

/** Takes a line out.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param line_no The line, by its number.
 * @default cart_id
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_cart_remove(shop_session *session, shop_id cart_id, int64_t line_no,
                                      shop_error **out_error);

/** Takes every line and coupon out.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @default cart_id
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_cart_clear(shop_session *session, shop_id cart_id,
                                     shop_error **out_error);

/** Sets or, without `price`, unsets a line's unit price by hand. Needs `till_use`.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param line_no The line, by its number.
 * @param price Of one unit; NULL takes an earlier one back.
 * @param reason Why, at most 200 bytes; it stands on the order.
 * @default cart_id
 * @errors not_found, validation
 * @nullable price
 * @since 1.0 */
SHOP_API shop_status shop_cart_set_price(shop_session *session, shop_id cart_id, int64_t line_no,
                                         const shop_money *price, const char *reason,
                                         shop_error **out_error);

/** Takes an amount off a line by hand; 0 takes it back. Needs `till_use`.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param line_no The line, by its number.
 * @param discount Off the whole line, at least 0.
 * @param reason Why, at most 200 bytes; it stands on the order.
 * @default cart_id
 * @errors not_found, validation
 * @since 1.0 */
SHOP_API shop_status shop_cart_set_discount(shop_session *session, shop_id cart_id, int64_t line_no,
                                            const shop_money *discount, const char *reason,
                                            shop_error **out_error);

/** Writes a note on a line, e.g. an engraving; it goes onto the order.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param line_no The line, by its number.
 * @param note At most 500 bytes; empty takes it off.
 * @param out_cart_line The line as it is then.
 * @default cart_id
 * @errors not_found, validation
 * @owned out_cart_line
 * @since 1.0 */
SHOP_API shop_status shop_cart_set_note(shop_session *session, shop_id cart_id, int64_t line_no,
                                        const char *note, const shop_cart_line **out_cart_line,
                                        shop_error **out_error);

/** Enters a code. It stays in the cart even when it does not apply yet; the quote says why.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param code As the customer typed it; case does not matter.
 * @default cart_id
 * @errors coupon_rejected, limit_reached, rate_limited
 * @since 1.0 */
SHOP_API shop_status shop_cart_add_coupon(shop_session *session, shop_id cart_id, const char *code,
                                          shop_error **out_error);

/** Takes a code out of the cart again.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param code As it was entered, in any case.
 * @default cart_id
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_cart_remove_coupon(shop_session *session, shop_id cart_id,
                                             const char *code, shop_error **out_error);

/** Sets where the goods go; its country and region decide taxes and delivery.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param address Where to.
 * @default cart_id
 * @errors validation
 * @since 1.0 */
SHOP_API shop_status shop_cart_deliver_to(shop_session *session, shop_id cart_id,
                                          const shop_address_input *address,
                                          shop_error **out_error);

/** Chooses the delivery. Whether it goes to the address is seen in the quote's rejections.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param method_id The delivery method; 0 for none.
 * @default cart_id
 * @errors not_found
 * @nullable method_id
 * @since 1.0 */
SHOP_API shop_status shop_cart_set_shipping(shop_session *session, shop_id cart_id,
                                            shop_id method_id, shop_error **out_error);

/** Puts the current cart aside under a name.
 * @param session Who acts.
 * @param name 1 to 100 bytes, unique among the person's carts.
 * @errors not_found, validation, already_exists
 * @since 1.0 */
SHOP_API shop_status shop_cart_park(shop_session *session, const char *name,
                                    shop_error **out_error);

/** Makes a parked cart the current one; an empty current one is dropped.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @default cart_id
 * @errors not_found, already_exists
 * @since 1.0 */
SHOP_API shop_status shop_cart_resume(shop_session *session, shop_id cart_id,
                                      shop_error **out_error);

/** Throws a cart away.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @default cart_id
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_cart_drop(shop_session *session, shop_id cart_id, shop_error **out_error);

/** Puts what is in the cart aside for some minutes, in place of what was put aside before; 0 frees
 * it. Result: until when.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param minutes 0 to 1,440; 0 frees what was put aside.
 * @param out_until When the goods are free again, microseconds UTC.
 * @default cart_id
 * @errors not_found, validation, out_of_stock
 * @since 1.0 */
SHOP_API shop_status shop_cart_reserve(shop_session *session, shop_id cart_id, int64_t minutes,
                                       shop_time *out_until, shop_error **out_error);

/** The customer has seen today's prices: the changes of read() are accepted.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param out_cart The cart with no changes left.
 * @default cart_id
 * @errors none
 * @owned out_cart
 * @since 1.0 */
SHOP_API shop_status shop_cart_look(shop_session *session, shop_id cart_id,
                                    const shop_cart **out_cart, shop_error **out_error);

/** How every cent of the total comes about, for a shopkeeper, and what would unlock more.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param out_text Lines of text, 64 columns wide, in the shop's currency.
 * @default cart_id
 * @errors none
 * @owned out_text
 * @since 1.0 */
SHOP_API shop_status shop_cart_explain(shop_session *session, shop_id cart_id,
                                       const shop_text **out_text, shop_error **out_error);

/** What becomes of a guest's cart when its owner logs in; quantities add up unless another rule was
 * set.
 * @param session Who acts.
 * @param out_cart_join The rule.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_cart_join_rule(shop_session *session, shop_cart_join *out_cart_join,
                                         shop_error **out_error);

/** Chooses what becomes of a guest's cart when its owner logs in. Lines that the customer's cart
 * has no room for stay in the guest's.
 * @param session Who acts.
 * @param rule The rule from now on.
 * @param out_cart_join The rule.
 * @errors validation
 * @since 1.0 */
SHOP_API shop_status shop_cart_set_join_rule(shop_session *session, shop_cart_join rule,
                                             shop_cart_join *out_cart_join, shop_error **out_error);

#endif
