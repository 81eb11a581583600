#include "support/run_seed.hpp"

#include <cstdio>
#include <cstdlib>

namespace shop::test {

std::uint64_t run_seed() {
  static const std::uint64_t seed = [] {
    const char* wanted = std::getenv("SHOP_SEED");
    const auto value = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 20261122ULL;
    std::fprintf(stderr, "SHOP_SEED=%llu\n", static_cast<unsigned long long>(value));
    return static_cast<std::uint64_t>(value);
  }();
  return seed;
}

}  // namespace shop::test
