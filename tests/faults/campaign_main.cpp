// shop_campaign <kind> --seconds N --seed S: one kind of fault, for as long as it is given. Prints
// what it did as one row of a Markdown table; fails when it found something.

#include "faults/every_nth.hpp"
#include "faults/kill.hpp"
#include "faults/known_states.hpp"
#include "faults/model.hpp"
#include "faults/power_cut.hpp"
#include "faults/races.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include <fmt/format.h>

namespace {

using namespace shop::test;

struct Result {
  std::string did;
  std::int64_t problems = 0;
  std::string first_problem;
};

class Deadline {
 public:
  explicit Deadline(double seconds) : seconds_(seconds) {}
  [[nodiscard]] double left() const {
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began_;
    return seconds_ - gone.count();
  }

 private:
  double seconds_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

Result power(double seconds, std::uint64_t seed, PowerCutOptions options) {
  const Deadline deadline{seconds};
  PowerCutReport sum;
  KnownStates known;
  while (deadline.left() > 0) {
    options.seed = seed++;
    // A story to its end, however little time there is.
    options.images =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(seconds * 50), 2000, 40'000);
    options.seconds = deadline.left();
    sum.add(cut_power(options, known));
  }
  return {
      fmt::format("{} disks after a cut ({} different, recovered to {} states, {} opened by the "
                  "library), {} cuts during recovery",
                  sum.images, sum.disks, sum.states, sum.opened, sum.second_cuts),
      sum.bad(), sum.first_problem};
}

// The canaries have to find something: then all is well.
Result canary(double seconds, std::uint64_t seed) {
  Result result;
  const std::map<std::string, PowerCutOptions> canaries{
      {"NORMAL", {.durability = shop::Durability::normal}},
      {"no sync of the log", {.lie_about = "-wal"}},
      {"no sync of the file", {.lie_about = ".shop"}}};
  for (auto [name, options] : canaries) {
    options.seed = seed;
    options.images = 600;
    // Unlike the others they are given the time that they need.
    options.seconds = std::max(seconds / 3, 60.0);
    options.steps = 13;  // the last of which can be repeated
    options.stop_at_first = true;
    const auto report = cut_power(options);
    result.did += fmt::format("{}{}: failed after {} disks", result.did.empty() ? "" : "; ", name,
                              report.images);
    if (report.bad() == 0) {
      ++result.problems;
      result.first_problem = name + ": the canary did not fail";
    }
  }
  return result;
}

Result faults(double seconds, std::uint64_t seed) {
  const auto report = fail_every_nth({.seed = seed, .seconds = seconds});
  std::string outcomes;
  for (const auto& [code, count] : report.outcomes) outcomes += fmt::format(" {} {}", code, count);
  return {fmt::format("{} faults in {} steps:{}; {} times verified", report.injections,
                      report.steps, outcomes, report.verified),
          report.problems, report.first_problem};
}

Result kills(double seconds, std::uint64_t seed) {
  const Deadline deadline{seconds};
  KillReport sum;
  for (int processes = 1; deadline.left() > 0; processes = processes == 1 ? 4 : 1) {
    sum.add(kill_processes(
        {.seed = seed++, .cycles = 400, .processes = processes, .seconds = deadline.left()}));
  }
  return {fmt::format("{} kills of 1 and 4 processes, {} acknowledged changes", sum.cycles,
                      sum.acknowledged),
          sum.problems, sum.first_problem};
}

Result races(double seconds, std::uint64_t seed) {
  const Deadline deadline{seconds};
  Result result;
  std::int64_t races = 0;
  std::int64_t pairs = 0;
  while (deadline.left() > 0) {
    const auto report = race_all_pairs({.seed = seed++, .rounds = 5, .seconds = deadline.left()});
    races += report.races;
    pairs = std::max(pairs, report.pairs);
    result.problems += report.problems;
    if (result.first_problem.empty()) result.first_problem = report.first_problem;
  }
  result.did = fmt::format("{} races of {} pairs", races, pairs);
  return result;
}

Result models(double seconds, std::uint64_t seed) {
  const Deadline deadline{seconds};
  ModelReport sum;
  while (deadline.left() > 0) {
    sum.add(compare_with_model(
        {.seed = seed, .sequences = 50, .length = 500, .seconds = deadline.left()}));
    seed += 50;
  }
  return {fmt::format("{} operations in {} sequences; {}", sum.operations, sum.sequences,
                      sum.coverage()),
          sum.problems, sum.first_problem};
}

Result run(const std::string& kind, double seconds, std::uint64_t seed) {
  if (kind == "power") return power(seconds, seed, {});
  if (kind == "canary") return canary(seconds, seed);
  if (kind == "faults") return faults(seconds, seed);
  if (kind == "kill") return kills(seconds, seed);
  if (kind == "races") return races(seconds, seed);
  if (kind == "model") return models(seconds, seed);
  return {"", 1, "there is no such campaign: " + kind};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  double seconds = 10;
  std::uint64_t seed = 1;
  for (int i = 2; i + 1 < count; i += 2) {
    if (std::strcmp(arguments[i], "--seconds") == 0) seconds = std::atof(arguments[i + 1]);
    if (std::strcmp(arguments[i], "--seed") == 0) {
      seed = std::strtoull(arguments[i + 1], nullptr, 10);
    }
  }
  const auto result = run(arguments[1], seconds, seed);
  std::printf("| %s | %llu | %.0f | %s | %lld |\n", arguments[1],
              static_cast<unsigned long long>(seed), seconds, result.did.c_str(),
              static_cast<long long>(result.problems));
  if (result.problems > 0) std::fprintf(stderr, "%s\n", result.first_problem.c_str());
  return result.problems == 0 ? 0 : 1;
}
