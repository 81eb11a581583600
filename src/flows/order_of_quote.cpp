#include "flows/place_order.hpp"

namespace shop::flows {

OrderLine order_line(QuoteLine& from) {
  OrderLine line;
  line.variant_id = from.variant_id;
  line.product_id = from.product_id;
  line.seller_id = from.seller_id;
  line.category_id = from.category_id;
  line.sku = std::move(from.sku);
  line.title = std::move(from.title);
  line.variant_title = std::move(from.variant_title);
  line.quantity = from.quantity;
  line.by_measure = from.by_measure;
  line.list_price = from.list_price;
  line.unit_price = from.unit_price;
  line.price_source = from.price_source;
  line.price_source_id = from.price_source_id;
  line.price_name = std::move(from.price_name);
  line.subtotal = from.subtotal;
  line.discount = from.discount;
  line.tax = from.tax;
  line.total = from.total;
  line.refunded.currency = from.total.currency;
  return line;
}

void copy_quote(const Quote& quote, Order& order, std::span<const std::int64_t> line_nos) {
  order.tax_included = quote.tax_included;
  order.units = quote.units;
  order.subtotal = quote.subtotal;
  order.discount = quote.discount;
  order.shipping_method_id = quote.shipping_method_id;
  order.shipping_name = quote.shipping_name;
  order.shipping = quote.shipping;
  order.shipping_discount = quote.shipping_discount;
  order.shipping_tax = quote.shipping_tax;
  order.shipping_total = quote.shipping_total;
  order.tax = quote.tax;
  order.cash_rounding = quote.cash_rounding;
  order.total = quote.total;
  order.edit_refunded.currency = quote.total.currency;
  order.points = quote.points;
  for (const auto& a : quote.adjustments) {
    std::optional<std::int64_t> line_no;
    if (a.line) {
      const auto at = static_cast<std::size_t>(*a.line);
      line_no = line_nos.empty() ? *a.line + 1 : line_nos[at];
    }
    order.adjustments.push_back({a.kind, a.source_id, a.name, a.code, line_no, a.amount});
  }
  for (const auto& t : quote.taxes) {
    order.taxes.push_back({t.name, t.rate_ppm, t.base, t.amount});
  }
}

}  // namespace shop::flows
