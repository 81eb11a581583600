#include "core/money.hpp"
#include "transfer/product_rows.hpp"

#include <algorithm>

namespace shop::transfer {
namespace {

// A tag with a comma stands in quotes, so that it stays one.
std::string joined(const std::vector<std::string>& tags) {
  std::string out;
  for (const auto& tag : tags) {
    if (&tag != tags.data()) out += ", ";
    if (tag.find(',') == std::string::npos && !tag.starts_with('"')) {
      out += tag;
      continue;
    }
    out += '"';
    for (const char c : tag) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  return out;
}

constexpr const char* k_status[] = {"", "draft", "active", "archived"};

void put(Cells& cells, std::string_view column, std::string value) {
  if (!value.empty()) cells.emplace(column, std::move(value));
}

void put_variant(Cells& cells, const Product& product, const Variant& variant) {
  static constexpr std::string_view k_values[3] = {"Option1 Value", "Option2 Value",
                                                   "Option3 Value"};
  for (std::size_t i = 0; i < variant.option_values.size() && i < 3; ++i) {
    put(cells, k_values[i], variant.option_values[i]);
  }
  if (variant.option_values.empty()) put(cells, "Option1 Value", "Default Title");
  put(cells, "Variant SKU", variant.sku.value_or(""));
  put(cells, "Variant Grams", std::to_string(variant.weight_grams));
  put(cells, "Variant Inventory Policy", variant.policy == StockPolicy::deny ? "deny" : "continue");
  put(cells, "Variant Fulfillment Service", "manual");
  put(cells, "Variant Price", core::format_amount(variant.price));
  if (variant.compare_at) {
    put(cells, "Variant Compare At Price", core::format_amount(*variant.compare_at));
  }
  put(cells, "Variant Requires Shipping", "true");
  put(cells, "Variant Taxable", "true");
  put(cells, "Variant Barcode", variant.barcode.value_or(""));
  for (const auto& image : product.images) {
    if (image.position == variant.image_position) put(cells, "Variant Image", image.url);
  }
}

}  // namespace

bool ColumnOrder::operator()(std::string_view a, std::string_view b) const {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char x, char y) { return lower(x) < lower(y); });
}

std::vector<Cells> shopify_rows(const Product& product, const std::string& category,
                                std::span<const std::int64_t> stock) {
  static constexpr std::string_view k_names[3] = {"Option1 Name", "Option2 Name", "Option3 Name"};
  std::vector<Cells> rows(std::max(product.variants.size(), product.images.size()));
  if (rows.empty()) return rows;
  for (auto& cells : rows) put(cells, "Handle", product.slug);
  auto& head = rows.front();
  put(head, "Title", product.title);
  put(head, "Body (HTML)", product.description);
  put(head, "Vendor", product.brand);
  put(head, "Type", category);
  put(head, "Tags", joined(product.tags));
  put(head, "Status", k_status[static_cast<int>(product.status)]);
  put(head, "Published", product.status == ProductStatus::active ? "true" : "false");
  put(head, "Gift Card", "false");
  for (std::size_t i = 0; i < product.options.size() && i < 3; ++i) {
    put(head, k_names[i], product.options[i].name);
  }
  if (product.options.empty()) put(head, "Option1 Name", "Title");
  for (std::size_t i = 0; i < product.variants.size(); ++i) {
    put_variant(rows[i], product, product.variants[i]);
    if (i < stock.size()) put(rows[i], "Variant Inventory Qty", std::to_string(stock[i]));
  }
  for (std::size_t i = 0; i < product.images.size(); ++i) {
    put(rows[i], "Image Src", product.images[i].url);
    put(rows[i], "Image Position", std::to_string(product.images[i].position));
    put(rows[i], "Image Alt Text", product.images[i].alt);
  }
  return rows;
}

Cells simple_row(const Product& product, const std::string& category) {
  Cells cells;
  const auto& variant = product.variants.front();
  put(cells, "title", product.title);
  put(cells, "price", core::format_amount(variant.price));
  if (variant.compare_at) put(cells, "compare_at", core::format_amount(*variant.compare_at));
  put(cells, "sku", variant.sku.value_or(""));
  put(cells, "barcode", variant.barcode.value_or(""));
  put(cells, "description", product.description);
  put(cells, "brand", product.brand);
  put(cells, "category", category);
  put(cells, "tags", joined(product.tags));
  put(cells, "status", k_status[static_cast<int>(product.status)]);
  put(cells, "slug", product.slug);
  if (variant.weight_grams != 0) put(cells, "weight_grams", std::to_string(variant.weight_grams));
  if (product.minimum_age != 0) put(cells, "minimum_age", std::to_string(product.minimum_age));
  static constexpr const char* k_policy[] = {"", "", "backorder", "preorder"};
  put(cells, "policy", k_policy[static_cast<int>(variant.policy)]);
  if (!product.images.empty()) put(cells, "image", product.images.front().url);
  return cells;
}

}  // namespace shop::transfer
