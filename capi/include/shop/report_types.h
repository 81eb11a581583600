/** @file
 * What reports are of and what they give.
 */
#ifndef SHOP_REPORT_TYPES_H
#define SHOP_REPORT_TYPES_H

#include "shop/base.h"

/** A span of the shop's calendar that ends now. */
typedef int32_t shop_report_period;
enum {
  SHOP_REPORT_PERIOD_DAY = 1,   /**< today */
  SHOP_REPORT_PERIOD_WEEK = 2,  /**< since Monday */
  SHOP_REPORT_PERIOD_MONTH = 3, /**< since the first */
  SHOP_REPORT_PERIOD_ALL = 4    /**< everything */
};

/** How a series divides its span. */
typedef int32_t shop_report_step;
enum {
  SHOP_REPORT_STEP_DAY = 1,
  SHOP_REPORT_STEP_WEEK = 2, /**< from Monday */
  SHOP_REPORT_STEP_MONTH = 3
};

/** The order of products in a report. */
typedef int32_t shop_report_order;
enum {
  SHOP_REPORT_ORDER_MOST_UNITS = 1,
  SHOP_REPORT_ORDER_LEAST_UNITS = 2,
  SHOP_REPORT_ORDER_MOST_REVENUE = 3,
  SHOP_REPORT_ORDER_LEAST_REVENUE = 4,
  SHOP_REPORT_ORDER_MOST_RETURNED = 5 /**< by returned units */
};

/** What a report is of. Each report names the members that it looks at; the others do not matter to
 * it. Without a span it is of everything. */
typedef struct shop_report_query {
  SHOP_INPUT_HEAD;
  shop_time from; /**< from the day of this moment … @optional */
  shop_time to;   /**< … to the day before this moment's, or its own past midnight @optional */
  shop_report_period period; /**< instead of from and to @optional */
  uint32_t unused_2;
  shop_id seller_id;       /**< of this seller alone; a seller gets its own anyway @optional */
  shop_str category;       /**< slug; with everything below it @nullable */
  shop_report_order order; /**< @default */
  shop_report_step step;   /**< @default */
  int64_t limit;           /**< rows of a list that is not paged, 1–1000 @default */
} shop_report_query;

/** What a product sold, and what came back of it. Revenue is what its lines cost after all
 * discounts, as prices are shown; net is revenue − returned. */
typedef struct shop_product_figures {
  SHOP_RECORD_HEAD;
  shop_id product_id;
  shop_str title;
  shop_str slug;
  shop_id seller_id; /**< 0: the shop's own */
  int64_t orders;    /**< times ordered */
  int64_t units;
  shop_money revenue;
  int64_t returned_units;
  shop_money returned;
  shop_money net;
} shop_product_figures;

/** A list of shop_product_figures. */
SHOP_LIST(shop_product_figures_list, shop_product_figures);

/** A page of shop_product_figures. */
SHOP_PAGE(shop_product_figures_page, shop_product_figures);

/** What was sold in a span. Canceled orders are not in it, but for what had come back of them; what
 * came back counts where it came back. */
typedef struct shop_sales_figures {
  SHOP_RECORD_HEAD;
  int64_t orders;
  int64_t new_orders;       /**< first orders of customers */
  int64_t returning_orders; /**< later orders of customers; the rest is guests' */
  int64_t units;
  shop_money revenue;  /**< of the goods after all discounts, as prices are shown */
  shop_money discount; /**< given; 0 for a single seller */
  shop_money tax;      /**< 0 for a single seller */
  shop_money shipping; /**< 0 for a single seller */
  int64_t returns;
  int64_t returned_units;
  shop_money returned;
  shop_money net;           /**< revenue − returned */
  shop_money average_order; /**< revenue ÷ orders, rounded half up; 0 without orders */
} shop_sales_figures;

/** One step of a series. */
typedef struct shop_sales_step {
  SHOP_RECORD_HEAD;
  shop_str label;      /**< `2026-11-22`, `2026-W47` or `2026-11` */
  shop_time starts_at; /**< its first moment */
  const shop_sales_figures *figures;
} shop_sales_step;

