#include "pricing/pricing.hpp"
#include "pricing/working.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shop::pricing {
namespace {

std::string_view price_kind(PriceSource source) {
  switch (source) {
    case PriceSource::list:
      return "list_price";
    case PriceSource::price_list:
      return "price_list";
    case PriceSource::scheduled:
      return "scheduled_price";
    case PriceSource::flash:
      return "flash_price";
    case PriceSource::manual:
      return "manual_price";
  }
  return {};
}

std::string_view adjustment_kind(AdjustmentKind kind) {
  switch (kind) {
    case AdjustmentKind::promotion:
      return "promotion";
    case AdjustmentKind::coupon:
      return "coupon";
    case AdjustmentKind::manual_discount:
      return "manual_discount";
    case AdjustmentKind::tax_exemption:
      return "tax_exemption";
    case AdjustmentKind::free_shipping:
      return "free_shipping";
  }
  return {};
}

std::string line_name(const QuoteLine& line) {
  return line.variant_title.empty() ? line.title
                                    : fmt::format("{} ({})", line.title, line.variant_title);
}

std::string quantity_text(const QuoteLine& line) {
  if (!line.by_measure) return std::to_string(line.quantity);
  return fmt::format("{}.{:03}", line.quantity / 1000, line.quantity % 1000);
}

/// Collects steps and keeps the amount that they lead to.
class Steps {
 public:
  explicit Steps(const Quote& quote) : quote_(quote) {}

  void set(std::string_view kind, std::optional<std::int64_t> line, std::string label,
           const Money& amount) {
    running_ = amount.minor;
    push(kind, line, 0, std::move(label), amount);
  }
  void change(std::string_view kind, std::optional<std::int64_t> line, Id source, std::string label,
              const Money& amount) {
    running_ += amount.minor;
    push(kind, line, source, std::move(label), amount);
  }
  std::vector<QuoteStep> take() { return std::move(steps_); }

 private:
  void push(std::string_view kind, std::optional<std::int64_t> line, Id source, std::string label,
            const Money& amount) {
    steps_.push_back({std::string{kind}, line, source, std::move(label), amount,
                      Money{running_, quote_.currency}});
  }

  const Quote& quote_;
  std::vector<QuoteStep> steps_;
  std::int64_t running_ = 0;
};

void derive_line(Steps& steps, const Quote& quote, std::size_t index) {
  const auto& line = quote.lines[index];
  const auto at = static_cast<std::int64_t>(index);
  steps.set("list_price", at, line_name(line), line.list_price);
  if (line.price_source != PriceSource::list) {
    steps.set(price_kind(line.price_source), at, line.price_name, line.unit_price);
  }
  steps.set("quantity", at, "× " + quantity_text(line), line.subtotal);
  for (const auto& adjustment : quote.adjustments) {
    if (adjustment.line != at) continue;
    const auto label = adjustment.code.empty()
                           ? adjustment.name
                           : fmt::format("{} (code {})", adjustment.name, adjustment.code);
    steps.change(adjustment_kind(adjustment.kind), at, adjustment.source_id, label,
                 adjustment.amount);
  }
  if (line.tax.minor != 0 && !quote.tax_included) {
    steps.change("tax", at, 0, "tax", line.tax);
  } else if (line.tax.minor != 0) {
    steps.change("tax_included", at, 0, "of which tax", {0, quote.currency});
  }
  steps.set("line_total", at, line_name(line), line.total);
}

void derive_delivery(Steps& steps, const Quote& quote) {
  if (!quote.shipping_method_id) return;
  steps.set("shipping", std::nullopt, quote.shipping_name, quote.shipping);
  for (const auto& adjustment : quote.adjustments) {
    if (adjustment.line || adjustment.amount.minor == 0) continue;
    steps.change(adjustment_kind(adjustment.kind), std::nullopt, adjustment.source_id,
                 adjustment.name, adjustment.amount);
  }
  if (!quote.tax_included && quote.shipping_tax.minor != 0) {
    steps.change("tax", std::nullopt, 0, "tax on the delivery", quote.shipping_tax);
  }
  steps.set("shipping_total", std::nullopt, quote.shipping_name, quote.shipping_total);
}

}  // namespace

std::vector<QuoteStep> derive_steps(const Quote& quote) {
  Steps steps{quote};
  for (std::size_t i = 0; i < quote.lines.size(); ++i) derive_line(steps, quote, i);
  derive_delivery(steps, quote);
  std::int64_t goods = 0;
  for (const auto& line : quote.lines) goods += line.total.minor;
  steps.set("goods", std::nullopt, "goods", {goods, quote.currency});
  if (quote.shipping_method_id) {
    steps.change("delivery", std::nullopt, *quote.shipping_method_id, quote.shipping_name,
                 quote.shipping_total);
  }
  if (quote.cash_rounding.minor != 0) {
    steps.change("cash_rounding", std::nullopt, 0, "rounded to the smallest coin",
                 quote.cash_rounding);
  }
  steps.set("total", std::nullopt, "total", quote.total);
  for (const auto& tax : quote.taxes) {
    steps.set("tax_total", std::nullopt,
              fmt::format("{}{} on {}", quote.tax_included ? "of which " : "",
                          tax_label(tax.name, tax.rate_ppm), core::format_amount(tax.base)),
              tax.amount);
  }
  return steps.take();
}

