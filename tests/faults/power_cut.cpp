#include "faults/power_cut.hpp"

#include "faults/known_states.hpp"
#include "faults/story.hpp"
#include "support/digest.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include <fmt/format.h>

namespace shop::test {
namespace {

/// A moment at which the shop had told its caller that something is done.
struct Promise {
  std::size_t position;  // in the log
  std::string what;
  Digest state;
  bool in_one_commit;  // otherwise the states on the way there are sound as well
};

struct Recording {
  MemoryFolder folder;
  std::unique_ptr<DiskLog> log;
  std::vector<Promise> promises;
};

void promise(Recording& recording, World& world, const std::string& what, std::int64_t commits) {
  recording.promises.push_back({recording.log->size(), what, digest_of(*world.shop), commits <= 1});
}

void tell(Recording& recording, World& world, const OpenOptions& options, std::size_t steps,
          std::mt19937_64 chance) {
  world.shop = Engine::open(recording.folder.shop(), options);
  world.begin();
  promise(recording, world, "open", 2);
  for (const auto& step : std::span{story()}.first(steps)) {
    const auto before = world.shop->stats().commits;
    play(world, step);
    promise(recording, world, step.name, world.shop->stats().commits - before);
    // Where the log is carried over is up to chance, and always happens soon.
    if (step.name == "make a product" || chance() % 16 == 0) {
      world.shop->checkpoint();
      promise(recording, world, "checkpoint", 0);
    }
  }
  world.shop->checkpoint();
  promise(recording, world, "the last checkpoint", 0);
  world.shop->close();
  world.shop = Engine::open(recording.folder.shop(), options);
  promise(recording, world, "open again", 2);
  play(world, story()[steps - 1]);
  promise(recording, world, "the last step again", 2);
}

std::unique_ptr<Recording> record(const PowerCutOptions& options) {
  auto recording = std::make_unique<Recording>();
  recording->log = std::make_unique<DiskLog>(recording->folder.path());
  if (!options.lie_about.empty()) recording->log->lie_about(options.lie_about);
  const ShimVfs vfs{"watched", *recording->log};
  auto world = new_world();
  // The same shops again and again, as they come to the same states.
  auto open = held_options(world, options.seed % 2);
  open.vfs = vfs.name();
  open.durability = options.durability;
  tell(*recording, world, open, options.steps == 0 ? story().size() : options.steps,
       std::mt19937_64{options.seed});
  world.shop->close();
  return recording;
}

constexpr std::size_t k_cuts_of_a_recovery = 8;

class Examiner {
 public:
  Examiner(const PowerCutOptions& options, const Recording& recording, KnownStates& known)
      : options_(options), recording_(recording), known_(known), chance_(options.seed) {}

  PowerCutReport run() {
    const auto began = std::chrono::steady_clock::now();
    report_.disks = -known_.disks();
    report_.states = -known_.states();
    report_.opened = -known_.opened();
    report_.changes = static_cast<std::int64_t>(recording_.log->changes().size());
    // Moments at which nothing is on its way to the disk give one image each, the others many.
    DiskReplay replay{*recording_.log};
    const double each = static_cast<double>(options_.images) / static_cast<double>(report_.changes);
    double owed = 0;
    do {
      // While the shop is being made little can be lost, and each image has to make it anew.
      const bool is_made = replay.position() >= recording_.promises.front().position;
      owed += (replay.anything_unsynced() ? each : std::min(each, 1.0)) / (is_made ? 1 : 16);
      for (; owed >= 1; --owed) examine(replay);
      const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began;
      if (gone.count() > options_.seconds) break;
    } while (replay.advance() && !(options_.stop_at_first && report_.bad() > 0));
    report_.disks += known_.disks();
    report_.states += known_.states();
    report_.opened += known_.opened();
    return report_;
  }

 private:
  using Disk = std::function<DiskImage()>;

  /// One of the disks that may be found now; the same whenever it is asked for.
  Disk some_disk(const DiskReplay& replay) {
    return [&replay, seed = chance_()] {
      DiskReplay::Chance chance{seed};
      return replay.image(chance);
    };
  }

