#include "catalog/store.hpp"

#include "catalog/catalog_sql.hpp"
#include "catalog/listing_sql.hpp"

namespace shop::catalog::store {
namespace {

Category category_row(const db::Query& query) {
  return {query.integer(0), query.maybe_integer(1), query.text(2), query.text(3), query.integer(4)};
}

}  // namespace

void add_category(db::Tx& tx, const Category& category, std::string_view name_folded) {
  tx.exec(sql::k_category_add, category.id, category.parent_id, category.name, name_folded,
          category.slug, category.position);
}

std::optional<Category> category_by_slug(db::Tx& tx, std::string_view slug) {
  auto query = tx.query(sql::k_category_by_slug, slug);
  return query.next() ? std::optional{category_row(query)} : std::nullopt;
}

std::optional<Category> category_by_id(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_category_by_id, id);
  return query.next() ? std::optional{category_row(query)} : std::nullopt;
}

std::vector<Category> children(db::Tx& tx, std::optional<Id> parent_id) {
  std::vector<Category> out;
  auto query = tx.query(sql::k_category_children, parent_id.value_or(0));
  while (query.next()) out.push_back(category_row(query));
  return out;
}

std::optional<Id> sibling(db::Tx& tx, std::optional<Id> parent_id, std::string_view name_folded) {
  return tx.integer(sql::k_category_sibling, parent_id.value_or(0), name_folded);
}

void save_category(db::Tx& tx, const Category& category, std::string_view name_folded) {
  tx.exec(sql::k_category_save, category.id, category.parent_id, category.name, name_folded,
          category.slug, category.position);
}

void remove_category(db::Tx& tx, Id id) {
  tx.exec(sql::k_ancestors_remove, id);
  tx.exec(sql::k_category_remove, id);
}

std::vector<Category> categories_from(db::Tx& tx, std::string_view from, std::string_view below,
                                      std::int64_t limit) {
  std::vector<Category> out;
  auto query = tx.query(sql::k_categories_from, from, below, limit);
  while (query.next()) out.push_back(category_row(query));
  return out;
}

std::int64_t last_position(db::Tx& tx, std::optional<Id> parent_id) {
  return tx.integer(sql::k_category_last_position, parent_id.value_or(0)).value_or(0);
}

}  // namespace shop::catalog::store
