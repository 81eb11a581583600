#include "faults/races.hpp"

#include "faults/racers.hpp"
#include "faults/story.hpp"
#include "support/digest.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace shop::test {
namespace {

std::string answer(const Racer& racer, Engine& shop, const World& world) {
  try {
    racer.run(shop, world);
    return "ok";
  } catch (const Error& error) {
    return std::string{code_name(error.code())};
  }
}

/// What two calls did: their answers, and how many rows each table has then. The rows themselves
/// hold ids and times that depend on who came first.
struct Effect {
  std::string first;
  std::string second;
  std::map<std::string, std::int64_t> rows;
  friend bool operator==(const Effect&, const Effect&) = default;
};

class Track {
 public:
  explicit Track(const RaceOptions& options) : options_(options), racers_(all_racers()) {}

  RaceReport run() {
    const auto began = std::chrono::steady_clock::now();
    prepare();
    // One that cannot even run alone shows nothing.
    for (const auto& racer : racers_) {
      auto shop = start();
      if (const auto alone = answer(racer, shop, world_); alone != "ok") {
        problem(racer, racer, "alone it answers " + alone);
      }
    }
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t first = 0; first < racers_.size(); ++first) {
      for (std::size_t second = first; second < racers_.size(); ++second) {
        pairs.emplace_back(first, second);
      }
    }
    // Where time is short, the seed decides which of them race.
    std::mt19937_64 chance{options_.seed};
    std::shuffle(pairs.begin(), pairs.end(), chance);
    for (const auto& [first, second] : pairs) {
      race_pair(racers_[first], racers_[second]);
      const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began;
      if (gone.count() > options_.seconds) break;
    }
    return report_;
  }

 private:
  void prepare() {
    world_ = new_world();
    world_.shop = Engine::open(folder_.shop(), held_options(world_));
    world_.begin();
    for (const auto& step : story()) play(world_, step);
    line_up(world_);
    world_.shop->close();
    files_ = read_folder(folder_.path());
  }

  Engine start() {
    write_folder(folder_.path(), files_);
    return Engine::open(folder_.shop(), held_options(world_, options_.seed));
  }

  Effect one_after_the_other(const Racer& first, const Racer& second, bool swapped) {
    auto shop = start();
    Effect effect;
    if (swapped) effect.second = answer(second, shop, world_);
    effect.first = answer(first, shop, world_);
    if (!swapped) effect.second = answer(second, shop, world_);
    effect.rows = row_counts_of(shop);
    return effect;
  }

  Effect at_once(const Racer& first, const Racer& second) {
    auto shop = start();
    Effect effect;
    std::atomic<int> ready{0};
    const auto wait = [&ready] {
      ++ready;
      while (ready < 2) std::this_thread::yield();
    };
    std::thread other{[&] {
      wait();
      effect.second = answer(second, shop, world_);
    }};
    wait();
    effect.first = answer(first, shop, world_);
    other.join();
    effect.rows = row_counts_of(shop);
    const auto found = shop.verify();
    if (!found.ok()) {
      problem(first, second, found.problems.front().check + ": " + found.problems.front().message);
    }
    return effect;
  }

  void race_pair(const Racer& first, const Racer& second) {
    ++report_.pairs;
    const auto forth = one_after_the_other(first, second, false);
    const auto back = one_after_the_other(first, second, true);
    for (std::int64_t round = 0; round < options_.rounds; ++round) {
      ++report_.races;
      const auto effect = at_once(first, second);
      if (effect != forth && effect != back) {
        problem(first, second,
                fmt::format("answered {} and {}; in turn {} and {}, or {} and {}", effect.first,
                            effect.second, forth.first, forth.second, back.first, back.second));
      }
    }
  }

  void problem(const Racer& first, const Racer& second, const std::string& what) {
    ++report_.problems;
    if (report_.problems <= 5) {
      report_.first_problem += fmt::format("“{}” and “{}”: {}\n", first.name, second.name, what);
    }
  }

  const RaceOptions& options_;
  std::vector<Racer> racers_;
  MemoryFolder folder_;
  World world_;
  DiskImage files_;
  RaceReport report_;
};

}  // namespace

RaceReport race_all_pairs(const RaceOptions& options) {
  return Track{options}.run();
}

}  // namespace shop::test
