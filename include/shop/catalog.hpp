#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
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

 private:
  db::Database* db_;
};

}  // namespace shop
