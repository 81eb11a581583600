/** @file
 * Orders, deliveries, returns, receipts.
 */
#ifndef SHOP_ORDERS_H
#define SHOP_ORDERS_H

#include "shop/base.h"
#include "shop/cart.h"
#include "shop/payments.h"
#include "shop/session.h"

/** Where an order stands as a whole. */
typedef int32_t shop_order_status;
enum {
  SHOP_ORDER_STATUS_PENDING = 1 /**< placed, not paid or authorized in full */,
  SHOP_ORDER_STATUS_CONFIRMED = 2 /**< to be fulfilled */,
  SHOP_ORDER_STATUS_COMPLETED = 3 /**< paid and delivered */,
  SHOP_ORDER_STATUS_CANCELED = 4
};

/** Where its money stands. */
typedef int32_t shop_payment_status;
enum {
  SHOP_PAYMENT_STATUS_NONE = 1,
  SHOP_PAYMENT_STATUS_AUTHORIZED = 2 /**< all that is not paid is authorized */,
  SHOP_PAYMENT_STATUS_PART_PAID = 3,
  SHOP_PAYMENT_STATUS_PAID = 4,
  SHOP_PAYMENT_STATUS_PART_REFUNDED = 5,
  SHOP_PAYMENT_STATUS_REFUNDED = 6
};

/** Where its goods stand. */
typedef int32_t shop_fulfilment_status;
enum {
  SHOP_FULFILMENT_STATUS_NONE = 1,
  SHOP_FULFILMENT_STATUS_PART = 2 /**< some of it was shipped */,
  SHOP_FULFILMENT_STATUS_SHIPPED = 3,
  SHOP_FULFILMENT_STATUS_DELIVERED = 4,
  SHOP_FULFILMENT_STATUS_RETURNED = 5 /**< all of it came back */
};

/** A line of an order, as it was on the day. */
typedef struct shop_order_line {
  SHOP_RECORD_HEAD;
  int64_t line_no;
  shop_id variant_id;
  shop_id product_id;
  shop_id seller_id;
  shop_id category_id;
  shop_str sku;
  shop_str title;
  shop_str variant_title;
  shop_str note;
  int64_t quantity;
  shop_bool by_measure;
  uint32_t unused_2;
  shop_money list_price;
  shop_money unit_price;
  shop_price_source price_source;
  uint32_t unused_3;
  shop_id price_source_id;
  shop_str price_name;
  shop_money subtotal;
  shop_money discount;
  shop_money tax;   /**< contained in the total */
  shop_money total; /**< what the line cost in the end */
  int64_t shipped;
  int64_t returned;
  shop_money refunded; /**< the value of what came back */
} shop_order_line;

/** A discount of an order, naming its source. */
typedef struct shop_order_adjustment {
  SHOP_RECORD_HEAD;
  shop_adjustment_kind kind;
  uint32_t unused_2;
  shop_id source_id;
  shop_str name;
  shop_str code;
  int64_t line_no;   /**< absent for the delivery. @optional */
  shop_money amount; /**< negative in the customer's favour */
} shop_order_adjustment;

/** The tax of one rate, as it was. */
typedef struct shop_order_tax {
  SHOP_RECORD_HEAD;
  shop_str name;
  int64_t rate_ppm;
  shop_money base;
  shop_money amount;
} shop_order_tax;

/** A list of shop_order_line. */
SHOP_LIST(shop_order_line_list, shop_order_line);

/** A list of shop_order_adjustment. */
SHOP_LIST(shop_order_adjustment_list, shop_order_adjustment);

/** A list of shop_order_tax. */
SHOP_LIST(shop_order_tax_list, shop_order_tax);

