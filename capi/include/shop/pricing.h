/** @file
 * Prices, promotions, taxes, delivery.
 */
#ifndef SHOP_PRICING_H
#define SHOP_PRICING_H

#include "shop/base.h"

/** Which rule gave a unit its price. */
typedef int32_t shop_price_source;
enum {
  SHOP_PRICE_SOURCE_LIST = 1 /**< the variant's own price */,
  SHOP_PRICE_SOURCE_PRICE_LIST = 2 /**< a price list: customer group, quantity tier */,
  SHOP_PRICE_SOURCE_SCHEDULED = 3 /**< a price with a start and an end */,
  SHOP_PRICE_SOURCE_FLASH = 4 /**< the same with a limited number of units */,
  SHOP_PRICE_SOURCE_MANUAL = 5 /**< set on the line by somebody who may */
};

/** What an adjustment of a quote or an order comes from. */
typedef int32_t shop_adjustment_kind;
enum {
  SHOP_ADJUSTMENT_KIND_PROMOTION = 1 /**< applies by itself */,
  SHOP_ADJUSTMENT_KIND_COUPON = 2 /**< a promotion that a code unlocked */,
  SHOP_ADJUSTMENT_KIND_MANUAL_DISCOUNT = 3 /**< given at the till by somebody who may */,
  SHOP_ADJUSTMENT_KIND_TAX_EXEMPTION = 4 /**< included tax that this customer does not pay */,
  SHOP_ADJUSTMENT_KIND_FREE_SHIPPING = 5 /**< a promotion that pays the delivery */
};

/** One line of a quote. Its parts are exact: total = subtotal − discount, plus tax where prices are
 * without it. */
typedef struct shop_quote_line {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  shop_id product_id;
  shop_id seller_id; /**< 0: the shop itself */
  shop_id category_id;
  shop_str sku;
  shop_str title;
  shop_str variant_title; /**< empty for a simple product */
  int64_t quantity;       /**< units; thousandths of the measure for goods sold by measure */
  shop_bool by_measure;   /**< the unit price is for a thousand of `quantity` */
  uint32_t unused_2;
  shop_money list_price; /**< of one unit, as the catalog has it */
  shop_money unit_price; /**< of one unit, by the best rule */
  shop_price_source price_source;
  uint32_t unused_3;
  shop_id price_source_id; /**< the price list or the schedule; 0 for others */
  shop_str price_name;     /**< of the price list, the schedule or the reason */
  shop_money compare_at;   /**< the catalog's crossed-out price. @optional */
  shop_money lowest_30d;   /**< beside every reduced price (EU 98/6/EC). @optional */
  shop_money subtotal;     /**< unit_price × quantity */
  shop_money discount;     /**< this line's share of all discounts, ≥ 0 */
  shop_money tax;          /**< contained in the total, whichever way prices are given */
  shop_money total;        /**< what the line costs in the end, ≥ 0 */
} shop_quote_line;

/** One reason why a quote is not just the sum of its lines. */
typedef struct shop_quote_adjustment {
  SHOP_RECORD_HEAD;
  shop_adjustment_kind kind;
  uint32_t unused_2;
  shop_id source_id; /**< the promotion; 0 for what a person gave */
  shop_str name;
  shop_str code;     /**< the coupon's, as it was written */
  int64_t line;      /**< index of the line; absent for the delivery. @optional */
  shop_money amount; /**< negative in the customer's favour */
} shop_quote_adjustment;

/** The tax of one rate over the whole quote. */
typedef struct shop_quote_tax {
  SHOP_RECORD_HEAD;
  shop_str name;
  int64_t rate_ppm; /**< parts per million: 200000 is 20 % */
  shop_money base;  /**< the net amount */
  shop_money amount;
} shop_quote_tax;

/** A promotion or coupon that did not apply, and what would change that. */
typedef struct shop_quote_rejection {
  SHOP_RECORD_HEAD;
  shop_id promotion_id; /**< 0 for a code that belongs to nothing */
  shop_str name;
  shop_str code;             /**< the coupon's, empty for an automatic promotion */
  shop_str reason;           /**< machine code, e.g. `subtotal_below`, `lane_lost`, `used_up` */
  shop_str message;          /**< the same for a shopkeeper */
  shop_money missing_amount; /**< spend this much more and it applies. @optional */
  int64_t missing_quantity;  /**< add this many units and it applies. @optional */
} shop_quote_rejection;

/** One step of how a total came about. */
typedef struct shop_quote_step {
  SHOP_RECORD_HEAD;
  shop_str kind; /**< e.g. `list_price`, `tier_price`, `promotion`, `tax`, `shipping`, `total` */
  int64_t line;  /**< index of the line it is about. @optional */
  shop_id source_id;  /**< the rule, when one did it */
  shop_str label;     /**< for a shopkeeper */
  shop_money amount;  /**< what it is, or what it changed */
  shop_money running; /**< the line's or the quote's amount after it */
} shop_quote_step;

