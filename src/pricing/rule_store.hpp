#pragma once

#include "db/tx.hpp"
#include "pricing/rules.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace shop::pricing::store {

/// The version of the rules, a new number with each change; 0 while there never was one.
std::int64_t version(db::Tx& tx);
/// Everything, from the file.
std::shared_ptr<const RuleSet> load_rules(db::Tx& tx);
/// Says that a rule has changed.
void bump(db::Tx& tx);

void set_settings(db::Tx& tx, const PricingSettings& settings);
void put_promotion(db::Tx& tx, const Promotion& promotion);
std::vector<Promotion> promotions(db::Tx& tx);
void put_zone(db::Tx& tx, const TaxZone& zone);
bool delete_zone(db::Tx& tx, Id zone_id);
std::vector<TaxZone> zones(db::Tx& tx);
std::vector<TaxClass> tax_classes(db::Tx& tx);
bool has_tax_class(db::Tx& tx, std::string_view folded);
void add_tax_class(db::Tx& tx, const TaxClass& tax_class, std::string_view folded);
void put_method(db::Tx& tx, const ShippingMethod& method);
std::vector<ShippingMethod> methods(db::Tx& tx);

}  // namespace shop::pricing::store
