#include "transfer/product_rows.hpp"

#include "core/money.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>

namespace shop::transfer {
namespace {

// The tag in quotes that a text begins with: as export_rows.cpp writes one with a comma. Nothing
// when the quotes are part of a tag, and not around it.
std::optional<std::string> take_quoted(std::string_view& text) {
  if (!text.starts_with('"')) return std::nullopt;
  std::string out;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '"') {
      out += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '"') {
      out += text[i++];
    } else {
      const auto rest = core::trim(text.substr(i + 1));
      if (!rest.empty() && rest.front() != ',') return std::nullopt;
      text = rest.substr(std::min<std::size_t>(1, rest.size()));
      return out;
    }
  }
  return std::nullopt;
}

std::vector<std::string> split_tags(std::string_view text) {
  std::vector<std::string> out;
  for (text = core::trim(text); !text.empty(); text = core::trim(text)) {
    if (auto quoted = take_quoted(text)) {
      out.push_back(std::move(*quoted));
      continue;
    }
    const auto at = std::min(text.find(','), text.size());
    const auto part = core::trim(text.substr(0, at));
    if (!part.empty()) out.emplace_back(part);
    text.remove_prefix(std::min(at + 1, text.size()));
  }
  return out;
}

std::optional<std::string> not_empty(std::string_view text) {
  text = core::trim(text);
  return text.empty() ? std::nullopt : std::optional{std::string{text}};
}

constexpr std::string_view k_option_names[3] = {"option1 name", "option2 name", "option3 name"};
constexpr std::string_view k_option_values[3] = {"option1 value", "option2 value", "option3 value"};

}  // namespace

ProductRows::ProductRows(CsvReader& reader, const Columns& columns, const Currency& currency,
                         Complain complain)
    : reader_(&reader), columns_(&columns), currency_(currency), complain_(std::move(complain)) {}

bool ProductRows::read() {
  if (waiting_) {
    waiting_ = false;
    return true;
  }
  if (!reader_->next(record_)) return false;
  ++counts_.rows;
  any_bad_ = false;
  for (std::size_t i = 0; i < record_.count; ++i) {
    counts_.latin1 = repair_encoding(record_.fields[i]) || counts_.latin1;
  }
  return true;
}

void ProductRows::bad(std::string_view column, std::string_view code, std::string_view reason) {
  if (!any_bad_) ++counts_.bad_rows;
  any_bad_ = true;
  std::string name{column};
  for (const auto& original : columns_->names()) {
    if (core::fold(original) == column) name = original;
  }
  complain_({record_.row, record_.line, std::move(name), std::string{code}, std::string{reason}});
}

// What is wrong with a record whatever it says.
bool ProductRows::sound() {
  const auto& names = columns_->names();
  if (record_.unclosed_quote) bad({}, "unclosed_quote", "the file ends inside quotes");
  if (record_.oversized > 0) {
    const auto at = record_.oversized - 1;
    bad(at < names.size() ? core::fold(names[at]) : std::string{}, "too_long",
        "a field has more than 1 MiB");
  }
  if (record_.count > names.size()) {
    bad({}, "too_many_fields", "the row has more fields than the header");
  }
  return !any_bad_;
}

bool ProductRows::money(std::string_view column, Money& out) {
  auto text = core::trim(get(column));
  if (text.empty()) {
    bad(column, "required", "is required");
    return false;
  }
  const auto minor = core::parse_amount(text, currency_);
  if (!minor) {
    bad(column, "invalid", "is not an amount of the shop's currency");
    return false;
  }
  out = {*minor, currency_};
  return true;
}

bool ProductRows::whole_number(std::string_view column, std::int64_t& out) {
  const auto text = core::trim(get(column));
  if (text.empty()) return true;
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, out);
  if (parsed.ec == std::errc{} && parsed.ptr == end) return true;
  bad(column, "invalid", "is not a whole number");
  return false;
}

// To the next gram, half a gram up.
bool ProductRows::grams(std::string_view column, std::int64_t& out) {
  const auto text = core::trim(get(column));
  const auto point = text.find('.');
  if (point == std::string_view::npos) return whole_number(column, out);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto fraction = text.substr(point + 1);
  const auto* end = text.data() + point;
  const auto parsed = std::from_chars(text.data(), end, out);
  if (parsed.ec != std::errc{} || parsed.ptr != end || text.front() == '-' || fraction.empty() ||
      !std::all_of(fraction.begin(), fraction.end(), is_digit)) {
    bad(column, "invalid", "is not a number");
    return false;
  }
  if (fraction.front() >= '5' && out < max_magnitude) ++out;
  return true;
}

Step ProductRows::next(RowProduct& out) {
  const bool shopify = columns_->format() == ProductFormat::shopify;
  return shopify ? next_shopify(out) : next_simple(out);
}