/** A list of shop_sales_step. */
SHOP_LIST(shop_sales_step_list, shop_sales_step);

/** A shop or a seller at a glance. */
typedef struct shop_dashboard {
  SHOP_RECORD_HEAD;
  const shop_sales_figures *total;    /**< of the span */
  const shop_sales_figures *before;   /**< of as many days before it; empty for everything */
  const shop_sales_step_list *series; /**< by the chosen step, oldest first, at most 1,000 */
  const shop_product_figures_list *top_units;   /**< most sold of the span */
  const shop_product_figures_list *top_revenue; /**< best earning of the span */
} shop_dashboard;

/** What a country or region bought. */
typedef struct shop_region_figures {
  SHOP_RECORD_HEAD;
  shop_str label;   /**< of the step, when a series was asked for; empty otherwise */
  shop_str country; /**< ISO 3166-1 or as it was given; empty: not known */
  shop_str region;
  int64_t orders;
  int64_t units;
  shop_money revenue;
  int64_t returned_units;
  shop_money returned;
  shop_money net;
} shop_region_figures;

/** A list of shop_region_figures. */
SHOP_LIST(shop_region_figures_list, shop_region_figures);

/** What was sold of a category: by what the products' main category was when they were ordered. */
typedef struct shop_category_figures {
  SHOP_RECORD_HEAD;
  shop_id category_id; /**< 0: none */
  shop_str name;
  shop_str slug;
  int64_t orders; /**< with anything of it */
  int64_t units;
  shop_money revenue;
  int64_t returned_units;
  shop_money returned;
  shop_money net;
  shop_money net_below; /**< net with everything below it */
} shop_category_figures;

/** A list of shop_category_figures. */
SHOP_LIST(shop_category_figures_list, shop_category_figures);

/** What was sold at an hour of a weekday. */
typedef struct shop_hour_figures {
  SHOP_RECORD_HEAD;
  int64_t weekday; /**< 1 Monday – 7 Sunday */
  int64_t hour;    /**< 0–23 */
  int64_t orders;
  int64_t units;
  shop_money revenue;
} shop_hour_figures;

/** A list of shop_hour_figures. */
SHOP_LIST(shop_hour_figures_list, shop_hour_figures);

/** A product that sells more than it did. */
typedef struct shop_trending_product {
  SHOP_RECORD_HEAD;
  shop_id product_id;
  shop_str title;
  shop_str slug;
  int64_t units;        /**< of the span */
  int64_t units_before; /**< of as many days before it */
  double score;         /**< (units − units_before) ÷ √(units_before + 1) */
} shop_trending_product;

/** A list of shop_trending_product. */
SHOP_LIST(shop_trending_product_list, shop_trending_product);

/** What became of the customers who came in a month. */
typedef struct shop_cohort_cell {
  SHOP_RECORD_HEAD;
  shop_str cohort;       /**< month of the first order, `2026-11` */
  int64_t months_later;  /**< 0: the month itself */
  int64_t customers;     /**< who ordered in that month */
  int64_t of_customers;  /**< size of the cohort */
  int64_t retention_ppm; /**< customers ÷ of_customers, in millionths */
  shop_money net;        /**< what they spent in that month, less returns */
} shop_cohort_cell;

/** A list of shop_cohort_cell. */
SHOP_LIST(shop_cohort_cell_list, shop_cohort_cell);

/** A customer by recency, frequency and money. Scores are fifths of all customers, 5 the best. */
typedef struct shop_customer_value {
  SHOP_RECORD_HEAD;
  shop_id customer_id;
  shop_time last_order_at;
  int64_t orders;
  shop_money net; /**< spent, less returns */
  int64_t recency_score;
  int64_t frequency_score;
  int64_t money_score;
  shop_str segment; /**< champions, loyal, promising, new, at_risk, lost or regular */
} shop_customer_value;

/** A page of shop_customer_value. */
SHOP_PAGE(shop_customer_value_page, shop_customer_value);

