#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "catalog/access.hpp"
#include "catalog/catalog.hpp"
#include "catalog/listing_store.hpp"
#include "catalog/product_store.hpp"
#include "catalog/rules.hpp"
#include "catalog/store.hpp"
#include "catalog/writer.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

[[noreturn]] void no_product() {
  throw Error(Code::not_found, "there is no such product");
}

Product visible(db::Tx& tx, const accounts::Actor& actor,
                const std::optional<catalog::store::ProductRow>& row) {
  if (!row) no_product();
  if (row->card.status != ProductStatus::active &&
      !catalog::access_of(actor).may_see(row->card.status, row->card.seller_id)) {
    no_product();
  }
  return catalog::read_product(tx, *row);
}

std::string summary(const Product& product) {
  return core::Json{}
      .begin_object()
      .field("title", std::string_view{product.title})
      .field("slug", std::string_view{product.slug})
      .field("price", product.price)
      .end()
      .take();
}

}  // namespace

namespace catalog {

Access changing_access(const accounts::Actor& actor) {
  const auto access = access_of(actor);
  if (!access.manager && access.seller_id == 0) {
    throw Error(Code::forbidden, "this account manages no products");
  }
  return access;
}

}  // namespace catalog

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
    if (!access.may_change(seller)) throw Error(Code::not_found, "seller_id: not found");
    const auto id = catalog::write_product(tx, checked, seller);
    auto product = catalog::read_product(tx, *catalog::store::product_by_id(tx, id));
    audit::record(tx, session, {"product.create", "product", id, {}, summary(product)});
    return product;
  });
}

Product Catalog::product(const Session& session, Id id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_product);
    return visible(tx, actor, catalog::store::product_by_id(tx, id));
  });
}

Product Catalog::product_by_slug(const Session& session, std::string_view slug) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_product_by_slug);
    return visible(tx, actor, catalog::store::product_by_slug(tx, slug));
  });
}

Product Catalog::product_by_sku(const Session& session, std::string_view sku) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_product_by_sku);
    const auto key = catalog::store::variant_by_sku(tx, sku);
    if (!key) no_product();
    return visible(tx, actor, catalog::store::product_by_id(tx, key->product_id));
  });
}

Product Catalog::product_by_barcode(const Session& session, std::string_view barcode) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_product_by_barcode);
    const auto key = catalog::store::variant_by_barcode(tx, barcode);
    if (!key) no_product();
    return visible(tx, actor, catalog::store::product_by_id(tx, key->product_id));
  });
}

}  // namespace shop
