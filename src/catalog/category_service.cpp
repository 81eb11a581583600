#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "catalog/listing_store.hpp"
#include "catalog/store.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

[[noreturn]] void no_category() {
  throw Error(Code::not_found, "there is no such category");
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

}  // namespace

Category Catalog::create_category(const Session& session, const CategoryInput& input) {
  core::Fields fields;
  Category category;
  category.name = fields.text("name", input.name, {.min = 1, .max = 100});
  category.parent_id = input.parent_id;
  const auto folded = core::fold(category.name);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_create_category);
    auto problems = fields;  // the function may run twice
    if (input.parent_id && !catalog::store::category_by_id(tx, *input.parent_id)) no_category();
    if (catalog::store::has_sibling(tx, input.parent_id, folded)) {
      throw Error(Code::already_exists, "name: a category of that name is here already",
                  {{"name", "taken", "a category of that name is here already", {}}});
    }
    problems.throw_if_any();
    category.id = tx.next_id();
    category.slug = free_slug(tx, category.name);
    category.position = catalog::store::last_position(tx, input.parent_id) + 1;
    catalog::store::add_category(tx, category, folded);
    catalog::store::add_ancestors(tx, category.id, category.parent_id);
    const auto after = core::Json{}
                           .begin_object()
                           .field("name", std::string_view{category.name})
                           .field("slug", std::string_view{category.slug})
                           .end()
                           .take();
    audit::record(tx, session, {"category.create", "category", category.id, {}, after});
    return category;
  });
}

Category Catalog::category(const Session& session, const std::string& slug) {
  return db_->peek([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_category);
    auto found = catalog::store::category_by_slug(tx, slug);
    if (!found) no_category();
    return *found;
  });
}

std::vector<Category> Catalog::categories(const Session& session, std::optional<Id> parent_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::catalog_categories);
    if (parent_id && !catalog::store::category_by_id(tx, *parent_id)) no_category();
    return catalog::store::children(tx, parent_id);
  });
}

}  // namespace shop
