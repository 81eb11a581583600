#pragma once

#include "shop/product.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"

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

  /// Adds a product with its variants, pictures, tags and attributes. A seller adds its own.
  /// Result: the product as it is stored. Throws Error: `validation` with all failing fields,
  /// `already_exists` (title of that seller, slug, SKU, barcode), `not_found` (a category, a
  /// bundled variant), `forbidden`. @since 1.0
  Product create_product(const Session& session, const ProductInput& input);

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

 private:
  db::Database* db_;
};

}  // namespace shop
