#include "loyalty/rules.hpp"

#include "core/money.hpp"

#include <algorithm>

namespace shop::loyalty {

bool in_force(const LoyaltyRule& rule, Timestamp at) {
  return (!rule.starts_at || *rule.starts_at <= at) && (!rule.ends_at || at < *rule.ends_at);
}

std::int64_t points_for(std::span<const LoyaltyRule> rules, std::span<const EarningLine> lines,
                        std::int64_t multiplier_ppm, Timestamp at) {
  std::int64_t points = 0;
  for (const auto& rule : rules) {
    if (rule.kind != LoyaltyRuleKind::purchase || !rule.per || !in_force(rule, at)) continue;
    std::int64_t minor = 0;
    for (const auto& line : lines) {
      const bool covered =
          !rule.category_id || std::find(line.categories.begin(), line.categories.end(),
                                         *rule.category_id) != line.categories.end();
      if (covered) minor = core::add(minor, line.minor);
    }
    if (minor <= 0) continue;
    points = core::add(points, core::mul(minor / rule.per->minor, rule.points));
  }
  return core::mul_div(points, multiplier_ppm, 1'000'000, core::Rounding::down);
}

std::int64_t worth_of(const LoyaltyProgram& program, std::int64_t points) {
  if (program.redeem_points == 0) return 0;
  return core::mul_div(points, program.redeem_value.minor, program.redeem_points,
                       core::Rounding::down);
}

std::int64_t points_to_pay(const LoyaltyProgram& program, std::int64_t minor) {
  return core::mul_div(minor, program.redeem_points, program.redeem_value.minor,
                       core::Rounding::up);
}

std::int64_t share(std::int64_t whole, std::int64_t part, std::int64_t all) {
  if (part >= all) return whole;
  return core::mul_div(whole, part, all, core::Rounding::down);
}

const LoyaltyTier* tier_at(std::span<const LoyaltyTier> tiers, std::int64_t tier_points) {
  const LoyaltyTier* reached = nullptr;
  for (const auto& tier : tiers) {
    if (tier.threshold <= tier_points) reached = &tier;
  }
  return reached;
}

const LoyaltyTier* tier_after(std::span<const LoyaltyTier> tiers, std::int64_t tier_points) {
  for (const auto& tier : tiers) {
    if (tier.threshold > tier_points) return &tier;
  }
  return nullptr;
}

}  // namespace shop::loyalty