/** An order, as it was on the day, and where it stands. */
typedef struct shop_order {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str number; /**< ORD-20261122-000123: without gaps within its day */
  shop_str uuid;
  shop_id customer_id; /**< absent for guests and at the till. @optional */
  shop_role placed_by;
  uint32_t unused_2;
  shop_time placed_at;
  shop_order_status status;
  shop_payment_status payment_status;
  shop_fulfilment_status fulfilment_status;
  uint32_t unused_3;
  shop_str summary; /**< the three in one word, e.g. `to_ship` */
  shop_str country;
  shop_str region;
  const shop_address *address; /**< @nullable */
  shop_str note;
  shop_bool tax_included;
  uint32_t unused_4;
  int64_t units;
  shop_money subtotal;
  shop_money discount;
  shop_id shipping_method_id; /**< @optional */
  shop_str shipping_name;
  shop_money shipping;
  shop_money shipping_discount;
  shop_money shipping_tax;
  shop_money shipping_total;
  shop_money tax;
  shop_money cash_rounding;
  shop_money total;
  shop_money paid;     /**< captured */
  shop_money refunded; /**< ≤ paid */
  int64_t points;
  const shop_order_line_list *lines;
  const shop_order_adjustment_list *adjustments;
  const shop_order_tax_list *taxes;
  const shop_payment_list *payments;
  /** given back when an edit made it cheaper; in neither `paid` nor `refunded` */
  shop_money edit_refunded;
  shop_id exchange_of; /**< the order whose goods this one replaces. @optional */
} shop_order;

/** An order in a list. */
typedef struct shop_order_summary {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str number;
  shop_id customer_id; /**< @optional */
  shop_time placed_at;
  shop_order_status status;
  shop_payment_status payment_status;
  shop_fulfilment_status fulfilment_status;
  uint32_t unused_2;
  shop_str summary;
  shop_str country;
  shop_str region;
  int64_t lines;
  int64_t units;
  shop_money total;
  shop_money paid;
  shop_money refunded;
} shop_order_summary;

/** Which orders to list; what is absent does not matter.
 * @cpp OrderFilter */
typedef struct shop_order_filter_input {
  SHOP_INPUT_HEAD;
  shop_order_status status;                 /**< @optional */
  shop_payment_status payment_status;       /**< @optional */
  shop_fulfilment_status fulfilment_status; /**< @optional */
  uint32_t unused_2;
  shop_id customer_id;    /**< @optional */
  shop_str country;       /**< @default */
  shop_str region;        /**< @default */
  shop_time placed_from;  /**< the first moment. @optional */
  shop_time placed_until; /**< the first moment after. @optional */
} shop_order_filter_input;

/** How an order is placed. */
typedef struct shop_place_input {
  SHOP_INPUT_HEAD;
  shop_str idempotency_key; /**< 1–200 bytes; the same key gives the same order again */
  const shop_payment_input_list *payments; /**< none: the order waits for its money */
  shop_money expected_total;               /**< refused when it would be more. @optional */
  shop_bool accept_prices; /**< do not refuse prices that rose since they were seen */
  shop_bool age_confirmed; /**< somebody looked at the customer's age */
  shop_bool handed_over;   /**< the goods are in the customer's hands (the till) */
  uint32_t unused_2;
  shop_str note; /**< at most 1,000 bytes. @default */
} shop_place_input;

/** A line that comes back. */
typedef struct shop_return_line_input {
  SHOP_INPUT_HEAD;
  int64_t line_no;
  int64_t quantity;
  shop_bool damaged; /**< it does not go back into the stock */
  uint32_t unused_2;
  shop_str reason; /**< at most 200 bytes. @default */
} shop_return_line_input;

/** A list of shop_return_line_input. */
SHOP_LIST(shop_return_line_input_list, shop_return_line_input);

/** Goods that come back against their order. */
typedef struct shop_return_input {
  SHOP_INPUT_HEAD;
  shop_str idempotency_key;
  const shop_return_line_input_list *lines;
  shop_bool no_refund; /**< the money follows another way */
  uint32_t unused_2;
  shop_str reason; /**< at most 500 bytes. @default */
} shop_return_input;

