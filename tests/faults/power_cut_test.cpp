#include "faults/power_cut.hpp"

#include "support/run_seed.hpp"

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::test;

TEST_CASE("a power cut at any moment loses nothing that was promised") {
  PowerCutOptions options;
  options.seed = run_seed();
  options.images = 3000;
  options.seconds = 15;
  const auto report = cut_power(options);
  CAPTURE(report.first_problem);
  CHECK(report.lost == 0);
  CHECK(report.broken == 0);
  CHECK(report.refused == 0);
  CHECK(report.images > 100);
  CHECK(report.second_cuts > 10);
  MESSAGE(report.images, " disks, ", report.second_cuts, " second cuts, ", report.changes,
          " changes");
}

// A harness that never fails proves nothing: these must lose something.

TEST_CASE("canary: without a sync at each commit the power cut does lose orders") {
  PowerCutOptions options;
  options.seed = run_seed();
  options.durability = Durability::normal;
  options.images = 1000;
  const auto report = cut_power(options);
  CHECK(report.lost > 0);
  CHECK(report.broken == 0);  // late, but consistent
}

TEST_CASE("canary: a disk that does not sync the log loses orders") {
  PowerCutOptions options;
  options.seed = run_seed();
  options.lie_about = "-wal";
  options.images = 1000;
  CHECK(cut_power(options).bad() > 0);
}

TEST_CASE("canary: a disk that does not sync the file at a checkpoint breaks the shop") {
  PowerCutOptions options;
  options.seed = run_seed();
  options.lie_about = ".shop";
  options.images = 4000;
  CHECK(cut_power(options).bad() > 0);
}
