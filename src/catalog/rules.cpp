#include "catalog/rules.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace shop::catalog {
namespace {

constexpr std::size_t k_variants_max = 2000;
constexpr std::size_t k_options_max = 5;
constexpr std::size_t k_images_max = 250;
constexpr std::size_t k_labels_max = 250;
constexpr std::size_t k_parts_max = 100;
constexpr std::size_t k_image_bytes_max = 16 * 1024 * 1024;

bool is_decimal(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  bool digit = false;
  bool point = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      return false;
    }
  }
  return digit;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : text.substr(at, size)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int month = number(5, 2);
  const int day = number(8, 2);
  return number(0, 4) >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool fits(AttributeType type, std::string_view value) {
  switch (type) {
    case AttributeType::text:
      return true;
    case AttributeType::number:
      return is_decimal(value);
    case AttributeType::flag:
      return value == "true" || value == "false";
    case AttributeType::date:
      return is_date(value);
  }
  return false;
}

void optional_text(core::Fields& fields, std::optional<std::string>& value, const std::string& path,
                   std::size_t max) {
  if (!value) return;
  *value = fields.text(path, *value, {.max = max});
  if (value->empty()) value.reset();
}

void check_options(core::Fields& fields, ProductInput& input, const std::string& prefix) {
  const auto path = prefix + "options";
  fields.check(input.options.size() <= k_options_max, path, "too_many", "at most 5 options");
  std::set<std::string> names;
  for (std::size_t i = 0; i < input.options.size(); ++i) {
    auto& option = input.options[i];
    option.name = fields.text(core::path_at(path, i, "name"), option.name,
                              {.min = 1, .max = 60, .name = true});
    fields.check(names.insert(core::fold(option.name)).second, core::path_at(path, i, "name"),
                 "duplicate", "an option of that name is there already");
  }
}

void check_variants(core::Fields& fields, ProductInput& input, const Currency& currency,
                    const std::string& prefix) {
  if (input.variants.empty()) {
    fields.check(input.options.empty(), prefix + "variants", "required",
                 "a product with options needs variants");
    check_variant(fields, input.simple, 0, currency, prefix + "simple");
    input.variants.push_back(input.simple);
    return;
  }
  const auto path = prefix + "variants";
  if (!fields.check(input.variants.size() <= k_variants_max, path, "too_many",
                    "at most 2,000 variants")) {
    return;
  }
  fields.check(input.variants.size() == 1 || !input.options.empty(), prefix + "options", "required",
               "several variants need options to tell them apart");
  std::set<std::string> combinations;
  std::set<std::string> codes;
  for (std::size_t i = 0; i < input.variants.size(); ++i) {
    auto& variant = input.variants[i];
    check_variant(fields, variant, input.options.size(), currency, core::path_at(path, i));
    fields.check(combinations.insert(core::fold(join_options(variant.option_values))).second,
                 core::path_at(path, i, "option_values"), "duplicate",
                 "another variant has these values");
    const auto once = [&](const char* kind, const std::optional<std::string>& code) {
      fields.check(!code || codes.insert(kind + *code).second, core::path_at(path, i, kind),
                   "duplicate", "another variant has it");
    };
    once("sku", variant.sku);
    once("barcode", variant.barcode);
  }
}

}  // namespace

std::string canonical_language(std::string_view tag) {
  std::string out{tag};
  bool cased = false;  // neither the first part nor behind a single letter
  for (std::size_t from = 0; from < out.size();) {
    const auto to = std::min(out.find('-', from), out.size());
    const auto size = to - from;
    for (auto i = from; i < to; ++i) {
      const bool upper = cased && (size == 2 || (size == 4 && i == from));
      char& c = out[i];
      if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    cased = size > 1 && (from == 0 || cased);
    from = to + 1;
  }
  return out;
}

std::string join_options(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) {
    if (&value != values.data()) out += option_separator;
    out += value;
  }
  return out;
}

