#pragma once

#include "pricing/rules.hpp"

#include <cstdint>
#include <random>
#include <vector>

namespace shop::test {

/// A shop's rules, a customer and a cart, all by chance from one seed: the same seed is the same
/// case again.
struct RandomCase {
  pricing::RuleSet rules;
  pricing::Situation who;
  std::vector<pricing::Item> items;
};

/// What the carts were like, so that a campaign can say what it has tried.
struct CaseCount {
  std::int64_t carts = 0;
  std::int64_t discounted = 0;
  std::int64_t free = 0;
  std::int64_t taxed = 0;
  std::int64_t delivered = 0;
  std::int64_t with_code = 0;
  std::int64_t rounded = 0;
};

RandomCase random_case(std::uint64_t seed);

/// The smallest case that still fails: lines, promotions, zones and codes are left out one by one.
template <class Fails>
RandomCase shrunk(RandomCase from, Fails fails) {
  bool smaller = true;
  const auto try_each = [&](auto access) {
    for (std::size_t i = 0; i < access(from).size(); ++i) {
      auto less = from;
      auto& list = access(less);
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
      if (less.items.empty() || !fails(less)) continue;
      from = std::move(less);
      smaller = true;
      return;
    }
  };
  while (smaller) {
    smaller = false;
    try_each([](RandomCase & c) -> auto& { return c.items; });
    try_each([](RandomCase & c) -> auto& { return c.rules.promotions; });
    try_each([](RandomCase & c) -> auto& { return c.rules.tax_zones; });
    try_each([](RandomCase & c) -> auto& { return c.who.coupons; });
  }
  return from;
}

}  // namespace shop::test
