#include "catalog/catalog.hpp"
#include "catalog/hooks.hpp"
#include "catalog/owned.hpp"
#include "catalog/reader.hpp"
#include "catalog/rules.hpp"
#include "catalog/store.hpp"
#include "catalog/writer.hpp"
#include "core/fields.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;
using catalog::owned_product;
using catalog::Whole;
using catalog::Writer;

namespace {

ProductChange checked(core::Fields& fields, const ProductChange& change, const std::string& at) {
  auto out = change;
  if (out.title) {
    out.title = fields.text(at + "title", *out.title,
                            {.min = 1, .max = catalog::title_bytes_max, .name = true});
  }
  if (out.slug) out.slug = catalog::check_slug(fields, *out.slug, at + "slug");
  if (out.description) {
    out.description = fields.text(at + "description", *out.description,
                                  {.max = catalog::description_bytes_max, .multiline = true});
  }
  if (out.brand) out.brand = fields.text(at + "brand", *out.brand, {.max = 100, .name = true});
  if (out.category_ids) {
    catalog::check_categories(fields, *out.category_ids, at + "category_ids");
  }
  if (out.status) {
    fields.check(*out.status >= ProductStatus::draft && *out.status <= ProductStatus::archived,
                 at + "status", "unknown", "is not a status");
  }
  if (out.minimum_age) fields.range(at + "minimum_age", *out.minimum_age, 0, 120);
  if (out.tax_class_id) fields.range(at + "tax_class_id", *out.tax_class_id, 0);
  if (out.sold_by) catalog::check_measure(fields, *out.sold_by, at + "sold_by");
  if (out.tags) catalog::check_tags(fields, *out.tags, at);
  if (out.attributes) catalog::check_attributes(fields, *out.attributes, at);
  return out;
}

void check_version(std::int64_t wanted, std::int64_t found, const std::string& at) {
  if (wanted == found) return;
  throw Error(Code::stale_version, at + "version: the product was changed meanwhile",
              {{at + "version",
                "stale",
                "read the product again",
                {{"expected", std::to_string(wanted)}, {"found", std::to_string(found)}}}});
}

void set_part(std::int64_t& parts, std::int64_t part, bool there) {
  parts = there ? parts | part : parts & ~part;
}

void apply_names(db::Tx& tx, Whole& whole, const ProductChange& change, const std::string& at) {
  auto& row = whole.row;
  auto& card = row.card;
  if (change.title && *change.title != card.title) {
    auto folded = core::fold(*change.title);
    const auto holder = catalog::store::title_taken(tx, folded, card.seller_id);
    if (holder && *holder != card.id) {
      catalog::refuse_taken(at + "title", "a product of that title is there already");
    }
    card.title = *change.title;
    row.title_folded = std::move(folded);
    whole.text.title = *change.title;
  }
  if (change.slug && *change.slug != card.slug) {
    if (catalog::store::slug_taken(tx, *change.slug)) {
      catalog::refuse_taken(at + "slug", "another product has that slug");
    }
    card.slug = *change.slug;
  }
  if (change.description) {
    catalog::store::put_description(tx, card.id, *change.description);
    set_part(row.parts, catalog::part_description, !change.description->empty());
    whole.text.description = *change.description;
  }
  if (change.status) card.status = *change.status;
  if (change.tax_class_id) row.tax_class_id = *change.tax_class_id;
  if (change.minimum_age) row.minimum_age = *change.minimum_age;
  if (change.sold_by) row.sold_by = *change.sold_by;
}

void apply_categories(db::Tx& tx, Whole& whole, const std::vector<Id>& ids, const std::string& at) {
  const auto product_id = whole.row.card.id;
  catalog::store::remove_product_categories(tx, product_id);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!catalog::store::category_by_id(tx, ids[i])) {
      catalog::refuse_missing(core::path_at(at + "category_ids", i), "there is no such category");
    }
    catalog::store::add_product_category(tx, product_id, static_cast<std::int64_t>(i + 1), ids[i]);
  }
  whole.categories = ids;
  whole.row.category_id = ids.empty() ? 0 : ids.front();
  set_part(whole.row.parts, catalog::part_more_categories, ids.size() > 1);
}

void apply_labels(db::Tx& tx, Writer& writer, Whole& whole, const ProductChange& change) {
  std::vector<std::string> tags;
  std::vector<ProductAttribute> attributes;
  for (const auto& label : whole.labels) {
    if (label.kind == catalog::FacetKind::tag) {
      tags.push_back(label.value);
    } else {
      attributes.push_back({label.name, label.value, label.type});
    }
  }
  if (change.tags) tags = *change.tags;
  if (change.attributes) attributes = *change.attributes;
  catalog::store::remove_labels(tx, whole.row.card.id);
  whole.labels = writer.write_labels(whole.row.card.id, tags, attributes);
  set_part(whole.row.parts, catalog::part_labels, !whole.labels.empty());
  whole.text.tags = std::move(tags);
}