/** Goods that come back without their receipt. */
typedef struct shop_loose_return_line_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t quantity;
  shop_money unit_price; /**< that is given back */
  shop_bool damaged;     /**< it does not go back into the stock */
  uint32_t unused_2;
  shop_str reason; /**< @default */
} shop_loose_return_line_input;

/** A list of shop_loose_return_line_input. */
SHOP_LIST(shop_loose_return_line_input_list, shop_loose_return_line_input);

/** Goods that come back without their receipt. */
typedef struct shop_loose_return_input {
  SHOP_INPUT_HEAD;
  shop_str idempotency_key;
  const shop_loose_return_line_input_list *lines;
  shop_id customer_id; /**< @optional */
  shop_str country;    /**< @default */
  shop_str region;     /**< @default */
  shop_tender tender;  /**< how the money is given back. @default */
  uint32_t unused_2;
  shop_str reference; /**< @default */
  shop_str reason;    /**< @default */
} shop_loose_return_input;

/** A line of a return. */
typedef struct shop_return_line {
  SHOP_RECORD_HEAD;
  int64_t line_no;
  int64_t order_line_no; /**< @optional */
  shop_id variant_id;
  shop_str sku;
  shop_str title;
  int64_t quantity;
  shop_money value; /**< what these goods had cost in the end */
  shop_bool restocked;
  uint32_t unused_2;
  shop_str reason;
} shop_return_line;

/** A list of shop_return_line. */
SHOP_LIST(shop_return_line_list, shop_return_line);

/** Goods that came back. */
typedef struct shop_order_return {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str number;     /**< RET-20261122-000007 */
  shop_id order_id;    /**< absent without a receipt. @optional */
  shop_id customer_id; /**< @optional */
  shop_time at;
  shop_str country;
  shop_str region;
  shop_str reason;
  shop_money value;    /**< Σ line values */
  shop_money refunded; /**< money that was given back, at most what had been paid */
  const shop_return_line_list *lines;
} shop_order_return;

/** An axis along which an order moves. */
typedef int32_t shop_order_axis;
enum { SHOP_ORDER_AXIS_ORDER = 1, SHOP_ORDER_AXIS_PAYMENT = 2, SHOP_ORDER_AXIS_FULFILMENT = 3 };

/** A step that an order took after it was placed. */
typedef struct shop_order_step {
  SHOP_RECORD_HEAD;
  shop_time at;
  shop_order_axis axis;
  uint32_t unused_2;
  int64_t before; /**< a value of the axis's enumeration */
  int64_t after;
  shop_role actor_role;
  uint32_t unused_3;
  shop_id actor_id;
  shop_str note;
  shop_id seller_id; /**< whose part took it; absent: the order as a whole. @optional */
} shop_order_step;

/** So much of a line. */
typedef struct shop_shipment_line {
  SHOP_RECORD_HEAD;
  int64_t line_no;
  int64_t quantity;
} shop_shipment_line;

/** So much of a line.
 * @cpp ShipmentLine */
typedef struct shop_shipment_line_input {
  SHOP_INPUT_HEAD;
  int64_t line_no;
  int64_t quantity;
} shop_shipment_line_input;

/** A list of shop_shipment_line_input. */
SHOP_LIST(shop_shipment_line_input_list, shop_shipment_line_input);

/** Goods that leave together. */
typedef struct shop_shipment_input {
  SHOP_INPUT_HEAD;
  const shop_shipment_line_input_list *lines; /**< empty: all that has not been shipped */
  shop_str carrier;                           /**< at most 100 bytes. @default */
  shop_str tracking_code;                     /**< at most 100 bytes. @default */
} shop_shipment_input;

/** A list of shop_shipment_line. */
SHOP_LIST(shop_shipment_line_list, shop_shipment_line);

/** Goods that left together. */
typedef struct shop_shipment {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_time at;
  shop_str carrier;
  shop_str tracking_code;
  shop_time delivered_at; /**< @optional */
  const shop_shipment_line_list *lines;
  shop_id seller_id; /**< whose goods; 0: the shop's, or of an order that has no parts */
} shop_shipment;

