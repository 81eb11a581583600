#include "catalog/catalog.hpp"
#include "catalog/product_sql.hpp"
#include "catalog/product_store.hpp"

namespace shop::catalog::store {

void remove_product(db::Tx& tx, Id product_id) {
  for (const auto& image : images(tx, product_id)) remove_image(tx, image.id);
  for (const auto& variant : variants(tx, product_id)) {
    tx.exec(sql::k_history_remove, variant.id);
  }
  remove_bundle(tx, product_id);
  remove_labels(tx, product_id);
  remove_product_categories(tx, product_id);
  tx.exec(sql::k_options_remove, product_id);
  tx.exec(sql::k_translations_remove, product_id);
  tx.exec(sql::k_description_remove, product_id);
  tx.exec(sql::k_product_variants_remove, product_id);
  tx.exec(sql::k_product_remove, product_id);
}

bool was_sold(db::Tx& tx, Id product_id) {
  if (has_unfolded(tx)) fold_sold(tx);
  return tx.integer(sql::k_product_sold_ever, product_id).value_or(0) != 0;
}

void touch_product(db::Tx& tx, Id product_id, std::int64_t parts) {
  tx.exec(sql::k_product_parts, product_id, parts, tx.now());
}

void save_variant(db::Tx& tx, const Variant& variant) {
  std::optional<std::int64_t> compare_at;
  if (variant.compare_at) compare_at.emplace(variant.compare_at->minor);
  tx.exec(sql::k_variant_save, variant.id, join_options(variant.option_values), variant.sku,
          variant.barcode, variant.price.minor, compare_at, variant.price_since,
          variant.weight_grams, variant.policy, variant.image_position);
}

void remove_variant(db::Tx& tx, Id id) {
  tx.exec(sql::k_history_remove, id);
  tx.exec(sql::k_variant_remove, id);
}

void add_price_point(db::Tx& tx, Id variant_id, const Money& price, Timestamp since,
                     Timestamp until) {
  tx.exec(sql::k_history_add, variant_id, until, since, price.minor);
}

std::vector<PricePoint> price_points(db::Tx& tx, Id variant_id) {
  std::vector<PricePoint> out;
  auto query = tx.query(sql::k_history, variant_id);
  while (query.next()) {
    const Money price{query.integer(0), tx.env().currency};
    out.push_back({variant_id, price, query.integer(1), query.maybe_integer(2)});
  }
  return out;
}

std::optional<std::int64_t> lowest_price(db::Tx& tx, Id variant_id, Timestamp since) {
  return tx.integer(sql::k_history_lowest, variant_id, since);
}

std::optional<ImageRow> image_by_id(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_image_by_id, id);
  if (!query.next()) return std::nullopt;
  return ImageRow{{query.integer(0), query.integer(1), query.text(2), query.text(3), query.text(4),
                   query.integer(5)},
                  query.integer(6)};
}

std::optional<std::vector<std::byte>> image_bytes(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_image_bytes, id);
  if (!query.next()) return std::nullopt;
  const auto bytes = query.blob(0);
  return std::vector<std::byte>{bytes.begin(), bytes.end()};
}

void save_image_alt(db::Tx& tx, Id id, std::string_view alt) {
  tx.exec(sql::k_image_alt, id, alt);
}

void order_images(db::Tx& tx, const std::vector<Id>& ids) {
  // By way of negative numbers: two pictures never have one place, not even for a moment.
  for (const std::int64_t sign : {-1, 1}) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      tx.exec(sql::k_image_position, ids[i], sign * static_cast<std::int64_t>(i + 1));
    }
  }
}

void remove_image(db::Tx& tx, Id id) {
  tx.exec(sql::k_image_bytes_remove, id);
  tx.exec(sql::k_image_remove, id);
}

void remove_bundle(db::Tx& tx, Id product_id) {
  tx.exec(sql::k_bundle_remove, product_id);
}

std::optional<Id> bundle_with(db::Tx& tx, Id variant_id) {
  return tx.integer(sql::k_bundle_use, variant_id);
}

void put_translation(db::Tx& tx, Id product_id, const Translation& translation) {
  tx.exec(sql::k_translation_put, product_id, translation.language, translation.title,
          translation.description);
}

void remove_translation(db::Tx& tx, Id product_id, std::string_view language) {
  tx.exec(sql::k_translation_remove, product_id, language);
}

std::vector<Translation> translations(db::Tx& tx, Id product_id) {
  std::vector<Translation> out;
  auto query = tx.query(sql::k_translations, product_id);
  while (query.next()) out.push_back({query.text(0), query.text(1), query.text(2)});
  return out;
}

}  // namespace shop::catalog::store