/** A list of shop_quote_line. */
SHOP_LIST(shop_quote_line_list, shop_quote_line);

/** A list of shop_quote_adjustment. */
SHOP_LIST(shop_quote_adjustment_list, shop_quote_adjustment);

/** A list of shop_quote_tax. */
SHOP_LIST(shop_quote_tax_list, shop_quote_tax);

/** A list of shop_quote_rejection. */
SHOP_LIST(shop_quote_rejection_list, shop_quote_rejection);

/** A list of shop_quote_step. */
SHOP_LIST(shop_quote_step_list, shop_quote_step);

/** What a cart costs at a moment, immutable, to the unit: total = Σ line totals + shipping_total +
 * cash_rounding. Quoting the same again gives the same. */
typedef struct shop_quote {
  SHOP_RECORD_HEAD;
  shop_time at;
  shop_str currency;
  shop_bool tax_included; /**< prices contain their tax */
  uint32_t unused_2;
  const shop_quote_line_list *lines;
  const shop_quote_adjustment_list *adjustments;
  const shop_quote_tax_list *taxes;
  const shop_quote_rejection_list *rejections;
  const shop_quote_step_list *steps; /**< only when asked for */
  int64_t units;                     /**< goods by measure count one */
  shop_money subtotal;               /**< Σ line subtotals */
  shop_money discount;               /**< Σ line discounts, ≥ 0 */
  shop_id shipping_method_id;        /**< @optional */
  shop_str shipping_name;
  shop_money shipping;          /**< the method's price */
  shop_money shipping_discount; /**< ≥ 0 */
  shop_money shipping_tax;      /**< contained in shipping_total */
  shop_money shipping_total;    /**< what the delivery costs in the end */
  shop_money tax;               /**< Σ line taxes + shipping_tax; contained in the total */
  shop_money cash_rounding;     /**< to the smallest coin; 0 unless paid in cash */
  shop_money total;             /**< ≥ 0 */
  int64_t points;               /**< bonus points that promotions promise */
} shop_quote;

/** How a fraction of the smallest unit is decided; one policy per shop, kept with each order. */
typedef int32_t shop_rounding_mode;
enum {
  SHOP_ROUNDING_MODE_HALF_UP = 1 /**< 0.5 away from zero */,
  SHOP_ROUNDING_MODE_HALF_EVEN = 2 /**< 0.5 to the even neighbour */,
  SHOP_ROUNDING_MODE_DOWN = 3 /**< toward zero */,
  SHOP_ROUNDING_MODE_UP = 4 /**< away from zero */
};

/** Where tax is rounded. */
typedef int32_t shop_tax_rounding;
enum {
  SHOP_TAX_ROUNDING_LINE = 1 /**< once per line */,
  SHOP_TAX_ROUNDING_UNIT = 2 /**< on each unit */,
  SHOP_TAX_ROUNDING_ORDER = 3 /**< once per rate over the whole order */
};

/** How the shop prices.
 * @cpp PricingSettings */
typedef struct shop_price_settings {
  SHOP_RECORD_HEAD;
  shop_bool tax_included; /**< prices in the catalog contain their tax */
  shop_rounding_mode rounding;
  shop_tax_rounding tax_rounding;
  uint32_t unused_2;
  int64_t cash_step;             /**< smallest coin in minor units; 5 rounds cash to 0.05 */
  shop_id shipping_tax_class_id; /**< 0: the standard class */
} shop_price_settings;

/** How the shop prices.
 * @cpp PricingSettings */
typedef struct shop_price_settings_input {
  SHOP_INPUT_HEAD;
  shop_bool tax_included;         /**< prices in the catalog contain their tax */
  shop_rounding_mode rounding;    /**< @default */
  shop_tax_rounding tax_rounding; /**< @default */
  uint32_t unused_2;
  int64_t cash_step; /**< smallest coin in minor units; 5 rounds cash to 0.05. @default */
  shop_id shipping_tax_class_id; /**< 0: the standard class. @default */
} shop_price_settings_input;

