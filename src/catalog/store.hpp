#pragma once

#include "db/tx.hpp"
#include "shop/catalog.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace shop::catalog::store {

void add_category(db::Tx& tx, const Category& category, std::string_view name_folded);
std::optional<Category> category_by_slug(db::Tx& tx, std::string_view slug);
std::optional<Category> category_by_id(db::Tx& tx, Id id);
std::vector<Category> children(db::Tx& tx, std::optional<Id> parent_id);
std::optional<Id> sibling(db::Tx& tx, std::optional<Id> parent_id, std::string_view name_folded);
void save_category(db::Tx& tx, const Category& category, std::string_view name_folded);
/// The row and its closure; children and products are gone already.
void remove_category(db::Tx& tx, Id id);
std::vector<Category> categories_from(db::Tx& tx, std::string_view from, std::string_view below,
                                      std::int64_t limit);
std::int64_t last_position(db::Tx& tx, std::optional<Id> parent_id);

}  // namespace shop::catalog::store
