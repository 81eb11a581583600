#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace shop::test {

struct EveryNthOptions {
  std::uint64_t seed = 1;
  double seconds = 1e9;   ///< stops when this much time has gone by
  bool every = false;     ///< each n; otherwise the first few and ever fewer after them
  bool disk = true;       ///< fail the disk
  bool memory = true;     ///< fail the allocations
  std::string only_step;  ///< to repeat a finding; empty: all
};

struct EveryNthReport {
  std::int64_t attempts = 0;
  std::int64_t injections = 0;  ///< faults that did happen
  std::int64_t verified = 0;    ///< shops that were verified through the handle that had failed
  std::int64_t steps = 0;       ///< steps of the story that can fail
  std::int64_t problems = 0;
  std::string first_problem;
  std::map<std::string, std::int64_t> outcomes;  ///< how the calls ended, by code
};

/// Runs each step of the story with a disk, or an allocator, that fails at the nth call, once and
/// from then on, for n = 1, 2, … until nothing fails any more. Afterwards the shop must be as
/// before or as after the step, as its answer said; sound; also for somebody who opens it after
/// the process was killed at that point; nothing may be left allocated; and the step must then
/// succeed, or the handle say that it has to be opened anew.
EveryNthReport fail_every_nth(const EveryNthOptions& options);

}  // namespace shop::test
