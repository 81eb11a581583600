#pragma once

#include <cstdint>
#include <string>

namespace shop::test {

struct RaceOptions {
  std::uint64_t seed = 1;
  std::int64_t rounds = 1;  ///< races of each pair
  double seconds = 1e9;     ///< stops when this much time has gone by
};

struct RaceReport {
  std::int64_t pairs = 0;
  std::int64_t races = 0;
  std::int64_t problems = 0;
  std::string first_problem;
};

/// Lets each pair of writing calls start at the same moment, from two threads. What they answer
/// and what is then in the shop must be what one order or the other gives.
RaceReport race_all_pairs(const RaceOptions& options);

}  // namespace shop::test
