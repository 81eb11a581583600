#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace shop::test {

struct ModelOptions {
  std::uint64_t seed = 1;
  std::int64_t sequences = 10;
  std::int64_t length = 120;  ///< operations in each
  double seconds = 1e9;       ///< stops when this much time has gone by
};

struct ModelReport {
  std::int64_t sequences = 0;
  std::int64_t operations = 0;
  std::int64_t problems = 0;
  std::string first_problem;  ///< with the shortest sequence that still shows it
  std::map<std::pair<int, int>, std::int64_t> pairs;  ///< of operations that followed each other
  std::map<std::string, std::int64_t> codes;          ///< answers
  std::int64_t kinds = 0;                             ///< of operations that there are

  void add(const ModelReport& other);
  /// What the generator reached: a fuzzer that is too uniform finds nothing.
  [[nodiscard]] std::string coverage() const;
};

/// Lets a shop and a small model of one live through the same random calls, with jumps of the
/// clock, reopening and failing disks, and compares each answer, and what is there afterwards.
ModelReport compare_with_model(const ModelOptions& options);

}  // namespace shop::test
