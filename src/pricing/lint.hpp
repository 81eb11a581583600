#pragma once

#include "pricing/rules.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace shop::pricing {

struct LintLimits {
  std::int64_t max_discount_ppm = 1'000'000;
  std::int64_t max_units = 12;
};

/// Prices generated carts of one and two of these things and looks for surprises. Result: per kind
/// the smallest cart that shows it. Pure. Cost: some thousand quotes.
std::vector<LintFinding> lint(const RuleSet& rules, const Situation& who,
                              std::span<const Item> items, const LintLimits& limits);

}  // namespace shop::pricing
