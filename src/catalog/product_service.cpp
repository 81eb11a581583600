#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "catalog/owned.hpp"
#include "catalog/reader.hpp"
#include "catalog/rules.hpp"
#include "catalog/writer.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace catalog {

void refuse_missing(std::string_view path, const char* what) {
  if (path.empty()) throw Error(Code::not_found, what);
  throw Error(Code::not_found, fmt::format("{}: {}", path, what),
              {{std::string{path}, "not_found", what, {}}});
}

Access changing_access(const accounts::Actor& actor) {
  const auto access = access_of(actor);
  if (!access.manager && access.seller_id == 0) {
    throw Error(Code::forbidden, "this account manages no products");
  }
  return access;
}

store::ProductRow owned_product(db::Tx& tx, const Session& session, Operation operation,
                                Id product_id, std::string_view path) {
  const auto access = changing_access(authorize(tx, session, operation));
  auto row = store::product_by_id(tx, product_id);
  if (!row || !access.may_change(row->card.seller_id)) {
    refuse_missing(path, "there is no such product");
  }
  return std::move(*row);
}

namespace {

store::ProductRow visible(const accounts::Actor& actor, std::optional<store::ProductRow> row) {
  if (!row) refuse_missing({}, "there is no such product");
  if (!row->listed() && !access_of(actor).may_change(row->card.seller_id)) {
    refuse_missing({}, "there is no such product");
  }
  return std::move(*row);
}

}  // namespace

store::ProductRow visible_product(db::Tx& tx, const Session& session, Operation operation,
                                  Id product_id) {
  const auto actor = authorize(tx, session, operation);
  return visible(actor, store::product_by_id(tx, product_id));
}

void note(db::Tx& tx, const Session& session, std::string_view action, const Product& product) {
  const auto after = core::Json{}
                         .begin_object()
                         .field("title", std::string_view{product.title})
                         .field("slug", std::string_view{product.slug})
                         .field("status", static_cast<int>(product.status))
                         .field("price", product.price)
                         .field("version", product.version)
                         .end()
                         .take();
  audit::record(tx, session, {action, "product", product.id, {}, after});
}

}  // namespace catalog

using catalog::read_product;
using catalog::visible;

Product Catalog::create_product(const Session& session, const ProductInput& input) {
  core::Fields fields;
  auto checked = input;
  catalog::check_product(fields, checked, db_->env().currency);
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_create_product);
    const auto access = catalog::changing_access(actor);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    const auto seller = checked.seller_id.value_or(access.manager ? 0 : access.seller_id);
    if (!access.may_change(seller)) {
      catalog::refuse_missing("seller_id", "there is no such seller");
    }
    catalog::Writer writer{tx};
    const auto id = writer.add(checked, seller);
    writer.finish();
    auto product = read_product(tx, *catalog::store::product_by_id(tx, id));
    catalog::note(tx, session, "product.create", product);
    return product;
  });
}

Product Catalog::product(const Session& session, Id id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_product);
    return read_product(tx, visible(actor, catalog::store::shown_by_id(tx, id)));
  });
}

Product Catalog::product_by_slug(const Session& session, std::string_view slug) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_product_by_slug);
    return read_product(tx, visible(actor, catalog::store::shown_by_slug(tx, slug)));
  });
}

Product Catalog::product_by_sku(const Session& session, std::string_view sku) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_product_by_sku);
    return read_product(tx, visible(actor, catalog::store::shown_by_sku(tx, sku)));
  });
}

Product Catalog::product_by_barcode(const Session& session, std::string_view barcode) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_product_by_barcode);
    return read_product(tx, visible(actor, catalog::store::shown_by_barcode(tx, barcode)));
  });
}

Product Catalog::product_in(const Session& session, Id id, std::string_view languages) {
  const auto wanted = catalog::split_languages(languages);
  return db_->read([&](db::Tx& tx) {
    auto row = catalog::visible_product(tx, session, Operation::catalog_product_in, id);
    auto product = read_product(tx, row);
    if ((row.parts & catalog::part_translations) == 0) return product;
    const auto known = catalog::store::translations(tx, id);
    if (const auto* best = catalog::best_translation(known, wanted)) {
      product.language = best->language;
      product.title = best->title;
      if (!best->description.empty()) product.description = best->description;
    }
    return product;
  });
}

}  // namespace shop
