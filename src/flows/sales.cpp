#include "flows/sales.hpp"

#include "catalog/catalog.hpp"

namespace shop::flows {

void add_takes(db::Tx& tx, Id variant_id, std::int64_t quantity, std::size_t line,
               std::vector<inventory::Take>& takes) {
  const auto sale = catalog::sale_item(tx, variant_id);
  if (!sale) return;  // erased since: there is no stock to be put back to
  if (!sale->is_bundle) {
    takes.push_back({variant_id, quantity, line, sale->policy != StockPolicy::deny});
    return;
  }
  for (const auto& part : catalog::bundle_parts(tx, sale->product_id)) {
    const auto of_part = catalog::sale_item(tx, part.variant_id);
    if (!of_part) continue;
    takes.push_back(
        {part.variant_id, quantity * part.quantity, line, of_part->policy != StockPolicy::deny});
  }
}

void count_order(db::Tx& tx, const Order& order, reports::SaleKind kind) {
  std::vector<reports::SaleLine> lines;
  lines.reserve(order.lines.size());
  for (const auto& line : order.lines) {
    lines.push_back({line.variant_id, line.product_id, line.category_id, line.seller_id,
                     line.by_measure ? 1 : line.quantity, line.total.minor});
  }
  reports::SaleRecord sale;
  sale.kind = kind;
  sale.at = order.placed_at;
  sale.order_id = order.id;
  sale.customer_id = order.customer_id.value_or(0);
  sale.country = order.country;
  sale.region = order.region;
  sale.discount_minor = order.discount.minor;
  sale.tax_minor = order.tax.minor;
  sale.shipping_minor = order.shipping_total.minor;
  sale.lines = lines;
  reports::record_sale(tx, sale);
}

void count_return(db::Tx& tx, const OrderReturn& order_return,
                  const std::vector<reports::SaleLine>& lines) {
  reports::SaleRecord sale;
  sale.kind = reports::SaleKind::returned;
  sale.at = order_return.at;
  sale.order_id = order_return.order_id.value_or(0);
  sale.customer_id = order_return.customer_id.value_or(0);
  sale.country = order_return.country;
  sale.region = order_return.region;
  sale.lines = lines;
  reports::record_sale(tx, sale);
}

}  // namespace shop::flows
