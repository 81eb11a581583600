#include "pricing/working.hpp"

#include <algorithm>

namespace shop::pricing {
namespace {

bool place_fits(const std::string& country, const std::string& region, const Situation& who) {
  return (country.empty() || country == who.country) && (region.empty() || region == who.region);
}

std::int64_t weight_of(const Working& w) {
  std::int64_t grams = 0;
  for (const auto& item : w.items) {
    if (!item.shippable) continue;
    grams = core::add(grams, line_amount(item.weight_grams, item.facts.quantity,
                                         item.facts.by_measure, core::Rounding::up));
  }
  return grams;
}

}  // namespace

const ShippingMethod* chosen_method(const Working& w) {
  if (!w.who.shipping_method_id) return nullptr;
  const bool anything =
      std::any_of(w.items.begin(), w.items.end(), [](const Item& item) { return item.shippable; });
  if (!anything) return nullptr;
  for (const auto& method : w.rules.shipping_methods) {
    if (method.id == *w.who.shipping_method_id && method.active) return &method;
  }
  return nullptr;
}

std::optional<std::int64_t> shipping_price(const Working& w, const ShippingMethod& method,
                                           std::int64_t goods_minor) {
  if (method.pickup) return 0;
  const auto grams = weight_of(w);
  for (const auto& band : method.bands) {
    if (!place_fits(band.country, band.region, w.who)) continue;
    if (band.max_weight_grams && grams > *band.max_weight_grams) continue;
    if (band.max_subtotal && goods_minor > band.max_subtotal->minor) continue;
    if (method.free_above && goods_minor >= method.free_above->minor) return 0;
    return band.price.minor;
  }
  return std::nullopt;
}

void apply_shipping(Working& w, const std::vector<ShippingGrant>& grants) {
  const auto* method = chosen_method(w);
  if (method == nullptr) return;
  std::int64_t goods = 0;
  for (const auto left : w.left) goods = core::add(goods, left);
  const auto price = shipping_price(w, *method, goods);
  if (!price) {
    w.out.rejections.push_back({0,
                                method->name,
                                {},
                                "shipping_unavailable",
                                method->name + " does not deliver this there",
                                {},
                                {}});
    return;
  }
  w.out.shipping_method_id = method->id;
  w.out.shipping_name = method->name;
  w.out.shipping = w.money(*price);
  std::int64_t left = *price;
  for (const auto& grant : grants) {
    const auto off = grant.most == 0 ? left : std::min(left, grant.most);
    left -= off;
    w.out.adjustments.push_back({AdjustmentKind::free_shipping, grant.promotion_id, grant.name,
                                 grant.code, std::nullopt, w.money(-off)});
  }
  w.out.shipping_discount = w.money(*price - left);
  w.out.shipping_total = w.money(left);
}

}  // namespace shop::pricing
