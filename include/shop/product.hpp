#pragma once

#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop {

/// Where a product is in its life. @since 1.0
enum class ProductStatus : std::int32_t {
  draft = 1,     ///< being prepared; nobody but its managers sees it
  active = 2,    ///< on sale
  archived = 3,  ///< withdrawn; kept for the books
};

/// What happens when a variant is out of stock. @since 1.0
enum class StockPolicy : std::int32_t {
  deny = 1,       ///< it is not sold; the default
  backorder = 2,  ///< it is sold and delivered later
  preorder = 3,   ///< it is sold before it is released
};

/// What a quantity counts. @since 1.0
enum class SoldBy : std::int32_t {
  piece = 1,   ///< the default
  weight = 2,  ///< a quantity is grams, a price is for 1,000 of them
  length = 3,  ///< a quantity is millimetres, a price is for 1,000 of them
};

/// How the value of an attribute is to be read. @since 1.0
enum class AttributeType : std::int32_t {
  text = 1,
  number = 2,  ///< a decimal such as `12.5`
  flag = 3,    ///< `true` or `false`
  date = 4,    ///< `2026-11-22`
};

/// A typed property of a product, e.g. `Material`: `Oak`. @since 1.0
struct ProductAttribute {
  std::string name;   ///< 1–60 bytes; the same name once per product
  std::string value;  ///< 1–200 bytes, in the form of its type
  AttributeType type = AttributeType::text;
};

/// What distinguishes the variants of a product, e.g. `Size`. @since 1.0
struct ProductOption {
  std::string name;                 ///< 1–60 bytes
  std::vector<std::string> values;  ///< in the order in which they are offered
};

/// A picture to be added: a reference or its bytes. @since 1.0
struct ImageInput {
  std::string url;         ///< where it is; empty when bytes are given
  std::string alt;         ///< what it shows, for those who cannot see it
  std::string media_type;  ///< of the bytes, e.g. `image/png`
  std::string bytes;       ///< at most 16 MiB
};

/// A picture of a product. @since 1.0
struct Image {
  Id id = 0;
  std::int64_t position = 0;  ///< from 1
  std::string url;            ///< empty when the bytes are stored
  std::string alt;
  std::string media_type;       ///< empty for a reference
  std::int64_t size_bytes = 0;  ///< of the stored bytes; read them with Catalog::image_bytes
};

/// A part of a bundle. @since 1.0
struct BundlePart {
  Id variant_id = 0;
  std::int64_t quantity = 1;  ///< how many of it are in one bundle
};

/// One thing on sale, to be made. @since 1.0
struct VariantInput {
  std::vector<std::string> option_values;  ///< one for each option of the product
  std::optional<std::string> sku;          ///< unique in the shop
  std::optional<std::string> barcode;      ///< unique in the shop
  Money price;
  std::optional<Money> compare_at;  ///< what it cost before, higher than the price
  std::int64_t weight_grams = 0;
  StockPolicy policy = StockPolicy::deny;
  std::int64_t image_position = 0;  ///< which picture of the product shows it; 0: none
};

/// One thing on sale: what is priced, stocked and sold. @since 1.0
struct Variant {
  Id id = 0;
  Id product_id = 0;
  std::int64_t position = 0;               ///< from 1
  std::string title;                       ///< `Red / Small`; empty for a simple product
  std::vector<std::string> option_values;  ///< one for each option of the product
  std::optional<std::string> sku;
  std::optional<std::string> barcode;
  Money price;
  std::optional<Money> compare_at;
  std::int64_t weight_grams = 0;
  StockPolicy policy = StockPolicy::deny;
  std::int64_t image_position = 0;
  bool in_stock = false;  ///< whether it can be sold: some is there, may be owed, or its parts are
  Timestamp price_since = 0;
};

/// A product to be made. @since 1.0
struct ProductInput {
  std::string title;                ///< 1–300 bytes, unique per seller, case- and accent-folded
  std::optional<std::string> slug;  ///< absent: made from the title, numbered when taken
  std::string description;          ///< at most 256 KiB
  std::string brand;                ///< at most 100 bytes; empty: none
  std::optional<Id> seller_id;      ///< absent: the acting seller's, else the shop's own
  std::vector<Id> category_ids;     ///< the first is the main one
  ProductStatus status = ProductStatus::active;
  Id tax_class_id = 0;  ///< 0: the standard class
  std::int64_t minimum_age = 0;
  SoldBy sold_by = SoldBy::piece;
  std::vector<std::string> tags;
  std::vector<ProductAttribute> attributes;
  std::vector<ImageInput> images;
  std::vector<ProductOption> options;  ///< needed when there are several variants
  /// Empty: a simple product, whose one variant is described by `simple`.
  std::vector<VariantInput> variants;
  VariantInput simple;
  std::vector<BundlePart> bundle;  ///< not empty: the product is a bundle of these
};

/// A change of a product: what is absent stays. @since 1.0
struct ProductChange {
  std::int64_t version = 0;  ///< that of the product as it was read; another is `stale_version`
  std::optional<std::string> title;
  std::optional<std::string> slug;
  std::optional<std::string> description;
  std::optional<std::string> brand;
  std::optional<std::vector<Id>> category_ids;
  std::optional<ProductStatus> status;
  std::optional<Id> tax_class_id;
  std::optional<std::int64_t> minimum_age;
  std::optional<SoldBy> sold_by;
  std::optional<std::vector<std::string>> tags;
  std::optional<std::vector<ProductAttribute>> attributes;
};

/// What a bulk call made, in order. @since 1.0
struct ProductIds {
  std::vector<Id> ids;
};

/// A change of one of a bulk call. @since 1.0
struct ProductUpdate {
  Id id = 0;
  ProductChange change;
};

