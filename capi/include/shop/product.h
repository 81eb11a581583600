/** @file
 * product. */
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

/** A typed property of a product, e.g. `Material`: `Oak`. */
typedef struct shop_product_attribute {
  SHOP_RECORD_HEAD;
  shop_str name;  /**< 1–60 bytes; the same name once per product */
  shop_str value; /**< 1–200 bytes, in the form of its type */
  shop_attribute_type type;
  uint32_t unused_2;
} shop_product_attribute;

/** Several shop_product_attribute, in their order. */
SHOP_LIST(shop_product_attribute_list, shop_product_attribute);

/** A typed property of a product, e.g. `Material`: `Oak`.
 * @cpp ProductAttribute */
typedef struct shop_product_attribute_input {
  SHOP_INPUT_HEAD;
  shop_str name;            /**< 1–60 bytes; the same name once per product */
  shop_str value;           /**< 1–200 bytes, in the form of its type */
  shop_attribute_type type; /**< @default */
  uint32_t unused_2;
} shop_product_attribute_input;

/** Several shop_product_attribute_input, in their order. */
SHOP_LIST(shop_product_attribute_input_list, shop_product_attribute_input);

/** What distinguishes the variants of a product, e.g. `Size`. */
typedef struct shop_product_option {
  SHOP_RECORD_HEAD;
  shop_str name;    /**< 1–60 bytes */
  shop_strs values; /**< in the order in which they are offered */
} shop_product_option;

/** Several shop_product_option, in their order. */
SHOP_LIST(shop_product_option_list, shop_product_option);

/** What distinguishes the variants of a product, e.g. `Size`.
 * @cpp ProductOption */
typedef struct shop_product_option_input {
  SHOP_INPUT_HEAD;
  shop_str name;    /**< 1–60 bytes */
  shop_strs values; /**< in the order in which they are offered */
} shop_product_option_input;

/** Several shop_product_option_input, in their order. */
SHOP_LIST(shop_product_option_input_list, shop_product_option_input);

/** A picture to be added: a reference or its bytes. */
typedef struct shop_image_input {
  SHOP_INPUT_HEAD;
  shop_str url;        /**< where it is; empty when bytes are given @default */
  shop_str alt;        /**< what it shows, for those who cannot see it @default */
  shop_str media_type; /**< of the bytes, e.g. `image/png` @default */
  shop_bytes bytes;    /**< at most 16 MiB @default */
} shop_image_input;

/** Several shop_image_input, in their order. */
SHOP_LIST(shop_image_input_list, shop_image_input);

/** A picture of a product. */
typedef struct shop_image {
  SHOP_RECORD_HEAD;
  shop_id id;
  int64_t position; /**< from 1 */
  shop_str url;     /**< empty when the bytes are stored */
  shop_str alt;
  shop_str media_type; /**< empty for a reference */
  int64_t size_bytes;  /**< of the stored bytes; read them with Catalog::image_bytes */
} shop_image;

/** Several shop_image, in their order. */
SHOP_LIST(shop_image_list, shop_image);

/** A part of a bundle. */
typedef struct shop_bundle_part {
  SHOP_RECORD_HEAD;
  shop_id variant_id;
  int64_t quantity; /**< how many of it are in one bundle */
} shop_bundle_part;

/** Several shop_bundle_part, in their order. */
SHOP_LIST(shop_bundle_part_list, shop_bundle_part);

/** A part of a bundle.
 * @cpp BundlePart */
typedef struct shop_bundle_part_input {
  SHOP_INPUT_HEAD;
  shop_id variant_id;
  int64_t quantity; /**< how many of it are in one bundle @default */
} shop_bundle_part_input;

/** Several shop_bundle_part_input, in their order. */
SHOP_LIST(shop_bundle_part_input_list, shop_bundle_part_input);

/** One thing on sale, to be made. */
typedef struct shop_variant_input {
  SHOP_INPUT_HEAD;
  shop_strs option_values; /**< one for each option of the product */
  shop_str sku;            /**< unique in the shop @nullable */
  shop_str barcode;        /**< unique in the shop @nullable */
  shop_money price;
  shop_money compare_at; /**< what it cost before, higher than the price @optional */
  int64_t weight_grams;
  shop_stock_policy policy; /**< @default */
  uint32_t unused_2;
  int64_t image_position; /**< which picture of the product shows it; 0: none @default */
} shop_variant_input;

/** Several shop_variant_input, in their order. */
SHOP_LIST(shop_variant_input_list, shop_variant_input);

