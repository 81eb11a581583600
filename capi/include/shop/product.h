/** @file
 * Products: what lists, carts and reports show of them, and what they are made from.
 */
#ifndef SHOP_PRODUCT_H
#define SHOP_PRODUCT_H

#include "shop/base.h"

/** Where a product is in its life. */
typedef int32_t shop_product_status;
enum {
  SHOP_PRODUCT_STATUS_DRAFT = 1,   /**< being prepared; nobody but its managers sees it */
  SHOP_PRODUCT_STATUS_ACTIVE = 2,  /**< on sale */
  SHOP_PRODUCT_STATUS_ARCHIVED = 3 /**< withdrawn; kept for the books */
};

/** What happens when a variant is out of stock. */
typedef int32_t shop_stock_policy;
enum {
  SHOP_STOCK_POLICY_DENY = 1,      /**< it is not sold; the default */
  SHOP_STOCK_POLICY_BACKORDER = 2, /**< it is sold and delivered later */
  SHOP_STOCK_POLICY_PREORDER = 3   /**< it is sold before it is released */
};

/** What a quantity counts. */
typedef int32_t shop_sold_by;
enum {
  SHOP_SOLD_BY_PIECE = 1,  /**< the default */
  SHOP_SOLD_BY_WEIGHT = 2, /**< a quantity is grams, a price is for 1,000 of them */
  SHOP_SOLD_BY_LENGTH = 3  /**< a quantity is millimetres, a price is for 1,000 of them */
};

/** How the value of an attribute is to be read. */
typedef int32_t shop_attribute_type;
enum {
  SHOP_ATTRIBUTE_TYPE_TEXT = 1,
  SHOP_ATTRIBUTE_TYPE_NUMBER = 2, /**< a decimal such as `12.5` */
  SHOP_ATTRIBUTE_TYPE_FLAG = 3,   /**< `true` or `false` */
  SHOP_ATTRIBUTE_TYPE_DATE = 4    /**< `2026-11-22` */
};

/** The order of a list of products. */
typedef int32_t shop_product_order;
enum {
  SHOP_PRODUCT_ORDER_NEWEST = 1,
  SHOP_PRODUCT_ORDER_PRICE_UP = 2,
  SHOP_PRODUCT_ORDER_PRICE_DOWN = 3,
  SHOP_PRODUCT_ORDER_BEST_SOLD = 4,
  SHOP_PRODUCT_ORDER_LEAST_SOLD = 5,
  SHOP_PRODUCT_ORDER_RATING = 6, /**< best first */
  SHOP_PRODUCT_ORDER_TITLE = 7,
  SHOP_PRODUCT_ORDER_RELEVANCE = 8 /**< of a search; without one the newest first */
};

/** A typed property of a product. */
typedef struct shop_product_attribute {
  SHOP_RECORD_HEAD;
  shop_str name;
  shop_str value; /**< in the form of its type */
  shop_attribute_type type;
  uint32_t unused_2;
} shop_product_attribute;

/** Attributes in the order in which they were given. */
SHOP_LIST(shop_product_attribute_list, shop_product_attribute);

/** A typed property, to be given or asked for.
 * @cpp ProductAttribute */
typedef struct shop_product_attribute_input {
  SHOP_INPUT_HEAD;
  shop_str name;            /**< 1 to 60 bytes; the same name once per product */
  shop_str value;           /**< 1 to 200 bytes, in the form of its type */
  shop_attribute_type type; /**< 0: text. @default */
  uint32_t unused_2;
} shop_product_attribute_input;

/** Attributes to be given or asked for. */
SHOP_LIST(shop_product_attribute_input_list, shop_product_attribute_input);

/** What distinguishes the variants of a product, e.g. `Size`. */
typedef struct shop_product_option {
  SHOP_RECORD_HEAD;
  shop_str name;
  shop_strs values; /**< in the order in which they are offered */
} shop_product_option;

/** Options in their order. */
SHOP_LIST(shop_product_option_list, shop_product_option);

/** An option to be given to a product; its values follow from the variants.
 * @cpp ProductOption */
typedef struct shop_product_option_input {
  SHOP_INPUT_HEAD;
  shop_str name; /**< 1 to 60 bytes */
} shop_product_option_input;