/** What a promotion's condition looks at. */
typedef int32_t shop_condition_kind;
enum {
  SHOP_CONDITION_KIND_PRODUCTS = 1 /**< only lines of these products (`ids`) */,
  SHOP_CONDITION_KIND_VARIANTS = 2 /**< only lines of these variants (`ids`) */,
  SHOP_CONDITION_KIND_CATEGORIES = 3 /**< only lines in these categories or below them (`ids`) */,
  SHOP_CONDITION_KIND_SELLERS = 4 /**< only lines of these sellers (`ids`) */,
  SHOP_CONDITION_KIND_CUSTOMER_GROUPS = 5 /**< the customer is in one of these groups (`ids`) */,
  SHOP_CONDITION_KIND_FIRST_ORDER = 6 /**< the customer has not ordered before */,
  SHOP_CONDITION_KIND_SUBTOTAL =
      7 /**< matching lines are worth at least `amount` before discounts */,
  SHOP_CONDITION_KIND_QUANTITY = 8 /**< at least `number` matching units */,
  SHOP_CONDITION_KIND_COUNTRIES = 9 /**< delivery to one of these countries (`texts`) */,
  SHOP_CONDITION_KIND_NOT_REDUCED = 10 /**< only lines at their list price */
};

/** One condition; a promotion applies when all of its conditions hold. */
typedef struct shop_promotion_condition {
  SHOP_RECORD_HEAD;
  shop_condition_kind kind;
  uint32_t unused_2;
  shop_ids ids;
  shop_strs texts;
  shop_money amount;
  int64_t number;
} shop_promotion_condition;

/** One condition; a promotion applies when all of its conditions hold.
 * @cpp PromotionCondition */
typedef struct shop_promotion_condition_input {
  SHOP_INPUT_HEAD;
  shop_condition_kind kind;
  uint32_t unused_2;
  shop_ids ids;
  shop_strs texts;
  shop_money amount; /**< @default */
  int64_t number;    /**< @default */
} shop_promotion_condition_input;

/** What a promotion gives. */
typedef int32_t shop_benefit_kind;
enum {
  SHOP_BENEFIT_KIND_PERCENT = 1 /**< `rate_ppm` off the matching lines together */,
  SHOP_BENEFIT_KIND_AMOUNT = 2 /**< `amount` off the matching lines together */,
  SHOP_BENEFIT_KIND_UNIT_AMOUNT = 3 /**< `amount` off each matching unit */,
  SHOP_BENEFIT_KIND_FIXED_PRICE = 4 /**< each matching unit costs `amount` */,
  SHOP_BENEFIT_KIND_BUY_GET =
      5 /**< buy `buy` units, get `get` more at `rate_ppm` off, the cheapest first */,
  SHOP_BENEFIT_KIND_CHEAPEST = 6 /**< the cheapest `get` matching units at `rate_ppm` off */,
  SHOP_BENEFIT_KIND_FREE_SHIPPING = 7 /**< the delivery, up to `amount` when that is not zero */,
  SHOP_BENEFIT_KIND_POINTS = 8 /**< `number` bonus points */
};

/** The benefit of a promotion. Unused members are zero. */
typedef struct shop_promotion_benefit {
  SHOP_RECORD_HEAD;
  shop_benefit_kind kind;
  uint32_t unused_2;
  int64_t rate_ppm;
  shop_money amount;
  int64_t buy;
  int64_t get;
  int64_t number;
} shop_promotion_benefit;

/** The benefit of a promotion. Unused members are zero.
 * @cpp PromotionBenefit */
typedef struct shop_promotion_benefit_input {
  SHOP_INPUT_HEAD;
  shop_benefit_kind kind;
  uint32_t unused_2;
  int64_t rate_ppm;  /**< @default */
  shop_money amount; /**< @default */
  int64_t buy;       /**< @default */
  int64_t get;       /**< @default */
  int64_t number;    /**< @default */
} shop_promotion_benefit_input;

/** A list of shop_promotion_condition. */
SHOP_LIST(shop_promotion_condition_list, shop_promotion_condition);

/** A rule that makes a cart cheaper. Within a lane the best one wins; lanes compound in ascending
 * order; an exclusive one stands alone when that is better for the customer. */
typedef struct shop_promotion {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;
  int64_t lane;
  int64_t priority; /**< of two that give the same, the lower one wins */
  shop_bool exclusive;
  shop_bool active;
  shop_bool needs_code; /**< only with one of its coupons */
  uint32_t unused_2;
  shop_time starts_at; /**< @optional */
  shop_time ends_at;   /**< the first moment at which it no longer applies. @optional */
  const shop_promotion_condition_list *conditions;
  const shop_promotion_benefit *benefit;
  shop_money max_discount;    /**< never more than this per order. @optional */
  int64_t use_limit;          /**< orders in total. @optional */
  int64_t customer_use_limit; /**< orders per customer. @optional */
  int64_t used;               /**< orders so far */
  shop_id seller_id; /**< whose it is; 0: the shop's. A seller's own is limited to its products */
} shop_promotion;

/** A list of shop_promotion_condition_input. */
SHOP_LIST(shop_promotion_condition_input_list, shop_promotion_condition_input);

/** A rule that makes a cart cheaper. Within a lane the best one wins; lanes compound in ascending
 * order; an exclusive one stands alone when that is better for the customer.
 * @cpp Promotion */
