#pragma once

#include "catalog/rules.hpp"
#include "db/tx.hpp"
#include "shop/product.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::catalog::store {

/// A row of the product table.
struct ProductRow {
  ProductCard card;
  std::int64_t variants_in_stock = 0;
  std::int64_t version = 1;
  Id category_id = 0;  ///< the main one; 0: none
  Id brand_id = 0;     ///< its facet; 0: none
  std::int64_t parts = 0;
  Id tax_class_id = 0;
  std::int64_t minimum_age = 0;
  SoldBy sold_by = SoldBy::piece;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;
  std::string title_folded;
  /// What shown_by_…() read along.
  struct Texts {
    std::string description;
    std::string brand;
  };
  std::optional<Texts> texts;

  [[nodiscard]] bool withheld() const { return (parts & part_withheld) != 0; }
  /// Customers find it in lists.
  [[nodiscard]] bool listed() const { return card.status == ProductStatus::active && !withheld(); }
};

/// A tag or an attribute as it is written on a product.
struct Label {
  Id facet_id = 0;
  FacetKind kind = FacetKind::tag;
  std::string name;
  std::string value;
  AttributeType type = AttributeType::text;
};

/// Reads the columns of SHOP_CARD_COLUMNS.
ProductCard card_row(const db::Query& query, const Currency& currency);

void add_product(db::Tx& tx, const ProductRow& row);
void save_product(db::Tx& tx, const ProductRow& row);
/// For reading the whole product: with its texts.
std::optional<ProductRow> shown_by_id(db::Tx& tx, Id id);
std::optional<ProductRow> shown_by_slug(db::Tx& tx, std::string_view slug);
std::optional<ProductRow> shown_by_sku(db::Tx& tx, std::string_view sku);
std::optional<ProductRow> shown_by_barcode(db::Tx& tx, std::string_view barcode);
std::optional<ProductRow> product_by_id(db::Tx& tx, Id id);
bool slug_taken(db::Tx& tx, std::string_view slug);
std::optional<Id> title_taken(db::Tx& tx, std::string_view title_folded, Id seller_id);

std::string description(db::Tx& tx, Id product_id);
/// Empty text removes the row.
void put_description(db::Tx& tx, Id product_id, std::string_view text);

void add_variant(db::Tx& tx, const Variant& variant);
std::vector<Variant> variants(db::Tx& tx, Id product_id);
std::optional<Variant> variant_by_id(db::Tx& tx, Id id);
/// The variant and its product.
struct VariantKey {
  Id variant_id = 0;
  Id product_id = 0;
};
std::optional<VariantKey> variant_by_sku(db::Tx& tx, std::string_view sku);
std::optional<VariantKey> variant_by_barcode(db::Tx& tx, std::string_view barcode);

void add_option(db::Tx& tx, Id product_id, std::int64_t position, std::string_view name);
std::vector<std::string> option_names(db::Tx& tx, Id product_id);

Id add_image(db::Tx& tx, Id product_id, std::int64_t position, const ImageInput& image);
std::vector<Image> images(db::Tx& tx, Id product_id);

void add_bundle_part(db::Tx& tx, Id product_id, const BundlePart& part);
std::vector<BundlePart> bundle(db::Tx& tx, Id product_id);

void add_label(db::Tx& tx, Id product_id, std::int64_t position, const Label& label);
std::vector<Label> labels(db::Tx& tx, Id product_id);
void remove_labels(db::Tx& tx, Id product_id);
std::optional<Id> find_facet(db::Tx& tx, FacetKind kind, std::string_view name,
                             std::string_view value);
/// Finds the facet, or makes it.
Id facet(db::Tx& tx, FacetKind kind, std::string_view name, std::string_view value);
std::string facet_value(db::Tx& tx, Id id);

void add_product_category(db::Tx& tx, Id product_id, std::int64_t position, Id category_id);
std::vector<Id> product_categories(db::Tx& tx, Id product_id);
void remove_product_categories(db::Tx& tx, Id product_id);

// ---- Changes -----------------------------------------------------------------------------------

/// Everything of a product; its lists, facets and texts are the writer's.
void remove_product(db::Tx& tx, Id product_id);
bool was_sold(db::Tx& tx, Id product_id);
/// Marks a change of something beside the row: another version.
void touch_product(db::Tx& tx, Id product_id, std::int64_t parts);

void save_variant(db::Tx& tx, const Variant& variant);
void remove_variant(db::Tx& tx, Id id);

void add_price_point(db::Tx& tx, Id variant_id, const Money& price, Timestamp since,
                     Timestamp until);
std::vector<PricePoint> price_points(db::Tx& tx, Id variant_id);
/// The lowest price that ended after `since`, if any did.
std::optional<std::int64_t> lowest_price(db::Tx& tx, Id variant_id, Timestamp since);

struct ImageRow {
  Image image;
  Id product_id = 0;
};
std::optional<ImageRow> image_by_id(db::Tx& tx, Id id);
std::optional<std::vector<std::byte>> image_bytes(db::Tx& tx, Id id);
void save_image_alt(db::Tx& tx, Id id, std::string_view alt);
/// Numbers the pictures of a product in this order.
void order_images(db::Tx& tx, const std::vector<Id>& ids);
void remove_image(db::Tx& tx, Id id);

void remove_bundle(db::Tx& tx, Id product_id);
/// A bundle that holds the variant.
std::optional<Id> bundle_with(db::Tx& tx, Id variant_id);

void put_translation(db::Tx& tx, Id product_id, const Translation& translation);
void remove_translation(db::Tx& tx, Id product_id, std::string_view language);
std::vector<Translation> translations(db::Tx& tx, Id product_id);

}  // namespace shop::catalog::store