/** Options to be given to a product. */
SHOP_LIST(shop_product_option_input_list, shop_product_option_input);

/** A picture of a product. */
typedef struct shop_image {
  SHOP_RECORD_HEAD;
  shop_id id;
  int64_t position;    /**< from 1 */
  shop_str url;        /**< empty when the bytes are stored */
  shop_str alt;        /**< what it shows, for those who cannot see it */
  shop_str media_type; /**< empty for a reference */
  int64_t size_bytes;  /**< of the stored bytes; read them with shop_catalog_image_bytes */
} shop_image;

/** Pictures in their order. */
SHOP_LIST(shop_image_list, shop_image);

/** A picture to be added: a reference or its bytes. */
typedef struct shop_image_input {
  SHOP_INPUT_HEAD;
  shop_str url;        /**< where it is; empty when bytes are given. @default */
  shop_str alt;        /**< what it shows. @default */
  shop_str media_type; /**< of the bytes, e.g. `image/png`. @default */
  shop_bytes bytes;    /**< at most 16 MiB. @default @max 16777216 */
} shop_image_input;

/** Pictures to be added. */
SHOP_LIST(shop_image_input_list, shop_image_input);

/** A change of a picture: what is not given stays. */
typedef struct shop_image_change {
  SHOP_INPUT_HEAD;
  shop_str alt;     /**< @optional */
  int64_t position; /**< from 1; the others make room. @optional */
} shop_image_change;

/** A part of a bundle. */
typedef struct shop_bundle_part {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  int64_t quantity; /**< how many of it are in one bundle */
} shop_bundle_part;

/** What a bundle is made of. */
SHOP_LIST(shop_bundle_part_list, shop_bundle_part);

/** A part of a bundle, to be given.
 * @cpp BundlePart */
typedef struct shop_bundle_part_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t quantity; /**< 0: 1. @default */
} shop_bundle_part_input;

/** What a bundle shall be made of. */
SHOP_LIST(shop_bundle_part_input_list, shop_bundle_part_input);

/** One thing on sale: what is priced, stocked and sold. */
typedef struct shop_variant {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id product_id;
  int64_t position;        /**< from 1 */
  shop_str title;          /**< `Red / Small`; empty for a simple product */
  shop_strs option_values; /**< one for each option of the product */
  shop_str sku;            /**< unique in the shop. @nullable */
  shop_str barcode;        /**< unique in the shop. @nullable */
  shop_money price;
  shop_money compare_at; /**< what it cost before. @optional */
  int64_t weight_grams;
  shop_stock_policy policy;
  shop_bool in_stock; /**< whether it can be sold: some is there, may be owed, or its parts are */
  int64_t image_position; /**< which picture of the product shows it; 0: none */
  shop_time price_since;
} shop_variant;

/** Variants in their order. */
SHOP_LIST(shop_variant_list, shop_variant);

/** One thing on sale, to be made. */
typedef struct shop_variant_input {
  SHOP_INPUT_HEAD;
  shop_strs option_values; /**< one for each option of the product. @default */
  shop_str sku;            /**< unique in the shop. @nullable */
  shop_str barcode;        /**< unique in the shop. @nullable */
  shop_money price;
  shop_money compare_at;    /**< what it cost before. @optional */
  int64_t weight_grams;     /**< @default */
  shop_stock_policy policy; /**< 0: deny. @default */
  uint32_t unused_2;
  int64_t image_position; /**< which picture of the product shows it; 0: none. @default */
} shop_variant_input;

/** Variants to be made. */
SHOP_LIST(shop_variant_input_list, shop_variant_input);

/** A change of a variant: what is not given stays. */
typedef struct shop_variant_change {
  SHOP_INPUT_HEAD;
  shop_strs option_values;  /**< @optional */
  shop_str sku;             /**< empty: none. @optional */
  shop_str barcode;         /**< empty: none. @optional */
  shop_money price;         /**< the old one goes into the price history. @optional */
  shop_money compare_at;    /**< @update */
  int64_t weight_grams;     /**< @optional */
  shop_stock_policy policy; /**< @optional */
  uint32_t unused_2;
  int64_t image_position; /**< @optional */
} shop_variant_change;