/** A list of shop_order_summary. */
SHOP_LIST(shop_order_summary_list, shop_order_summary);

/** One day of orders.
 * @cpp OrdersToday */
typedef struct shop_day_of_orders {
  SHOP_RECORD_HEAD;
  int64_t count;                         /**< without canceled ones */
  shop_money revenue;                    /**< Σ totals less what was refunded */
  const shop_order_summary_list *orders; /**< the latest 100 */
} shop_day_of_orders;

/** A page of shop_order_summary. */
SHOP_PAGE(shop_order_summary_page, shop_order_summary);

/** A list of shop_shipment. */
SHOP_LIST(shop_shipment_list, shop_shipment);

/** A list of shop_order_step. */
SHOP_LIST(shop_order_step_list, shop_order_step);

/** A list of shop_order_return. */
SHOP_LIST(shop_order_return_list, shop_order_return);

/** What one seller has to deliver of an order over several. An order of the shop alone has no
 * parts. */
typedef struct shop_order_part {
  SHOP_RECORD_HEAD;
  shop_id order_id;
  shop_str number;   /**< the order's */
  shop_id seller_id; /**< 0: the shop itself */
  shop_time placed_at;
  shop_order_status status;                 /**< the order's */
  shop_payment_status payment_status;       /**< the order's */
  shop_fulfilment_status fulfilment_status; /**< this part's own */
  uint32_t unused_2;
  shop_str summary; /**< of the three in one word */
  shop_str country;
  shop_str region;
  shop_str shipping_name;
  const shop_address *address; /**< absent in lists. @nullable */
  int64_t units;
  shop_money total;                    /**< Σ totals of its lines */
  const shop_order_line_list *lines;   /**< its own; empty in lists */
  const shop_shipment_list *shipments; /**< its own; empty in lists */
} shop_order_part;

/** Several of them, in their order. */
SHOP_LIST(shop_order_part_list, shop_order_part);

/** A page of them. */
SHOP_PAGE(shop_order_part_page, shop_order_part);

/** Which parts to list; what is absent does not matter.
 * @cpp OrderPartFilter */
typedef struct shop_order_part_filter_input {
  SHOP_INPUT_HEAD;
  /** absent: the acting seller's own; others need `order_view`. @optional */
  shop_id seller_id;
  shop_fulfilment_status fulfilment_status; /**< @optional */
  uint32_t unused_2;
} shop_order_part_filter_input;

/** What becomes of a line of an order that is edited. */
typedef struct shop_edit_line_input {
  SHOP_INPUT_HEAD;
  int64_t line_no;
  int64_t quantity; /**< the new one; 0 takes the line out */
} shop_edit_line_input;

/** Several of them, in their order. */
SHOP_LIST(shop_edit_line_input_list, shop_edit_line_input);

/** What is to be different about an order of which nothing has left. */
typedef struct shop_order_edit_input {
  SHOP_INPUT_HEAD;
  shop_str idempotency_key;                /**< 1–200 bytes; the same key does nothing again */
  const shop_edit_line_input_list *lines;  /**< those that change */
  const shop_cart_item_input_list *items;  /**< goods that are added, at today's prices */
  const shop_address_input *address;       /**< absent: as it was. @nullable */
  shop_id shipping_method_id;              /**< absent: as it was. @optional */
  const shop_payment_input_list *payments; /**< for what it costs more; none: the rest is owed */
  shop_bool age_confirmed;                 /**< somebody looked at the customer's age */
  uint32_t unused_2;
  shop_str reason; /**< 1–500 bytes */
} shop_order_edit_input;

/** An edit of an order, as it stays in the books. */
typedef struct shop_order_edit {
  SHOP_RECORD_HEAD;
  shop_time at;
  shop_role actor_role;
  uint32_t unused_2;
  shop_id actor_id;
  shop_money total_before;
  shop_money total_after;
  shop_money refunded; /**< what was given back for it */
  shop_str reason;
} shop_order_edit;