typedef struct shop_promotion_input {
  SHOP_INPUT_HEAD;
  shop_id id; /**< @default */
  shop_str name;
  int64_t lane;     /**< @default */
  int64_t priority; /**< of two that give the same, the lower one wins. @default */
  shop_bool exclusive;
  shop_bool active;
  shop_bool needs_code; /**< only with one of its coupons */
  uint32_t unused_2;
  shop_time starts_at; /**< @optional */
  shop_time ends_at;   /**< the first moment at which it no longer applies. @optional */
  const shop_promotion_condition_input_list *conditions;
  const shop_promotion_benefit_input *benefit;
  shop_money max_discount;    /**< never more than this per order. @optional */
  int64_t use_limit;          /**< orders in total. @optional */
  int64_t customer_use_limit; /**< orders per customer. @optional */
  int64_t used;               /**< orders so far. @default */
  /** whose it is; 0: the shop's. A seller's own is limited to its products. @default */
  shop_id seller_id;
} shop_promotion_input;

/** A row of a shipping method's table; the first that fits decides. */
typedef struct shop_shipping_band {
  SHOP_RECORD_HEAD;
  shop_str country;         /**< empty: everywhere */
  shop_str region;          /**< empty: all of the country */
  int64_t max_weight_grams; /**< @optional */
  shop_money max_subtotal;  /**< @optional */
  shop_money price;
} shop_shipping_band;

/** A row of a shipping method's table; the first that fits decides.
 * @cpp ShippingBand */
typedef struct shop_shipping_band_input {
  SHOP_INPUT_HEAD;
  shop_str country;         /**< empty: everywhere. @default */
  shop_str region;          /**< empty: all of the country. @default */
  int64_t max_weight_grams; /**< @optional */
  shop_money max_subtotal;  /**< @optional */
  shop_money price;
} shop_shipping_band_input;

/** A list of shop_shipping_band. */
SHOP_LIST(shop_shipping_band_list, shop_shipping_band);

/** A way in which an order reaches its customer. */
typedef struct shop_shipping_method {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;
  shop_bool pickup; /**< the customer comes for it: no bands, no price */
  shop_bool active;
  shop_money free_above; /**< free when the discounted goods are worth at least this. @optional */
  const shop_shipping_band_list *bands;
} shop_shipping_method;

/** A list of shop_shipping_band_input. */
SHOP_LIST(shop_shipping_band_input_list, shop_shipping_band_input);

/** A way in which an order reaches its customer.
 * @cpp ShippingMethod */
typedef struct shop_shipping_method_input {
  SHOP_INPUT_HEAD;
  shop_id id; /**< @default */
  shop_str name;
  shop_bool pickup; /**< the customer comes for it: no bands, no price */
  shop_bool active;
  shop_money free_above; /**< free when the discounted goods are worth at least this. @optional */
  const shop_shipping_band_input_list *bands;
} shop_shipping_method_input;

/** Customers who are priced alike. */
typedef struct shop_customer_group {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;        /**< 1–100 bytes, unique */
  shop_bool tax_exempt; /**< its members pay no tax */
  uint32_t unused_2;
} shop_customer_group;

/** Customers who are priced alike.
 * @cpp CustomerGroup */
typedef struct shop_customer_group_input {
  SHOP_INPUT_HEAD;
  shop_id id;           /**< @default */
  shop_str name;        /**< 1–100 bytes, unique */
  shop_bool tax_exempt; /**< its members pay no tax */
  uint32_t unused_2;
} shop_customer_group_input;

/** Prices that stand beside the catalog's; the lowest that fits a customer wins. */
typedef struct shop_price_list {
  SHOP_RECORD_HEAD;
  shop_id id; /**< 0: a new one */
  shop_str name;
  shop_id group_id; /**< absent: for everybody. @optional */
  shop_bool active;
  uint32_t unused_2;
  shop_time starts_at; /**< @optional */
  shop_time ends_at;   /**< @optional */
} shop_price_list;

/** Prices that stand beside the catalog's; the lowest that fits a customer wins.
 * @cpp PriceList */
typedef struct shop_price_list_input {
  SHOP_INPUT_HEAD;
  shop_id id; /**< 0: a new one. @default */
  shop_str name;
  shop_id group_id; /**< absent: for everybody. @optional */
  shop_bool active;
  uint32_t unused_2;
  shop_time starts_at; /**< @optional */
  shop_time ends_at;   /**< @optional */
} shop_price_list_input;

/** A price of a list from a quantity on. */
typedef struct shop_price_tier {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  int64_t min_quantity;
  shop_money price;
} shop_price_tier;

/** A price of a list from a quantity on.
 * @cpp PriceTier */
