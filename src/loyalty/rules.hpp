#pragma once

#include "shop/loyalty.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// The arithmetic of points: no store, no clock.
namespace shop::loyalty {

/// What a purchase rule sees of an order's line.
struct EarningLine {
  std::vector<Id> categories;  ///< every one it is in, with those above
  std::int64_t minor = 0;      ///< what it cost, less its share of points paid with
};

bool in_force(const LoyaltyRule& rule, Timestamp at);

/// Points of all purchase rules in force: each counts the lines it covers together, so that small
/// lines add up, and drops the fraction; the tier multiplies the sum.
std::int64_t points_for(std::span<const LoyaltyRule> rules, std::span<const EarningLine> lines,
                        std::int64_t multiplier_ppm, Timestamp at);

/// How much `points` pay; the fraction of a minor unit is dropped.
std::int64_t worth_of(const LoyaltyProgram& program, std::int64_t points);
/// The fewest points that pay `minor`.
std::int64_t points_to_pay(const LoyaltyProgram& program, std::int64_t minor);

/// `whole` × part ÷ all, rounded down, and all of it when part reaches all: what is turned back
/// after several steps is exact in the end.
std::int64_t share(std::int64_t whole, std::int64_t part, std::int64_t all);

/// The highest tier that so many points reach; nullptr below the first. @pre ascending
const LoyaltyTier* tier_at(std::span<const LoyaltyTier> tiers, std::int64_t tier_points);
const LoyaltyTier* tier_after(std::span<const LoyaltyTier> tiers, std::int64_t tier_points);

}  // namespace shop::loyalty