/** Several of them, in their order. */
SHOP_LIST(shop_order_edit_list, shop_order_edit);

/** Goods that come back and others that go out for them. */
typedef struct shop_exchange_input {
  SHOP_INPUT_HEAD;
  shop_str idempotency_key;
  const shop_return_line_input_list *lines; /**< what comes back */
  const shop_cart_item_input_list *items;   /**< what goes out, at today's prices */
  const shop_payment_input_list *payments;  /**< for what it costs more; none: the rest is owed */
  shop_bool age_confirmed;                  /**< somebody looked at the customer's age */
  shop_bool handed_over;                    /**< the new goods are in the customer's hands */
  shop_str reason;                          /**< at most 500 bytes. @default */
} shop_exchange_input;

/** A return with the order that replaces its goods. */
typedef struct shop_exchange {
  SHOP_RECORD_HEAD;
  /** `refunded` is what was given back or turned over to the new order */
  const shop_order_return *order_return;
  const shop_order *order;
} shop_exchange;

/** Turns a cart (0: the acting person's current one) into an order, in one transaction: prices
 * checked, stock taken, tenders taken, everything written, the cart gone. The same key gives the
 * first order again.
 * @param session Who acts.
 * @param cart_id The cart; 0 is the current one.
 * @param input The idempotency key, the tenders, and what the customer agreed to.
 * @param out_order The order as it was written.
 * @default cart_id
 * @errors rate_limited, validation, idempotency_mismatch, not_found, cart_empty, not_for_sale,
 * price_changed, age_restricted, out_of_stock, payment_mismatch, insufficient_funds
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_place(shop_session *session, shop_id cart_id,
                                       const shop_place_input *input, const shop_order **out_order,
                                       shop_error **out_error);

/** An order by its id: one's own, or any for those who may view orders.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_order The order with its lines and payments.
 * @errors not_found
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_get(shop_session *session, shop_id order_id,
                                     const shop_order **out_order, shop_error **out_error);

/** An order by its number, in any case: one's own, or any for those who may view orders.
 * @param session Who acts.
 * @param number E.g. `ORD-20261122-000123`.
 * @param out_order The order with its lines and payments.
 * @errors not_found
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_by_number(shop_session *session, const char *number,
                                           const shop_order **out_order, shop_error **out_error);

/** An order by its UUID: one's own, or any for those who may view orders.
 * @param session Who acts.
 * @param uuid As the order has it.
 * @param out_order The order with its lines and payments.
 * @errors not_found
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_by_uuid(shop_session *session, const char *uuid,
                                         const shop_order **out_order, shop_error **out_error);

/** All orders that fit, newest first. Cost: a filter other than customer, time, pending and
 * canceled looks at orders until the page is full.
 * @param session Who acts.
 * @param filter Which orders.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The orders, newest first.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_orders_list(shop_session *session, const shop_order_filter_input *filter,
                                      const shop_page_query *page,
                                      const shop_order_summary_page **out_page,
                                      shop_error **out_error);

/** The acting person's own, newest first.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The orders, newest first.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_orders_mine(shop_session *session, const shop_page_query *page,
                                      const shop_order_summary_page **out_page,
                                      shop_error **out_error);

/** Today's, by the shop's calendar.
 * @param session Who acts.
 * @param out_orders_today How many, what they came to, and the latest 100.
 * @errors none
 * @owned out_orders_today
 * @since 1.0 */
SHOP_API shop_status shop_orders_today(shop_session *session,
                                       const shop_day_of_orders **out_orders_today,
                                       shop_error **out_error);

