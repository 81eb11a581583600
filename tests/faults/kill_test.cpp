#include "faults/kill.hpp"

#include "support/run_seed.hpp"

#include <doctest/doctest.h>

using namespace shop::test;

TEST_CASE("a process killed at any moment loses nothing that it was told is done") {
  for (const int processes : {1, 4}) {
    CAPTURE(processes);
    const auto report =
        kill_processes({.seed = run_seed(), .cycles = 60, .processes = processes, .seconds = 5});
    CAPTURE(report.first_problem);
    CHECK(report.problems == 0);
    CHECK(report.acknowledged > 0);
    MESSAGE(report.cycles, " cycles, ", report.acknowledged, " acknowledged changes");
  }
}
