#include "pricing/working.hpp"

#include <algorithm>

namespace shop::pricing {

std::int64_t line_amount(std::int64_t unit_minor, std::int64_t quantity, bool by_measure,
                         core::Rounding rounding) {
  return by_measure ? core::mul_div(unit_minor, quantity, 1000, rounding)
                    : core::mul(unit_minor, quantity);
}

namespace {

bool in_window(const Offer& offer, Timestamp now) {
  return (!offer.starts_at || *offer.starts_at <= now) && (!offer.ends_at || now < *offer.ends_at);
}

std::int64_t units_left(const Offer& offer, std::span<const OfferUse> used) {
  auto left = *offer.units_left;
  for (const auto& use : used) {
    if (use.offer_id == offer.id) left -= use.units;
  }
  return left;
}

bool offer_fits(const Offer& offer, const Item& item, const Situation& who,
                std::span<const OfferUse> used) {
  if (!in_window(offer, who.now) || item.facts.quantity < offer.min_quantity) return false;
  if (offer.units_left && units_left(offer, used) < item.facts.quantity) return false;
  return offer.group_id == 0 || std::find(who.group_ids.begin(), who.group_ids.end(),
                                          offer.group_id) != who.group_ids.end();
}

}  // namespace

BestPrice best_price(const Item& item, const Situation& who, std::span<const OfferUse> used) {
  if (item.manual_minor) return {*item.manual_minor, PriceSource::manual, 0, &item.manual_reason};
  BestPrice best{item.facts.list_price.minor, PriceSource::list, 0, nullptr};
  for (const auto& offer : item.offers) {
    if (offer.minor < best.minor && offer_fits(offer, item, who, used)) {
      best = {offer.minor, offer.source, offer.id, &offer.name};
    }
  }
  return best;
}

namespace {

void choose_price(const Item& item, const Situation& who, std::vector<OfferUse>& used,
                  QuoteLine& line) {
  const auto best = best_price(item, who, used);
  if (best.source == PriceSource::flash) used.push_back({best.source_id, line.quantity});
  line.unit_price = {best.minor, who.currency};
  line.price_source = best.source;
  line.price_source_id = best.source_id;
  line.price_name = best.name != nullptr ? *best.name : std::string{};
  const bool reduced = best.minor < line.list_price.minor ||
                       (line.compare_at && best.minor < line.compare_at->minor);
  if (!reduced) line.lowest_30d.reset();
}

void take_manual_discount(Working& w, std::size_t index) {
  const auto& item = w.items[index];
  const auto amount = std::min(item.manual_discount_minor, w.left[index]);
  if (amount <= 0) return;
  w.left[index] -= amount;
  w.out.adjustments.push_back({AdjustmentKind::manual_discount,
                               0,
                               item.manual_reason,
                               {},
                               static_cast<std::int64_t>(index),
                               w.money(-amount)});
}

}  // namespace

void price_lines(Working& w) {
  w.out.lines.reserve(w.items.size());
  w.base.reserve(w.items.size());
  std::vector<OfferUse> used;
  for (std::size_t i = 0; i < w.items.size(); ++i) {
    const auto& item = w.items[i];
    auto& line = w.out.lines.emplace_back(item.facts);
    choose_price(item, w.who, used, line);
    const auto amount =
        line_amount(line.unit_price.minor, line.quantity, line.by_measure, w.rounding);
    line.subtotal = w.money(amount);
    w.base.push_back(amount);
    w.out.units = core::add(w.out.units, units_of(line));
  }
  w.left = w.base;
  for (std::size_t i = 0; i < w.items.size(); ++i) take_manual_discount(w, i);
}

std::int64_t in_coins(const PricingSettings& settings, std::int64_t minor) {
  return core::mul(core::mul_div(minor, 1, settings.cash_step), settings.cash_step);
}

namespace {

void round_cash(Working& w) {
  const auto step = w.rules.settings.cash_step;
  if (!w.who.cash || step <= 1) return;
  const auto rounded = in_coins(w.rules.settings, w.out.total.minor);
  w.out.cash_rounding.minor = rounded - w.out.total.minor;
  w.out.total.minor = rounded;
}

}  // namespace

void finish(Working& w) {
  auto& out = w.out;
  std::int64_t subtotal = 0;
  std::int64_t discount = 0;
  std::int64_t tax = out.shipping_tax.minor;
  std::int64_t total = out.shipping_total.minor;
  for (const auto& line : out.lines) {
    subtotal = core::add(subtotal, line.subtotal.minor);
    discount = core::add(discount, line.discount.minor);
    tax = core::add(tax, line.tax.minor);
    total = core::add(total, line.total.minor);
  }
  out.subtotal = w.money(subtotal);
  out.discount = w.money(discount);
  out.tax = w.money(tax);
  out.total = w.money(total);
  out.cash_rounding = w.money(0);
  round_cash(w);
}

Quote quote(const RuleSet& rules, const Situation& situation, std::span<const Item> items) {
  Working w{rules, situation, items, static_cast<core::Rounding>(rules.settings.rounding),
            {},    {},        {}};
  w.out.at = situation.now;
  w.out.currency = situation.currency;
  w.out.tax_included = rules.settings.tax_included;
  w.out.shipping = w.out.shipping_discount = w.out.shipping_tax = w.out.shipping_total = w.money(0);
  price_lines(w);
  const auto grants = apply_promotions(w);
  apply_shipping(w, grants);
  apply_tax(w);
  finish(w);
  if (situation.steps) w.out.steps = derive_steps(w.out);
  return std::move(w.out);
}

}  // namespace shop::pricing