/** Gives everything back: stock, money, coupons. One's own before anything was shipped; canceling
 * twice is fine.
 * @param session Who acts.
 * @param order_id The order.
 * @param reason At most 500 bytes; kept in the order's history.
 * @param out_order The canceled order.
 * @errors not_found, illegal_transition, validation
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_cancel(shop_session *session, shop_id order_id, const char *reason,
                                        const shop_order **out_order, shop_error **out_error);

/** Takes goods back: stock and money follow, the value of each line in proportion and never more
 * than it had cost. The same key gives the first return again.
 * @param session Who acts.
 * @param order_id The order.
 * @param input The idempotency key, and which lines come back.
 * @param out_order_return The return, with its value and what was refunded.
 * @errors not_found, validation, limit_reached, illegal_transition, idempotency_mismatch
 * @owned out_order_return
 * @since 1.0 */
SHOP_API shop_status shop_orders_return_items(shop_session *session, shop_id order_id,
                                              const shop_return_input *input,
                                              const shop_order_return **out_order_return,
                                              shop_error **out_error);

/** Takes goods back that have no receipt here.
 * @param session Who acts.
 * @param input The idempotency key, what comes back, and how the money is given.
 * @param out_order_return The return, with its value and what was refunded.
 * @errors validation, not_found, idempotency_mismatch
 * @owned out_order_return
 * @since 1.0 */
SHOP_API shop_status shop_orders_return_loose(shop_session *session,
                                              const shop_loose_return_input *input,
                                              const shop_order_return **out_order_return,
                                              shop_error **out_error);

/** Confirms an order that waits for its money, e.g. one on account. Confirming again is fine.
 * @param session Who acts.
 * @param order_id The order.
 * @param note At most 500 bytes; kept in the order's history.
 * @param out_order The confirmed order.
 * @errors not_found, illegal_transition
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_confirm(shop_session *session, shop_id order_id, const char *note,
                                         const shop_order **out_order, shop_error **out_error);

/** Sends goods out, in parts if need be.
 * @param session Who acts.
 * @param order_id The order.
 * @param input Which lines, and with whom; no lines: all that is left.
 * @param out_order The order as it is then.
 * @errors not_found, validation, limit_reached, illegal_transition
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_ship(shop_session *session, shop_id order_id,
                                      const shop_shipment_input *input,
                                      const shop_order **out_order, shop_error **out_error);

/** Everything that left has arrived; completes an order that is paid. Doing it again is fine.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_order The order as it is then.
 * @errors not_found, illegal_transition
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_deliver(shop_session *session, shop_id order_id,
                                         const shop_order **out_order, shop_error **out_error);

/** What left of an order.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_list The shipments, oldest first.
 * @errors not_found
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_orders_shipments(shop_session *session, shop_id order_id,
                                           const shop_shipment_list **out_list,
                                           shop_error **out_error);

/** The parts of an order over several sellers, by seller; empty for an order of the shop alone.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_list They, in their order.
 * @errors not_found
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_orders_parts(shop_session *session, shop_id order_id,
                                       const shop_order_part_list **out_list,
                                       shop_error **out_error);

/** A seller's parts, newest first.
 * @param session Who acts.
 * @param filter Which parts.
 * @param page Which page.
 * @param out_page The page.
 * @errors forbidden, not_found
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_orders_seller_parts(shop_session *session,
                                              const shop_order_part_filter_input *filter,
                                              const shop_page_query *page,
                                              const shop_order_part_page **out_page,
                                              shop_error **out_error);

/** One part with its lines and address.
 * @param session Who acts.
 * @param order_id The order.
 * @param seller_id Whose part: 0 is the acting seller's own, for those who see all orders the
 * shop's.
 * @param out_part As it stands then.
 * @default seller_id
 * @errors not_found
 * @owned out_part
 * @since 1.0 */
SHOP_API shop_status shop_orders_part(shop_session *session, shop_id order_id, shop_id seller_id,
                                      const shop_order_part **out_part, shop_error **out_error);

/** Sends goods of one part out; where the order stands follows from its parts.
 * @param session Who acts.
 * @param order_id The order.
 * @param seller_id Whose part: 0 is the acting seller's own, for those who manage orders the
 * shop's.
 * @param input What is wanted.
 * @param out_part As it stands then.
 * @default seller_id
 * @errors not_found, validation, limit_reached, illegal_transition
 * @owned out_part
 * @since 1.0 */