/** Title and description in a language. */
typedef struct shop_translation {
  SHOP_RECORD_HEAD;
  shop_str language; /**< a BCP 47 tag such as `de` or `pt-BR` */
  shop_str title;
  shop_str description;
} shop_translation;

/** Translations by language. */
SHOP_LIST(shop_translation_list, shop_translation);

/** Title and description in a language, to be given.
 * @cpp Translation */
typedef struct shop_translation_input {
  SHOP_INPUT_HEAD;
  shop_str language;    /**< a BCP 47 tag such as `de` or `pt-BR`, in any case */
  shop_str title;       /**< empty: remove this language. @default */
  shop_str description; /**< @default */
} shop_translation_input;

/** A product to be made. */
typedef struct shop_product_input {
  SHOP_INPUT_HEAD;
  shop_str title;             /**< 1 to 300 bytes, unique per seller, case- and accent-folded */
  shop_str slug;              /**< absent: made from the title. @nullable */
  shop_str description;       /**< at most 256 KiB. @default */
  shop_str brand;             /**< @default */
  shop_id seller_id;          /**< not given: the acting seller's, else the shop's own. @optional */
  shop_ids category_ids;      /**< the first is the main one. @default */
  shop_product_status status; /**< 0: active. @default */
  shop_sold_by sold_by;       /**< 0: piece. @default */
  shop_id tax_class_id;       /**< 0: the standard class. @default */
  int64_t minimum_age;        /**< @default */
  shop_strs tags;             /**< @default */
  const shop_product_attribute_input_list *attributes; /**< @nullable */
  const shop_image_input_list *images;                 /**< @nullable */
  const shop_product_option_input_list *options; /**< needed with several variants. @nullable */
  const shop_variant_input_list *variants;       /**< @nullable */
  const shop_variant_input *simple; /**< the one variant of a product without options. @nullable */
  const shop_bundle_part_input_list *bundle; /**< what it is a bundle of. @nullable */
} shop_product_input;

/** Products to be made. */
SHOP_LIST(shop_product_input_list, shop_product_input);

/** A change of a product: what is not given stays. */
typedef struct shop_product_change {
  SHOP_INPUT_HEAD;
  int64_t version;                                     /**< that of the product as it was read */
  shop_str title;                                      /**< @optional */
  shop_str slug;                                       /**< @optional */
  shop_str description;                                /**< @optional */
  shop_str brand;                                      /**< @optional */
  shop_ids category_ids;                               /**< @optional */
  shop_product_status status;                          /**< @optional */
  shop_sold_by sold_by;                                /**< @optional */
  shop_id tax_class_id;                                /**< @optional */
  int64_t minimum_age;                                 /**< @optional */
  shop_strs tags;                                      /**< @optional */
  const shop_product_attribute_input_list *attributes; /**< @nullable @kept */
} shop_product_change;

/** One change of a bulk call. */
typedef struct shop_product_update {
  SHOP_INPUT_HEAD;
  shop_id id;
  const shop_product_change *change; /**< what is given changes */
} shop_product_update;

/** Changes of a bulk call. */
SHOP_LIST(shop_product_update_list, shop_product_update);

/** A product with everything that belongs to it. */
typedef struct shop_product {
  SHOP_RECORD_HEAD;
  shop_id id;
  int64_t version;   /**< grows with each change; give it back with an update */
  shop_id seller_id; /**< 0: the shop's own */
  shop_product_status status;
  shop_sold_by sold_by;
  shop_str slug;
  shop_str title;
  shop_str description;
  shop_str language;     /**< of title and description; empty: the shop's own */
  shop_str brand;        /**< empty: none */
  shop_ids category_ids; /**< the first is the main one */
  shop_money price;      /**< the lowest of its variants */
  shop_money price_max;  /**< the highest */
  shop_money compare_at; /**< of the cheapest variant. @optional */
  shop_id tax_class_id;
  int64_t minimum_age;
  int64_t rating_milli; /**< the mean of its stars × 1,000; 0 without reviews */
  int64_t rating_count;
  int64_t sold;       /**< units sold: counted by lists by sales, and in parts by later orders */
  shop_bool in_stock; /**< any variant is */
  uint32_t unused_2;
  shop_strs tags;
  const shop_product_attribute_list *attributes;
  const shop_image_list *images;
  const shop_product_option_list *options;
  const shop_variant_list *variants;
  const shop_bundle_part_list *bundle;
  shop_time created_at;
  shop_time updated_at;
} shop_product;

