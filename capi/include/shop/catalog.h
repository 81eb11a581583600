/** @file
 * Catalog. */
#ifndef SHOP_CATALOG_H
#define SHOP_CATALOG_H

#include "shop/base.h"
#include "shop/product.h"
#include "shop/session.h"

/** A node of the category tree. */
typedef struct shop_category {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id parent_id; /**< absent at the top @optional */
  shop_str name;     /**< unique among its siblings, case- and accent-folded */
  shop_str slug;     /**< unique in the shop, made from the name */
  int64_t position;  /**< order among its siblings */
} shop_category;

/** Several shop_category, in their order. */
SHOP_LIST(shop_category_list, shop_category);

/** What Catalog::create_category needs. */
typedef struct shop_category_input {
  SHOP_INPUT_HEAD;
  shop_str name;     /**< 1–100 bytes */
  shop_id parent_id; /**< absent: at the top @optional */
} shop_category_input;

/** Adds a category as the last of its siblings. Result: the category with its slug; a slug that is
 * taken gets a number.
 * @param session Who acts.
 * @param input What Catalog::create_category needs.
 * @param out_category A node of the category tree.
 * @errors validation, not_found, already_exists, forbidden
 * @owned out_category
 * @since 1.0 */
SHOP_API shop_status shop_catalog_create_category(shop_session *session,
                                                  const shop_category_input *input,
                                                  const shop_category **out_category,
                                                  shop_error **out_error);

/** The category with that slug.
 * @param session Who acts.
 * @param slug The slug.
 * @param out_category A node of the category tree.
 * @errors not_found
 * @owned out_category
 * @since 1.0 */
SHOP_API shop_status shop_catalog_category(shop_session *session, const char *slug,
                                           const shop_category **out_category,
                                           shop_error **out_error);

/** The direct children of a category, or the top of the tree, in order.
 * @param session Who acts.
 * @param parent_id The parent. 0 or NULL: none.
 * @param out_categories The rows.
 * @errors none
 * @nullable parent_id
 * @owned out_categories
 * @since 1.0 */
SHOP_API shop_status shop_catalog_categories(shop_session *session, shop_id parent_id,
                                             const shop_category_list **out_categories,
                                             shop_error **out_error);

/** Adds a product with its variants, pictures, tags and attributes. A seller adds its own. Result:
 * the product as it is stored.
 * @param session Who acts.
 * @param input A product to be made.
 * @param out_product A product with everything that belongs to it.
 * @errors validation, already_exists, not_found, forbidden
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_create_product(shop_session *session,
                                                 const shop_product_input *input,
                                                 const shop_product **out_product,
                                                 shop_error **out_error);

/** One product with everything that belongs to it. What is not on sale is there for its managers
 * only.
 * @param session Who acts.
 * @param id The id.
 * @param out_product A product with everything that belongs to it.
 * @errors not_found
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product(shop_session *session, shop_id id,
                                          const shop_product **out_product, shop_error **out_error);

/** The same by the part of an address that names it.
 * @param session Who acts.
 * @param slug The slug.
 * @param out_product A product with everything that belongs to it.
 * @errors none
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product_by_slug(shop_session *session, const char *slug,
                                                  const shop_product **out_product,
                                                  shop_error **out_error);

/** The product that has a variant of that SKU.
 * @param session Who acts.
 * @param sku The sku.
 * @param out_product A product with everything that belongs to it.
 * @errors none
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product_by_sku(shop_session *session, const char *sku,
                                                 const shop_product **out_product,
                                                 shop_error **out_error);

/** The product that has a variant of that barcode.
 * @param session Who acts.
 * @param barcode The barcode.
 * @param out_product A product with everything that belongs to it.
 * @errors none
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product_by_barcode(shop_session *session, const char *barcode,
                                                     const shop_product **out_product,
                                                     shop_error **out_error);

/** A page of products by keyset: all that pass the filter, in that order. Without filters other
 * than category or seller a page costs the same at any depth of any catalog, and the total is a
 * kept count.
 * @param session Who acts.
 * @param filter Which products a list shows, all conditions at once.
 * @param order The order.
 * @param page Which page; NULL for the first.
 * @param out_page The page.
 * @errors validation, not_found, forbidden
 * @nullable filter, page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_catalog_products(shop_session *session, const shop_product_filter *filter,
                                           shop_product_order order, const shop_page_query *page,
                                           const shop_product_card_page **out_page,
                                           shop_error **out_error);

#endif