SHOP_API shop_status shop_orders_ship_part(shop_session *session, shop_id order_id,
                                           shop_id seller_id, const shop_shipment_input *input,
                                           const shop_order_part **out_part,
                                           shop_error **out_error);

/** What left of one part has arrived; the last one completes an order that is paid. Doing it again
 * is fine.
 * @param session Who acts.
 * @param order_id The order.
 * @param seller_id Whose part: 0 is the acting seller's own, for those who manage orders the
 * shop's.
 * @param out_part As it stands then.
 * @default seller_id
 * @errors not_found, illegal_transition
 * @owned out_part
 * @since 1.0 */
SHOP_API shop_status shop_orders_deliver_part(shop_session *session, shop_id order_id,
                                              shop_id seller_id, const shop_order_part **out_part,
                                              shop_error **out_error);

/** Changes an order of which nothing has left: quantities, further goods, where it goes. What stays
 * keeps the price of the day it was ordered; promotions, codes, taxes and delivery are worked out
 * again by the rules of that moment, further goods cost what they cost today. Stock, codes, points,
 * figures and money follow: what was paid too much is given back, what is missing is taken from
 * `payments` or owed.
 * @param session Who acts.
 * @param order_id The order.
 * @param input What is wanted.
 * @param out_order As it stands then.
 * @errors not_found, validation, illegal_transition, out_of_stock, not_for_sale, payment_mismatch,
 * insufficient_funds, coupon_rejected, idempotency_mismatch
 * @owned out_order
 * @since 1.0 */
SHOP_API shop_status shop_orders_edit(shop_session *session, shop_id order_id,
                                      const shop_order_edit_input *input,
                                      const shop_order **out_order, shop_error **out_error);

/** The edits of an order, oldest first.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_list They, in their order.
 * @errors not_found
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_orders_edits(shop_session *session, shop_id order_id,
                                       const shop_order_edit_list **out_list,
                                       shop_error **out_error);

/** Takes goods back and sends others out for them as a new order of the same customer. What the
 * returned goods are worth pays for the new ones; the difference is taken from `payments`, or given
 * back. All or nothing; the same key gives the first exchange again.
 * @param session Who acts.
 * @param order_id The order.
 * @param input What is wanted.
 * @param out_exchange What came back and what went out.
 * @errors not_found, validation, limit_reached, illegal_transition, out_of_stock, not_for_sale,
 * payment_mismatch, insufficient_funds, idempotency_mismatch
 * @owned out_exchange
 * @since 1.0 */
SHOP_API shop_status shop_orders_exchange(shop_session *session, shop_id order_id,
                                          const shop_exchange_input *input,
                                          const shop_exchange **out_exchange,
                                          shop_error **out_error);

/** What happened to an order since it was placed, oldest first.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_list The steps, oldest first.
 * @errors not_found
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_orders_history(shop_session *session, shop_id order_id,
                                         const shop_order_step_list **out_list,
                                         shop_error **out_error);

/** The receipt as text, 42 columns wide, in UTF-8.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_text The text.
 * @errors not_found
 * @owned out_text
 * @since 1.0 */
SHOP_API shop_status shop_orders_receipt_text(shop_session *session, shop_id order_id,
                                              const shop_text **out_text, shop_error **out_error);

/** The invoice as one HTML page with its print styles.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_text The text.
 * @errors not_found
 * @owned out_text
 * @since 1.0 */
SHOP_API shop_status shop_orders_invoice_html(shop_session *session, shop_id order_id,
                                              const shop_text **out_text, shop_error **out_error);

/** The returns of an order.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_list The returns, oldest first.
 * @errors not_found
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_orders_returns(shop_session *session, shop_id order_id,
                                         const shop_order_return_list **out_list,
                                         shop_error **out_error);

#endif