/** What a list shows of a product. */
typedef struct shop_product_card {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id seller_id; /**< 0: the shop's own */
  shop_product_status status;
  shop_bool in_stock;
  shop_str slug;
  shop_str title;
  shop_money price;      /**< the lowest of its variants */
  shop_money price_max;  /**< the highest */
  shop_money compare_at; /**< @optional */
  shop_str image;        /**< reference of the first picture; empty: none, or stored bytes */
  int64_t variant_count;
  int64_t rating_milli;
  int64_t rating_count;
  int64_t sold;
} shop_product_card;

/** Cards in the order asked for. */
SHOP_LIST(shop_product_card_list, shop_product_card);

/** A page of cards. */
SHOP_PAGE(shop_product_card_page, shop_product_card);

/** Which products a list shows, all conditions at once. */
typedef struct shop_product_filter {
  SHOP_INPUT_HEAD;
  shop_str category;        /**< slug; with everything below it. @nullable */
  int64_t price_min_minor;  /**< @optional */
  int64_t price_max_minor;  /**< @optional */
  int64_t rating_min_milli; /**< e.g. 4000: four stars and more. @optional */
  shop_id seller_id;        /**< @optional */
  shop_str brand;           /**< @nullable */
  shop_strs tags;           /**< all of them. @default */
  const shop_product_attribute_input_list *attributes; /**< all of them. @nullable */
  shop_product_status status;                          /**< not given: what is on sale. @optional */
  shop_bool in_stock;                                  /**< only what can be sold now */
} shop_product_filter;

/** What a variant cost for a while. */
typedef struct shop_price_point {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  shop_money price;
  shop_time since;
  shop_time until; /**< absent: still. @optional */
} shop_price_point;

/** Prices, the latest first. */
SHOP_LIST(shop_price_point_list, shop_price_point);

/** What has to be said beside a price reduction (EU 98/6/EC, article 6a). */
typedef struct shop_price_reference {
  SHOP_RECORD_HEAD;
  shop_money current;
  shop_time current_since;
  shop_money lowest_before;  /**< in the 30 days before the current price began */
  shop_money lowest_30_days; /**< in the last 30 days, the current one included */
} shop_price_reference;

/** One of the most expensive products. */
typedef struct shop_expensive_product {
  SHOP_RECORD_HEAD;
  const shop_product_card *card;
  const shop_price_point_list *history; /**< of its variants, the latest first */
} shop_expensive_product;

/** The most expensive first. */
SHOP_LIST(shop_expensive_product_list, shop_expensive_product);

/** How many products of a list are of one brand, category … */
typedef struct shop_facet_count {
  SHOP_RECORD_HEAD;
  shop_str name;  /**< of an attribute; empty for the other kinds */
  shop_str value; /**< brand, tag, value of an attribute, or slug of a category */
  shop_str label; /**< what people read: a category's name, else the value */
  int64_t count;
} shop_facet_count;

/** Counts, the most frequent first. */
SHOP_LIST(shop_facet_count_list, shop_facet_count);

/** How many products of a list cost between two amounts. */
typedef struct shop_price_band {
  SHOP_RECORD_HEAD;
  int64_t from_minor;
  int64_t below_minor; /**< absent: and more. @optional */
  int64_t count;
} shop_price_band;

/** Price bands, the cheapest first. */
SHOP_LIST(shop_price_band_list, shop_price_band);

/** Counts over a list or a search. */
typedef struct shop_facets {
  SHOP_RECORD_HEAD;
  const shop_facet_count_list *categories;
  const shop_facet_count_list *brands;
  const shop_facet_count_list *tags;
  const shop_facet_count_list *attributes;
  const shop_price_band_list *prices;
  shop_ids ratings;   /**< 5 numbers: products of at least 1, 2, 3, 4, 5 stars */
  int64_t counted;    /**< products looked at */
  shop_bool complete; /**< false: the list is longer; these are its first ones */
  uint32_t unused_2;
} shop_facets;

/** Ids of what was made, in order. */
typedef struct shop_product_ids {
  SHOP_RECORD_HEAD;
  shop_ids ids;
} shop_product_ids;

#endif
