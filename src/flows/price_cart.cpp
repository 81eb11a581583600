#include "flows/price_cart.hpp"

#include "orders/orders.hpp"
#include "pricing/pricing.hpp"

namespace shop::flows {
namespace {

pricing::Situation situation(db::Tx& tx, const pricing::RuleSet& rules, const cart::Stored& cart,
                             const PriceOptions& options) {
  auto out = pricing::situation_of(tx, rules, cart.customer_id());
  out.country = cart.country;
  out.region = cart.region;
  out.shipping_method_id = cart.shipping_method_id;
  out.cash = options.cash;
  out.steps = options.steps;
  if (options.at) out.now = *options.at;
  if (rules.promotions.empty() && cart.coupons.empty()) return out;
  out.first_order = !orders::has_ordered(tx, cart.owner_id);
  pricing::add_coupons(tx, cart.coupons, cart.owner_id, out);
  pricing::add_uses(tx, rules, cart.owner_id, out);
  return out;
}

}  // namespace

PricedCart price_cart(db::Tx& tx, const cart::Stored& cart, const PriceOptions& options) {
  PricedCart out;
  out.rules = pricing::rules(tx);
  std::vector<pricing::Item> items;
  items.reserve(cart.lines.size());
  out.sales.reserve(cart.lines.size());
  std::vector<Id> wanted;
  wanted.reserve(cart.lines.size());
  for (const auto& line : cart.lines) wanted.push_back(line.variant_id);
  auto sales = catalog::sale_items(tx, wanted);
  for (std::size_t i = 0; i < cart.lines.size(); ++i) {
    const auto& line = cart.lines[i];
    auto& sale = sales[i];
    if (!sale || !sale->for_sale()) {
      if (sale && sale->withheld) out.withheld.push_back(i);
      out.withdrawn.push_back(i);
      continue;
    }
    auto& item = items.emplace_back(pricing::item_of(tx, *out.rules, *sale, line.quantity));
    if (line.manual_price) item.manual_minor = line.manual_price->minor;
    item.manual_discount_minor = line.manual_discount.minor;
    item.manual_reason = line.manual_reason;
    out.cart_lines.push_back(i);
    out.sales.push_back(std::move(*sale));
  }
  out.quote = pricing::quote(*out.rules, situation(tx, *out.rules, cart, options), items);
  return out;
}

}  // namespace shop::flows
