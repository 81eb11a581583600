#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "catalog/category_tree.hpp"
#include "catalog/listing_store.hpp"
#include "catalog/owned.hpp"
#include "catalog/rules.hpp"
#include "catalog/store.hpp"
#include "catalog/writer.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "sellers/sellers.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

Category wanted_category(db::Tx& tx, Id id, std::string_view path = {}) {
  auto category = catalog::store::category_by_id(tx, id);
  if (!category) catalog::refuse_missing(path, "there is no such category");
  return std::move(*category);
}

std::string free_slug(db::Tx& tx, std::string_view name) {
  auto base = core::slugify(name);
  if (base.empty()) base = "category";
  auto slug = base;
  for (int number = 2; catalog::store::category_by_slug(tx, slug); ++number) {
    slug = fmt::format("{}-{}", base, number);
  }
  return slug;
}

void check_sibling(db::Tx& tx, std::optional<Id> parent_id, const std::string& folded, Id self) {
  const auto holder = catalog::store::sibling(tx, parent_id, folded);
  if (holder && *holder != self) {
    catalog::refuse_taken("name", "a category of that name is here already");
  }
}

void note(db::Tx& tx, const Session& session, std::string_view action, const Category& category) {
  const auto after = core::Json{}
                         .begin_object()
                         .field("name", std::string_view{category.name})
                         .field("slug", std::string_view{category.slug})
                         .field("parent_id", category.parent_id.value_or(0))
                         .end()
                         .take();
  audit::record(tx, session, {action, "category", category.id, {}, after});
}

void save(db::Tx& tx, const Category& category) {
  catalog::store::save_category(tx, category, core::fold(category.name));
}

/// Renumbers the siblings with `category` at its wanted place.
void take_position(db::Tx& tx, Category& category, std::int64_t position) {
  auto siblings = catalog::store::children(tx, category.parent_id);
  std::erase_if(siblings, [&](const Category& other) { return other.id == category.id; });
  const auto place = std::min<std::size_t>(static_cast<std::size_t>(position - 1), siblings.size());
  siblings.insert(siblings.begin() + static_cast<std::ptrdiff_t>(place), category);
  for (std::size_t i = 0; i < siblings.size(); ++i) {
    siblings[i].position = static_cast<std::int64_t>(i + 1);
    save(tx, siblings[i]);
  }
  category.position = static_cast<std::int64_t>(place + 1);
}

}  // namespace

Category Catalog::create_category(const Session& session, const CategoryInput& input) {
  core::Fields fields;
  Category category;
  category.name = catalog::check_category_name(fields, input.name, "name");
  category.parent_id = input.parent_id;
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_create_category);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    auto made = category;
    if (made.parent_id) wanted_category(tx, *made.parent_id, "parent_id");
    const auto folded = core::fold(made.name);
    check_sibling(tx, made.parent_id, folded, 0);
    made.id = tx.next_id();
    made.slug = free_slug(tx, made.name);
    made.position = catalog::store::last_position(tx, made.parent_id) + 1;
    catalog::store::add_category(tx, made, folded);
    catalog::store::add_ancestors(tx, made.id, made.parent_id);
    note(tx, session, "category.create", made);
    return made;
  });
}

namespace catalog {

Id category_named(db::Tx& tx, Id parent_id, std::string_view name) {
  core::Fields fields;
  Category category;
  category.name = check_category_name(fields, name, "category");
  fields.throw_if_any();
  if (parent_id != 0) category.parent_id = parent_id;
  const auto folded = core::fold(category.name);
  if (const auto known = store::sibling(tx, category.parent_id, folded)) return *known;
  category.id = tx.next_id();
  category.slug = free_slug(tx, category.name);
  category.position = store::last_position(tx, category.parent_id) + 1;
  store::add_category(tx, category, folded);
  store::add_ancestors(tx, category.id, category.parent_id);
  return category.id;
}

std::vector<std::string> category_path(db::Tx& tx, Id id) {
  std::vector<std::string> out;
  for (std::optional<Id> at = id; at;) {
    const auto category = store::category_by_id(tx, *at);
    if (!category) break;
    out.insert(out.begin(), category->name);
    at = category->parent_id;
  }
  return out;
}

}  // namespace catalog

