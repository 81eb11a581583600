#include "pricing/checks.hpp"

#include <algorithm>
#include <string>

namespace shop::pricing {
namespace {

constexpr std::int64_t k_most_ppm = 1'000'000;
constexpr std::size_t k_most_rows = 500;

void check_limit(core::Fields& fields, std::string_view path,
                 const std::optional<std::int64_t>& limit, std::int64_t used) {
  if (limit) fields.range(path, *limit, std::max<std::int64_t>(1, used));
}

void check_benefit(core::Fields& fields, PromotionBenefit& b, const Currency& currency) {
  const auto rate = [&] { fields.range("benefit.rate_ppm", b.rate_ppm, 1, k_most_ppm); };
  b.amount = fields.price("benefit.amount", b.amount, currency);
  switch (b.kind) {
    case BenefitKind::percent:
      return rate();
    case BenefitKind::amount:
    case BenefitKind::unit_amount:
      fields.range("benefit.amount", b.amount.minor, 1);
      return;
    case BenefitKind::fixed_price:
    case BenefitKind::free_shipping:
      return;
    case BenefitKind::buy_get:
      fields.range("benefit.buy", b.buy, 1, 1'000'000);
      fields.range("benefit.get", b.get, 1, 1'000'000);
      return rate();
    case BenefitKind::cheapest:
      fields.range("benefit.get", b.get, 1, 1'000'000);
      return rate();
    case BenefitKind::points:
      fields.range("benefit.number", b.number, 1, 1'000'000'000);
      return;
  }
  fields.check(false, "benefit.kind", "unknown", "is not a benefit");
}

bool wants_ids(ConditionKind kind) {
  return kind <= ConditionKind::customer_groups;
}

void check_condition(core::Fields& fields, std::size_t index, PromotionCondition& c,
                     const Currency& currency) {
  const auto at = [&](std::string_view member) {
    return core::path_at("conditions", index, member);
  };
  const bool known = c.kind >= ConditionKind::products && c.kind <= ConditionKind::not_reduced;
  if (!fields.check(known, at("kind"), "unknown", "is not a condition")) return;
  c.amount = fields.price(at("amount"), c.amount, currency);
  fields.check(!wants_ids(c.kind) || !c.ids.empty(), at("ids"), "required",
               "at least one id is required");
  for (const auto id : c.ids) fields.range(at("ids"), id, 1);
  for (auto& text : c.texts) text = fields.text(at("texts"), text, {.min = 1, .max = 60});
  if (c.kind == ConditionKind::countries) {
    fields.check(!c.texts.empty(), at("texts"), "required", "at least one country is required");
  }
  if (c.kind == ConditionKind::subtotal) fields.range(at("amount"), c.amount.minor, 1);
  if (c.kind == ConditionKind::quantity) fields.range(at("number"), c.number, 1);
}

}  // namespace

void check_window(core::Fields& fields, const std::optional<Timestamp>& starts_at,
                  const std::optional<Timestamp>& ends_at) {
  fields.check(!starts_at || !ends_at || *starts_at < *ends_at, "ends_at", "before_start",
               "ends before it starts");
}

Promotion checked(core::Fields& fields, const Promotion& promotion, const Currency& currency) {
  auto out = promotion;
  out.name = fields.text("name", promotion.name, {.min = 1, .max = 100, .name = true});
  fields.range("lane", out.lane, -1000, 1000);
  fields.range("priority", out.priority, -1'000'000, 1'000'000);
  check_window(fields, out.starts_at, out.ends_at);
  check_benefit(fields, out.benefit, currency);
  if (out.max_discount) {
    out.max_discount = fields.price("max_discount", *out.max_discount, currency);
  }
  check_limit(fields, "use_limit", out.use_limit, 1);
  check_limit(fields, "customer_use_limit", out.customer_use_limit, 1);
  fields.check(out.conditions.size() <= 20, "conditions", "too_many", "at most 20 conditions");
  for (std::size_t i = 0; i < out.conditions.size(); ++i) {
    check_condition(fields, i, out.conditions[i], currency);
  }
  return out;
}

TaxZone checked(core::Fields& fields, const TaxZone& zone) {
  auto out = zone;
  out.name = fields.text("name", zone.name, {.min = 1, .max = 100, .name = true});
  fields.check(!out.places.empty() && out.places.size() <= k_most_rows, "places", "required",
               "between 1 and 500 places");
  for (std::size_t i = 0; i < out.places.size() && i < k_most_rows; ++i) {
    auto& place = out.places[i];
    place.country = fields.text(core::path_at("places", i, "country"), place.country, {.max = 60});
    place.region = fields.text(core::path_at("places", i, "region"), place.region, {.max = 60});
    for (std::size_t k = 0; k < i; ++k) {
      fields.check(out.places[k].country != place.country || out.places[k].region != place.region,
                   core::path_at("places", i), "taken", "stands there twice");
    }
  }
  fields.check(out.rates.size() <= k_most_rows, "rates", "too_many", "at most 500 rates");
  for (std::size_t i = 0; i < out.rates.size() && i < k_most_rows; ++i) {
    auto& rate = out.rates[i];
    rate.name = fields.text(core::path_at("rates", i, "name"), rate.name,
                            {.min = 1, .max = 60, .name = true});
    fields.range(core::path_at("rates", i, "rate_ppm"), rate.rate_ppm, 0, 10 * k_most_ppm);
    fields.range(core::path_at("rates", i, "tax_class_id"), rate.tax_class_id, 0);
  }
  return out;
}

ShippingMethod checked(core::Fields& fields, const ShippingMethod& method,
                       const Currency& currency) {
  auto out = method;
  out.name = fields.text("name", method.name, {.min = 1, .max = 100, .name = true});
  if (out.free_above) out.free_above = fields.price("free_above", *out.free_above, currency);
  fields.check(out.pickup || !out.bands.empty(), "bands", "required",
               "a method that is not for pick-up needs at least one band");
  fields.check(out.bands.size() <= k_most_rows, "bands", "too_many", "at most 500 bands");
  for (std::size_t i = 0; i < out.bands.size() && i < k_most_rows; ++i) {
    auto& band = out.bands[i];
    const auto at = [&](std::string_view member) { return core::path_at("bands", i, member); };
    band.country = fields.text(at("country"), band.country, {.max = 60});
    band.region = fields.text(at("region"), band.region, {.max = 60});
    band.price = fields.price(at("price"), band.price, currency);
    if (band.max_weight_grams) fields.range(at("max_weight_grams"), *band.max_weight_grams, 0);
    if (band.max_subtotal) {
      band.max_subtotal = fields.price(at("max_subtotal"), *band.max_subtotal, currency);
    }
  }
  return out;
}

}  // namespace shop::pricing
