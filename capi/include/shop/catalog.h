/** @file
 * Categories and products.
 */
#ifndef SHOP_CATALOG_H
#define SHOP_CATALOG_H

#include "shop/base.h"

/** A node of the category tree. */
typedef struct shop_category {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id parent_id; /**< absent at the top. @optional */
  shop_str name;     /**< unique among its siblings, case- and accent-folded */
  shop_str slug;     /**< unique in the shop, made from the name */
  int64_t position;  /**< order among its siblings */
} shop_category;

/** Categories in their order. */
SHOP_LIST(shop_category_list, shop_category);

/** A category to be made. */
typedef struct shop_category_input {
  SHOP_INPUT_HEAD;
  shop_str name;     /**< 1 to 100 bytes */
  shop_id parent_id; /**< not given: at the top. @optional */
} shop_category_input;

/** Adds a category as the last of its siblings.
 * @param session Who acts.
 * @param input The new category.
 * @param out_category The category with its slug; a slug that is taken gets a number.
 * @errors validation, not_found, already_exists, forbidden
 * @owned out_category
 * @since 1.0 */
SHOP_API shop_status shop_catalog_create_category(shop_session *session,
                                                  const shop_category_input *input,
                                                  const shop_category **out_category,
                                                  shop_error **out_error);

/** The category with a slug.
 * @param session Who acts.
 * @param slug The part of an address that names it, e.g. `mens-fashion`.
 * @param out_category The category.
 * @errors not_found
 * @owned out_category
 * @since 1.0 */
SHOP_API shop_status shop_catalog_category(shop_session *session, const char *slug,
                                           const shop_category **out_category,
                                           shop_error **out_error);

/** The direct children of a category, or the top of the tree, in order.
 * @param session Who acts.
 * @param parent_id Whose children; 0 for the top.
 * @param out_categories The categories.
 * @errors none
 * @nullable parent_id
 * @owned out_categories
 * @since 1.0 */
SHOP_API shop_status shop_catalog_categories(shop_session *session, shop_id parent_id,
                                             const shop_category_list **out_categories,
                                             shop_error **out_error);

#endif
