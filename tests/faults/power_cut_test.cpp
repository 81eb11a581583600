#include "faults/power_cut.hpp"

#include "support/run_seed.hpp"

#include <doctest/doctest.h>

using namespace shop::test;

TEST_CASE("a power cut at any moment loses nothing that was promised") {
  const auto report = cut_power({.seed = run_seed(), .images = 400, .seconds = 25});
  CAPTURE(report.first_problem);
  CHECK(report.lost == 0);
  CHECK(report.broken == 0);
  CHECK(report.refused == 0);
  CHECK(report.images > 50);
  CHECK(report.second_cuts > 4);
  MESSAGE(report.images, " disks, ", report.second_cuts, " second cuts, ", report.changes,
          " changes");
}

TEST_CASE("a disk is judged by what it recovers to as the library judges it, opened") {
  const auto report =
      cut_power({.seed = run_seed(), .images = 150, .seconds = 15, .full_in = 1, .steps = 40});
  CAPTURE(report.first_problem);
  CHECK(report.bad() == 0);
  CHECK(report.opened == report.images);
  CHECK(report.states < report.disks);  // or nothing was judged twice
}

// A harness that never fails proves nothing: these must lose something, and soon.
constexpr std::size_t k_few_steps = 13;  // the last of which can be repeated

TEST_CASE("canary: without a sync at each commit the power cut does lose orders") {
  const auto report = cut_power({.seed = run_seed(),
                                 .images = 500,
                                 .durability = shop::Durability::normal,
                                 .steps = k_few_steps,
                                 .stop_at_first = true});
  CHECK(report.lost > 0);
  CHECK(report.broken == 0);  // late, but consistent
}

TEST_CASE("canary: a disk that does not sync the log loses orders") {
  const auto report = cut_power({.seed = run_seed(),
                                 .images = 500,
                                 .lie_about = "-wal",
                                 .steps = k_few_steps,
                                 .stop_at_first = true});
  CHECK(report.bad() > 0);
}

TEST_CASE("canary: a disk that does not sync the file at a checkpoint breaks the shop") {
  const auto report = cut_power({.seed = run_seed(),
                                 .images = 1000,
                                 .lie_about = ".shop",
                                 .steps = k_few_steps,
                                 .stop_at_first = true});
  CHECK(report.bad() > 0);
}