Category Catalog::category(const Session& session, const std::string& slug) {
  return db_->peek([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_category);
    auto found = catalog::store::category_by_slug(tx, slug);
    if (!found) catalog::refuse_missing({}, "there is no such category");
    return std::move(*found);
  });
}

std::vector<Category> Catalog::categories(const Session& session, std::optional<Id> parent_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_categories);
    if (parent_id) wanted_category(tx, *parent_id);
    return catalog::store::children(tx, parent_id);
  });
}

Category Catalog::update_category(const Session& session, Id id, const CategoryChange& change) {
  core::Fields fields;
  auto good = change;
  if (good.name) good.name = catalog::check_category_name(fields, *good.name, "name");
  if (good.slug) good.slug = catalog::check_slug(fields, *good.slug, "slug");
  if (good.position) fields.range("position", *good.position, 1, 1'000'000);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_update_category);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    auto category = wanted_category(tx, id);
    if (good.name) {
      check_sibling(tx, category.parent_id, core::fold(*good.name), id);
      category.name = *good.name;
    }
    if (good.slug && *good.slug != category.slug) {
      if (catalog::store::category_by_slug(tx, *good.slug)) {
        catalog::refuse_taken("slug", "another category has that slug");
      }
      category.slug = *good.slug;
    }
    save(tx, category);
    if (good.position) take_position(tx, category, *good.position);
    note(tx, session, "category.update", category);
    return category;
  });
}

Category Catalog::move_category(const Session& session, Id id, std::optional<Id> parent_id) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_move_category);
    auto category = wanted_category(tx, id);
    if (category.parent_id == parent_id) return category;
    if (parent_id) wanted_category(tx, *parent_id, "parent_id");
    check_sibling(tx, parent_id, core::fold(category.name), id);
    category.position = catalog::store::last_position(tx, parent_id) + 1;
    catalog::move_subtree(tx, category, parent_id);
    note(tx, session, "category.move", category);
    return category;
  });
}

Category Catalog::merge_category(const Session& session, Id id, Id into_id) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_merge_category);
    const auto from = wanted_category(tx, id);
    auto into = wanted_category(tx, into_id, "into_id");
    const auto above = catalog::store::ancestors(tx, into_id);
    if (std::find(above.begin(), above.end(), id) != above.end()) {
      throw Error(Code::conflict, "a category cannot be merged into itself or below itself");
    }
    for (auto& child : catalog::store::children(tx, id)) {
      check_sibling(tx, into_id, core::fold(child.name), child.id);
      child.position = catalog::store::last_position(tx, into_id) + 1;
      catalog::move_subtree(tx, child, into_id);
    }
    catalog::move_products(tx, id, into_id);
    sellers::move_category(tx, id, into_id);
    catalog::store::remove_category(tx, id);
    note(tx, session, "category.merge", from);
    return into;
  });
}

void Catalog::delete_category(const Session& session, Id id, std::optional<Id> move_to_id) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_delete_category);
    const auto category = wanted_category(tx, id);
    if (!catalog::store::children(tx, id).empty()) {
      throw Error(Code::not_empty, "the category has categories below it");
    }
    if (move_to_id) {
      if (*move_to_id == id) throw Error(Code::conflict, "move_to_id: is the category itself");
      wanted_category(tx, *move_to_id, "move_to_id");
      catalog::move_products(tx, id, *move_to_id);
    } else if (!catalog::store::category_products(tx, id, 0).empty()) {
      throw Error(Code::not_empty, "the category has products: say where they go");
    }
    sellers::move_category(tx, id, move_to_id);
    catalog::store::remove_category(tx, id);
    note(tx, session, "category.delete", category);
  });
}

}  // namespace shop