std::vector<std::string> split_options(std::string_view joined) {
  std::vector<std::string> out;
  if (joined.empty()) return out;
  for (std::size_t from = 0;;) {
    const auto to = joined.find(option_separator, from);
    out.emplace_back(joined.substr(from, to - from));
    if (to == std::string_view::npos) return out;
    from = to + 1;
  }
}

std::string variant_title(std::string_view joined) {
  std::string out;
  for (const char c : joined) {
    if (c == option_separator) {
      out += " / ";
    } else {
      out += c;
    }
  }
  return out;
}

void check_variant(core::Fields& fields, VariantInput& variant, std::size_t option_count,
                   const Currency& currency, const std::string& path) {
  const auto at = [&](std::string_view member) {
    return path.empty() ? std::string(member) : fmt::format("{}.{}", path, member);
  };
  fields.check(variant.option_values.size() == option_count, at("option_values"), "wrong_count",
               "needs one value for each option");
  for (auto& value : variant.option_values) {
    value = fields.text(at("option_values"), value, {.min = 1, .max = 100, .name = true});
  }
  optional_text(fields, variant.sku, at("sku"), 100);
  optional_text(fields, variant.barcode, at("barcode"), 64);
  variant.price = fields.price(at("price"), variant.price, currency);
  if (variant.compare_at) {
    variant.compare_at = fields.price(at("compare_at"), *variant.compare_at, currency);
  }
  fields.range(at("weight_grams"), variant.weight_grams, 0, 1'000'000'000);
  fields.range(at("image_position"), variant.image_position, 0, 250);
  fields.check(variant.policy >= StockPolicy::deny && variant.policy <= StockPolicy::preorder,
               at("policy"), "unknown", "is not a stock policy");
}

void check_categories(core::Fields& fields, const std::vector<Id>& ids, const std::string& path) {
  fields.check(ids.size() <= 50, path, "too_many", "at most 50 categories");
  auto sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  fields.check(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), path, "duplicate",
               "a category is there twice");
}

void check_measure(core::Fields& fields, SoldBy sold_by, const std::string& path) {
  fields.check(sold_by >= SoldBy::piece && sold_by <= SoldBy::length, path, "unknown",
               "is not a measure");
}

void check_bundle(core::Fields& fields, const std::vector<BundlePart>& parts,
                  const std::string& path) {
  if (!fields.check(parts.size() <= k_parts_max, path, "too_many", "at most 100 parts")) return;
  std::set<Id> seen;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    fields.range(core::path_at(path, i, "quantity"), parts[i].quantity, 1, 1'000'000);
    fields.check(seen.insert(parts[i].variant_id).second, core::path_at(path, i, "variant_id"),
                 "duplicate", "is there twice");
  }
}

void check_image(core::Fields& fields, ImageInput& image, const std::string& path) {
  image.url = fields.text(path + ".url", image.url, {.max = 2000});
  image.alt = fields.text(path + ".alt", image.alt, {.max = 500});
  image.media_type = fields.text(path + ".media_type", image.media_type, {.max = 100});
  fields.check(image.url.empty() != image.bytes.empty(), path, "one_of",
               "needs a url or bytes, not both");
  fields.check(image.bytes.size() <= k_image_bytes_max, path + ".bytes", "too_long",
               "at most 16 MiB");
  fields.check(image.bytes.empty() || !image.media_type.empty(), path + ".media_type", "required",
               "is required with bytes");
}

void check_translation(core::Fields& fields, Translation& translation) {
  translation.language = fields.text("language", translation.language, {.min = 2, .max = 35});
  bool good = true;
  for (const char c : translation.language) {
    good = good &&
           ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
  }
  fields.check(good, "language", "invalid", "is not a language tag such as pt-BR");
  translation.language = canonical_language(translation.language);
  translation.title =
      fields.text("title", translation.title, {.max = title_bytes_max, .name = true});
  translation.description = fields.text("description", translation.description,
                                        {.max = description_bytes_max, .multiline = true});
}

std::vector<std::string> split_languages(std::string_view list) {
  constexpr std::size_t k_most = 20;
  std::vector<std::string> out;
  while (!list.empty() && out.size() < k_most) {
    const auto at = std::min(list.find(','), list.size());
    const auto tag = core::trim(list.substr(0, at));
    if (!tag.empty()) out.push_back(canonical_language(tag));
    list.remove_prefix(std::min(at + 1, list.size()));
  }
  return out;
}