/** A variant that is low or sold out, and how much to order. daily_rate is what was sold less what
 * came back in the last 28 days, ÷ 28. A variant is low when available ≤ its threshold, or ≤
 * daily_rate × lead_time_days + safety_stock, rounded up. suggested is daily_rate × (lead_time_days
 * + cover_days) + safety_stock, rounded up, less what is available; at least 0. */
typedef struct shop_low_stock {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  shop_id product_id;
  shop_str title;
  shop_str variant_title; /**< empty for a simple product */
  shop_str sku;
  int64_t on_hand;
  int64_t held;
  int64_t available;
  int64_t threshold;
  double daily_rate;
  int64_t days_left; /**< available ÷ daily_rate, whole days; −1 when nothing is sold */
  int64_t suggested;
  shop_time moved_at; /**< of the last movement; for what is sold out, about since when */
} shop_low_stock;

/** A page of shop_low_stock. */
SHOP_PAGE(shop_low_stock_page, shop_low_stock);

/** How often the stock of a variant was sold in a span. */
typedef struct shop_stock_turn {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  shop_id product_id;
  shop_str title;
  shop_str sku;
  int64_t sold;          /**< less what came back */
  int64_t on_hand_first; /**< at the beginning of the span */
  int64_t on_hand_last;  /**< at its end */
  int64_t turn_milli;    /**< sold ÷ the mean of both × 1,000; 0 when there was none */
  int64_t days_of_stock; /**< the mean ÷ what is sold a day; −1 when nothing is sold */
} shop_stock_turn;

/** A page of shop_stock_turn. */
SHOP_PAGE(shop_stock_turn_page, shop_stock_turn);

/** How many came how far in a step of a series: product views (where customers allow them to be
 * remembered), carts that got their first line, orders placed, orders paid. */
typedef struct shop_funnel_step {
  SHOP_RECORD_HEAD;
  shop_str label;      /**< `2026-11-22`, `2026-W47` or `2026-11` */
  shop_time starts_at; /**< its first moment */
  int64_t views;
  int64_t carts;
  int64_t checkouts;    /**< not canceled since */
  int64_t paid;         /**< of those, paid in full or in part given back since */
  int64_t cart_ppm;     /**< carts ÷ views, in millionths; 0 without views */
  int64_t checkout_ppm; /**< checkouts ÷ carts */
  int64_t paid_ppm;     /**< paid ÷ checkouts */
} shop_funnel_step;

/** Several of them, in their order. */
SHOP_LIST(shop_funnel_step_list, shop_funnel_step);

/** What was searched for, by nobody in particular. */
typedef struct shop_search_term {
  SHOP_RECORD_HEAD;
  shop_str text;    /**< folded */
  int64_t searches; /**< how often, since the shop was made */
  int64_t results;  /**< found the last time; 0: fruitless */
} shop_search_term;

/** Several of them, in their order. */
SHOP_LIST(shop_search_term_list, shop_search_term);

/** One of a seller's own products. */
typedef struct shop_my_product {
  SHOP_RECORD_HEAD;
  shop_id product_id;
  shop_str title;
  shop_str slug;
  shop_money price;  /**< the lowest of its variants */
  int64_t available; /**< over its variants */
  int64_t orders;
  int64_t sold; /**< units */
  shop_money revenue;
  shop_money net;       /**< revenue − returned */
  int64_t rating_milli; /**< mean stars × 1,000; 0 without reviews */
  int64_t rating_count;
} shop_my_product;

/** A page of shop_my_product. */
SHOP_PAGE(shop_my_product_page, shop_my_product);

/** What one's own products are sorted by. */
typedef int32_t shop_my_product_order;
enum {
  SHOP_MY_PRODUCT_ORDER_NEWEST = 1,
  SHOP_MY_PRODUCT_ORDER_MOST_SOLD = 2,
  SHOP_MY_PRODUCT_ORDER_MOST_REVENUE = 3,
  SHOP_MY_PRODUCT_ORDER_LEAST_STOCK = 4,
  SHOP_MY_PRODUCT_ORDER_BEST_RATED = 5,
  SHOP_MY_PRODUCT_ORDER_TITLE = 6
};

#endif
