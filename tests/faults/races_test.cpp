#include "faults/races.hpp"

#include "support/run_seed.hpp"

#include <thread>  // the thread sanitizer looks at what includes it

#include <doctest/doctest.h>

using namespace shop::test;

TEST_CASE("two calls at once do what one order or the other does") {
  const auto report = race_all_pairs({.seed = run_seed(), .rounds = 1, .seconds = 40});
  CAPTURE(report.first_problem);
  CHECK(report.problems == 0);
  CHECK(report.pairs > 50);
  MESSAGE(report.pairs, " pairs, ", report.races, " races");
}
