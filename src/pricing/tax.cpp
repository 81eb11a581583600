#include "pricing/working.hpp"

#include <algorithm>
#include <utility>

namespace shop::pricing {
namespace {

/// The rates that one tax class pays at the customer's place.
using Rates = std::vector<const TaxRate*>;

// The most specific place decides: country and region, then the country, then everywhere.
const TaxZone* zone_of(const Working& w) {
  const TaxZone* found = nullptr;
  int best = -1;
  for (const auto& zone : w.rules.tax_zones) {
    for (const auto& place : zone.places) {
      const bool fits = (place.country.empty() || place.country == w.who.country) &&
                        (place.region.empty() || place.region == w.who.region);
      const int detail = (place.country.empty() ? 0 : 1) + (place.region.empty() ? 0 : 2);
      if (!fits || detail <= best) continue;
      best = detail;
      found = &zone;
    }
  }
  return found;
}

Rates rates_of(const TaxZone* zone, Id tax_class_id) {
  Rates out;
  if (zone == nullptr) return out;
  for (const auto& rate : zone->rates) {
    if (rate.tax_class_id == tax_class_id) out.push_back(&rate);
  }
  return out;
}

std::int64_t sum_ppm(const Rates& rates) {
  std::int64_t sum = 0;
  for (const auto* rate : rates) sum += rate->rate_ppm;
  return sum;
}

std::int64_t tax_in(const Working& w, std::int64_t amount, std::int64_t ppm) {
  return core::mul_div(amount, ppm, w.out.tax_included ? k_million + ppm : k_million, w.rounding);
}

// Units may differ by one after a discount was spread: so many cost one more than the others.
std::int64_t tax_by_unit(const Working& w, std::int64_t amount, std::int64_t units,
                         std::int64_t ppm) {
  const auto each = amount / units;
  const auto dearer = amount % units;
  return core::add(core::mul(dearer, tax_in(w, each + 1, ppm)),
                   core::mul(units - dearer, tax_in(w, each, ppm)));
}

void count_tax(Working& w, const Rates& rates, std::int64_t amount, std::int64_t tax) {
  std::vector<std::int64_t> weights;
  weights.reserve(rates.size());
  for (const auto* rate : rates) weights.push_back(rate->rate_ppm);
  const auto parts = core::allocate(tax, weights);
  const auto net = w.out.tax_included ? amount - tax : amount;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    auto found = std::find_if(w.out.taxes.begin(), w.out.taxes.end(), [&](const QuoteTax& row) {
      return row.name == rates[i]->name && row.rate_ppm == rates[i]->rate_ppm;
    });
    if (found == w.out.taxes.end()) {
      found =
          w.out.taxes.insert(found, {rates[i]->name, rates[i]->rate_ppm, w.money(0), w.money(0)});
    }
    found->base.minor = core::add(found->base.minor, net);
    found->amount.minor = core::add(found->amount.minor, parts[i]);
  }
}

// Rounded once per set of rates over the whole order, then spread over its lines.
std::vector<std::int64_t> taxes_by_order(const Working& w, const std::vector<Rates>& rates) {
  std::vector<std::int64_t> out(rates.size(), 0);
  std::vector<bool> done(rates.size(), false);
  for (std::size_t first = 0; first < rates.size(); ++first) {
    if (done[first] || rates[first].empty()) continue;
    std::vector<std::size_t> same;
    std::vector<std::int64_t> amounts;
    std::int64_t sum = 0;
    for (std::size_t i = first; i < rates.size(); ++i) {
      if (done[i] || rates[i] != rates[first]) continue;
      done[i] = true;
      same.push_back(i);
      amounts.push_back(w.left[i]);
      sum = core::add(sum, w.left[i]);
    }
    const auto parts = core::allocate(tax_in(w, sum, sum_ppm(rates[first])), amounts);
    for (std::size_t k = 0; k < same.size(); ++k) out[same[k]] = parts[k];
  }
  return out;
}

std::int64_t line_tax(const Working& w, std::size_t i, const Rates& rates) {
  const auto ppm = sum_ppm(rates);
  const auto& line = w.out.lines[i];
  if (w.rules.settings.tax_rounding == TaxRounding::unit && !line.by_measure) {
    return tax_by_unit(w, w.left[i], line.quantity, ppm);
  }
  return tax_in(w, w.left[i], ppm);
}

void exempt_line(Working& w, std::size_t i, std::int64_t tax) {
  if (!w.out.tax_included || tax == 0) return;
  w.left[i] -= tax;
  w.out.adjustments.push_back({AdjustmentKind::tax_exemption,
                               0,
                               "tax exemption",
                               {},
                               static_cast<std::int64_t>(i),
                               w.money(-tax)});
}

void tax_shipping(Working& w, const TaxZone* zone) {
  auto& out = w.out;
  const auto amount = out.shipping_total.minor;
  const auto rates = rates_of(zone, w.rules.settings.shipping_tax_class_id);
  if (amount == 0 || rates.empty()) return;
  const auto tax = tax_in(w, amount, sum_ppm(rates));
  if (w.who.tax_exempt) {
    if (!out.tax_included || tax == 0) return;
    out.shipping_total.minor -= tax;
    out.shipping_discount.minor += tax;
    out.adjustments.push_back(
        {AdjustmentKind::tax_exemption, 0, "tax exemption", {}, std::nullopt, w.money(-tax)});
    return;
  }
  out.shipping_tax = w.money(tax);
  if (!out.tax_included) out.shipping_total.minor = core::add(amount, tax);
  count_tax(w, rates, amount, tax);
}

}  // namespace

void apply_tax(Working& w) {
  const auto* zone = zone_of(w);
  const bool taxed = zone != nullptr;
  std::vector<Rates> rates(w.items.size());
  for (std::size_t i = 0; taxed && i < rates.size(); ++i) {
    rates[i] = rates_of(zone, w.items[i].tax_class_id);
  }
  const bool by_order = w.rules.settings.tax_rounding == TaxRounding::order;
  const auto spread = taxed && by_order ? taxes_by_order(w, rates) : std::vector<std::int64_t>{};
  for (std::size_t i = 0; i < rates.size(); ++i) {
    auto& line = w.out.lines[i];
    std::int64_t tax = 0;
    if (!rates[i].empty()) tax = by_order ? spread[i] : line_tax(w, i, rates[i]);
    if (w.who.tax_exempt) {
      exempt_line(w, i, tax);
      tax = 0;
    } else if (!rates[i].empty()) {
      count_tax(w, rates[i], w.left[i], tax);
    }
    line.tax = w.money(tax);
    line.discount = w.money(w.base[i] - w.left[i]);
    line.total = w.money(w.out.tax_included ? w.left[i] : core::add(w.left[i], tax));
  }
  if (taxed) tax_shipping(w, zone);
}

}  // namespace shop::pricing
