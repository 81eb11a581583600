/** @file
 * Full text search and suggestions.
 */
#ifndef SHOP_SEARCH_H
#define SHOP_SEARCH_H

#include "shop/base.h"
#include "shop/catalog.h"
#include "shop/product.h"

/** What to search for. Any text is a legal query: words that must all occur, the last one as the
 * beginning of a word (a blank after it makes it whole), any other one too with `*` behind it, "a
 * phrase" in quotes, an SKU or a barcode, or its beginning (three bytes or more with a digit or one
 * of `-_./`). Accents and case do not matter, and a word that no product has may be one letter off.
 */
typedef struct shop_search_query {
  SHOP_INPUT_HEAD;
  shop_str text;                     /**< at most 1,000 bytes; empty: everything. @default */
  const shop_product_filter *filter; /**< @nullable */
  shop_product_order order;          /**< 0: relevance. @default */
  shop_bool uncounted;               /**< leave it out of the popular searches, e.g. while typing */
} shop_search_query;

/** A page of what was found. */
typedef struct shop_search_result {
  SHOP_RECORD_HEAD;
  const shop_product_card_list *items;
  shop_str next_cursor; /**< empty on the last page */
  int64_t total;        /**< when asked for. @optional */
  shop_bool complete;   /**< false: there was more than was looked at, `total` counts what was */
  uint32_t unused_2;
  shop_str corrected; /**< what was searched instead, if a word was one letter off */
} shop_search_result;

/** A product that begins like what was typed. */
typedef struct shop_product_suggestion {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str slug;
  shop_str title;
} shop_product_suggestion;

/** Suggested products. */
SHOP_LIST(shop_product_suggestion_list, shop_product_suggestion);

/** What to offer while somebody types. */
typedef struct shop_suggestions {
  SHOP_RECORD_HEAD;
  const shop_product_suggestion_list *products;
  const shop_category_list *categories;
  shop_strs searches; /**< popular ones, the most frequent first */
} shop_suggestions;

/** How often something was searched for; nobody knows by whom. */
typedef struct shop_search_count {
  SHOP_RECORD_HEAD;
  shop_str text;    /**< folded */
  int64_t searches; /**< how often */
  int64_t results;  /**< how many it found the last time */
} shop_search_count;

/** Counted searches, the most frequent first. */
SHOP_LIST(shop_search_count_list, shop_search_count);

/** A page of the products that match, by keyset. Cost: bounded by the rarest word.
 * @param session Who acts.
 * @param query What to search for.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_result The page.
 * @errors validation, not_found
 * @nullable page
 * @owned out_result
 * @since 1.0 */
SHOP_API shop_status shop_search_products(shop_session *session, const shop_search_query *query,
                                          const shop_page_query *page,
                                          const shop_search_result **out_result,
                                          shop_error **out_error);

/** How what was found spreads over categories, brands, tags, attributes, prices and stars.
 * @param session Who acts.
 * @param query What to search for.
 * @param out_facets The counts.
 * @errors validation, not_found
 * @owned out_facets
 * @since 1.0 */
SHOP_API shop_status shop_search_facets(shop_session *session, const shop_search_query *query,
                                        const shop_facets **out_facets, shop_error **out_error);

/** Products, categories and popular searches that begin with a text.
 * @param session Who acts.
 * @param text What was typed so far.
 * @param limit How many of each, 1 to 50.
 * @param out_suggestions What to offer.
 * @errors validation
 * @owned out_suggestions
 * @since 1.0 */
SHOP_API shop_status shop_search_suggest(shop_session *session, const char *text, int64_t limit,
                                         const shop_suggestions **out_suggestions,
                                         shop_error **out_error);

/** The most frequent searches that found something.
 * @param session Who acts.
 * @param limit How many, 1 to 500.
 * @param out_counts The searches.
 * @errors validation
 * @owned out_counts
 * @since 1.0 */
SHOP_API shop_status shop_search_popular(shop_session *session, int64_t limit,
                                         const shop_search_count_list **out_counts,
                                         shop_error **out_error);

/** The most frequent searches that found nothing.
 * @param session Who acts.
 * @param limit How many, 1 to 500.
 * @param out_counts The searches.
 * @errors validation
 * @owned out_counts
 * @since 1.0 */
SHOP_API shop_status shop_search_fruitless(shop_session *session, int64_t limit,
                                           const shop_search_count_list **out_counts,
                                           shop_error **out_error);

/** Makes the index anew from the products. Cost: all products.
 * @param session Who acts.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_search_rebuild(shop_session *session, shop_error **out_error);

#endif