typedef struct shop_price_tier_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t min_quantity; /**< @default */
  shop_money price;
} shop_price_tier_input;

/** A price for a time; with a limit on its units it is a flash sale. */
typedef struct shop_scheduled_price {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id variant_id;
  shop_str name;
  shop_money price;
  shop_time starts_at;
  shop_time ends_at;  /**< @optional */
  int64_t unit_limit; /**< @optional */
  int64_t sold;       /**< units so far, when there is a limit */
} shop_scheduled_price;

/** A price for a time; with a limit on its units it is a flash sale.
 * @cpp ScheduledPrice */
typedef struct shop_scheduled_price_input {
  SHOP_INPUT_HEAD;
  shop_id id; /**< @default */
  shop_id variant_id;
  shop_str name;
  shop_money price;
  shop_time starts_at; /**< a time that is over: now */
  shop_time ends_at;   /**< @optional */
  int64_t unit_limit;  /**< @optional */
  int64_t sold;        /**< units so far, when there is a limit. @default */
} shop_scheduled_price_input;

/** A kind of goods that is taxed alike; 0 is the standard class. */
typedef struct shop_tax_class {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;
} shop_tax_class;

/** Where a tax zone is. */
typedef struct shop_tax_place {
  SHOP_RECORD_HEAD;
  shop_str country; /**< empty: everywhere */
  shop_str region;  /**< empty: all of the country */
} shop_tax_place;

/** Where a tax zone is.
 * @cpp TaxPlace */
typedef struct shop_tax_place_input {
  SHOP_INPUT_HEAD;
  shop_str country; /**< empty: everywhere. @default */
  shop_str region;  /**< empty: all of the country. @default */
} shop_tax_place_input;

/** A rate of a zone; several for one class add up. */
typedef struct shop_tax_rate {
  SHOP_RECORD_HEAD;
  shop_id tax_class_id;
  shop_str name; /**< as it stands on the receipt, e.g. `VAT` */
  int64_t rate_ppm;
} shop_tax_rate;

/** A rate of a zone; several for one class add up.
 * @cpp TaxRate */
typedef struct shop_tax_rate_input {
  SHOP_INPUT_HEAD;
  shop_id tax_class_id; /**< @default */
  shop_str name;        /**< as it stands on the receipt, e.g. `VAT` */
  int64_t rate_ppm;     /**< @default */
} shop_tax_rate_input;

/** A list of shop_tax_place. */
SHOP_LIST(shop_tax_place_list, shop_tax_place);

/** A list of shop_tax_rate. */
SHOP_LIST(shop_tax_rate_list, shop_tax_rate);

/** Places with their rates. The most specific place decides. */
typedef struct shop_tax_zone {
  SHOP_RECORD_HEAD;
  shop_id id; /**< 0: a new one */
  shop_str name;
  const shop_tax_place_list *places;
  const shop_tax_rate_list *rates;
} shop_tax_zone;

/** A list of shop_tax_place_input. */
SHOP_LIST(shop_tax_place_input_list, shop_tax_place_input);

/** A list of shop_tax_rate_input. */
SHOP_LIST(shop_tax_rate_input_list, shop_tax_rate_input);

/** Places with their rates. The most specific place decides.
 * @cpp TaxZone */
typedef struct shop_tax_zone_input {
  SHOP_INPUT_HEAD;
  shop_id id; /**< 0: a new one. @default */
  shop_str name;
  const shop_tax_place_input_list *places;
  const shop_tax_rate_input_list *rates;
} shop_tax_zone_input;

/** A code that unlocks a promotion. */
typedef struct shop_coupon {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str code; /**< 1–60 bytes, unique in any case */
  shop_id promotion_id;
  shop_bool active;
  uint32_t unused_2;
  int64_t use_limit;          /**< orders in total. @optional */
  int64_t customer_use_limit; /**< orders per customer. @optional */
  int64_t used;
} shop_coupon;

/** A code that unlocks a promotion.
 * @cpp Coupon */
typedef struct shop_coupon_input {
  SHOP_INPUT_HEAD;
  shop_id id;    /**< @default */
  shop_str code; /**< 1–60 bytes, unique in any case */
  shop_id promotion_id;
  shop_bool active;
  uint32_t unused_2;
  int64_t use_limit;          /**< orders in total. @optional */
  int64_t customer_use_limit; /**< orders per customer. @optional */
  int64_t used;               /**< @default */
} shop_coupon_input;

/** What to quote. */
typedef struct shop_quote_request_line {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  int64_t quantity;
} shop_quote_request_line;

/** What to quote.
 * @cpp QuoteRequestLine */
typedef struct shop_quote_request_line_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t quantity;
} shop_quote_request_line_input;