const Translation* best_translation(const std::vector<Translation>& known,
                                    const std::vector<std::string>& languages) {
  for (std::string_view wanted : languages) {
    for (;;) {
      for (const auto& translation : known) {
        if (translation.language == wanted) return &translation;
      }
      const auto dash = wanted.rfind('-');
      if (dash == std::string_view::npos) break;
      wanted = wanted.substr(0, dash);
    }
  }
  return nullptr;
}

std::string check_category_name(core::Fields& fields, std::string_view name,
                                std::string_view path) {
  return fields.text(path, name, {.min = 1, .max = 100, .name = true});
}

std::string check_slug(core::Fields& fields, std::string_view slug, std::string_view path) {
  auto out = fields.text(path, slug, {.min = 1, .max = 300});
  bool good = true;
  for (const char c : out) good = good && c != ' ' && c != '/' && c != '?' && c != '#';
  fields.check(good, path, "invalid", "has characters that an address cannot have");
  return out;
}

void check_tags(core::Fields& fields, std::vector<std::string>& tags, std::string_view prefix) {
  const auto path = std::string{prefix} + "tags";
  if (!fields.check(tags.size() <= k_labels_max, path, "too_many", "at most 250 tags")) return;
  std::vector<std::string> kept;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    auto tag = fields.text(core::path_at(path, i), tags[i], {.min = 1, .max = 100, .name = true});
    if (seen.insert(core::fold(tag)).second) kept.push_back(std::move(tag));
  }
  tags = std::move(kept);
}

void check_attributes(core::Fields& fields, std::vector<ProductAttribute>& attributes,
                      std::string_view prefix) {
  const auto path = std::string{prefix} + "attributes";
  if (!fields.check(attributes.size() <= k_labels_max, path, "too_many", "at most 250 attributes"))
    return;
  std::set<std::string> names;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    auto& attribute = attributes[i];
    const auto at = [&](std::string_view member) { return core::path_at(path, i, member); };
    attribute.name = fields.text(at("name"), attribute.name, {.min = 1, .max = 60, .name = true});
    attribute.value =
        fields.text(at("value"), attribute.value, {.min = 1, .max = 200, .name = true});
    fields.check(names.insert(core::fold(attribute.name)).second, at("name"), "duplicate",
                 "an attribute of that name is there already");
    fields.check(fits(attribute.type, attribute.value), at("value"), "invalid",
                 "is not a value of its type");
  }
}

void check_product(core::Fields& fields, ProductInput& input, const Currency& currency,
                   std::string_view prefix) {
  const std::string at{prefix};
  input.title =
      fields.text(at + "title", input.title, {.min = 1, .max = title_bytes_max, .name = true});
  if (input.slug) input.slug = check_slug(fields, *input.slug, at + "slug");
  input.description = fields.text(at + "description", input.description,
                                  {.max = description_bytes_max, .multiline = true});
  input.brand = fields.text(at + "brand", input.brand, {.max = 100, .name = true});
  check_categories(fields, input.category_ids, at + "category_ids");
  fields.check(input.status >= ProductStatus::draft && input.status <= ProductStatus::archived,
               at + "status", "unknown", "is not a status");
  check_measure(fields, input.sold_by, at + "sold_by");
  fields.range(at + "minimum_age", input.minimum_age, 0, 120);
  fields.range(at + "tax_class_id", input.tax_class_id, 0);
  check_tags(fields, input.tags, prefix);
  check_attributes(fields, input.attributes, prefix);
  fields.check(input.images.size() <= k_images_max, at + "images", "too_many",
               "at most 250 images");
  for (std::size_t i = 0; i < input.images.size(); ++i) {
    check_image(fields, input.images[i], core::path_at(at + "images", i));
  }
  check_options(fields, input, at);
  check_variants(fields, input, currency, at);
  check_bundle(fields, input.bundle, at + "bundle");
}

}  // namespace shop::catalog
