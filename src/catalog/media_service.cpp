#include "catalog/catalog.hpp"
#include "catalog/hooks.hpp"
#include "catalog/lookup.hpp"
#include "catalog/owned.hpp"
#include "catalog/reader.hpp"
#include "catalog/rules.hpp"
#include "catalog/writer.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop {

using accounts::Operation;
using catalog::owned_product;

namespace {

catalog::store::ImageRow wanted_image(db::Tx& tx, Id id) {
  auto image = catalog::store::image_by_id(tx, id);
  if (!image) catalog::refuse_missing({}, "there is no such picture");
  return std::move(*image);
}

/// The card shows the first picture.
void follow_images(db::Tx& tx, const Session& session, catalog::store::ProductRow row) {
  const auto images = catalog::store::images(tx, row.card.id);
  row.card.image = images.empty() ? std::string{} : images.front().url;
  row.parts = images.empty() ? row.parts & ~catalog::part_images : row.parts | catalog::part_images;
  ++row.version;
  row.updated_at = tx.now();
  catalog::store::save_product(tx, row);
  catalog::note(tx, session, "product.images", catalog::read_product(tx, row));
}

}  // namespace

Image Catalog::add_image(const Session& session, Id product_id, const ImageInput& input) {
  core::Fields fields;
  auto good = input;
  catalog::check_image(fields, good, "image");
  return db_->write([&](db::Tx& tx) {
    auto row = owned_product(tx, session, Operation::catalog_add_image, product_id);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    const auto position =
        static_cast<std::int64_t>(catalog::store::images(tx, product_id).size()) + 1;
    if (position > 250) throw Error(Code::limit_reached, "at most 250 images");
    const auto id = catalog::store::add_image(tx, product_id, position, good);
    follow_images(tx, session, std::move(row));
    return wanted_image(tx, id).image;
  });
}

Image Catalog::update_image(const Session& session, Id id, const ImageChange& change) {
  core::Fields fields;
  auto good = change;
  if (good.alt) good.alt = fields.text("alt", *good.alt, {.max = 500});
  if (good.position) fields.range("position", *good.position, 1, 250);
  return db_->write([&](db::Tx& tx) {
    catalog::changing_access(accounts::authorize(tx, session, Operation::catalog_update_image));
    const auto image = wanted_image(tx, id);
    auto row = owned_product(tx, session, Operation::catalog_update_image, image.product_id);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    if (good.alt) catalog::store::save_image_alt(tx, id, *good.alt);
    if (good.position) {
      std::vector<Id> ids;
      for (const auto& other : catalog::store::images(tx, image.product_id)) {
        if (other.id != id) ids.push_back(other.id);
      }
      const auto place =
          std::min<std::size_t>(static_cast<std::size_t>(*good.position - 1), ids.size());
      ids.insert(ids.begin() + static_cast<std::ptrdiff_t>(place), id);
      catalog::store::order_images(tx, ids);
    }
    follow_images(tx, session, std::move(row));
    return wanted_image(tx, id).image;
  });
}

void Catalog::remove_image(const Session& session, Id id) {
  db_->write([&](db::Tx& tx) {
    catalog::changing_access(accounts::authorize(tx, session, Operation::catalog_remove_image));
    const auto image = wanted_image(tx, id);
    auto row = owned_product(tx, session, Operation::catalog_remove_image, image.product_id);
    catalog::store::remove_image(tx, id);
    std::vector<Id> ids;
    for (const auto& other : catalog::store::images(tx, image.product_id)) ids.push_back(other.id);
    catalog::store::order_images(tx, ids);
    follow_images(tx, session, std::move(row));
  });
}

std::vector<std::byte> Catalog::image_bytes(const Session& session, Id id) {
  return db_->read([&](db::Tx& tx) {
    accounts::authorize(tx, session, Operation::catalog_image_bytes);
    const auto image = wanted_image(tx, id);
    catalog::visible_product(tx, session, Operation::catalog_image_bytes, image.product_id);
    auto bytes = catalog::store::image_bytes(tx, id);
    if (!bytes) catalog::refuse_missing({}, "the picture is a reference");
    return std::move(*bytes);
  });
}

void Catalog::set_bundle(const Session& session, Id product_id,
                         const std::vector<BundlePart>& parts) {
  core::Fields fields;
  catalog::check_bundle(fields, parts, "parts");
  db_->write([&](db::Tx& tx) {
    auto row = owned_product(tx, session, Operation::catalog_set_bundle, product_id);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    catalog::store::remove_bundle(tx, product_id);
    for (const auto& variant : catalog::store::variants(tx, product_id)) {
      if (!parts.empty() && catalog::store::bundle_with(tx, variant.id)) {
        throw Error(Code::conflict, "the product is in a bundle itself");
      }
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto path = core::path_at("parts", i, "variant_id");
      const auto variant = catalog::store::variant_by_id(tx, parts[i].variant_id);
      if (!variant || variant->product_id == product_id ||
          catalog::seller_of(tx, variant->id) != row.card.seller_id) {
        catalog::refuse_missing(path, "there is no such variant");
      }
      if (!catalog::store::bundle(tx, variant->product_id).empty()) {
        throw Error(Code::conflict, path + ": a bundle cannot hold a bundle",
                    {{path, "bundle", "a bundle cannot hold a bundle", {}}});
      }
      catalog::store::add_bundle_part(tx, product_id, parts[i]);
    }
    const auto bits =
        parts.empty() ? row.parts & ~catalog::part_bundle : row.parts | catalog::part_bundle;
    catalog::store::touch_product(tx, product_id, bits);
    catalog::came_back(tx, catalog::follow_bundle(tx, product_id));
    catalog::note(tx, session, "product.bundle", catalog::read_product(tx, row));
  });
}

void Catalog::set_translation(const Session& session, Id product_id,
                              const Translation& translation) {
  core::Fields fields;
  auto good = translation;
  catalog::check_translation(fields, good);
  db_->write([&](db::Tx& tx) {
    auto row = owned_product(tx, session, Operation::catalog_set_translation, product_id);
    auto problems = fields;  // the function may run twice
    problems.throw_if_any();
    const auto before = catalog::load_whole(tx, row);
    if (good.title.empty()) {
      catalog::store::remove_translation(tx, product_id, good.language);
    } else {
      catalog::store::put_translation(tx, product_id, good);
    }
    const bool any = !catalog::store::translations(tx, product_id).empty();
    row.parts =
        any ? row.parts | catalog::part_translations : row.parts & ~catalog::part_translations;
    ++row.version;
    row.updated_at = tx.now();
    catalog::store::save_product(tx, row);
    catalog::Writer writer{tx};
    writer.relist(before, catalog::load_whole(tx, row));
    writer.finish();
    catalog::note(tx, session, "product.translate", catalog::read_product(tx, row));
  });
}

std::vector<Translation> Catalog::translations(const Session& session, Id product_id) {
  return db_->read([&](db::Tx& tx) {
    catalog::visible_product(tx, session, Operation::catalog_translations, product_id);
    return catalog::store::translations(tx, product_id);
  });
}

}  // namespace shop