/** A list of shop_quote_request_line_input. */
SHOP_LIST(shop_quote_request_line_input_list, shop_quote_request_line_input);

/** A hypothetical cart.
 * @cpp QuoteRequest */
typedef struct shop_quote_request_input {
  SHOP_INPUT_HEAD;
  const shop_quote_request_line_input_list *lines;
  shop_strs coupons;
  shop_id customer_id; /**< absent: the acting customer; others need `order_view`. @optional */
  shop_str country;    /**< @default */
  shop_str region;     /**< @default */
  shop_id shipping_method_id; /**< @optional */
  shop_bool cash;             /**< paid in cash: round to the smallest coin */
  uint32_t unused_2;
  shop_time at; /**< absent: now. @optional */
} shop_quote_request_input;

/** A list of shop_quote_request_line. */
SHOP_LIST(shop_quote_request_line_list, shop_quote_request_line);

/** Something that a set of promotions does and that its maker may not have meant. */
typedef struct shop_lint_finding {
  SHOP_RECORD_HEAD;
  shop_str kind; /**< `larger_is_cheaper`, `discount_above_limit`, `free_order`, `order_matters` */
  shop_str message;
  const shop_quote_request_line_list *cart; /**< the smallest that shows it */
  shop_money subtotal;
  shop_money total;
} shop_lint_finding;

/** A list of shop_promotion_input. */
SHOP_LIST(shop_promotion_input_list, shop_promotion_input);

/** What to look for. */
typedef struct shop_lint_input {
  SHOP_INPUT_HEAD;
  const shop_promotion_input_list *promotions; /**< instead of the shop's; empty: the shop's own */
  shop_ids variant_ids;                        /**< what to fill carts with, at most 20 */
  int64_t max_discount_ppm;                    /**< more off than this is a finding. @default */
  int64_t max_units;                           /**< per line, at most 100. @default */
} shop_lint_input;

/** A past order under other promotions. */
typedef struct shop_backtest_row {
  SHOP_RECORD_HEAD;
  shop_id order_id;
  shop_str number;
  shop_money before; /**< what its goods cost */
  shop_money after;  /**< what they would have cost */
} shop_backtest_row;

/** A list of shop_backtest_row. */
SHOP_LIST(shop_backtest_row_list, shop_backtest_row);

/** What draft promotions would have cost. */
typedef struct shop_backtest {
  SHOP_RECORD_HEAD;
  int64_t orders;
  int64_t changed;
  shop_money before;
  shop_money after;
  const shop_backtest_row_list *rows; /**< the 100 that change most */
} shop_backtest;

/** Which orders to price again, under which promotions. */
typedef struct shop_backtest_input {
  SHOP_INPUT_HEAD;
  const shop_promotion_input_list *promotions; /**< those that need a code count as entered */
  shop_time placed_from;                       /**< @optional */
  shop_time placed_until;                      /**< @optional */
} shop_backtest_input;

/** A list of shop_customer_group. */
SHOP_LIST(shop_customer_group_list, shop_customer_group);

/** A list of shop_price_list. */
SHOP_LIST(shop_price_list_list, shop_price_list);

/** A list of shop_price_tier_input. */
SHOP_LIST(shop_price_tier_input_list, shop_price_tier_input);

/** A list of shop_price_tier. */
SHOP_LIST(shop_price_tier_list, shop_price_tier);

/** A list of shop_scheduled_price. */
SHOP_LIST(shop_scheduled_price_list, shop_scheduled_price);

/** A list of shop_promotion. */
SHOP_LIST(shop_promotion_list, shop_promotion);

/** A page of shop_coupon. */
SHOP_PAGE(shop_coupon_page, shop_coupon);

/** A list of shop_tax_class. */
SHOP_LIST(shop_tax_class_list, shop_tax_class);

/** A list of shop_tax_zone. */
SHOP_LIST(shop_tax_zone_list, shop_tax_zone);

/** A list of shop_shipping_method. */
SHOP_LIST(shop_shipping_method_list, shop_shipping_method);

/** A list of shop_lint_finding. */
SHOP_LIST(shop_lint_finding_list, shop_lint_finding);

/** How the shop prices: whether prices contain tax, and how it rounds.
 * @param session Who acts.
 * @param out_pricing_settings The settings.
 * @errors none
 * @owned out_pricing_settings
 * @since 1.0 */
SHOP_API shop_status shop_pricing_settings(shop_session *session,
                                           const shop_price_settings **out_pricing_settings,
                                           shop_error **out_error);

/** Changes how the shop prices from now on; placed orders keep what they were placed under.
 * @param session Who acts.
 * @param settings All of the settings.
 * @param out_pricing_settings The settings.
 * @errors validation
 * @owned out_pricing_settings
 * @since 1.0 */
