/** @file
 * Categories and products.
 */
#ifndef SHOP_CATALOG_H
#define SHOP_CATALOG_H

#include "shop/base.h"
#include "shop/product.h"

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

/** A change of a category: what is not given stays. */
typedef struct shop_category_change {
  SHOP_INPUT_HEAD;
  shop_str name;    /**< @optional */
  shop_str slug;    /**< @optional */
  int64_t position; /**< from 1; its siblings make room. @optional */
} shop_category_change;

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

/** Renames a category, gives it another slug or place. The slug stays when the name changes.
 * @param session Who acts.
 * @param id The category.
 * @param change What changes.
 * @param out_category The category as it is then.
 * @errors validation, not_found, already_exists
 * @owned out_category
 * @since 1.0 */
SHOP_API shop_status shop_catalog_update_category(shop_session *session, shop_id id,
                                                  const shop_category_change *change,
                                                  const shop_category **out_category,
                                                  shop_error **out_error);

/** Puts a category with all below it under another one, or at the top.
 * @param session Who acts.
 * @param id The category.
 * @param parent_id Where to; 0 for the top.
 * @param out_category The category as it is then.
 * @errors not_found, already_exists, conflict
 * @nullable parent_id
 * @owned out_category
 * @since 1.0 */
SHOP_API shop_status shop_catalog_move_category(shop_session *session, shop_id id,
                                                shop_id parent_id,
                                                const shop_category **out_category,
                                                shop_error **out_error);

/** Moves the products, children and sellers of a category into another one and removes it.
 * @param session Who acts.
 * @param id The category that goes.
 * @param into_id The one that stays.
 * @param out_category The one that stays.
 * @errors not_found, already_exists, conflict
 * @owned out_category
 * @since 1.0 */
SHOP_API shop_status shop_catalog_merge_category(shop_session *session, shop_id id, shop_id into_id,
                                                 const shop_category **out_category,
                                                 shop_error **out_error);

/** Removes a category without children. Without `move_to_id` it must have no products.
 * @param session Who acts.
 * @param id The category.
 * @param move_to_id Where its products and sellers go; 0: nowhere.
 * @errors not_found, not_empty, conflict
 * @nullable move_to_id
 * @since 1.0 */
SHOP_API shop_status shop_catalog_delete_category(shop_session *session, shop_id id,
                                                  shop_id move_to_id, shop_error **out_error);

/** Adds a product with its variants, pictures, tags and attributes. A seller adds its own.
 * @param session Who acts.
 * @param input The product.
 * @param out_product The product as it is stored.
 * @errors validation, already_exists, not_found, conflict
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_create_product(shop_session *session,
                                                 const shop_product_input *input,
                                                 const shop_product **out_product,
                                                 shop_error **out_error);

/** Adds several products, all or none; paths of errors begin with `products[i]`.
 * @param session Who acts.
 * @param products The products, at most 10,000.
 * @param out_ids Their ids, in order.
 * @errors validation, already_exists, not_found, conflict
 * @owned out_ids
 * @since 1.0 */
SHOP_API shop_status shop_catalog_create_products(shop_session *session,
                                                  const shop_product_input_list *products,
                                                  const shop_product_ids **out_ids,
                                                  shop_error **out_error);

/** Changes what is given.
 * @param session Who acts.
 * @param id The product.
 * @param change What changes.
 * @param out_product The product as it is then.
 * @errors validation, not_found, stale_version, already_exists
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_update_product(shop_session *session, shop_id id,
                                                 const shop_product_change *change,
                                                 const shop_product **out_product,
                                                 shop_error **out_error);

/** Changes several products, all or none; paths of errors begin with `updates[i]`.
 * @param session Who acts.
 * @param updates The changes, at most 10,000.
 * @errors validation, not_found, stale_version, already_exists
 * @since 1.0 */
SHOP_API shop_status shop_catalog_update_products(shop_session *session,
                                                  const shop_product_update_list *updates,
                                                  shop_error **out_error);

/** Takes a product off sale, keeping it for the books; again is fine.
 * @param session Who acts.
 * @param id The product.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_catalog_archive_product(shop_session *session, shop_id id,
                                                  shop_error **out_error);

/** Puts an archived product or a draft on sale.
 * @param session Who acts.
 * @param id The product.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_catalog_restore_product(shop_session *session, shop_id id,
                                                  shop_error **out_error);

/** Removes a product that was never sold and is in no bundle.
 * @param session Who acts.
 * @param id The product.
 * @errors not_found, conflict
 * @since 1.0 */