/// A change of a variant: what is absent stays. @since 1.0
struct VariantChange {
  std::optional<std::vector<std::string>> option_values;
  std::optional<std::string> sku;      ///< empty: none
  std::optional<std::string> barcode;  ///< empty: none
  std::optional<Money> price;          ///< the old one goes into the price history
  std::optional<std::optional<Money>> compare_at;
  std::optional<std::int64_t> weight_grams;
  std::optional<StockPolicy> policy;
  std::optional<std::int64_t> image_position;
};

/// A change of a picture: what is absent stays. @since 1.0
struct ImageChange {
  std::optional<std::string> alt;
  std::optional<std::int64_t> position;  ///< from 1; the others make room
};

/// Title and description in a language. @since 1.0
struct Translation {
  std::string language;  ///< a BCP 47 tag such as `de` or `pt-BR`; given in any case
  std::string title;
  std::string description;
};

/// What a variant cost for a while. @since 1.0
struct PricePoint {
  Id variant_id = 0;
  Money price;
  Timestamp since = 0;
  std::optional<Timestamp> until;  ///< absent: still
};

/// What has to be said beside a price reduction (EU 98/6/EC, article 6a). Scheduled prices and
/// flash sales count for as long as they went on. @since 1.0
struct PriceReference {
  Money current;
  Timestamp current_since = 0;
  Money lowest_before;   ///< the lowest in the 30 days before the current price began
  Money lowest_30_days;  ///< the lowest in the last 30 days, the current one included
};

/// A product with everything that belongs to it. @since 1.0
struct Product {
  Id id = 0;
  std::int64_t version = 0;  ///< grows with each change; give it back with an update
  Id seller_id = 0;          ///< 0: the shop's own
  ProductStatus status = ProductStatus::active;
  std::string slug;
  std::string title;
  std::string description;
  std::string language;             ///< of title and description; empty: the shop's own
  std::string brand;                ///< empty: none
  std::vector<Id> category_ids;     ///< the first is the main one
  Money price;                      ///< the lowest of its variants
  Money price_max;                  ///< the highest
  std::optional<Money> compare_at;  ///< of the cheapest variant
  Id tax_class_id = 0;
  std::int64_t minimum_age = 0;
  SoldBy sold_by = SoldBy::piece;
  bool in_stock = false;          ///< any variant is
  std::int64_t rating_milli = 0;  ///< the mean of its stars × 1,000; 0 without reviews
  std::int64_t rating_count = 0;
  std::int64_t sold = 0;  ///< units sold: counted by lists by sales, and in parts by later orders
  std::vector<std::string> tags;
  std::vector<ProductAttribute> attributes;
  std::vector<Image> images;
  std::vector<ProductOption> options;
  std::vector<Variant> variants;
  std::vector<BundlePart> bundle;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;
};

/// What a list shows of a product. @since 1.0
struct ProductCard {
  Id id = 0;
  Id seller_id = 0;
  ProductStatus status = ProductStatus::active;
  std::string slug;
  std::string title;
  Money price;      ///< the lowest of its variants
  Money price_max;  ///< the highest
  std::optional<Money> compare_at;
  std::string image;  ///< reference of the first picture; empty: none, or stored bytes
  std::int64_t variant_count = 1;
  bool in_stock = false;
  std::int64_t rating_milli = 0;
  std::int64_t rating_count = 0;
  std::int64_t sold = 0;
};

/// One of the most expensive products. @since 1.0
struct ExpensiveProduct {
  ProductCard card;
  std::vector<PricePoint> history;  ///< of its variants, the latest first
};

/// The order of a list of products. @since 1.0
enum class ProductOrder : std::int32_t {
  newest = 1,
  price_up = 2,
  price_down = 3,
  best_sold = 4,
  least_sold = 5,
  rating = 6,  ///< best first
  title = 7,
  relevance = 8,  ///< of a search; without one the newest first
};

/// Which products a list shows, all conditions at once. @since 1.0
struct ProductFilter {
  std::optional<std::string> category;  ///< slug; with everything below it
  std::optional<std::int64_t> price_min_minor;
  std::optional<std::int64_t> price_max_minor;
  std::optional<std::int64_t> rating_min_milli;  ///< e.g. 4000: four stars and more
  bool in_stock = false;                         ///< only what can be sold now
  std::optional<Id> seller_id;
  std::optional<std::string> brand;
  std::vector<std::string> tags;             ///< all of them
  std::vector<ProductAttribute> attributes;  ///< all of them; the types do not matter
  std::optional<ProductStatus> status;       ///< absent: what is on sale; others for managers only
};

/// How many products of a list are of one brand, category, price band … @since 1.0
struct FacetCount {
  std::string name;   ///< of an attribute; empty for the other kinds
  std::string value;  ///< brand, tag, value of an attribute, or slug of a category
  std::string label;  ///< what people read: a category's name, else the value
  std::int64_t count = 0;
};

/// How many products of a list cost between two amounts. @since 1.0
struct PriceBand {
  std::int64_t from_minor = 0;
  std::optional<std::int64_t> below_minor;  ///< absent: and more
  std::int64_t count = 0;
};

/// Counts over a list or a search, each the most frequent first. @since 1.0
struct Facets {
  std::vector<FacetCount> categories;
  std::vector<FacetCount> brands;
  std::vector<FacetCount> tags;
  std::vector<FacetCount> attributes;
  std::vector<PriceBand> prices;
  std::vector<std::int64_t> ratings;  ///< 5 numbers: products of at least 1, 2, 3, 4, 5 stars
  std::int64_t counted = 0;           ///< products looked at
  bool complete = true;               ///< false: the list is longer; these are its first ones
};

}  // namespace shop
