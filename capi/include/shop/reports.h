/** @file
 * The figures that a shop is run by.
 */
#ifndef SHOP_REPORTS_H
#define SHOP_REPORTS_H

#include "shop/base.h"
#include "shop/report_types.h"
#include "shop/session.h"

/** A report for Reports::csv. */
typedef int32_t shop_report_kind;
enum {
  SHOP_REPORT_KIND_PRODUCTS = 1,
  SHOP_REPORT_KIND_TOP_SELLING = 2,
  SHOP_REPORT_KIND_NEVER_SOLD = 3,
  SHOP_REPORT_KIND_SALES = 4,
  SHOP_REPORT_KIND_REGIONS = 5,
  SHOP_REPORT_KIND_CATEGORIES = 6,
  SHOP_REPORT_KIND_HOURS = 7,
  SHOP_REPORT_KIND_TRENDING = 8,
  SHOP_REPORT_KIND_COHORTS = 9,
  SHOP_REPORT_KIND_CUSTOMERS = 10,
  SHOP_REPORT_KIND_LOW_STOCK = 11,
  SHOP_REPORT_KIND_STOCK_OUTS = 12,
  SHOP_REPORT_KIND_STOCK_TURN = 13,
  SHOP_REPORT_KIND_COUNTRIES = 14,
  SHOP_REPORT_KIND_MY_PRODUCTS = 15,
  SHOP_REPORT_KIND_FUNNEL = 16,
  SHOP_REPORT_KIND_SEARCH_TERMS = 17
};

/** Every product with what it sold, those never sold included, in the order of the query. Looks at:
 * span, seller, category, order. Cost: the products of the report.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The products.
 * @errors not_found
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reports_products(shop_session *session, const shop_report_query *query,
                                           const shop_page_query *page,
                                           const shop_product_figures_page **out_page,
                                           shop_error **out_error);

/** The products that sold best. Looks at: span, seller, category, order, limit.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_product_figures The products.
 * @errors validation
 * @owned out_product_figures
 * @since 1.0 */
SHOP_API shop_status shop_reports_top_selling(shop_session *session, const shop_report_query *query,
                                              const shop_product_figures_list **out_product_figures,
                                              shop_error **out_error);

/** The products that were not sold in the span, the oldest first. Looks at: span, seller, category.
 * Cost: the products of the report.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The products.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reports_never_sold(shop_session *session, const shop_report_query *query,
                                             const shop_page_query *page,
                                             const shop_product_figures_page **out_page,
                                             shop_error **out_error);

/** A shop, or a seller, at a glance. Looks at: span, seller, step, limit (of the top lists).
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_dashboard Totals, the span before, a series, and the top products.
 * @errors none
 * @owned out_dashboard
 * @since 1.0 */
SHOP_API shop_status shop_reports_dashboard(shop_session *session, const shop_report_query *query,
                                            const shop_dashboard **out_dashboard,
                                            shop_error **out_error);

/** Sales by day, week or month, those without any included, oldest first. Looks at: span, seller,
 * step.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_sales_steps One row for each step.
 * @errors validation
 * @owned out_sales_steps
 * @since 1.0 */
SHOP_API shop_status shop_reports_sales(shop_session *session, const shop_report_query *query,
                                        const shop_sales_step_list **out_sales_steps,
                                        shop_error **out_error);

/** Sales by country and region, best net first. Looks at: span, seller.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_region_figures One row for each region.
 * @errors none
 * @owned out_region_figures
 * @since 1.0 */
SHOP_API shop_status shop_reports_regions(shop_session *session, const shop_report_query *query,
                                          const shop_region_figures_list **out_region_figures,
                                          shop_error **out_error);

/** Sales by country and step, oldest first. Looks at: span, seller, step.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_region_figures One row for each country and step.
 * @errors none
 * @owned out_region_figures
 * @since 1.0 */
SHOP_API shop_status shop_reports_countries(shop_session *session, const shop_report_query *query,
                                            const shop_region_figures_list **out_region_figures,
                                            shop_error **out_error);

/** Sales by category, best net first. Looks at: span.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_category_figures One row for each category.
 * @errors none
 * @owned out_category_figures
 * @since 1.0 */
SHOP_API shop_status shop_reports_categories(
    shop_session *session, const shop_report_query *query,
    const shop_category_figures_list **out_category_figures, shop_error **out_error);

