#pragma once

#include <cstdint>
#include <string>

namespace shop::test {

struct KillOptions {
  std::uint64_t seed = 1;
  std::int64_t cycles = 10;
  int processes = 1;
  double seconds = 1e9;  ///< stops when this much time has gone by
};

struct KillReport {
  std::int64_t cycles = 0;
  std::int64_t acknowledged = 0;
  std::int64_t problems = 0;
  std::string first_problem;

  void add(const KillReport& other);
};

/// Lets processes work on one shop, each telling through a pipe what it was told is done, and
/// kills them all with signal 9 at a moment of chance. What is then in the file must be sound and
/// hold everything that was acknowledged, and of each process at most one change more. Every now
/// and then the shop is new, so that its creation is cut as well. Start it with no shop open.
KillReport kill_processes(const KillOptions& options);

}  // namespace shop::test
