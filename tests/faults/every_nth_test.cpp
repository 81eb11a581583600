#include "faults/every_nth.hpp"

#include "support/run_seed.hpp"

#include <doctest/doctest.h>

using namespace shop::test;

namespace {

void run(EveryNthOptions options) {
  options.seed = run_seed();
  options.seconds = 8;
  const auto report = fail_every_nth(options);
  CAPTURE(report.first_problem);
  CHECK(report.problems == 0);
  CHECK(report.injections > 20);
  for (const auto& [code, count] : report.outcomes) MESSAGE(code, ": ", count);
}

}  // namespace

TEST_CASE("a disk that fails at any call leaves the shop as before or as after") {
  run({.memory = false});
}

TEST_CASE("memory that runs out at any allocation leaves the shop as before or as after") {
  run({.disk = false});
}