SHOP_API shop_status shop_catalog_delete_product(shop_session *session, shop_id id,
                                                 shop_error **out_error);

/** Adds a variant to a product with options.
 * @param session Who acts.
 * @param product_id The product.
 * @param input The variant.
 * @param out_variant The variant as it is stored.
 * @errors validation, not_found, already_exists, conflict
 * @owned out_variant
 * @since 1.0 */
SHOP_API shop_status shop_catalog_add_variant(shop_session *session, shop_id product_id,
                                              const shop_variant_input *input,
                                              const shop_variant **out_variant,
                                              shop_error **out_error);

/** Changes a variant; another price goes into its history.
 * @param session Who acts.
 * @param id The variant.
 * @param change What changes.
 * @param out_variant The variant as it is then.
 * @errors validation, not_found, already_exists
 * @owned out_variant
 * @since 1.0 */
SHOP_API shop_status shop_catalog_update_variant(shop_session *session, shop_id id,
                                                 const shop_variant_change *change,
                                                 const shop_variant **out_variant,
                                                 shop_error **out_error);

/** Removes a variant of a product that was never sold; the last one stays.
 * @param session Who acts.
 * @param id The variant.
 * @errors not_found, conflict
 * @since 1.0 */
SHOP_API shop_status shop_catalog_remove_variant(shop_session *session, shop_id id,
                                                 shop_error **out_error);

/** One variant.
 * @param session Who acts.
 * @param id The variant.
 * @param out_variant The variant.
 * @errors not_found
 * @owned out_variant
 * @since 1.0 */
SHOP_API shop_status shop_catalog_variant(shop_session *session, shop_id id,
                                          const shop_variant **out_variant, shop_error **out_error);

/** Adds a picture as the last one.
 * @param session Who acts.
 * @param product_id The product.
 * @param input The picture.
 * @param out_image The picture as it is stored.
 * @errors validation, not_found, limit_reached
 * @owned out_image
 * @since 1.0 */
SHOP_API shop_status shop_catalog_add_image(shop_session *session, shop_id product_id,
                                            const shop_image_input *input,
                                            const shop_image **out_image, shop_error **out_error);

/** Changes what a picture says or its place.
 * @param session Who acts.
 * @param id The picture.
 * @param change What changes.
 * @param out_image The picture as it is then.
 * @errors validation, not_found
 * @owned out_image
 * @since 1.0 */
SHOP_API shop_status shop_catalog_update_image(shop_session *session, shop_id id,
                                               const shop_image_change *change,
                                               const shop_image **out_image,
                                               shop_error **out_error);

/** Removes a picture.
 * @param session Who acts.
 * @param id The picture.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_catalog_remove_image(shop_session *session, shop_id id,
                                               shop_error **out_error);

/** The bytes of a stored picture.
 * @param session Who acts.
 * @param id The picture.
 * @param out_bytes The bytes.
 * @errors not_found
 * @owned out_bytes
 * @since 1.0 */
SHOP_API shop_status shop_catalog_image_bytes(shop_session *session, shop_id id,
                                              const shop_blob **out_bytes, shop_error **out_error);

/** Says what a bundle is made of; an empty list makes it a product of its own again.
 * @param session Who acts.
 * @param product_id The bundle.
 * @param parts What it is made of.
 * @errors validation, not_found, conflict
 * @since 1.0 */
SHOP_API shop_status shop_catalog_set_bundle(shop_session *session, shop_id product_id,
                                             const shop_bundle_part_input_list *parts,
                                             shop_error **out_error);

/** Sets title and description in a language; an empty title removes that language.
 * @param session Who acts.
 * @param product_id The product.
 * @param translation The texts.
 * @errors validation, not_found
 * @since 1.0 */
SHOP_API shop_status shop_catalog_set_translation(shop_session *session, shop_id product_id,
                                                  const shop_translation_input *translation,
                                                  shop_error **out_error);

/** All languages of a product besides the shop's own.
 * @param session Who acts.
 * @param product_id The product.
 * @param out_translations The texts.
 * @errors not_found
 * @owned out_translations
 * @since 1.0 */