  void examine(const DiskReplay& replay) {
    const auto position = replay.position();
    const auto last =
        std::find_if(recording_.promises.begin(), recording_.promises.end(),
                     [&](const Promise& promise) { return promise.position > position; });
    const auto kept = static_cast<std::size_t>(last - recording_.promises.begin());
    const auto disk = some_disk(replay);
    if (options_.second_cut_in > 0 && ++cuts_ % options_.second_cut_in == 0) {
      cut_again(disk, kept, position);
    } else {
      look(disk, kept, "after a cut", position);
    }
  }

  /// Recovers on a watched disk, cuts the power at some moments of it, and looks at what is then
  /// there.
  void cut_again(const Disk& disk, std::size_t kept, std::size_t position) {
    write_folder(folder_.path(), disk());
    DiskLog log{folder_.path()};
    try {
      const ShimVfs vfs{"watched again", log};
      auto world = new_world();
      auto options = held_options(world);
      options.vfs = vfs.name();
      auto shop = Engine::open(folder_.shop(), options);
      if ((chance_() & 1U) != 0) shop.checkpoint();
      shop.close();
    } catch (const Error&) {  // look() will say so
      if (kept > 0) return look(disk, kept, "after a cut", position);
    }
    std::vector<std::uint64_t> moments(k_cuts_of_a_recovery);
    for (auto& moment : moments) moment = chance_() % (log.size() + 1);
    std::sort(moments.begin(), moments.end());
    DiskReplay replay{log};
    for (const auto moment : moments) {
      while (replay.position() < moment && replay.advance()) {
      }
      ++report_.second_cuts;
      look(some_disk(replay), kept, "after a second cut", position);
    }
  }

  void look(const Disk& disk, std::size_t kept, const char* when, std::size_t position) {
    ++report_.images;
    const bool in_full = options_.full_in > 0 && chance_() % options_.full_in == 0;
    const auto& found = known_.verdict(disk, in_full);
    if (!found.problem.empty()) {
      ++(found.refused ? report_.refused : report_.broken);
      problem(when, position, kept, found.problem);
      return;
    }
    compare(found.state, kept, when, position);
  }

  void compare(const Digest& state, std::size_t kept, const char* when, std::size_t position) {
    if (kept == 0) return;  // nothing was promised yet: any sound shop will do
    const auto& before = recording_.promises[kept - 1];
    if (state == before.state) return;
    if (kept < recording_.promises.size()) {
      const auto& after = recording_.promises[kept];
      if (state == after.state || !after.in_one_commit) return;
    }
    ++report_.lost;
    problem(when, position, kept, "differs in " + difference(state, before.state));
  }

  void problem(const char* when, std::size_t position, std::size_t kept, const std::string& what) {
    if (!report_.first_problem.empty()) return;
    report_.first_problem =
        fmt::format("seed {}, {} at change {}, {}: {}", options_.seed, when, position,
                    kept == 0 ? "before the first promise"
                              : "after “" + recording_.promises[kept - 1].what + "”",
                    what);
  }

  const PowerCutOptions& options_;
  const Recording& recording_;
  KnownStates& known_;
  MemoryFolder folder_;
  std::mt19937_64 chance_;
  std::int64_t cuts_ = 0;
  PowerCutReport report_;
};

}  // namespace

void PowerCutReport::add(const PowerCutReport& other) {
  images += other.images;
  second_cuts += other.second_cuts;
  disks += other.disks;
  states += other.states;
  opened += other.opened;
  changes += other.changes;
  lost += other.lost;
  broken += other.broken;
  refused += other.refused;
  if (first_problem.empty()) first_problem = other.first_problem;
}

PowerCutReport cut_power(const PowerCutOptions& options) {
  KnownStates known;
  return cut_power(options, known);
}

PowerCutReport cut_power(const PowerCutOptions& options, KnownStates& known) {
  const auto recording = record(options);
  return Examiner{options, *recording, known}.run();
}

}  // namespace shop::test
