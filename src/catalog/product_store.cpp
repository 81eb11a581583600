#include "catalog/product_store.hpp"

#include "catalog/product_sql.hpp"
#include "core/encoding.hpp"
#include "core/text.hpp"

namespace shop::catalog::store {
namespace {

std::optional<Money> maybe_money(const db::Query& query, int column, const Currency& currency) {
  if (query.is_null(column)) return std::nullopt;
  return Money{query.integer(column), currency};
}

std::optional<std::int64_t> minor(const std::optional<Money>& money) {
  return money ? std::optional{money->minor} : std::nullopt;
}

ProductRow product_row(const db::Query& query, const Currency& currency) {
  ProductRow row;
  row.card = card_row(query, currency);
  row.variants_in_stock = query.integer(10);
  row.version = query.integer(14);
  row.category_id = query.integer(15);
  row.brand_id = query.integer(16);
  row.parts = query.integer(17);
  row.tax_class_id = query.integer(18);
  row.minimum_age = query.integer(19);
  row.sold_by = query.as<SoldBy>(20);
  row.created_at = query.integer(21);
  row.updated_at = query.integer(22);
  row.title_folded = query.text(23);
  return row;
}

Variant variant_row(const db::Query& query, const Currency& currency) {
  Variant variant;
  variant.id = query.integer(0);
  variant.product_id = query.integer(1);
  variant.position = query.integer(2);
  const auto joined = query.view(3);
  if (!joined.empty()) {
    variant.title = variant_title(joined);
    variant.option_values = split_options(joined);
  }
  variant.sku = query.maybe_text(4);
  variant.barcode = query.maybe_text(5);
  variant.price = {query.integer(6), currency};
  variant.compare_at = maybe_money(query, 7, currency);
  variant.weight_grams = query.integer(8);
  variant.policy = query.as<StockPolicy>(9);
  variant.image_position = query.integer(10);
  variant.in_stock = query.boolean(11);
  variant.price_since = query.integer(12);
  return variant;
}

template <class Key>
std::optional<ProductRow> one_product(db::Tx& tx, const db::Sql& sql, const Key& key) {
  auto query = tx.query(sql, key);
  if (!query.next()) return std::nullopt;
  return product_row(query, tx.env().currency);
}

template <class Key>
std::optional<ProductRow> shown(db::Tx& tx, const db::Sql& sql, const Key& key) {
  auto query = tx.query(sql, key);
  if (!query.next()) return std::nullopt;
  auto row = product_row(query, tx.env().currency);
  row.texts = ProductRow::Texts{query.text(24), query.text(25)};
  return row;
}

std::optional<VariantKey> variant_key(db::Tx& tx, const db::Sql& sql, std::string_view key) {
  auto query = tx.query(sql, key);
  if (!query.next()) return std::nullopt;
  return VariantKey{query.integer(0), query.integer(1)};
}

std::optional<std::string_view> not_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>{text};
}

}  // namespace

ProductCard card_row(const db::Query& query, const Currency& currency) {
  ProductCard card;
  card.id = query.integer(0);
  card.seller_id = query.integer(1);
  card.status = query.as<ProductStatus>(2);
  card.slug = query.view(3);
  card.title = query.view(4);
  card.price = {query.integer(5), currency};
  card.price_max = {query.integer(6), currency};
  card.compare_at = maybe_money(query, 7, currency);
  card.image = query.view(8);
  card.variant_count = query.integer(9);
  card.in_stock = query.integer(10) > 0;
  card.rating_milli = query.integer(11);
  card.rating_count = query.integer(12);
  card.sold = query.integer(13);
  return card;
}

void add_product(db::Tx& tx, const ProductRow& row) {
  const auto& card = row.card;
  tx.exec(sql::k_product_add, card.id, card.seller_id, row.version, card.status, card.slug,
          card.title, row.title_folded, row.category_id, row.brand_id, card.price.minor,
          card.price_max.minor, minor(card.compare_at), not_empty(card.image), card.variant_count,
          row.variants_in_stock, card.rating_milli, card.rating_count, card.sold, row.parts,
          row.tax_class_id, row.minimum_age, row.sold_by, row.created_at, row.updated_at);
}

void save_product(db::Tx& tx, const ProductRow& row) {
  const auto& card = row.card;
  tx.exec(sql::k_product_save, card.id, row.version, card.status, card.slug, card.title,
          row.title_folded, row.category_id, row.brand_id, card.price.minor, card.price_max.minor,
          minor(card.compare_at), not_empty(card.image), card.variant_count, row.variants_in_stock,
          row.parts, row.tax_class_id, row.minimum_age, row.sold_by, row.updated_at);
}

std::optional<ProductRow> shown_by_id(db::Tx& tx, Id id) {
  return shown(tx, sql::k_shown_by_id, id);
}

std::optional<ProductRow> shown_by_slug(db::Tx& tx, std::string_view slug) {
  return shown(tx, sql::k_shown_by_slug, slug);
}

std::optional<ProductRow> shown_by_sku(db::Tx& tx, std::string_view sku) {
  return shown(tx, sql::k_shown_by_sku, sku);
}

std::optional<ProductRow> shown_by_barcode(db::Tx& tx, std::string_view barcode) {
  return shown(tx, sql::k_shown_by_barcode, barcode);
}

