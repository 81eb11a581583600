#include "core/money.hpp"
#include "core/time.hpp"
#include "orders/documents.hpp"
#include "orders/labels.hpp"
#include "pricing/pricing.hpp"

#include <fmt/format.h>

namespace shop::orders {
namespace {

constexpr std::size_t k_width = 42;

// Columns count characters, not bytes; a name that is too long is cut at a character.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return width;
}

std::string cut(std::string_view text, std::size_t width) {
  std::size_t seen = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const bool starts = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (starts && seen == width) break;
    if (starts) ++seen;
    ++end;
  }
  return std::string{text.substr(0, end)};
}

std::string row(std::string_view left, std::string_view right) {
  const auto right_width = width_of(right);
  const auto room = k_width > right_width + 1 ? k_width - right_width - 1 : 0;
  const auto name = cut(left, right.empty() ? k_width : room);
  if (right.empty()) return name + "\n";
  return name + std::string(k_width - width_of(name) - right_width, ' ') + std::string{right} +
         "\n";
}

std::string centered(std::string_view text) {
  const auto shown = cut(text, k_width);
  return std::string((k_width - width_of(shown)) / 2, ' ') + shown + "\n";
}

std::string rule(char c) {
  return std::string(k_width, c) + "\n";
}

std::string lines_text(const Order& order) {
  std::string out;
  for (const auto& line : order.lines) {
    out += row(title_of(line), core::format_amount(line.subtotal));
    if (line.quantity != 1 || line.by_measure) {
      out += row(fmt::format("  {} × {}", quantity_of(line), core::format_amount(line.unit_price)),
                 {});
    }
    for (const auto& adjustment : order.adjustments) {
      if (adjustment.line_no != line.line_no) continue;
      out += row("  " + label_of(adjustment), core::format_amount(adjustment.amount));
    }
  }
  return out;
}

std::string delivery_text(const Order& order) {
  if (!order.shipping_method_id) return {};
  auto out = row(order.shipping_name, core::format_amount(order.shipping));
  for (const auto& adjustment : order.adjustments) {
    if (adjustment.line_no || adjustment.amount.minor == 0) continue;
    out += row("  " + label_of(adjustment), core::format_amount(adjustment.amount));
  }
  return out;
}

std::string taxes_text(const Order& order) {
  std::string out;
  for (const auto& tax : order.taxes) {
    const auto what = fmt::format("{}{}", order.tax_included ? "incl. " : "",
                                  pricing::tax_label(tax.name, tax.rate_ppm));
    out += row(what, core::format_amount(tax.amount));
  }
  return out;
}

std::string payments_text(const Order& order) {
  std::string out;
  for (const auto& payment : order.payments) {
    if (payment.voided && payment.captured.minor == 0) continue;
    const bool cash = payment.tendered.minor != 0;
    out += row(label_of(payment.tender),
               core::format_amount(cash ? payment.tendered : payment.authorized));
    if (payment.change.minor != 0) out += row("Change", core::format_amount(payment.change));
    if (payment.refunded.minor != 0) {
      out += row("Given back",
                 core::format_amount({-payment.refunded.minor, payment.refunded.currency}));
    }
  }
  return out;
}

}  // namespace

std::string receipt_text(const Order& order, int utc_offset_minutes) {
  std::string out = centered(order.number);
  out += centered(local_time(order.placed_at, utc_offset_minutes));
  if (order.status == OrderStatus::canceled) out += centered("*** CANCELED ***");
  out += rule('=') + lines_text(order) + delivery_text(order);
  if (!order.tax_included) out += taxes_text(order);
  if (order.cash_rounding.minor != 0) {
    out += row("Rounding", core::format_amount(order.cash_rounding));
  }
  out += rule('-');
  out +=
      row(fmt::format("TOTAL {}", order.total.currency.view()), core::format_amount(order.total));
  if (order.tax_included) out += taxes_text(order);
  out += rule('-') + payments_text(order);
  return out;
}

}  // namespace shop::orders
