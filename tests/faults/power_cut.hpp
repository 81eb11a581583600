#pragma once

#include "shop/types.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace shop::test {

class KnownStates;

struct PowerCutOptions {
  std::uint64_t seed = 1;
  std::int64_t images = 1000;  ///< disks to look at
  double seconds = 1e9;        ///< or until this much time has gone by
  int second_cut_in = 16;      ///< every n-th recovery is cut as well, a few times; 0: none
  /// Every n-th disk is opened by the library even if it recovers to pages that it has judged.
  std::uint64_t full_in = 256;
  Durability durability = Durability::full;
  std::string lie_about;       ///< files whose name ends so are never synced; empty: none
  std::size_t steps = 0;       ///< only so many steps of the story; 0: all
  bool stop_at_first = false;  ///< the first problem is enough
};

struct PowerCutReport {
  std::int64_t images = 0;  ///< disks that were recovered and compared
  std::int64_t second_cuts = 0;
  std::int64_t disks = 0;    ///< of the images, that differed from each other
  std::int64_t states = 0;   ///< that they were recovered to
  std::int64_t opened = 0;   ///< times that the library opened and verified one
  std::int64_t changes = 0;  ///< of the disk, each of which the power was cut after
  std::int64_t lost = 0;     ///< an acknowledged change was gone, or half of one was there
  std::int64_t broken = 0;   ///< verify found something
  std::int64_t refused = 0;  ///< the shop did not open
  std::string first_problem;

  [[nodiscard]] std::int64_t bad() const { return lost + broken + refused; }
  void add(const PowerCutReport& other);
};

/// Tells the story on a disk that is watched, then cuts the power after each change of that disk,
/// recovers what such a disk may hold, and compares it with what was acknowledged.
PowerCutReport cut_power(const PowerCutOptions& options);
/// The same with states that earlier calls have judged.
PowerCutReport cut_power(const PowerCutOptions& options, KnownStates& known);

}  // namespace shop::test
