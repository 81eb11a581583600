#include "core/money.hpp"
#include "orders/documents.hpp"
#include "orders/labels.hpp"
#include "pricing/pricing.hpp"

#include <fmt/format.h>

namespace shop::orders {
namespace {

constexpr std::string_view k_style = R"(
  :root { color-scheme: light; }
  body { font: 15px/1.5 system-ui, sans-serif; color: #1c1c1c; max-width: 46rem;
         margin: 3rem auto; padding: 0 1.5rem; }
  header { display: flex; justify-content: space-between; align-items: flex-start;
           margin-bottom: 2rem; }
  h1 { font-size: 1.6rem; margin: 0; }
  .quiet { color: #666; font-size: .9em; }
  address { font-style: normal; text-align: right; }
  table { width: 100%; border-collapse: collapse; }
  th { text-align: left; font-weight: 600; border-bottom: 2px solid #1c1c1c; padding: .4rem 0; }
  td { padding: .4rem 0; border-top: 1px solid #e4e4e4; vertical-align: top; }
  .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  th.n, td.n { padding-left: 1rem; }
  .off td { border: 0; padding-top: 0; color: #7a3b00; }
  tfoot td { border: 0; }
  tfoot tr.total td { font-size: 1.2rem; font-weight: 700; border-top: 2px solid #1c1c1c; }
  .stamp { color: #a40000; border: 2px solid; padding: .1rem .6rem; font-weight: 700; }
  @media print {
    @page { size: A4; margin: 18mm; }
    body { margin: 0; padding: 0; max-width: none; font-size: 11pt; }
    tr { break-inside: avoid; }
    thead { display: table-header-group; }
  }
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string amount(const Money& money) {
  return core::format_amount(money);
}

std::string address_html(const Order& order) {
  if (!order.address) return escaped(order.country);
  const auto& a = *order.address;
  std::string out;
  const auto add = [&](const std::string& line) {
    if (line.empty()) return;
    if (!out.empty()) out += "<br>";
    out += escaped(line);
  };
  add(a.name);
  add(a.company);
  add(a.line1);
  add(a.line2);
  add(a.postal_code.empty() ? a.city : a.postal_code + " " + a.city);
  add(a.region);
  add(a.country);
  return out;
}

std::string discounts_html(const Order& order, std::optional<std::int64_t> line_no) {
  std::string out;
  for (const auto& adjustment : order.adjustments) {
    if (adjustment.line_no != line_no || adjustment.amount.minor == 0) continue;
    out += fmt::format("<tr class=\"off\"><td colspan=\"3\">{}</td><td class=\"n\">{}</td></tr>\n",
                       escaped(label_of(adjustment)), amount(adjustment.amount));
  }
  return out;
}

std::string lines_html(const Order& order) {
  std::string out;
  for (const auto& line : order.lines) {
    const auto sku = line.sku.empty()
                         ? std::string{}
                         : fmt::format("<br><span class=\"quiet\">{}</span>", escaped(line.sku));
    out += fmt::format(
        "<tr><td>{}{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>"
        "</tr>\n",
        escaped(title_of(line)), sku, quantity_of(line), amount(line.unit_price),
        amount(line.subtotal));
    out += discounts_html(order, line.line_no);
  }
  if (order.shipping_method_id) {
    out += fmt::format("<tr><td colspan=\"3\">{}</td><td class=\"n\">{}</td></tr>\n",
                       escaped(order.shipping_name), amount(order.shipping));
    out += discounts_html(order, std::nullopt);
  }
  return out;
}

std::string foot_row(std::string_view label, const Money& money, std::string_view css = {}) {
  return fmt::format("<tr class=\"{}\"><td colspan=\"3\">{}</td><td class=\"n\">{}</td></tr>\n",
                     css, escaped(label), amount(money));
}

std::string taxes_html(const Order& order) {
  std::string out;
  for (const auto& tax : order.taxes) {
    out += foot_row(fmt::format("{}{} on {}", order.tax_included ? "including " : "",
                                pricing::tax_label(tax.name, tax.rate_ppm), amount(tax.base)),
                    tax.amount, "quiet");
  }
  return out;
}

std::string totals_html(const Order& order) {
  std::string out;
  if (!order.tax_included) out += taxes_html(order);
  if (order.cash_rounding.minor != 0) out += foot_row("Rounding", order.cash_rounding);
  out += foot_row(fmt::format("Total {}", order.total.currency.view()), order.total, "total");
  if (order.tax_included) out += taxes_html(order);
  for (const auto& payment : order.payments) {
    if (payment.captured.minor == 0) continue;
    out += foot_row("Paid: " + label_of(payment.tender), payment.captured, "quiet");
  }
  const auto back = order.refunded.minor + order.edit_refunded.minor;
  if (back != 0) out += foot_row("Given back", {back, order.total.currency}, "quiet");
  const auto due = order.status == OrderStatus::canceled
                       ? 0
                       : std::max<std::int64_t>(0, order.total.minor - order.paid.minor);
  if (due != 0) out += foot_row("Still to be paid", {due, order.total.currency});
  return out;
}

}  // namespace

std::string invoice_html(const Order& order, int utc_offset_minutes) {
  const bool canceled = order.status == OrderStatus::canceled;
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<title>Invoice {0}</title><style>{1}</style></head>\n<body>\n"
      "<header><div><h1>Invoice</h1>{0}<br><span class=\"quiet\">{2}</span>{3}</div>"
      "<address>{4}</address></header>\n"
      "<table><thead><tr><th>Item</th><th class=\"n\">Quantity</th><th class=\"n\">Price</th>"
      "<th "
      "class=\"n\">Amount</th></tr></thead>\n<tbody>\n{5}</tbody>\n<tfoot>\n{6}</tfoot></table>\n"
      "</body></html>\n",
      escaped(order.number), k_style, local_time(order.placed_at, utc_offset_minutes),
      canceled ? "<br><span class=\"stamp\">CANCELED</span>" : "", address_html(order),
      lines_html(order), totals_html(order));
}

}  // namespace shop::orders
