#include "catalog/writer.hpp"

#include "catalog/catalog.hpp"
#include "catalog/lookup.hpp"
#include "catalog/store.hpp"
#include "core/text.hpp"
#include "sellers/sellers.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace shop::catalog {
namespace {

// What waits to be written to the index at once: the more, the cheaper each word.
constexpr std::size_t k_texts_most = 100'000;
constexpr std::size_t k_text_bytes_most = 32 * 1024 * 1024;
constexpr std::size_t k_facets_most = 200'000;

[[noreturn]] void missing(const std::string& path, const char* what) {
  throw Error(Code::not_found, path + ": " + what, {{path, "not_found", what, {}}});
}

std::string plain_slug(std::string_view title) {
  auto out = core::slugify(title);
  if (out.empty()) out = "product";
  return out;
}

ProductText text_of(const ProductInput& input) {
  return {input.title, input.description, input.brand, input.tags, {}};
}

/// A new variant has nothing in stock yet; what a bundle is made of is there once it is written.
bool sold_without_stock(const ProductInput& input, const VariantInput& variant) {
  return input.bundle.empty() && variant.policy != StockPolicy::deny;
}

void write_variants(db::Tx& tx, const ProductInput& input, Id product_id) {
  Variant variant;
  variant.product_id = product_id;
  variant.price_since = tx.now();
  for (std::size_t i = 0; i < input.variants.size(); ++i) {
    const auto& from = input.variants[i];
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
    variant.in_stock = sold_without_stock(input, from);
    store::add_variant(tx, variant);
  }
}

/// What is in the first of two sorted lists and not in the second.
std::vector<Id> only_in(const std::vector<Id>& first, const std::vector<Id>& second) {
  std::vector<Id> out;
  std::set_difference(first.begin(), first.end(), second.begin(), second.end(),
                      std::back_inserter(out));
  return out;
}

void sort_unique(std::vector<Id>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

bool same_keys(const store::ProductRow& a, const store::ProductRow& b) {
  return a.card.price.minor == b.card.price.minor && a.title_folded == b.title_folded;
}

}  // namespace

void refuse_taken(const std::string& path, const char* what) {
  throw Error(Code::already_exists, path + ": " + what, {{path, "taken", what, {}}});
}

Whole load_whole(db::Tx& tx, store::ProductRow row) {
  Whole whole;
  const auto id = row.card.id;
  whole.categories = store::product_categories(tx, id);
  if ((row.parts & part_labels) != 0) whole.labels = store::labels(tx, id);
  whole.text.title = row.card.title;
  if ((row.parts & part_description) != 0) whole.text.description = store::description(tx, id);
  if (row.brand_id != 0) whole.text.brand = store::facet_value(tx, row.brand_id);
  for (const auto& label : whole.labels) {
    if (label.kind == FacetKind::tag) whole.text.tags.push_back(label.value);
  }
  if ((row.parts & part_translations) != 0) {
    for (auto& translation : store::translations(tx, id)) {
      whole.text.translations.push_back(std::move(translation.title));
    }
  }
  whole.row = std::move(row);
  return whole;
}

std::string free_product_slug(db::Tx& tx, std::string_view title) {
  const auto base = plain_slug(title);
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

const std::vector<Id>& Writer::ancestors(Id category_id) {
  const auto found = ancestors_.find(category_id);
  if (found != ancestors_.end()) return found->second;
  return ancestors_.emplace(category_id, store::ancestors(*tx_, category_id)).first->second;
}

Id Writer::facet(FacetKind kind, std::string_view name, std::string_view value) {
  key_.assign(1, static_cast<char>(kind));
  key_.append(name).append(1, option_separator).append(value);
  if (const auto found = facets_.find(key_); found != facets_.end()) return found->second;
  if (facets_.size() >= k_facets_most) facets_.clear();
  const auto id = store::facet(*tx_, kind, name, value);
  facets_.emplace(key_, id);
  return id;
}

std::vector<store::Label> Writer::write_labels(Id product_id, const std::vector<std::string>& tags,
                                               const std::vector<ProductAttribute>& attributes) {
  std::vector<store::Label> labels;
  labels.reserve(tags.size() + attributes.size());
  for (const auto& tag : tags) {
    labels.push_back(
        {facet(FacetKind::tag, {}, tag), FacetKind::tag, {}, tag, AttributeType::text});
  }
  for (const auto& attribute : attributes) {
    labels.push_back({facet(FacetKind::attribute, attribute.name, attribute.value),
                      FacetKind::attribute, attribute.name, attribute.value, attribute.type});
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    store::add_label(*tx_, product_id, static_cast<std::int64_t>(i + 1), labels[i]);
  }
  return labels;
}

Writer::SellerStanding Writer::standing(Id seller_id) {
  if (const auto found = sellers_.find(seller_id); found != sellers_.end()) return found->second;
  const SellerStanding out{seller_id == 0 || sellers::find(*tx_, seller_id).has_value(),
                           sellers::may_sell(*tx_, seller_id)};
  return sellers_.emplace(seller_id, out).first->second;
}

store::ProductRow Writer::new_row(const ProductInput& input, Id seller_id) {
  store::ProductRow row;
  auto& card = row.card;
  card.seller_id = seller_id;
  card.status = input.status;
  card.title = input.title;
  row.title_folded = core::fold(input.title);
  if (!input.category_ids.empty()) row.category_id = input.category_ids.front();
  if (!input.images.empty()) card.image = input.images.front().url;
  card.variant_count = static_cast<std::int64_t>(input.variants.size());
  row.variants_in_stock = std::count_if(
      input.variants.begin(), input.variants.end(),
      [&](const VariantInput& variant) { return sold_without_stock(input, variant); });
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
  row.created_at = row.updated_at = tx_->now();
  if (!input.description.empty()) row.parts |= part_description;
  if (!input.tags.empty() || !input.attributes.empty()) row.parts |= part_labels;
  if (!input.images.empty()) row.parts |= part_images;
  if (!input.options.empty()) row.parts |= part_options;
  if (!input.bundle.empty()) row.parts |= part_bundle;
  if (input.category_ids.size() > 1) row.parts |= part_more_categories;
  if (!standing(seller_id).may_sell) row.parts |= part_withheld;
  return row;
}

// What only one product may have.
void Writer::check_alone(const ProductInput& input, const store::ProductRow& row,
                         const std::string& prefix) {
  auto& tx = *tx_;
  if (store::title_taken(tx, row.title_folded, row.card.seller_id)) {
    refuse_taken(prefix + "title", "a product of that title is there already");
  }
  if (input.slug && store::slug_taken(tx, *input.slug)) {
    refuse_taken(prefix + "slug", "another product has that slug");
  }
  for (std::size_t i = 0; i < input.variants.size(); ++i) {
    const auto& variant = input.variants[i];
    if (variant.sku && store::variant_by_sku(tx, *variant.sku)) {
      refuse_taken(core::path_at(prefix + "variants", i, "sku"), "another variant has that SKU");
    }
    if (variant.barcode && store::variant_by_barcode(tx, *variant.barcode)) {
      refuse_taken(core::path_at(prefix + "variants", i, "barcode"),
                   "another variant has that barcode");
    }
  }
}

// Every check stands before the first write: an import that leaves bad rows out goes on after one.
void Writer::check(const ProductInput& input, const store::ProductRow& row,
                   const std::string& prefix) {
  auto& tx = *tx_;
  if (!standing(row.card.seller_id).exists) {
    missing(prefix + "seller_id", "there is no such seller");
  }
  if (checks_) check_alone(input, row, prefix);
  for (std::size_t i = 0; i < input.category_ids.size(); ++i) {
    if (ancestors(input.category_ids[i]).empty()) {
      missing(core::path_at(prefix + "category_ids", i), "there is no such category");
    }
  }
  for (std::size_t i = 0; i < input.bundle.size(); ++i) {
    const auto path = core::path_at(prefix + "bundle", i, "variant_id");
    const auto variant = store::variant_by_id(tx, input.bundle[i].variant_id);
    // Another's goods are neither sold nor promised: for this seller they are not there.
    if (!variant || seller_of(tx, variant->id) != row.card.seller_id) {
      missing(path, "there is no such variant");
    }
    if (!store::bundle(tx, variant->product_id).empty()) {
      throw Error(Code::conflict, path + ": a bundle cannot hold a bundle",
                  {{path, "bundle", "a bundle cannot hold a bundle", {}}});
    }
  }
}

void Writer::write_parts(const ProductInput& input, Id product_id) {
  auto& tx = *tx_;
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
  write_variants(tx, input, product_id);
  for (const auto& part : input.bundle) store::add_bundle_part(tx, product_id, part);
  if (!input.bundle.empty()) follow_bundle(tx, product_id);
}

std::string Writer::slug_of(const ProductInput& input) {
  return checks_ ? free_product_slug(*tx_, input.title) : plain_slug(input.title);
}

Id Writer::add(const ProductInput& input, Id seller_id, std::string_view prefix) {
  Whole whole;
  whole.row = new_row(input, seller_id);
  check(input, whole.row, std::string{prefix});
  auto& card = whole.row.card;
  card.id = tx_->next_id();
  card.slug = input.slug ? *input.slug : slug_of(input);
  if (!input.brand.empty()) whole.row.brand_id = facet(FacetKind::brand, {}, input.brand);
  store::add_product(*tx_, whole.row);
  write_parts(input, card.id);
  whole.labels = write_labels(card.id, input.tags, input.attributes);
  whole.categories = input.category_ids;
  enter(whole, place_of(whole));
  if (whole.row.listed()) {
    note_text({card.id, false, true, {}, text_of(input)});
  }
  return card.id;
}

Writer::Place Writer::place_of(const Whole& whole) {
  Place place;
  const auto& card = whole.row.card;
  if (!whole.row.listed()) {
    if (card.status != ProductStatus::active) {
      const bool draft = card.status == ProductStatus::draft;
      place.scopes.push_back(draft ? store::scope_drafts : store::scope_archived);
    }
    if (card.seller_id != 0) place.scopes.push_back(-card.seller_id);
  } else {
    place.scopes.push_back(store::scope_all);
    if (card.seller_id != 0) place.scopes.push_back(card.seller_id);
    for (const auto category : whole.categories) {
      const auto& above = ancestors(category);
      place.scopes.insert(place.scopes.end(), above.begin(), above.end());
    }
    if (whole.row.brand_id != 0) place.facets.push_back(whole.row.brand_id);
    for (const auto& label : whole.labels) place.facets.push_back(label.facet_id);
  }
  sort_unique(place.scopes);
  sort_unique(place.facets);
  return place;
}

void Writer::enter(const Whole& whole, const Place& place) {
  for (const auto scope : place.scopes) {
    if (!fills_) store::add_listing(*tx_, scope, whole.row);
    ++counts_[scope];
  }
  for (const auto facet_id : place.facets) {
    if (!fills_) store::add_facet_product(*tx_, facet_id, whole.row.card.id);
    ++counts_[facet_id];
  }
}

void Writer::unlist(const Whole& before) {
  const auto place = place_of(before);
  for (const auto scope : place.scopes) {
    if (!fills_) store::remove_listing(*tx_, scope, before.row.card.id);
    --counts_[scope];
  }
  for (const auto facet_id : place.facets) {
    if (!fills_) store::remove_facet_product(*tx_, facet_id, before.row.card.id);
    --counts_[facet_id];
  }
  if (before.row.listed()) {
    note_text({before.row.card.id, true, false, before.text, {}});
  }
}

void Writer::remove(store::ProductRow row) {
  const auto id = row.card.id;
  unlist(load_whole(*tx_, std::move(row)));
  store::remove_product(*tx_, id);
}

void Writer::relist(const Whole& before, const Whole& after) {
  const auto from = place_of(before);
  const auto to = place_of(after);
  const auto id = after.row.card.id;
  for (const auto scope : only_in(from.scopes, to.scopes)) {
    store::remove_listing(*tx_, scope, id);
    --counts_[scope];
  }
  for (const auto facet_id : only_in(from.facets, to.facets)) {
    store::remove_facet_product(*tx_, facet_id, id);
    --counts_[facet_id];
  }
  if (!same_keys(before.row, after.row)) {
    for (const auto scope : to.scopes) store::save_listing(*tx_, scope, after.row);
  }
  enter(after, {only_in(to.scopes, from.scopes), only_in(to.facets, from.facets)});
  const bool was = before.row.listed();
  const bool is = after.row.listed();
  if (was != is || (is && before.text != after.text)) {
    note_text({id, was, is, was ? before.text : ProductText{}, is ? after.text : ProductText{}});
  }
}

void Writer::note_text(TextChange change) {
  if (!follower_) follower_ = fills_ ? make_background_text_follower() : make_text_follower();
  if (!follower_) return;
  text_bytes_ += change.before.bytes() + change.after.bytes();
  follower_->add(std::move(change));
  if (++texts_ >= k_texts_most || text_bytes_ >= k_text_bytes_most) flush_texts();
}

void Writer::flush_texts() {
  if (texts_ > 0) follower_->write(*tx_);
  texts_ = text_bytes_ = 0;
}

void Writer::finish() {
  flush_texts();
  std::vector<std::pair<Id, std::int64_t>> counts{counts_.begin(), counts_.end()};
  std::sort(counts.begin(), counts.end());
  for (const auto& [scope, by] : counts) {
    if (by != 0) store::change_scope_count(*tx_, scope, by);
  }
  counts_.clear();
}

}  // namespace shop::catalog
