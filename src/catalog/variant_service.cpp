#include "catalog/catalog.hpp"
#include "catalog/hooks.hpp"
#include "catalog/owned.hpp"
#include "catalog/reader.hpp"
#include "catalog/rules.hpp"
#include "catalog/writer.hpp"
#include "core/fields.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop {

using accounts::Operation;
using catalog::owned_product;
using catalog::Whole;
using catalog::Writer;

namespace {

constexpr std::int64_t k_reference_days = 30;

Variant wanted_variant(db::Tx& tx, Id id) {
  auto variant = catalog::store::variant_by_id(tx, id);
  if (!variant) catalog::refuse_missing({}, "there is no such variant");
  return std::move(*variant);
}

/// Brings the product in line with its variants: prices, stock, lists, version.
void follow_variants(db::Tx& tx, const Whole& before) {
  auto after = before;
  auto& card = after.row.card;
  const auto variants = catalog::store::variants(tx, card.id);
  const auto by_price = [](const Variant& a, const Variant& b) {
    return a.price.minor < b.price.minor;
  };
  const auto [low, high] = std::minmax_element(variants.begin(), variants.end(), by_price);
  card.price = low->price;
  card.price_max = high->price;
  card.compare_at = low->compare_at;
  card.variant_count = static_cast<std::int64_t>(variants.size());
  after.row.variants_in_stock =
      std::count_if(variants.begin(), variants.end(), [](const Variant& v) { return v.in_stock; });
  ++after.row.version;
  after.row.updated_at = tx.now();
  catalog::store::save_product(tx, after.row);
  Writer writer{tx};
  writer.relist(before, after);
  writer.finish();
}

void check_codes_free(db::Tx& tx, const Variant& variant) {
  if (variant.sku) {
    const auto holder = catalog::store::variant_by_sku(tx, *variant.sku);
    if (holder && holder->variant_id != variant.id) {
      catalog::refuse_taken("sku", "another variant has that SKU");
    }
  }
  if (variant.barcode) {
    const auto holder = catalog::store::variant_by_barcode(tx, *variant.barcode);
    if (holder && holder->variant_id != variant.id) {
      catalog::refuse_taken("barcode", "another variant has that barcode");
    }
  }
}

void check_combination_free(const std::vector<Variant>& all, const Variant& variant) {
  const auto key = core::fold(catalog::join_options(variant.option_values));
  for (const auto& other : all) {
    if (other.id != variant.id && core::fold(catalog::join_options(other.option_values)) == key) {
      catalog::refuse_taken("option_values", "another variant has these values");
    }
  }
}

VariantInput as_input(const Variant& variant) {
  VariantInput out;
  out.option_values = variant.option_values;
  out.sku = variant.sku;
  out.barcode = variant.barcode;
  out.price = variant.price;
  out.compare_at = variant.compare_at;
  out.weight_grams = variant.weight_grams;
  out.policy = variant.policy;
  out.image_position = variant.image_position;
  return out;
}

void take_input(Variant& variant, VariantInput&& input) {
  variant.option_values = std::move(input.option_values);
  variant.title = catalog::variant_title(catalog::join_options(variant.option_values));
  variant.sku = std::move(input.sku);
  variant.barcode = std::move(input.barcode);
  variant.price = input.price;
  variant.compare_at = input.compare_at;
  variant.weight_grams = input.weight_grams;
  variant.policy = input.policy;
  variant.image_position = input.image_position;
}

VariantInput changed(const Variant& variant, const VariantChange& change) {
  auto out = as_input(variant);
  if (change.option_values) out.option_values = *change.option_values;
  if (change.sku) out.sku = *change.sku;
  if (change.barcode) out.barcode = *change.barcode;
  if (change.price) out.price = *change.price;
  if (change.compare_at) out.compare_at = *change.compare_at;
  if (change.weight_grams) out.weight_grams = *change.weight_grams;
  if (change.policy) out.policy = *change.policy;
  if (change.image_position) out.image_position = *change.image_position;
  return out;
}

void check(VariantInput& input, std::size_t option_count, const Currency& currency) {
  core::Fields fields;
  catalog::check_variant(fields, input, option_count, currency, "");
  fields.throw_if_any();
}

/// Another policy decides whether the variant, and the bundles that hold it, can be sold.
void follow_policy(db::Tx& tx, Variant& variant) {
  std::vector<Id> back;
  if (catalog::follow_stock(tx, variant.id)) back.push_back(variant.id);
  variant.in_stock = wanted_variant(tx, variant.id).in_stock;
  for (const auto& use : catalog::bundles_with(tx, variant.id)) {
    const auto whole_again = catalog::follow_bundle(tx, use.product_id);
    back.insert(back.end(), whole_again.begin(), whole_again.end());
  }
  catalog::came_back(tx, back);
}

void keep_old_price(db::Tx& tx, Variant& variant, const Money& before) {
  if (variant.price == before) return;
  if (variant.price_since < tx.now()) {
    catalog::store::add_price_point(tx, variant.id, before, variant.price_since, tx.now());
  }
  variant.price_since = tx.now();
}

}  // namespace

