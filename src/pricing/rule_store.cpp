#include "pricing/rule_store.hpp"

#include "pricing/rules_sql.hpp"

#include <algorithm>

namespace shop::pricing::store {
namespace {

std::optional<std::int64_t> minor_of(const std::optional<Money>& money) {
  return money ? std::optional{money->minor} : std::nullopt;
}

std::optional<Money> maybe_money(const db::Query& query, int column, const Currency& currency) {
  if (query.is_null(column)) return std::nullopt;
  return Money{query.integer(column), currency};
}

Promotion promotion_row(const db::Query& query, const Currency& currency) {
  Promotion p;
  p.id = query.integer(0);
  p.name = query.text(1);
  p.lane = query.integer(2);
  p.priority = query.integer(3);
  p.exclusive = query.boolean(4);
  p.active = query.boolean(5);
  p.needs_code = query.boolean(6);
  p.starts_at = query.maybe_integer(7);
  p.ends_at = query.maybe_integer(8);
  p.benefit.kind = query.as<BenefitKind>(9);
  p.benefit.rate_ppm = query.integer(10);
  p.benefit.amount = {query.integer(11), currency};
  p.benefit.buy = query.integer(12);
  p.benefit.get = query.integer(13);
  p.benefit.number = query.integer(14);
  p.max_discount = maybe_money(query, 15, currency);
  p.use_limit = query.maybe_integer(16);
  p.customer_use_limit = query.maybe_integer(17);
  p.seller_id = query.integer(18);
  p.used = query.integer(19);
  return p;
}

Promotion* by_id(std::vector<Promotion>& promotions, Id id) {
  const auto found = std::find_if(promotions.begin(), promotions.end(),
                                  [&](const Promotion& p) { return p.id == id; });
  return found == promotions.end() ? nullptr : &*found;
}

}  // namespace

std::int64_t version(db::Tx& tx) {
  return tx.integer(sql::k_version).value_or(0);
}

void bump(db::Tx& tx) {
  tx.exec(sql::k_bump);
}

std::vector<Promotion> promotions(db::Tx& tx) {
  const auto& currency = tx.env().currency;
  std::vector<Promotion> out;
  auto rows = tx.query(sql::k_promotions);
  while (rows.next()) out.push_back(promotion_row(rows, currency));
  auto conditions = tx.query(sql::k_conditions);
  while (conditions.next()) {
    auto* promotion = by_id(out, conditions.integer(0));
    if (promotion == nullptr) continue;
    auto& condition = promotion->conditions.emplace_back();
    condition.kind = conditions.as<ConditionKind>(2);
    condition.amount = {conditions.integer(3), currency};
    condition.number = conditions.integer(4);
  }
  auto values = tx.query(sql::k_condition_values);
  while (values.next()) {
    auto* promotion = by_id(out, values.integer(0));
    const auto position = static_cast<std::size_t>(values.integer(1));
    if (promotion == nullptr || position >= promotion->conditions.size()) continue;
    auto& condition = promotion->conditions[position];
    if (values.integer(2) != 0) {
      condition.ids.push_back(values.integer(2));
    } else {
      condition.texts.push_back(values.text(3));
    }
  }
  return out;
}

void put_promotion(db::Tx& tx, const Promotion& p) {
  const auto& b = p.benefit;
  tx.exec(sql::k_promotion_put, p.id, p.name, p.lane, p.priority, p.exclusive, p.active,
          p.needs_code, p.starts_at, p.ends_at, b.kind, b.rate_ppm, b.amount.minor, b.buy, b.get,
          b.number, minor_of(p.max_discount), p.use_limit, p.customer_use_limit, p.seller_id);
  tx.exec(sql::k_use_start, p.id);
  tx.exec(sql::k_condition_values_delete, p.id);
  tx.exec(sql::k_conditions_delete, p.id);
  std::int64_t position = 0;
  for (const auto& condition : p.conditions) {
    tx.exec(sql::k_condition_add, p.id, position, condition.kind, condition.amount.minor,
            condition.number);
    std::int64_t seq = 0;
    for (const auto id : condition.ids) {
      tx.exec(sql::k_condition_value_add, p.id, position, ++seq, id, std::string_view{});
    }
    for (const auto& text : condition.texts) {
      tx.exec(sql::k_condition_value_add, p.id, position, ++seq, 0, text);
    }
    ++position;
  }
}

std::vector<TaxZone> zones(db::Tx& tx) {
  std::vector<TaxZone> out;
  auto rows = tx.query(sql::k_zones);
  while (rows.next()) out.push_back({rows.integer(0), rows.text(1), {}, {}});
  const auto zone = [&](Id id) {
    return std::find_if(out.begin(), out.end(), [&](const TaxZone& z) { return z.id == id; });
  };
  auto places = tx.query(sql::k_places);
  while (places.next()) {
    const auto found = zone(places.integer(0));
    if (found != out.end()) found->places.push_back({places.text(1), places.text(2)});
  }
  auto rates = tx.query(sql::k_rates);
  while (rates.next()) {
    const auto found = zone(rates.integer(0));
    if (found == out.end()) continue;
    found->rates.push_back({rates.integer(1), rates.text(2), rates.integer(3)});
  }
  return out;
}

void put_zone(db::Tx& tx, const TaxZone& zone) {
  tx.exec(sql::k_zone_put, zone.id, zone.name);
  tx.exec(sql::k_places_delete, zone.id);
  tx.exec(sql::k_rates_delete, zone.id);
  for (const auto& place : zone.places) {
    tx.exec(sql::k_place_add, zone.id, place.country, place.region);
  }
  std::int64_t position = 0;
  for (const auto& rate : zone.rates) {
    tx.exec(sql::k_rate_add, zone.id, ++position, rate.tax_class_id, rate.name, rate.rate_ppm);
  }
}

bool delete_zone(db::Tx& tx, Id zone_id) {
  tx.exec(sql::k_places_delete, zone_id);
  tx.exec(sql::k_rates_delete, zone_id);
  return tx.exec(sql::k_zone_delete, zone_id) == 1;
}

std::vector<TaxClass> tax_classes(db::Tx& tx) {
  std::vector<TaxClass> out;
  auto rows = tx.query(sql::k_classes);
  while (rows.next()) out.push_back({rows.integer(0), rows.text(1)});
  return out;
}
bool has_tax_class(db::Tx& tx, std::string_view folded) {
  return tx.integer(sql::k_class_by_name, folded).has_value();
}
void add_tax_class(db::Tx& tx, const TaxClass& tax_class, std::string_view folded) {
  tx.exec(sql::k_class_add, tax_class.id, tax_class.name, folded);
}

std::vector<ShippingMethod> methods(db::Tx& tx) {
  const auto& currency = tx.env().currency;
  std::vector<ShippingMethod> out;
  auto rows = tx.query(sql::k_methods);
  while (rows.next()) {
    out.push_back({rows.integer(0),
                   rows.text(1),
                   rows.boolean(2),
                   rows.boolean(3),
                   maybe_money(rows, 4, currency),
                   {}});
  }
  auto bands = tx.query(sql::k_bands);
  while (bands.next()) {
    for (auto& method : out) {
      if (method.id != bands.integer(0)) continue;
      method.bands.push_back({bands.text(1), bands.text(2), bands.maybe_integer(3),
                              maybe_money(bands, 4, currency), Money{bands.integer(5), currency}});
    }
  }
  return out;
}

void put_method(db::Tx& tx, const ShippingMethod& m) {
  tx.exec(sql::k_method_put, m.id, m.name, m.pickup, m.active, minor_of(m.free_above));
  tx.exec(sql::k_bands_delete, m.id);
  std::int64_t position = 0;
  for (const auto& band : m.bands) {
    tx.exec(sql::k_band_add, m.id, ++position, band.country, band.region, band.max_weight_grams,
            minor_of(band.max_subtotal), band.price.minor);
  }
}

void set_settings(db::Tx& tx, const PricingSettings& s) {
  tx.exec(sql::k_set_settings, s.tax_included, s.rounding, s.tax_rounding, s.cash_step,
          s.shipping_tax_class_id);
}

std::shared_ptr<const RuleSet> load_rules(db::Tx& tx) {
  auto out = std::make_shared<RuleSet>();
  {
    auto row = tx.query(sql::k_settings);
    if (row.next()) {
      out->version = row.integer(0);
      out->settings = {row.boolean(1), row.as<RoundingMode>(2), row.as<TaxRounding>(3),
                       row.integer(4), row.integer(5)};
    }
  }
  for (auto& promotion : promotions(tx)) {
    if (!promotion.active) continue;
    for (const auto& condition : promotion.conditions) {
      if (condition.kind == ConditionKind::categories) out->needs_categories = true;
    }
    out->promotions.push_back(std::move(promotion));
  }
  out->tax_zones = zones(tx);
  out->shipping_methods = methods(tx);
  out->has_offers = tx.integer(sql::k_any_list) || tx.integer(sql::k_any_schedule);
  out->has_groups = tx.integer(sql::k_any_group).has_value();
  return out;
}

}  // namespace shop::pricing::store