SHOP_API shop_status shop_catalog_translations(shop_session *session, shop_id product_id,
                                               const shop_translation_list **out_translations,
                                               shop_error **out_error);

/** What a variant cost, the latest first.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param out_prices The prices.
 * @errors not_found
 * @owned out_prices
 * @since 1.0 */
SHOP_API shop_status shop_catalog_price_history(shop_session *session, shop_id variant_id,
                                                const shop_price_point_list **out_prices,
                                                shop_error **out_error);

/** The current price beside the lowest of 30 days.
 * @param session Who acts.
 * @param variant_id The variant.
 * @param out_reference The prices.
 * @errors not_found
 * @owned out_reference
 * @since 1.0 */
SHOP_API shop_status shop_catalog_price_reference(shop_session *session, shop_id variant_id,
                                                  const shop_price_reference **out_reference,
                                                  shop_error **out_error);

/** The most expensive products on sale, with what they cost before.
 * @param session Who acts.
 * @param category Slug of a category; empty: of all.
 * @param limit How many, 1 to 100.
 * @param out_products The products.
 * @errors validation, not_found
 * @owned out_products
 * @since 1.0 */
SHOP_API shop_status shop_catalog_most_expensive(shop_session *session, const char *category,
                                                 int64_t limit,
                                                 const shop_expensive_product_list **out_products,
                                                 shop_error **out_error);

/** One product with everything that belongs to it. What is not on sale is there for its managers
 * only.
 * @param session Who acts.
 * @param id The product.
 * @param out_product The product.
 * @errors not_found
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product(shop_session *session, shop_id id,
                                          const shop_product **out_product, shop_error **out_error);

/** The product with the part of an address that names it.
 * @param session Who acts.
 * @param slug Exactly as it was given.
 * @param out_product The product.
 * @errors not_found
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product_by_slug(shop_session *session, const char *slug,
                                                  const shop_product **out_product,
                                                  shop_error **out_error);

/** The product with an SKU of one of its variants.
 * @param session Who acts.
 * @param sku Exactly as it was given.
 * @param out_product The product.
 * @errors not_found
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product_by_sku(shop_session *session, const char *sku,
                                                 const shop_product **out_product,
                                                 shop_error **out_error);

/** The product with a barcode of one of its variants.
 * @param session Who acts.
 * @param barcode Exactly as it was given.
 * @param out_product The product.
 * @errors not_found
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product_by_barcode(shop_session *session, const char *barcode,
                                                     const shop_product **out_product,
                                                     shop_error **out_error);

/** A product in the first of the languages that it has, else as it is.
 * @param session Who acts.
 * @param id The product.
 * @param languages Tags in the order of preference, with commas, as in `de-AT, en`.
 * @param out_product The product.
 * @errors not_found
 * @owned out_product
 * @since 1.0 */
SHOP_API shop_status shop_catalog_product_in(shop_session *session, shop_id id,
                                             const char *languages,
                                             const shop_product **out_product,
                                             shop_error **out_error);

/** A page of the products that pass a filter, by keyset.
 * @param session Who acts.
 * @param filter Which ones.
 * @param order In which order.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The page.
 * @errors validation, not_found
 * @nullable filter, page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_catalog_products(shop_session *session, const shop_product_filter *filter,
                                           shop_product_order order, const shop_page_query *page,
                                           const shop_product_card_page **out_page,
                                           shop_error **out_error);

/** The same from a row on, for numbered pages; the cost grows with the offset.
 * @param session Who acts.
 * @param filter Which ones.
 * @param order In which order.
 * @param offset Rows left out, at most 100,000.
 * @param limit Rows wanted, 1 to 500.
 * @param out_page The rows, with the total.
 * @errors validation, not_found
 * @nullable filter
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_catalog_products_at(
    shop_session *session, const shop_product_filter *filter, shop_product_order order,
    int64_t offset, int64_t limit, const shop_product_card_page **out_page, shop_error **out_error);

/** How the products of a list spread over categories, brands, tags, attributes, prices and stars.
 * @param session Who acts.
 * @param filter Which ones.
 * @param out_facets The counts.
 * @errors validation, not_found
 * @nullable filter
 * @owned out_facets
 * @since 1.0 */
SHOP_API shop_status shop_catalog_facets(shop_session *session, const shop_product_filter *filter,
                                         const shop_facets **out_facets, shop_error **out_error);

#endif