SHOP_API shop_status shop_pricing_set_settings(shop_session *session,
                                               const shop_price_settings_input *settings,
                                               const shop_price_settings **out_pricing_settings,
                                               shop_error **out_error);

/** Makes a group of customers who are priced alike.
 * @param session Who acts.
 * @param group Its name and whether its members pay tax.
 * @param out_customer_group The group.
 * @errors validation, already_exists
 * @owned out_customer_group
 * @since 1.0 */
SHOP_API shop_status shop_pricing_create_group(shop_session *session,
                                               const shop_customer_group_input *group,
                                               const shop_customer_group **out_customer_group,
                                               shop_error **out_error);

/** All customer groups, by id.
 * @param session Who acts.
 * @param out_list The groups.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_groups(shop_session *session,
                                         const shop_customer_group_list **out_list,
                                         shop_error **out_error);

/** Puts a customer into a group; one who is in it already stays.
 * @param session Who acts.
 * @param group_id The customer group.
 * @param customer_id The customer's account.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_pricing_add_member(shop_session *session, shop_id group_id,
                                             shop_id customer_id, shop_error **out_error);

/** Takes a customer out of a group; one who is not in it stays out.
 * @param session Who acts.
 * @param group_id The customer group.
 * @param customer_id The customer's account.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_pricing_remove_member(shop_session *session, shop_id group_id,
                                                shop_id customer_id, shop_error **out_error);

/** Makes a price list (id 0) or changes one.
 * @param session Who acts.
 * @param list The price list.
 * @param out_price_list The price list as it is then.
 * @errors validation, not_found
 * @owned out_price_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_put_price_list(shop_session *session,
                                                 const shop_price_list_input *list,
                                                 const shop_price_list **out_price_list,
                                                 shop_error **out_error);

/** All price lists, by id.
 * @param session Who acts.
 * @param out_list The price lists.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_price_lists(shop_session *session,
                                              const shop_price_list_list **out_list,
                                              shop_error **out_error);

/** Sets prices of a list; those of other variants and quantities stay.
 * @param session Who acts.
 * @param list_id The price list.
 * @param tiers The prices, each from a quantity on.
 * @errors validation, not_found
 * @since 1.0 */
SHOP_API shop_status shop_pricing_set_prices(shop_session *session, shop_id list_id,
                                             const shop_price_tier_input_list *tiers,
                                             shop_error **out_error);

/** Takes all prices of a variant out of a list; one that is not in it stays out.
 * @param session Who acts.
 * @param list_id The price list.
 * @param variant_id The variant.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_pricing_unset_prices(shop_session *session, shop_id list_id,
                                               shop_id variant_id, shop_error **out_error);

/** The prices of a list by variant and quantity, at most 10,000.
 * @param session Who acts.
 * @param list_id The price list.
 * @param out_list The prices.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_prices(shop_session *session, shop_id list_id,
                                         const shop_price_tier_list **out_list,
                                         shop_error **out_error);

/** Makes a price for a time (id 0) or changes one; with a unit limit it is a flash sale.
 * @param session Who acts.
 * @param price The price, its time and its limit.
 * @param out_scheduled_price The scheduled price as it is then.
 * @errors validation, not_found
 * @owned out_scheduled_price
 * @since 1.0 */
SHOP_API shop_status shop_pricing_schedule_price(shop_session *session,
                                                 const shop_scheduled_price_input *price,
                                                 const shop_scheduled_price **out_scheduled_price,
                                                 shop_error **out_error);

/** Ends a scheduled price now.
 * @param session Who acts.
 * @param schedule_id The scheduled price.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_pricing_end_schedule(shop_session *session, shop_id schedule_id,
                                               shop_error **out_error);

/** The scheduled prices of a variant, those that are over included.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param out_list The scheduled prices.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_scheduled_prices(shop_session *session, shop_id variant_id,
                                                   const shop_scheduled_price_list **out_list,
                                                   shop_error **out_error);

/** Makes a promotion (id 0) or changes it. Sellers manage their own: whatever its conditions, it
 * touches no other seller's goods, competes in its lane with its seller's alone, and gives neither
 * delivery nor points nor stands alone (`exclusive`).
 * @param session Who acts.
 * @param promotion The whole promotion.
 * @param out_promotion The promotion as it is then.
 * @errors validation, not_found, forbidden
 * @owned out_promotion
 * @since 1.0 */
SHOP_API shop_status shop_pricing_put_promotion(shop_session *session,
                                                const shop_promotion_input *promotion,
                                                const shop_promotion **out_promotion,
                                                shop_error **out_error);

