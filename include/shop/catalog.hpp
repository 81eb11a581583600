#pragma once

#include "shop/product.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// A node of the category tree. @since 1.0
struct Category {
  Id id = 0;
  std::optional<Id> parent_id;  ///< absent at the top
  std::string name;             ///< unique among its siblings, case- and accent-folded
  std::string slug;             ///< unique in the shop, made from the name
  std::int64_t position = 0;    ///< order among its siblings
};

/// What Catalog::create_category needs. @since 1.0
struct CategoryInput {
  std::string name;             ///< 1–100 bytes
  std::optional<Id> parent_id;  ///< absent: at the top
};

/// A change of a category: what is absent stays. @since 1.0
struct CategoryChange {
  std::optional<std::string> name;
  std::optional<std::string> slug;
  std::optional<std::int64_t> position;  ///< from 1; its siblings make room
};

/// Categories and products. Reached by Engine::catalog(); may be used from any thread.
/// @since 1.0
class Catalog {
 public:
  explicit Catalog(db::Database& db) : db_(&db) {}

  /// Adds a category as the last of its siblings. Result: the category with its slug; a slug that
  /// is taken gets a number. Throws Error: `validation` (name), `not_found` (parent),
  /// `already_exists` (a sibling of that name), `forbidden`. @since 1.0
  Category create_category(const Session& session, const CategoryInput& input);

  /// The category with that slug. Throws Error{not_found}. @since 1.0
  Category category(const Session& session, const std::string& slug);

  /// The direct children of a category, or the top of the tree, in order. @since 1.0
  std::vector<Category> categories(const Session& session, std::optional<Id> parent_id);

  /// Renames a category, gives it another slug or place. The slug stays when the name changes, so
  /// that links keep working. Throws Error: `validation`, `not_found`, `already_exists`.
  /// @since 1.0
  Category update_category(const Session& session, Id id, const CategoryChange& change);

  /// Puts a category with all below it under another one, or at the top. Throws Error:
  /// `not_found`, `already_exists` (a sibling of that name), `conflict` (under itself). Cost: the
  /// products below it. @since 1.0
  Category move_category(const Session& session, Id id, std::optional<Id> parent_id);

  /// Moves the products, the children and the sellers of `id` into `into_id` and removes `id`.
  /// Throws Error: `not_found`, `conflict` (into itself or below itself), `already_exists`
  /// (children of the same name). @since 1.0
  Category merge_category(const Session& session, Id id, Id into_id);

  /// Removes a category without children. Its products and sellers go to `move_to_id`; without that
  /// it must have no products. Throws Error: `not_found`, `not_empty`. @since 1.0
  void delete_category(const Session& session, Id id, std::optional<Id> move_to_id);

  /// Adds a product with its variants, pictures, tags and attributes. A seller adds its own.
  /// Result: the product as it is stored. Throws Error: `validation` with all failing fields,
  /// `already_exists` (title of that seller, slug, SKU, barcode), `not_found` (a category, a
  /// bundled variant), `forbidden`. @since 1.0
  Product create_product(const Session& session, const ProductInput& input);

  /// Adds several products, all or none; failing fields have paths such as `products[3].title`.
  /// Result: their ids, in order. Throws as create_product. @since 1.0
  ProductIds create_products(const Session& session, const std::vector<ProductInput>& products);

  /// Changes what is given. Throws Error: `validation`, `not_found`, `stale_version`,
  /// `already_exists`. @since 1.0
  Product update_product(const Session& session, Id id, const ProductChange& change);

  /// Changes several products, all or none; paths begin with `updates[i]`. @since 1.0
  void update_products(const Session& session, const std::vector<ProductUpdate>& updates);

  /// Takes a product off sale, keeping it for the books; again is fine. @since 1.0
  void archive_product(const Session& session, Id id);
  /// Puts an archived product or a draft on sale. @since 1.0
  void restore_product(const Session& session, Id id);
  /// Removes a product that was never sold and is in no bundle. Throws Error: `not_found`,
  /// `conflict`. @since 1.0
  void delete_product(const Session& session, Id id);

