#include "catalog/writer.hpp"

#include "catalog/listing_store.hpp"
#include "catalog/store.hpp"
#include "core/text.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shop::catalog {
namespace {

[[noreturn]] void taken(const std::string& path, const char* what) {
  throw Error(Code::already_exists, path + ": " + what, {{path, "taken", what, {}}});
}

[[noreturn]] void missing(const std::string& path, const char* what) {
  throw Error(Code::not_found, path + ": " + what, {{path, "not_found", what, {}}});
}

void check_unique(db::Tx& tx, const ProductInput& input, const store::ProductRow& row,
                  const std::string& prefix) {
  if (store::title_taken(tx, row.title_folded, row.card.seller_id)) {
    taken(prefix + "title", "a product of that title is there already");
  }
  if (input.slug && store::slug_taken(tx, *input.slug)) {
    taken(prefix + "slug", "another product has that slug");
  }
  for (std::size_t i = 0; i < input.category_ids.size(); ++i) {
    if (!store::category_by_id(tx, input.category_ids[i])) {
      missing(core::path_at(prefix + "category_ids", i), "there is no such category");
    }
  }
}

void check_codes(db::Tx& tx, const VariantInput& variant, const std::string& path) {
  if (variant.sku && store::variant_by_sku(tx, *variant.sku)) {
    taken(path + ".sku", "another variant has that SKU");
  }
  if (variant.barcode && store::variant_by_barcode(tx, *variant.barcode)) {
    taken(path + ".barcode", "another variant has that barcode");
  }
}

store::ProductRow new_row(db::Tx& tx, const ProductInput& input, Id seller_id) {
  store::ProductRow row;
  auto& card = row.card;
  card.seller_id = seller_id;
  card.status = input.status;
  card.title = input.title;
  row.title_folded = core::fold(input.title);
  if (!input.category_ids.empty()) row.category_id = input.category_ids.front();
  if (!input.images.empty()) card.image = input.images.front().url;
  card.variant_count = static_cast<std::int64_t>(input.variants.size());
  const auto by_price = [](const VariantInput& a, const VariantInput& b) {
    return a.price.minor < b.price.minor;
  };
  const auto [low, high] =
      std::minmax_element(input.variants.begin(), input.variants.end(), by_price);
  card.price = low->price;
  card.price_max = high->price;
  card.compare_at = low->compare_at;
  row.tax_class_id = input.tax_class_id;
  row.minimum_age = input.minimum_age;
  row.sold_by = input.sold_by;
  row.created_at = row.updated_at = tx.now();
  if (!input.description.empty()) row.parts |= part_description;
  if (!input.tags.empty() || !input.attributes.empty()) row.parts |= part_labels;
  if (!input.images.empty()) row.parts |= part_images;
  if (!input.options.empty()) row.parts |= part_options;
  if (!input.bundle.empty()) row.parts |= part_bundle;
  if (input.category_ids.size() > 1) row.parts |= part_more_categories;
  return row;
}

void write_variants(db::Tx& tx, const ProductInput& input, Id product_id,
                    const std::string& prefix) {
  Variant variant;
  variant.product_id = product_id;
  variant.price_since = tx.now();
  for (std::size_t i = 0; i < input.variants.size(); ++i) {
    const auto& from = input.variants[i];
    check_codes(tx, from, core::path_at(prefix + "variants", i));
    variant.id = tx.next_id();
    variant.position = static_cast<std::int64_t>(i + 1);
    variant.option_values = from.option_values;
    variant.sku = from.sku;
    variant.barcode = from.barcode;
    variant.price = from.price;
    variant.compare_at = from.compare_at;
    variant.weight_grams = from.weight_grams;
    variant.policy = from.policy;
    variant.image_position = from.image_position;
    store::add_variant(tx, variant);
  }
}

void write_bundle(db::Tx& tx, const ProductInput& input, Id product_id, const std::string& prefix) {
  for (std::size_t i = 0; i < input.bundle.size(); ++i) {
    const auto path = core::path_at(prefix + "bundle", i, "variant_id");
    const auto variant = store::variant_by_id(tx, input.bundle[i].variant_id);
    if (!variant) missing(path, "there is no such variant");
    if (!store::bundle(tx, variant->product_id).empty()) {
      throw Error(Code::conflict, path + ": a bundle cannot hold a bundle",
                  {{path, "bundle", "a bundle cannot hold a bundle", {}}});
    }
    store::add_bundle_part(tx, product_id, input.bundle[i]);
  }
}

void write_parts(db::Tx& tx, const ProductInput& input, Id product_id, const std::string& prefix) {
  if (!input.description.empty()) store::put_description(tx, product_id, input.description);
  for (std::size_t i = 0; i < input.options.size(); ++i) {
    store::add_option(tx, product_id, static_cast<std::int64_t>(i + 1), input.options[i].name);
  }
  for (std::size_t i = 0; i < input.images.size(); ++i) {
    store::add_image(tx, product_id, static_cast<std::int64_t>(i + 1), input.images[i]);
  }
  for (std::size_t i = 0; i < input.category_ids.size(); ++i) {
    store::add_product_category(tx, product_id, static_cast<std::int64_t>(i + 1),
                                input.category_ids[i]);
  }
  write_variants(tx, input, product_id, prefix);
  write_bundle(tx, input, product_id, prefix);
}

}  // namespace