Variant Catalog::add_variant(const Session& session, Id product_id, const VariantInput& input) {
  return db_->write([&](db::Tx& tx) {
    auto row = owned_product(tx, session, Operation::catalog_add_variant, product_id);
    const auto before = catalog::load_whole(tx, std::move(row));
    const auto options = catalog::store::option_names(tx, product_id);
    auto good = input;
    if (options.empty()) {
      throw Error(Code::conflict, "a product without options has one variant");
    }
    check(good, options.size(), tx.env().currency);
    const auto all = catalog::store::variants(tx, product_id);
    Variant variant;
    variant.id = tx.next_id();
    variant.product_id = product_id;
    variant.position = all.back().position + 1;
    variant.price_since = tx.now();
    take_input(variant, std::move(good));
    check_codes_free(tx, variant);
    check_combination_free(all, variant);
    catalog::store::add_variant(tx, variant);
    variant.in_stock = catalog::follow_stock(tx, variant.id);
    follow_variants(tx, before);
    catalog::note(tx, session, "variant.create",
                  catalog::read_product(tx, *catalog::store::product_by_id(tx, product_id)));
    return variant;
  });
}

Variant Catalog::update_variant(const Session& session, Id id, const VariantChange& change) {
  return db_->write([&](db::Tx& tx) {
    catalog::changing_access(accounts::authorize(tx, session, Operation::catalog_update_variant));
    auto variant = wanted_variant(tx, id);
    auto row = owned_product(tx, session, Operation::catalog_update_variant, variant.product_id);
    const auto before = catalog::load_whole(tx, std::move(row));
    auto good = changed(variant, change);
    check(good, variant.option_values.size(), tx.env().currency);
    const auto old_price = variant.price;
    const auto old_policy = variant.policy;
    take_input(variant, std::move(good));
    keep_old_price(tx, variant, old_price);
    check_codes_free(tx, variant);
    check_combination_free(catalog::store::variants(tx, variant.product_id), variant);
    catalog::store::save_variant(tx, variant);
    if (variant.policy != old_policy) follow_policy(tx, variant);
    follow_variants(tx, before);
    if (variant.price != old_price) {
      catalog::price_changed(tx, variant.product_id, id, old_price, variant.price);
    }
    catalog::note(
        tx, session, "variant.update",
        catalog::read_product(tx, *catalog::store::product_by_id(tx, variant.product_id)));
    return variant;
  });
}

void Catalog::remove_variant(const Session& session, Id id) {
  db_->write([&](db::Tx& tx) {
    catalog::changing_access(accounts::authorize(tx, session, Operation::catalog_remove_variant));
    const auto variant = wanted_variant(tx, id);
    auto row = owned_product(tx, session, Operation::catalog_remove_variant, variant.product_id);
    if (row.card.variant_count < 2) throw Error(Code::conflict, "the last variant stays");
    if (catalog::store::was_sold(tx, variant.product_id)) {
      throw Error(Code::conflict, "the product was sold: its variants stay for the books");
    }
    if (catalog::store::bundle_with(tx, id)) {
      throw Error(Code::conflict, "the variant is in a bundle");
    }
    const auto before = catalog::load_whole(tx, std::move(row));
    catalog::store::remove_variant(tx, id);
    follow_variants(tx, before);
    catalog::note(
        tx, session, "variant.delete",
        catalog::read_product(tx, *catalog::store::product_by_id(tx, variant.product_id)));
  });
}

Variant Catalog::variant(const Session& session, Id id) {
  return db_->read([&](db::Tx& tx) {
    accounts::authorize(tx, session, Operation::catalog_variant);
    auto variant = wanted_variant(tx, id);
    catalog::visible_product(tx, session, Operation::catalog_variant, variant.product_id);
    return variant;
  });
}

// ---- Prices over time ---------------------------------------------------------------------------

std::vector<PricePoint> Catalog::price_history(const Session& session, Id variant_id) {
  return db_->read([&](db::Tx& tx) {
    accounts::authorize(tx, session, Operation::catalog_price_history);
    const auto variant = wanted_variant(tx, variant_id);
    catalog::visible_product(tx, session, Operation::catalog_price_history, variant.product_id);
    return catalog::price_history(tx, variant);
  });
}

PriceReference Catalog::price_reference(const Session& session, Id variant_id) {
  return db_->read([&](db::Tx& tx) {
    accounts::authorize(tx, session, Operation::catalog_price_reference);
    const auto variant = wanted_variant(tx, variant_id);
    catalog::visible_product(tx, session, Operation::catalog_price_reference, variant.product_id);
    const auto span = k_reference_days * core::microseconds_per_day;
    const auto& price = variant.price;
    PriceReference out{price, variant.price_since, price, price};
    const auto before = variant.price_since - span;
    if (const auto low = catalog::store::lowest_price(tx, variant_id, before)) {
      out.lowest_before.minor = *low;
    }
    const auto least = [&](Money& lowest, const std::optional<std::int64_t>& low) {
      if (low) lowest.minor = std::min(lowest.minor, *low);
    };
    least(out.lowest_before, catalog::lowest_offer(tx, variant_id, before, variant.price_since));
    least(out.lowest_30_days, catalog::store::lowest_price(tx, variant_id, tx.now() - span));
    least(out.lowest_30_days, catalog::lowest_offer(tx, variant_id, tx.now() - span, tx.now() + 1));
    return out;
  });
}

namespace catalog {

std::vector<PricePoint> price_history(db::Tx& tx, const Variant& variant) {
  auto points = store::price_points(tx, variant.id);
  points.insert(points.begin(), {variant.id, variant.price, variant.price_since, std::nullopt});
  return points;
}

}  // namespace catalog
}  // namespace shop