/** Sales by weekday and hour. Looks at: span, seller.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_hour_figures One row for each weekday and hour with sales.
 * @errors none
 * @owned out_hour_figures
 * @since 1.0 */
SHOP_API shop_status shop_reports_hours(shop_session *session, const shop_report_query *query,
                                        const shop_hour_figures_list **out_hour_figures,
                                        shop_error **out_error);

/** The products that gained most against as many days before; without a span, the last seven days.
 * Looks at: span, seller, category, limit.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_trending_products The products, the strongest gain first.
 * @errors none
 * @owned out_trending_products
 * @since 1.0 */
SHOP_API shop_status shop_reports_trending(shop_session *session, const shop_report_query *query,
                                           const shop_trending_product_list **out_trending_products,
                                           shop_error **out_error);

/** Which part of the customers who came in a month ordered again in each later one. Looks at: span
 * (of the first orders), seller.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param out_cohort_cells One row for each cohort and month.
 * @errors none
 * @owned out_cohort_cells
 * @since 1.0 */
SHOP_API shop_status shop_reports_cohorts(shop_session *session, const shop_report_query *query,
                                          const shop_cohort_cell_list **out_cohort_cells,
                                          shop_error **out_error);

/** Every customer with an order by what they are worth, best first. Looks at: seller. Cost: the
 * customers.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The customers with their scores.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reports_customers(shop_session *session, const shop_report_query *query,
                                            const shop_page_query *page,
                                            const shop_customer_value_page **out_page,
                                            shop_error **out_error);

/** What is low or sold out and not archived, the most urgent first. Looks at: seller, category.
 * Cost: all stock, and the movements of 28 days.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The variants.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reports_low_stock(shop_session *session, const shop_report_query *query,
                                            const shop_page_query *page,
                                            const shop_low_stock_page **out_page,
                                            shop_error **out_error);

/** What is sold out, of what shop_reports_low_stock lists, in the same order.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The variants.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reports_stock_outs(shop_session *session, const shop_report_query *query,
                                             const shop_page_query *page,
                                             const shop_low_stock_page **out_page,
                                             shop_error **out_error);

/** How often stock was sold in a span, the fastest first. Looks at: span (without one, the last 28
 * days), seller, category. Cost: all stock, and the movements since then.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The variants.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reports_stock_turn(shop_session *session, const shop_report_query *query,
                                             const shop_page_query *page,
                                             const shop_stock_turn_page **out_page,
                                             shop_error **out_error);

/** From looking at things to having paid for them, oldest first, of the whole shop. Looks at: span,
 * step. Cost: the orders of the span.
 * @param session Who acts.
 * @param query Of what.
 * @param out_list They, in their order.
 * @errors validation, forbidden
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_reports_funnel(shop_session *session, const shop_report_query *query,
                                         const shop_funnel_step_list **out_list,
                                         shop_error **out_error);

/** What is searched for most, fruitless searches included; the latest searches join when enough of
 * them came together, or when shop_search_popular is asked. Looks at: limit. Cost: all that was
 * ever searched for.
 * @param session Who acts.
 * @param query Of what.
 * @param out_list They, in their order.
 * @errors validation, forbidden
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_reports_search_terms(shop_session *session,
                                               const shop_report_query *query,
                                               const shop_search_term_list **out_list,
                                               shop_error **out_error);

/** A seller's own products with stock, sales and rating; the shop's own for those who may view
 * reports. Looks at: span (of the sales), seller, category. Cost: those products.
 * @param session Who acts.
 * @param query The span, the seller and the rest that the report looks at.
 * @param order By what they are sorted.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The products.
 * @errors none
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_reports_my_products(shop_session *session, const shop_report_query *query,
                                              shop_my_product_order order,
                                              const shop_page_query *page,
                                              const shop_my_product_page **out_page,
                                              shop_error **out_error);

/** Any of these reports as CSV (RFC 4180, UTF-8, header row; amounts in decimals of the shop's
 * currency), all its rows.
 * @param session Who acts.
 * @param kind Which report.
 * @param query What that report looks at.
 * @param out_text The file.
 * @guarded by the row of each report
 * @errors none
 * @owned out_text
 * @since 1.0 */
SHOP_API shop_status shop_reports_csv(shop_session *session, shop_report_kind kind,
                                      const shop_report_query *query, const shop_text **out_text,
                                      shop_error **out_error);

#endif