  /// Adds a variant to a product with options. Throws Error: `validation`, `not_found`,
  /// `already_exists`. @since 1.0
  Variant add_variant(const Session& session, Id product_id, const VariantInput& input);
  /// Changes a variant; another price goes into its history. @since 1.0
  Variant update_variant(const Session& session, Id id, const VariantChange& change);
  /// Removes a variant of a product that was never sold; the last one stays. Throws Error:
  /// `not_found`, `conflict`. @since 1.0
  void remove_variant(const Session& session, Id id);
  /// One variant. Throws Error{not_found}. @since 1.0
  Variant variant(const Session& session, Id id);

  /// Adds a picture as the last one. @since 1.0
  Image add_image(const Session& session, Id product_id, const ImageInput& input);
  /// Changes what a picture says or its place. @since 1.0
  Image update_image(const Session& session, Id id, const ImageChange& change);
  /// Removes a picture. @since 1.0
  void remove_image(const Session& session, Id id);
  /// The bytes of a stored picture. Throws Error{not_found}, also for one that is a reference.
  /// @since 1.0
  std::vector<std::byte> image_bytes(const Session& session, Id id);

  /// Says what a bundle is made of; nothing makes it a product of its own again. @since 1.0
  void set_bundle(const Session& session, Id product_id, const std::vector<BundlePart>& parts);

  /// Sets title and description in a language; an empty title removes that language. @since 1.0
  void set_translation(const Session& session, Id product_id, const Translation& translation);
  /// All languages of a product besides the shop's own. @since 1.0
  std::vector<Translation> translations(const Session& session, Id product_id);
  /// A product in the first of the languages that it has, else as it is. `languages`: tags in the
  /// order of preference, with commas, as in `de-AT, en`; `de-AT` also finds `de`. @since 1.0
  Product product_in(const Session& session, Id id, std::string_view languages);

  /// What a variant cost, the latest first. @since 1.0
  std::vector<PricePoint> price_history(const Session& session, Id variant_id);
  /// The current price beside the lowest of 30 days. @since 1.0
  PriceReference price_reference(const Session& session, Id variant_id);
  /// The most expensive products on sale, of a category (slug; empty: of all), with what they
  /// cost before. `limit`: 1–100. @since 1.0
  std::vector<ExpensiveProduct> most_expensive(const Session& session, std::string_view category,
                                               std::int64_t limit);

  /// One product with everything that belongs to it. What is not on sale is there for its
  /// managers only. Throws Error{not_found}. @since 1.0
  Product product(const Session& session, Id id);
  /// The same by the part of an address that names it.
  Product product_by_slug(const Session& session, std::string_view slug);
  /// The product that has a variant of that SKU.
  Product product_by_sku(const Session& session, std::string_view sku);
  /// The product that has a variant of that barcode.
  Product product_by_barcode(const Session& session, std::string_view barcode);

  /// A page of products by keyset: all that pass the filter, in that order. Without filters other
  /// than category or seller a page costs the same at any depth of any catalog, and the total is a
  /// kept count. Throws Error: `validation` (cursor, limit, filter), `not_found` (category),
  /// `forbidden` (a status that is not for this session). @since 1.0
  Page<ProductCard> products(const Session& session, const ProductFilter& filter,
                             ProductOrder order, const PageQuery& page);

  /// The same from the row `offset` on, for numbered pages; the cost grows with the offset (at
  /// most 100,000). @since 1.0
  Page<ProductCard> products_at(const Session& session, const ProductFilter& filter,
                                ProductOrder order, std::int64_t offset, std::int64_t limit);

  /// How the products of a list spread over categories, brands, tags, attributes, prices and
  /// stars. Counts the first 5,000 of the list. @since 1.0
  Facets facets(const Session& session, const ProductFilter& filter);

 private:
  db::Database* db_;
};

}  // namespace shop