std::string tax_label(const std::string& name, std::int64_t rate_ppm) {
  auto rate = fmt::format("{}.{:04}", rate_ppm / 10'000, rate_ppm % 10'000);
  while (rate.back() == '0') rate.pop_back();
  if (rate.back() == '.') rate.pop_back();
  const auto padded = " " + name;
  const bool said = padded.find(" " + rate + " %") != std::string::npos ||
                    padded.find(" " + rate + "%") != std::string::npos;
  return said ? name : fmt::format("{} {} %", name, rate);
}

namespace {

constexpr int k_width = 64;

std::string row(std::string_view label, const std::string& amount) {
  return fmt::format("{:<{}}{:>12}\n", label, k_width - 12, amount);
}

std::string signed_amount(const Money& money) {
  return core::format_amount(money);
}

std::string price_reason(const QuoteLine& line) {
  switch (line.price_source) {
    case PriceSource::list:
      return {};
    case PriceSource::price_list:
      return fmt::format("price list “{}”", line.price_name);
    case PriceSource::scheduled:
      return fmt::format("offer “{}”", line.price_name);
    case PriceSource::flash:
      return fmt::format("flash sale “{}”", line.price_name);
    case PriceSource::manual:
      return fmt::format("price set by hand: {}", line.price_name);
  }
  return {};
}

std::string adjustment_text(const QuoteAdjustment& adjustment) {
  switch (adjustment.kind) {
    case AdjustmentKind::coupon:
      return fmt::format("{} (code {})", adjustment.name, adjustment.code);
    case AdjustmentKind::tax_exemption:
      return "tax exemption";
    default:
      return adjustment.name;
  }
}

std::string line_text(const Quote& quote, std::size_t index) {
  const auto& line = quote.lines[index];
  const std::string_view per = line.by_measure ? "for 1" : "each";
  auto out = row(fmt::format("{} × {}", quantity_text(line), line_name(line)),
                 signed_amount(line.subtotal));
  if (line.unit_price != line.list_price) {
    out += fmt::format("    {} {} instead of {}: {}\n", core::format_amount(line.unit_price), per,
                       core::format_amount(line.list_price), price_reason(line));
  } else if (line.quantity != 1) {
    out += fmt::format("    {} {}\n", core::format_amount(line.unit_price), per);
  }
  if (line.lowest_30d) {
    out += fmt::format("    lowest price of the last 30 days: {}\n",
                       core::format_amount(*line.lowest_30d));
  }
  for (const auto& adjustment : quote.adjustments) {
    if (adjustment.line == static_cast<std::int64_t>(index)) {
      out += row("    " + adjustment_text(adjustment), signed_amount(adjustment.amount));
    }
  }
  return out;
}

std::string delivery_text(const Quote& quote) {
  if (!quote.shipping_method_id) return {};
  auto out = row(quote.shipping_name, signed_amount(quote.shipping));
  for (const auto& adjustment : quote.adjustments) {
    if (!adjustment.line && adjustment.amount.minor != 0) {
      out += row("    " + adjustment_text(adjustment), signed_amount(adjustment.amount));
    }
  }
  return out;
}

std::string taxes_text(const Quote& quote) {
  std::string out;
  for (const auto& tax : quote.taxes) {
    out += row(fmt::format("{}{} on {}", quote.tax_included ? "  of which " : "",
                           tax_label(tax.name, tax.rate_ppm), core::format_amount(tax.base)),
               signed_amount(tax.amount));
  }
  return out;
}

}  // namespace

std::string explain_text(const Quote& quote) {
  std::string out;
  for (std::size_t i = 0; i < quote.lines.size(); ++i) out += line_text(quote, i);
  out += delivery_text(quote);
  if (!quote.tax_included) out += taxes_text(quote);
  if (quote.cash_rounding.minor != 0) {
    out += row("rounded to the smallest coin", signed_amount(quote.cash_rounding));
  }
  out += row(fmt::format("Total {}", quote.currency.view()), signed_amount(quote.total));
  if (quote.tax_included) out += taxes_text(quote);
  if (quote.points != 0) out += fmt::format("{} bonus points\n", quote.points);
  if (!quote.rejections.empty()) out += "\nNot applied:\n";
  for (const auto& rejection : quote.rejections) {
    const auto name = rejection.code.empty() || rejection.code == rejection.name
                          ? rejection.name
                          : fmt::format("{} (code {})", rejection.name, rejection.code);
    out += fmt::format("  {}: {}\n", name, rejection.message);
  }
  return out;
}

}  // namespace shop::pricing
