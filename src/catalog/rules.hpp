#pragma once

#include "core/fields.hpp"
#include "shop/product.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a product may be, without looking at the store.
namespace shop::catalog {

// Which further tables a product has rows in (product.parts).
inline constexpr std::int64_t part_description = 1;
inline constexpr std::int64_t part_labels = 2;
inline constexpr std::int64_t part_images = 4;
inline constexpr std::int64_t part_options = 8;
inline constexpr std::int64_t part_bundle = 16;
inline constexpr std::int64_t part_translations = 32;
inline constexpr std::int64_t part_more_categories = 64;
// No table: its seller may not sell at the moment, so nobody finds or buys it.
inline constexpr std::int64_t part_withheld = 128;

enum class FacetKind : std::int32_t { brand = 1, tag = 2, attribute = 3 };

/// Values of options in one column.
inline constexpr char option_separator = '\x1F';
std::string join_options(const std::vector<std::string>& values);
std::vector<std::string> split_options(std::string_view joined);
/// `Red / Small`; empty for a simple product.
std::string variant_title(std::string_view joined);

/// Checks and tidies an input in place: texts trimmed, currencies filled in, the variants of a
/// simple product made out of `simple`. Failures go to `fields`, their paths behind `prefix`.
void check_product(core::Fields& fields, ProductInput& input, const Currency& currency,
                   std::string_view prefix = {});
void check_tags(core::Fields& fields, std::vector<std::string>& tags, std::string_view prefix);
void check_attributes(core::Fields& fields, std::vector<ProductAttribute>& attributes,
                      std::string_view prefix);
/// A variant of a product with `option_count` options.
void check_variant(core::Fields& fields, VariantInput& variant, std::size_t option_count,
                   const Currency& currency, const std::string& path);
void check_categories(core::Fields& fields, const std::vector<Id>& ids, const std::string& path);
void check_measure(core::Fields& fields, SoldBy sold_by, const std::string& path);
/// The parts of a bundle, without looking whether they exist.
void check_bundle(core::Fields& fields, const std::vector<BundlePart>& parts,
                  const std::string& path);
void check_image(core::Fields& fields, ImageInput& image, const std::string& path);
void check_translation(core::Fields& fields, Translation& translation);
/// A language tag in the case that BCP 47 gives it, which is how tags are kept and compared:
/// `pt-BR`, `zh-Hant`.
std::string canonical_language(std::string_view tag);
/// Up to 20 tags, canonical.
std::vector<std::string> split_languages(std::string_view list);
/// The first of the wanted languages that is known, exactly or by its main part (`de-AT`: `de`).
const Translation* best_translation(const std::vector<Translation>& known,
                                    const std::vector<std::string>& languages);
std::string check_category_name(core::Fields& fields, std::string_view name, std::string_view path);
std::string check_slug(core::Fields& fields, std::string_view slug, std::string_view path);

inline constexpr std::size_t title_bytes_max = 300;
inline constexpr std::size_t description_bytes_max = 256 * 1024;

}  // namespace shop::catalog
