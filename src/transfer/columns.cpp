#include "core/text.hpp"
#include "shop/error.hpp"
#include "transfer/product_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace shop::transfer {
namespace {

constexpr std::array<const char*, 48> k_shopify{"Handle",
                                                "Title",
                                                "Body (HTML)",
                                                "Vendor",
                                                "Type",
                                                "Tags",
                                                "Published",
                                                "Option1 Name",
                                                "Option1 Value",
                                                "Option2 Name",
                                                "Option2 Value",
                                                "Option3 Name",
                                                "Option3 Value",
                                                "Variant SKU",
                                                "Variant Grams",
                                                "Variant Inventory Tracker",
                                                "Variant Inventory Qty",
                                                "Variant Inventory Policy",
                                                "Variant Fulfillment Service",
                                                "Variant Price",
                                                "Variant Compare At Price",
                                                "Variant Requires Shipping",
                                                "Variant Taxable",
                                                "Variant Barcode",
                                                "Image Src",
                                                "Image Position",
                                                "Image Alt Text",
                                                "Gift Card",
                                                "SEO Title",
                                                "SEO Description",
                                                "Google Shopping / Google Product Category",
                                                "Google Shopping / Gender",
                                                "Google Shopping / Age Group",
                                                "Google Shopping / MPN",
                                                "Google Shopping / AdWords Grouping",
                                                "Google Shopping / AdWords Labels",
                                                "Google Shopping / Condition",
                                                "Google Shopping / Custom Product",
                                                "Google Shopping / Custom Label 0",
                                                "Google Shopping / Custom Label 1",
                                                "Google Shopping / Custom Label 2",
                                                "Google Shopping / Custom Label 3",
                                                "Google Shopping / Custom Label 4",
                                                "Variant Image",
                                                "Variant Weight Unit",
                                                "Variant Tax Code",
                                                "Cost per item",
                                                "Status"};
constexpr std::array<const char*, 15> k_simple{
    "title",       "price",        "compare_at",  "sku",    "barcode",
    "description", "brand",        "category",    "tags",   "status",
    "slug",        "weight_grams", "minimum_age", "policy", "image"};

[[noreturn]] void refuse(std::string_view column, const char* code, std::string message) {
  throw Error(Code::validation, message, {{std::string{column}, code, message, {}}});
}

template <std::size_t N>
bool is_one_of(const std::array<const char*, N>& names, std::string_view folded) {
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return core::fold(name) == folded; });
}

}  // namespace

std::vector<std::string> shopify_columns() {
  return {k_shopify.begin(), k_shopify.end()};
}

std::vector<std::string> simple_columns() {
  return {k_simple.begin(), k_simple.end()};
}

Columns::Columns(const Record& header, ProductFormat wanted) : format_(wanted) {
  for (std::size_t i = 0; i < header.count; ++i) {
    auto name = header.fields[i];
    repair_encoding(name);
    names_.push_back(name);
    const auto folded = core::fold(core::trim(name));
    if (folded.empty()) continue;
    if (!at_.emplace(folded, i).second) {
      refuse(name, "duplicate", fmt::format("the column “{}” is there twice", name));
    }
  }
  if (format_ == ProductFormat::automatic) {
    format_ = at_.contains("handle") ? ProductFormat::shopify : ProductFormat::simple;
  }
  const bool shopify = format_ == ProductFormat::shopify;
  using Names = std::vector<const char*>;
  for (const char* needed :
       shopify ? Names{"Handle", "Title", "Variant Price"} : Names{"title", "price"}) {
    if (!at_.contains(core::fold(needed))) {
      refuse(needed, "required", fmt::format("the column “{}” is missing", needed));
    }
  }
  for (const auto& [folded, at] : at_) {
    if (shopify ? !is_one_of(k_shopify, folded) : !is_one_of(k_simple, folded)) {
      unknown_.push_back(names_[at]);
    }
  }
}

std::string_view Columns::get(const Record& record, std::string_view column) const {
  const auto found = at_.find(column);
  return found == at_.end() ? std::string_view{} : record.field(found->second);
}

Blame blame(const RowProduct& product, std::string_view path, ProductFormat format) {
  Blame out;
  const bool shopify = format == ProductFormat::shopify;
  const auto bracket = path.find('[');
  std::string_view head = path.substr(0, std::min(path.find_first_of(".["), path.size()));
  auto member = path.substr(std::min(path.rfind('.') + 1, path.size()));
  if (bracket != std::string_view::npos) {
    std::size_t index = 0;
    std::from_chars(path.data() + bracket + 1, path.data() + path.size(), index);
    const auto& records = head == "images" ? product.image_records : product.variant_records;
    if ((head == "variants" || head == "images") && index < records.size()) {
      out.record = records[index];
    }
  }
  if (!shopify) {
    const bool inner = head == "variants" || head == "simple";
    out.column = std::string{inner ? member : head == "images" ? "image" : head};
    return out;
  }
  static const std::map<std::string_view, std::string_view> names{
      {"title", "Title"},
      {"slug", "Handle"},
      {"description", "Body (HTML)"},
      {"brand", "Vendor"},
      {"category", "Type"},
      {"tags", "Tags"},
      {"images", "Image Src"},
      {"options", "Option1 Name"},
      {"option_values", "Option1 Value"},
      {"sku", "Variant SKU"},
      {"barcode", "Variant Barcode"},
      {"price", "Variant Price"},
      {"compare_at", "Variant Compare At Price"},
      {"weight_grams", "Variant Grams"},
      {"variants", "Option1 Value"}};
  auto found = names.find(head == "variants" || head == "simple" ? member : head);
  if (found == names.end()) found = names.find(head);
  if (found != names.end()) out.column = found->second;
  return out;
}

}  // namespace shop::transfer