/** All promotions, inactive ones included, by lane and priority; a seller's own.
 * @param session Who acts.
 * @param out_list The promotions.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_promotions(shop_session *session,
                                             const shop_promotion_list **out_list,
                                             shop_error **out_error);

/** Makes a coupon, or changes the one with that code.
 * @param session Who acts.
 * @param coupon The code, its promotion and its limits.
 * @param out_coupon The coupon as it is then.
 * @errors validation, not_found, already_exists
 * @owned out_coupon
 * @since 1.0 */
SHOP_API shop_status shop_pricing_put_coupon(shop_session *session, const shop_coupon_input *coupon,
                                             const shop_coupon **out_coupon,
                                             shop_error **out_error);

/** The coupons of a promotion.
 * @param session Who acts.
 * @param promotion_id The promotion.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The coupons.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_pricing_coupons(shop_session *session, shop_id promotion_id,
                                          const shop_page_query *page,
                                          const shop_coupon_page **out_page,
                                          shop_error **out_error);

/** Makes a class of goods that are taxed alike.
 * @param session Who acts.
 * @param name 1 to 100 bytes, unique in any case.
 * @param out_tax_class The tax class.
 * @errors validation, already_exists
 * @owned out_tax_class
 * @since 1.0 */
SHOP_API shop_status shop_pricing_create_tax_class(shop_session *session, const char *name,
                                                   const shop_tax_class **out_tax_class,
                                                   shop_error **out_error);

/** All tax classes but the standard one.
 * @param session Who acts.
 * @param out_list The tax classes.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_tax_classes(shop_session *session,
                                              const shop_tax_class_list **out_list,
                                              shop_error **out_error);

/** Makes a tax zone (id 0) or changes one.
 * @param session Who acts.
 * @param zone Its places and its rates.
 * @param out_tax_zone The zone as it is then.
 * @errors validation, not_found
 * @owned out_tax_zone
 * @since 1.0 */
SHOP_API shop_status shop_pricing_put_tax_zone(shop_session *session,
                                               const shop_tax_zone_input *zone,
                                               const shop_tax_zone **out_tax_zone,
                                               shop_error **out_error);

/** Removes a tax zone; placed orders keep their taxes.
 * @param session Who acts.
 * @param zone_id The zone.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_pricing_remove_tax_zone(shop_session *session, shop_id zone_id,
                                                  shop_error **out_error);

/** All tax zones.
 * @param session Who acts.
 * @param out_list The zones.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_tax_zones(shop_session *session,
                                            const shop_tax_zone_list **out_list,
                                            shop_error **out_error);

/** Makes a delivery method (id 0) or changes one.
 * @param session Who acts.
 * @param method Where it goes and what it costs.
 * @param out_shipping_method The method as it is then.
 * @errors validation, not_found
 * @owned out_shipping_method
 * @since 1.0 */
SHOP_API shop_status shop_pricing_put_shipping_method(
    shop_session *session, const shop_shipping_method_input *method,
    const shop_shipping_method **out_shipping_method, shop_error **out_error);

/** All shipping methods.
 * @param session Who acts.
 * @param out_list The methods.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_shipping_methods(shop_session *session,
                                                   const shop_shipping_method_list **out_list,
                                                   shop_error **out_error);

/** Prices a hypothetical cart with every step; writes nothing.
 * @param session Who acts.
 * @param request The hypothetical cart.
 * @param out_quote What it costs, how that comes about, and what did not apply.
 * @errors validation, not_found
 * @owned out_quote
 * @since 1.0 */
SHOP_API shop_status shop_pricing_quote(shop_session *session,
                                        const shop_quote_request_input *request,
                                        const shop_quote **out_quote, shop_error **out_error);

/** How each cent of a hypothetical cart comes about, as text that a shopkeeper can read.
 * @param session Who acts.
 * @param request The hypothetical cart.
 * @param out_text Lines of text.
 * @errors none
 * @owned out_text
 * @since 1.0 */
SHOP_API shop_status shop_pricing_explain(shop_session *session,
                                          const shop_quote_request_input *request,
                                          const shop_text **out_text, shop_error **out_error);

/** Searches generated carts for surprises. Cost: some thousand quotes per variant.
 * @param session Who acts.
 * @param input Which promotions, over which variants, and what counts as too much.
 * @param out_list What was found, each with the smallest cart that shows it.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_pricing_lint(shop_session *session, const shop_lint_input *input,
                                       const shop_lint_finding_list **out_list,
                                       shop_error **out_error);

/** Prices the goods of past orders again, at the unit prices of their day. Cost: the orders.
 * @param session Who acts.
 * @param input The draft promotions, and the orders to price again.
 * @param out_backtest What those orders would have cost.
 * @errors none
 * @owned out_backtest
 * @since 1.0 */
SHOP_API shop_status shop_pricing_backtest(shop_session *session, const shop_backtest_input *input,
                                           const shop_backtest **out_backtest,
                                           shop_error **out_error);

#endif