Step ProductRows::next_simple(RowProduct& out) {
  if (!read()) return Step::end;
  if (!sound()) return Step::bad;
  out = {};
  auto& input = out.input;
  auto& variant = input.simple;
  input.title = get("title");
  input.slug = not_empty(get("slug"));
  input.description = get("description");
  input.brand = get("brand");
  out.category = core::trim(get("category"));
  input.tags = split_tags(get("tags"));
  const auto status = core::trim(get("status"));
  if (status == "draft") {
    input.status = ProductStatus::draft;
  } else if (status == "archived") {
    input.status = ProductStatus::archived;
  } else if (!status.empty() && status != "active") {
    bad("status", "unknown", "is not draft, active or archived");
  }
  const auto policy = core::trim(get("policy"));
  if (policy == "backorder") {
    variant.policy = StockPolicy::backorder;
  } else if (policy == "preorder") {
    variant.policy = StockPolicy::preorder;
  } else if (!policy.empty() && policy != "deny") {
    bad("policy", "unknown", "is not deny, backorder or preorder");
  }
  money("price", variant.price);
  if (!core::trim(get("compare_at")).empty()) money("compare_at", variant.compare_at.emplace());
  grams("weight_grams", variant.weight_grams);
  whole_number("minimum_age", input.minimum_age);
  variant.sku = not_empty(get("sku"));
  variant.barcode = not_empty(get("barcode"));
  if (const auto image = not_empty(get("image"))) input.images.push_back({*image, {}, {}, {}});
  out.places.push_back({record_.row, record_.line});
  out.variant_records = out.image_records = {0};
  return any_bad_ ? Step::bad : Step::product;
}

// ---- Shopify ----------------------------------------------------------------------------------

bool ProductRows::shopify_head(RowProduct& out) {
  out = {};
  variant_images_.clear();
  auto& input = out.input;
  input.title = get("title");
  input.slug = std::string{core::trim(get("handle"))};
  input.description = get("body (html)");
  input.brand = get("vendor");
  out.category = core::trim(get("type"));
  input.tags = split_tags(get("tags"));
  const auto published = core::fold(core::trim(get("published")));
  const auto status = core::fold(core::trim(get("status")));
  if (status == "archived") {
    input.status = ProductStatus::archived;
  } else if (status == "draft" || published == "false") {
    input.status = ProductStatus::draft;
  }
  if (!status.empty() && status != "active" && status != "draft" && status != "archived") {
    bad("status", "unknown", "is not active, draft or archived");
  }
  for (const auto column : k_option_names) {
    const auto name = core::trim(get(column));
    if (!name.empty()) input.options.push_back({std::string{name}, {}});
  }
  if (input.title.empty()) bad("title", "required", "the first row of a product needs a title");
  if (input.slug->empty()) bad("handle", "required", "is required");
  return !any_bad_;
}

bool ProductRows::shopify_variant(RowProduct& out, VariantInput& variant, std::int64_t& stock) {
  auto& options = out.input.options;
  for (std::size_t i = 0; i < options.size(); ++i) {
    variant.option_values.emplace_back(core::trim(get(k_option_values[i])));
  }
  variant.sku = not_empty(get("variant sku"));
  variant.barcode = not_empty(get("variant barcode"));
  money("variant price", variant.price);
  if (!core::trim(get("variant compare at price")).empty()) {
    money("variant compare at price", variant.compare_at.emplace());
  }
  grams("variant grams", variant.weight_grams);
  whole_number("variant inventory qty", stock);
  if (core::trim(get("variant inventory policy")) == "continue") {
    variant.policy = StockPolicy::backorder;
  }
  return !any_bad_;
}

// A record adds a variant, a picture, or both.
void ProductRows::shopify_more(RowProduct& out) {
  auto& input = out.input;
  const auto record = out.places.size();
  const bool has_variant = record == 0 || !core::trim(get("variant price")).empty() ||
                           !core::trim(get("option1 value")).empty();
  VariantInput variant;
  std::int64_t stock = 0;
  if (has_variant && !shopify_variant(out, variant, stock)) return;
  out.places.push_back({record_.row, record_.line});
  auto& cells = out.cells.emplace_back();
  for (std::size_t i = 0; i < columns_->names().size(); ++i) {
    cells.emplace_back(record_.field(i));
  }
  if (const auto image = not_empty(get("image src"))) {
    input.images.push_back({*image, std::string{get("image alt text")}, {}, {}});
    out.image_records.push_back(record);
  }
  if (!has_variant) return;
  input.variants.push_back(std::move(variant));
  out.stock.push_back(stock);
  variant_images_.emplace_back(core::trim(get("variant image")));
  out.variant_records.push_back(record);
}

Step ProductRows::next_shopify(RowProduct& out) {
  if (!read()) return Step::end;
  if (!sound()) return Step::bad;
  const std::string handle{core::trim(get("handle"))};
  const bool good = shopify_head(out);
  if (good) shopify_more(out);
  const bool usable = !any_bad_;
  // Its further rows.
  while (read()) {
    if (handle.empty() || core::trim(get("handle")) != handle) {
      waiting_ = true;
      break;
    }
    if (!usable) {
      bad("handle", "first_row_bad", "the first row of its product is bad");
    } else if (sound()) {
      shopify_more(out);
    }
  }
  if (!usable) return Step::bad;
  auto& input = out.input;
  for (std::size_t i = 0; i < input.variants.size(); ++i) {
    for (std::size_t k = 0; k < input.images.size() && !variant_images_[i].empty(); ++k) {
      if (input.images[k].url == variant_images_[i]) {
        input.variants[i].image_position = static_cast<std::int64_t>(k + 1);
      }
    }
  }
  const bool only_default =
      input.variants.size() == 1 && input.options.size() == 1 &&
      core::fold(input.options.front().name) == "title" &&
      core::fold(input.variants.front().option_values.front()) == "default title";
  if (only_default) {
    input.simple = input.variants.front();
    input.simple.option_values.clear();
    input.variants.clear();
    input.options.clear();
  } else if (input.options.empty() && input.variants.size() == 1) {
    input.simple = input.variants.front();
    input.variants.clear();
  }
  return Step::product;
}

}  // namespace shop::transfer
