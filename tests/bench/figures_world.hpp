#pragma once

#include "bench/bench.hpp"
#include "shop/shop.hpp"

#include <memory>
#include <string>
#include <vector>

/// A shop with a long past, for what its reports and recommendations cost.
namespace shop::bench {

/// 100,000 products of the shop and ten sellers, 20,000 customers, and the orders of three years
/// that end at noon of k_now: imported line by line, so that every figure of them is kept as it was
/// when each was new. The same for every run.
struct PastShop {
  std::int64_t orders = 0;
  std::string path;  ///< closed; copy it
};

inline constexpr Timestamp k_now = 1'795'348'800'000'000;  ///< 2026-11-22 12:00
inline constexpr std::int64_t k_past_products = 100'000;
inline constexpr int k_past_regulars =
    40;  ///< customers `past-0` … who reviewed, wished and looked

/// Made once for a number of orders; kept in Options::keep, if there is such a folder.
PastShop past_shop(Report& report, std::int64_t orders);

OpenOptions past_options();

/// Some customers who ordered, reviewed and looked at things, logged in.
std::vector<Session> regulars(Engine& shop);
/// The keeper of the first seller, logged in.
Session keeper(Engine& shop);

}  // namespace shop::bench