std::string free_product_slug(db::Tx& tx, std::string_view title) {
  auto base = core::slugify(title);
  if (base.empty()) base = "product";
  if (!store::slug_taken(tx, base)) return base;
  const auto numbered = [&](std::int64_t number) { return fmt::format("{}-{}", base, number); };
  // Gallop, then halve: the thousandth product of one name does not try a thousand slugs.
  std::int64_t low = 1;
  std::int64_t high = 2;
  while (store::slug_taken(tx, numbered(high))) {
    low = high;
    high = high < 8 ? high + 1 : high * 2;
  }
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    (store::slug_taken(tx, numbered(middle)) ? low : high) = middle;
  }
  return numbered(high);
}

std::vector<store::Label> write_labels(db::Tx& tx, Id product_id,
                                       const std::vector<std::string>& tags,
                                       const std::vector<ProductAttribute>& attributes) {
  std::vector<store::Label> labels;
  for (const auto& tag : tags) {
    labels.push_back(
        {store::facet(tx, FacetKind::tag, {}, tag), FacetKind::tag, {}, tag, AttributeType::text});
  }
  for (const auto& attribute : attributes) {
    labels.push_back({store::facet(tx, FacetKind::attribute, attribute.name, attribute.value),
                      FacetKind::attribute, attribute.name, attribute.value, attribute.type});
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    store::add_label(tx, product_id, static_cast<std::int64_t>(i + 1), labels[i]);
  }
  return labels;
}

void enter_lists(db::Tx& tx, const store::ProductRow& row, const std::vector<Id>& categories,
                 const std::vector<store::Label>& labels) {
  for (const auto scope : store::scopes_of(tx, row, categories)) {
    store::add_listing(tx, scope, row);
    store::change_scope_count(tx, scope, 1);
  }
  if (row.card.status != ProductStatus::active) return;
  if (row.brand_id != 0) {
    store::add_facet_product(tx, row.brand_id, row.card.id);
    store::change_scope_count(tx, row.brand_id, 1);
  }
  for (const auto& label : labels) {
    store::add_facet_product(tx, label.facet_id, row.card.id);
    store::change_scope_count(tx, label.facet_id, 1);
  }
}

Id write_product(db::Tx& tx, const ProductInput& input, Id seller_id, std::string_view prefix) {
  const std::string at{prefix};
  auto row = new_row(tx, input, seller_id);
  check_unique(tx, input, row, at);
  row.card.id = tx.next_id();
  row.card.slug = input.slug ? *input.slug : free_product_slug(tx, input.title);
  if (!input.brand.empty()) row.brand_id = store::facet(tx, FacetKind::brand, {}, input.brand);
  store::add_product(tx, row);
  write_parts(tx, input, row.card.id, at);
  const auto labels = write_labels(tx, row.card.id, input.tags, input.attributes);
  enter_lists(tx, row, input.category_ids, labels);
  return row.card.id;
}

Product read_product(db::Tx& tx, const store::ProductRow& row) {
  Product out;
  const auto& card = row.card;
  out.id = card.id;
  out.version = row.version;
  out.seller_id = card.seller_id;
  out.status = card.status;
  out.slug = card.slug;
  out.title = card.title;
  out.price = card.price;
  out.price_max = card.price_max;
  out.compare_at = card.compare_at;
  out.tax_class_id = row.tax_class_id;
  out.minimum_age = row.minimum_age;
  out.sold_by = row.sold_by;
  out.in_stock = card.in_stock;
  out.rating_milli = card.rating_milli;
  out.rating_count = card.rating_count;
  out.sold = card.sold;
  out.created_at = row.created_at;
  out.updated_at = row.updated_at;
  if (row.brand_id != 0) out.brand = store::facet_value(tx, row.brand_id);
  if ((row.parts & part_description) != 0) out.description = store::description(tx, card.id);
  if ((row.parts & part_more_categories) != 0) {
    out.category_ids = store::product_categories(tx, card.id);
  } else if (row.category_id != 0) {
    out.category_ids = {row.category_id};
  }
  out.variants = store::variants(tx, card.id);
  if ((row.parts & part_images) != 0) out.images = store::images(tx, card.id);
  if ((row.parts & part_bundle) != 0) out.bundle = store::bundle(tx, card.id);
  if ((row.parts & part_labels) != 0) {
    for (auto& label : store::labels(tx, card.id)) {
      if (label.kind == FacetKind::tag) {
        out.tags.push_back(std::move(label.value));
      } else {
        out.attributes.push_back({std::move(label.name), std::move(label.value), label.type});
      }
    }
  }
  if ((row.parts & part_options) != 0) {
    for (auto& name : store::option_names(tx, card.id))
      out.options.push_back({std::move(name), {}});
    for (const auto& variant : out.variants) {
      for (std::size_t i = 0; i < out.options.size() && i < variant.option_values.size(); ++i) {
        auto& values = out.options[i].values;
        const auto& value = variant.option_values[i];
        if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
      }
    }
  }
  return out;
}

}  // namespace shop::catalog