std::optional<ProductRow> product_by_id(db::Tx& tx, Id id) {
  return one_product(tx, sql::k_product_by_id, id);
}

bool slug_taken(db::Tx& tx, std::string_view slug) {
  return tx.integer(sql::k_product_slug_taken, slug).has_value();
}

std::optional<Id> title_taken(db::Tx& tx, std::string_view title_folded, Id seller_id) {
  return tx.integer(sql::k_product_title_taken, title_folded, seller_id);
}

std::string description(db::Tx& tx, Id product_id) {
  auto query = tx.query(sql::k_description, product_id);
  return query.next() ? query.text(0) : std::string{};
}

void put_description(db::Tx& tx, Id product_id, std::string_view text) {
  if (text.empty()) {
    tx.exec(sql::k_description_remove, product_id);
  } else {
    tx.exec(sql::k_description_put, product_id, text);
  }
}

void add_variant(db::Tx& tx, const Variant& variant) {
  tx.exec(sql::k_variant_add, variant.id, variant.product_id, variant.position,
          join_options(variant.option_values), variant.sku, variant.barcode, variant.price.minor,
          minor(variant.compare_at), variant.price_since, variant.weight_grams, variant.policy,
          variant.image_position, variant.in_stock);
}

std::vector<Variant> variants(db::Tx& tx, Id product_id) {
  std::vector<Variant> out;
  auto query = tx.query(sql::k_variants, product_id);
  while (query.next()) out.push_back(variant_row(query, tx.env().currency));
  return out;
}

std::optional<Variant> variant_by_id(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_variant_by_id, id);
  if (!query.next()) return std::nullopt;
  return variant_row(query, tx.env().currency);
}

std::optional<VariantKey> variant_by_sku(db::Tx& tx, std::string_view sku) {
  return variant_key(tx, sql::k_variant_by_sku, sku);
}

std::optional<VariantKey> variant_by_barcode(db::Tx& tx, std::string_view barcode) {
  return variant_key(tx, sql::k_variant_by_barcode, barcode);
}

void add_option(db::Tx& tx, Id product_id, std::int64_t position, std::string_view name) {
  tx.exec(sql::k_option_add, product_id, position, name);
}

std::vector<std::string> option_names(db::Tx& tx, Id product_id) {
  std::vector<std::string> out;
  auto query = tx.query(sql::k_options, product_id);
  while (query.next()) out.push_back(query.text(0));
  return out;
}

Id add_image(db::Tx& tx, Id product_id, std::int64_t position, const ImageInput& image) {
  const auto id = tx.next_id();
  tx.exec(sql::k_image_add, id, product_id, position, image.url, image.alt, image.media_type,
          image.bytes.size());
  if (!image.bytes.empty()) tx.exec(sql::k_image_bytes_add, id, core::as_bytes(image.bytes));
  return id;
}

std::vector<Image> images(db::Tx& tx, Id product_id) {
  std::vector<Image> out;
  auto query = tx.query(sql::k_images, product_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.text(2), query.text(3), query.text(4),
                   query.integer(5)});
  }
  return out;
}

void add_bundle_part(db::Tx& tx, Id product_id, const BundlePart& part) {
  tx.exec(sql::k_bundle_add, product_id, part.variant_id, part.quantity);
}

std::vector<BundlePart> bundle(db::Tx& tx, Id product_id) {
  std::vector<BundlePart> out;
  auto query = tx.query(sql::k_bundle, product_id);
  while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  return out;
}

void add_label(db::Tx& tx, Id product_id, std::int64_t position, const Label& label) {
  tx.exec(sql::k_label_add, product_id, position, label.facet_id, label.kind, label.name,
          label.value, label.type);
}

std::vector<Label> labels(db::Tx& tx, Id product_id) {
  std::vector<Label> out;
  auto query = tx.query(sql::k_labels, product_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.as<FacetKind>(1), query.text(2), query.text(3),
                   query.as<AttributeType>(4)});
  }
  return out;
}

void remove_labels(db::Tx& tx, Id product_id) {
  tx.exec(sql::k_labels_remove, product_id);
}

std::optional<Id> find_facet(db::Tx& tx, FacetKind kind, std::string_view name,
                             std::string_view value) {
  return tx.integer(sql::k_facet_find, kind, core::fold(name), core::fold(value));
}

Id facet(db::Tx& tx, FacetKind kind, std::string_view name, std::string_view value) {
  const auto name_folded = core::fold(name);
  const auto value_folded = core::fold(value);
  if (const auto found = tx.integer(sql::k_facet_find, kind, name_folded, value_folded)) {
    return *found;
  }
  const auto id = tx.next_id();
  tx.exec(sql::k_facet_add, id, kind, name, value, name_folded, value_folded);
  return id;
}

std::string facet_value(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_facet_value, id);
  return query.next() ? query.text(0) : std::string{};
}

void add_product_category(db::Tx& tx, Id product_id, std::int64_t position, Id category_id) {
  tx.exec(sql::k_product_category_add, product_id, position, category_id);
}

std::vector<Id> product_categories(db::Tx& tx, Id product_id) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_product_categories, product_id);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

void remove_product_categories(db::Tx& tx, Id product_id) {
  tx.exec(sql::k_product_categories_remove, product_id);
}

}  // namespace shop::catalog::store