void apply(db::Tx& tx, Writer& writer, catalog::store::ProductRow row, const ProductChange& change,
           const std::string& at) {
  check_version(change.version, row.version, at);
  const auto before = catalog::load_whole(tx, std::move(row));
  auto after = before;
  apply_names(tx, after, change, at);
  if (change.category_ids) apply_categories(tx, after, *change.category_ids, at);
  if (change.brand) {
    after.row.brand_id =
        change.brand->empty() ? 0 : writer.facet(catalog::FacetKind::brand, {}, *change.brand);
    after.text.brand = *change.brand;
  }
  if (change.tags || change.attributes) apply_labels(tx, writer, after, change);
  ++after.row.version;
  after.row.updated_at = tx.now();
  catalog::store::save_product(tx, after.row);
  writer.relist(before, after);
  if (after.row.listed() && !before.row.listed()) catalog::went_on_sale(tx, after.row.card.id);
}

}  // namespace

ProductIds Catalog::create_products(const Session& session,
                                    const std::vector<ProductInput>& products) {
  core::Fields fields;
  auto inputs = products;
  fields.check(inputs.size() <= 10'000, "products", "too_many", "at most 10,000 at once");
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    catalog::check_product(fields, inputs[i], db_->env().currency,
                           core::path_at("products", i) + ".");
  }
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_create_products);
    const auto access = catalog::changing_access(actor);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    Writer writer{tx};
    std::vector<Id> ids;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto at = core::path_at("products", i) + ".";
      const auto seller = inputs[i].seller_id.value_or(access.manager ? 0 : access.seller_id);
      if (!access.may_change(seller)) {
        catalog::refuse_missing(at + "seller_id", "there is no such seller");
      }
      ids.push_back(writer.add(inputs[i], seller, at));
    }
    writer.finish();
    for (const auto id : ids) {
      catalog::note(tx, session, "product.create",
                    catalog::read_product(tx, *catalog::store::product_by_id(tx, id)));
    }
    return ProductIds{std::move(ids)};
  });
}

Product Catalog::update_product(const Session& session, Id id, const ProductChange& change) {
  core::Fields fields;
  const auto good = checked(fields, change, {});
  return db_->write([&](db::Tx& tx) {
    auto row = owned_product(tx, session, Operation::catalog_update_product, id);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    Writer writer{tx};
    apply(tx, writer, std::move(row), good, {});
    writer.finish();
    auto product = catalog::read_product(tx, *catalog::store::product_by_id(tx, id));
    catalog::note(tx, session, "product.update", product);
    return product;
  });
}

void Catalog::update_products(const Session& session, const std::vector<ProductUpdate>& updates) {
  core::Fields fields;
  auto good = updates;
  fields.check(good.size() <= 10'000, "updates", "too_many", "at most 10,000 at once");
  for (std::size_t i = 0; i < good.size(); ++i) {
    good[i].change = checked(fields, updates[i].change, core::path_at("updates", i) + ".");
  }
  db_->write([&](db::Tx& tx) {
    catalog::changing_access(authorize(tx, session, Operation::catalog_update_products));
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    Writer writer{tx};
    for (std::size_t i = 0; i < good.size(); ++i) {
      const auto at = core::path_at("updates", i) + ".";
      auto row =
          owned_product(tx, session, Operation::catalog_update_products, good[i].id, at + "id");
      apply(tx, writer, std::move(row), good[i].change, at);
      catalog::note(tx, session, "product.update",
                    catalog::read_product(tx, *catalog::store::product_by_id(tx, good[i].id)));
    }
    writer.finish();
  });
}

namespace {

void set_status(db::Tx& tx, const Session& session, catalog::store::ProductRow row,
                ProductStatus status, std::string_view action) {
  if (row.card.status == status) return;
  ProductChange change;
  change.version = row.version;
  change.status = status;
  const auto id = row.card.id;
  Writer writer{tx};
  apply(tx, writer, std::move(row), change, {});
  writer.finish();
  catalog::note(tx, session, action,
                catalog::read_product(tx, *catalog::store::product_by_id(tx, id)));
}

}  // namespace

void Catalog::archive_product(const Session& session, Id id) {
  db_->write([&](db::Tx& tx) {
    auto row = owned_product(tx, session, Operation::catalog_archive_product, id);
    set_status(tx, session, std::move(row), ProductStatus::archived, "product.archive");
  });
}

void Catalog::restore_product(const Session& session, Id id) {
  db_->write([&](db::Tx& tx) {
    auto row = owned_product(tx, session, Operation::catalog_restore_product, id);
    set_status(tx, session, std::move(row), ProductStatus::active, "product.restore");
  });
}

void Catalog::delete_product(const Session& session, Id id) {
  db_->write([&](db::Tx& tx) {
    auto row = owned_product(tx, session, Operation::catalog_delete_product, id);
    if (catalog::store::was_sold(tx, id)) {
      throw Error(Code::conflict, "the product was sold: archive it");
    }
    const auto product = catalog::read_product(tx, row);
    for (const auto& variant : product.variants) {
      const auto holder = catalog::store::bundle_with(tx, variant.id);
      if (holder && *holder != id) throw Error(Code::conflict, "the product is in a bundle");
    }
    Writer writer{tx};
    writer.remove(std::move(row));
    writer.finish();
    catalog::note(tx, session, "product.delete", product);
  });
}

}  // namespace shop