/** One thing on sale: what is priced, stocked and sold. */
typedef struct shop_variant {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_id product_id;
  int64_t position;        /**< from 1 */
  shop_str title;          /**< `Red / Small`; empty for a simple product */
  shop_strs option_values; /**< one for each option of the product */
  shop_str sku;            /**< @nullable */
  shop_str barcode;        /**< @nullable */
  shop_money price;
  shop_money compare_at; /**< @optional */
  int64_t weight_grams;
  shop_stock_policy policy;
  uint32_t unused_2;
  int64_t image_position;
  shop_bool in_stock; /**< as the stock keeper last said */
  uint32_t unused_3;
  shop_time price_since;
} shop_variant;

/** Several shop_variant, in their order. */
SHOP_LIST(shop_variant_list, shop_variant);

/** A product to be made. */
typedef struct shop_product_input {
  SHOP_INPUT_HEAD;
  shop_str title;             /**< 1–300 bytes, unique per seller, case- and accent-folded */
  shop_str slug;              /**< absent: made from the title, numbered when taken @nullable */
  shop_str description;       /**< at most 256 KiB @default */
  shop_str brand;             /**< at most 100 bytes; empty: none @default */
  shop_id seller_id;          /**< absent: the acting seller's, else the shop's own @optional */
  shop_ids category_ids;      /**< the first is the main one */
  shop_product_status status; /**< @default */
  uint32_t unused_2;
  shop_id tax_class_id; /**< 0: the standard class @default */
  int64_t minimum_age;
  shop_sold_by sold_by; /**< @default */
  uint32_t unused_3;
  shop_strs tags;
  const shop_product_attribute_input_list *attributes;
  const shop_image_input_list *images;
  const shop_product_option_input_list *options; /**< needed when there are several variants */
  const shop_variant_input_list
      *variants; /**< Empty: a simple product, whose one variant is described by `simple`. */
  const shop_variant_input *simple;          /**< @default */
  const shop_bundle_part_input_list *bundle; /**< not empty: the product is a bundle of these */
} shop_product_input;

/** A product with everything that belongs to it. */
typedef struct shop_product {
  SHOP_RECORD_HEAD;
  shop_id id;
  int64_t version;   /**< grows with each change; give it back with an update */
  shop_id seller_id; /**< 0: the shop's own */
  shop_product_status status;
  uint32_t unused_2;
  shop_str slug;
  shop_str title;
  shop_str description;
  shop_str language;     /**< of title and description; empty: the shop's own */
  shop_str brand;        /**< empty: none */
  shop_ids category_ids; /**< the first is the main one */
  shop_money price;      /**< the lowest of its variants */
  shop_money price_max;  /**< the highest */
  shop_money compare_at; /**< of the cheapest variant @optional */
  shop_id tax_class_id;
  int64_t minimum_age;
  shop_sold_by sold_by;
  shop_bool in_stock;   /**< any variant is */
  int64_t rating_milli; /**< the mean of its stars × 1,000; 0 without reviews */
  int64_t rating_count;
  int64_t sold; /**< units sold; may be some sales behind the reports */
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
  shop_id seller_id;
  shop_product_status status;
  uint32_t unused_2;
  shop_str slug;
  shop_str title;
  shop_money price;      /**< the lowest of its variants */
  shop_money price_max;  /**< the highest */
  shop_money compare_at; /**< @optional */
  shop_bytes image;      /**< reference of the first picture; empty: none, or stored bytes */
  int64_t variant_count;
  shop_bool in_stock;
  uint32_t unused_3;
  int64_t rating_milli;
  int64_t rating_count;
  int64_t sold;
} shop_product_card;

/** A page of shop_product_card. */
SHOP_PAGE(shop_product_card_page, shop_product_card);

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

/** Which products a list shows, all conditions at once. */
typedef struct shop_product_filter {
  SHOP_INPUT_HEAD;
  shop_str category;        /**< slug; with everything below it @nullable */
  int64_t price_min_minor;  /**< @optional */
  int64_t price_max_minor;  /**< @optional */
  int64_t rating_min_milli; /**< e.g. 4000: four stars and more @optional */
  shop_bool in_stock;       /**< only what can be sold now */
  uint32_t unused_2;
  shop_id seller_id;                                   /**< @optional */
  shop_str brand;                                      /**< @nullable */
  shop_strs tags;                                      /**< all of them */
  const shop_product_attribute_input_list *attributes; /**< all of them; the types do not matter */
  shop_product_status status; /**< absent: what is on sale; others for managers only @optional */
  uint32_t unused_3;
} shop_product_filter;

#endif
