#include "faults/every_nth.hpp"

#include "faults/known_states.hpp"
#include "faults/memory.hpp"
#include "faults/story.hpp"
#include "support/digest.hpp"
#include "support/fingerprint.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"
#include "support/vfs/fault_disk.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <random>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

namespace shop::test {
namespace {

/// A step with the shop right before it, and what the shop must look like on either side.
struct Scene {
  const Step* step;
  std::uint64_t seed;
  World names;  // without an engine
  Timestamp at;
  DiskImage files;
  Snapshot image{nullptr};  // the same for a shop in memory
  Digest before;
  Digest after;
};

/// Something that can be made to fail.
struct Failure {
  std::string name;
  std::function<void(std::int64_t nth, bool lasting)> arm;
  std::function<bool()> disarm;
  std::function<std::int64_t()> calls;  // that could have failed since arm
  bool of_memory = false;
};

enum class End { fine, failed, uncertain };

struct Outcome {
  End end = End::fine;
  std::string code = "ok";
  std::string message;
};

/// Onto the shop at the path; without one, into a copy of it in memory.
World enter(const Scene& scene, const std::string& path, const std::string& vfs) {
  World world = new_world();
  world.ids = scene.names.ids;
  world.texts = scene.names.texts;
  world.sessions = scene.names.sessions;
  world.clock->set(scene.at);
  auto options = held_options(world, scene.seed);
  options.vfs = vfs;
  if (path.empty()) {
    options.vfs.clear();
    world.shop = Engine::from_snapshot(scene.image, options);
  } else {
    world.shop = Engine::open(path, options);
  }
  return world;
}

/// Plays the step undisturbed in the folder and moves `names` and `files` on to the next.
Scene rehearse(const MemoryFolder& folder, const Step& step, std::uint64_t seed, World& names,
               DiskImage& files) {
  Scene scene{&step, seed, std::move(names), 0, std::move(files), Snapshot{nullptr}, {}, {}};
  scene.at = scene.names.clock->now();
  write_folder(folder.path(), scene.files);
  auto world = enter(scene, folder.shop(), {});
  scene.image = world.shop->snapshot();
  scene.before = digest_of(scene.image.bytes());
  play(world, step);
  scene.after = digest_of(*world.shop);
  world.shop.reset();
  files = read_folder(folder.path());
  names = std::move(world);
  return scene;
}

std::vector<Scene> rehearse_all() {
  const MemoryFolder folder;
  World names = new_world();
  names.shop = Engine::open(folder.shop(), held_options(names));
  names.begin();
  names.shop.reset();
  DiskImage files = read_folder(folder.path());
  std::uint64_t seed = 1;
  std::vector<Scene> scenes;
  for (const auto& step : story()) {
    scenes.push_back(rehearse(folder, step, ++seed, names, files));
  }
  return scenes;
}

class Stage {
 public:
  explicit Stage(const EveryNthOptions& options)
      : options_(options), vfs_("failing", disk_), chance_(options.seed) {}

  EveryNthReport run() {
    failures_ = all_failures();
    // The same for everybody, and long.
    static const auto all_scenes = rehearse_all();
    for (const auto& scene : all_scenes) {
      const bool wanted = options_.only_step.empty() || options_.only_step == scene.step->name;
      if (wanted) scenes_.push_back(&scene);
    }
    began_ = std::chrono::steady_clock::now();
    report_.steps = static_cast<std::int64_t>(scenes_.size());
    if (options_.every) {
      for (const auto* scene : scenes_) {
        for (const auto& failure : failures_) {
          play_through(*scene, failure, false);
          play_through(*scene, failure, true);
        }
      }
    } else {
      while (!is_over()) play_somewhere();
    }
    return report_;
  }

 private:
  std::vector<Failure> all_failures() {
    std::vector<Failure> all;
    if (options_.disk) {
      for (const auto& fault : all_disk_faults()) {
        all.push_back(
            {fault.name,
             [this, &fault](std::int64_t nth, bool lasting) { disk_.arm(fault, nth, lasting); },
             [this] { return disk_.disarm(); }, [this, &fault] { return disk_.calls_of(fault); }});
      }
    }
    if (options_.memory) {
      for (const auto memory : {Memory::cpp, Memory::sqlite}) {
        all.push_back(
            {memory == Memory::cpp ? "no memory" : "no memory for SQLite",
             [memory](std::int64_t nth, bool lasting) { arm_memory(memory, nth, lasting); },
             [] { return disarm_memory(); }, [memory] { return memory_calls(memory); }, true});
      }
    }
    return all;
  }

  [[nodiscard]] bool is_over() const {
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began_;
    return gone.count() > options_.seconds;
  }

  void play_through(const Scene& scene, const Failure& failure, bool lasting) {
    for (std::int64_t nth = 1; !is_over() && play_once(scene, failure, nth, lasting); ++nth) {
    }
  }

  /// How often the step calls what each failure is about, when nothing fails.
  const std::vector<std::int64_t>& calls_of(const Scene& scene) {
    auto& calls = calls_[&scene];
    if (!calls.empty()) return calls;
    constexpr auto k_never = std::numeric_limits<std::int64_t>::max();
    write_folder(folder_.path(), scene.files);
    auto world = enter(scene, folder_.shop(), vfs_.name());
    disk_.arm(all_disk_faults().front(), k_never, false);
    arm_memory(Memory::cpp, k_never, false);
    (void)attempt(world, *scene.step);
    disarm_memory();
    disk_.disarm();
    for (const auto& failure : failures_) calls.push_back(failure.calls());
    return calls;
  }

  /// One fault of chance; of memory as often as of the disk.
  void play_somewhere() {
    const auto& scene = *scenes_[chance_() % scenes_.size()];
    const auto& calls = calls_of(scene);
    const bool of_memory = !options_.disk || (options_.memory && chance_() % 2 == 0);
    std::vector<std::size_t> kinds;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      if (calls[i] > 0 && failures_[i].of_memory == of_memory) kinds.push_back(i);
    }
    if (kinds.empty()) return;
    const auto kind = kinds[chance_() % kinds.size()];
    const auto nth =
        1 + static_cast<std::int64_t>(chance_() % static_cast<std::uint64_t>(calls[kind]));
    // Memory runs out in the same way whether there is a disk under it or not.
    const bool in_memory = of_memory && chance_() % 4 != 0;
    play_once(scene, failures_[kind], nth, (chance_() & 1U) != 0, in_memory);
  }

  /// False: the step has fewer than n such calls.
  bool play_once(const Scene& scene, const Failure& failure, std::int64_t nth, bool lasting,
                 bool in_memory = false) {
    where_ = fmt::format("step “{}”, {} at call {}{}{}", scene.step->name, failure.name, nth,
                         lasting ? " and all later ones" : "", in_memory ? ", in memory" : "");
    if (!in_memory) write_folder(folder_.path(), scene.files);
    ++report_.attempts;
    const auto sqlite_bytes = sqlite_bytes_in_use();
    bool fired = false;
    {
      auto world = enter(scene, in_memory ? std::string{} : folder_.shop(), vfs_.name());
      failure.arm(nth, lasting);
      const auto outcome = attempt(world, *scene.step);
      fired = failure.disarm();
      if (fired) {
        ++report_.injections;
        ++report_.outcomes[outcome.code];
        check(scene, world, outcome, in_memory);
      }
    }
    if (sqlite_bytes_in_use() != sqlite_bytes) problem("SQLite's memory was not given back");
    return fired;
  }

  static Outcome attempt(World& world, const Step& step) {
    try {
      play(world, step);
      return {};
    } catch (const Error& error) {
      const bool open = error.code() == Code::uncertain;
      return {open ? End::uncertain : End::failed, std::string{code_name(error.code())},
              error.message()};
    } catch (const std::bad_alloc&) {
      return {End::failed, "no_memory", {}};
    } catch (const std::exception& other) {
      return {End::failed, "an exception of a foreign kind", other.what()};
    }
  }

  void check(const Scene& scene, World& world, const Outcome& outcome, bool in_memory) {
    static const std::map<std::string, int> allowed{
        {"ok", 0},        {"io", 0},          {"full", 0},      {"busy", 0},
        {"no_memory", 0}, {"cannot_open", 0}, {"uncertain", 0}, {"read_only", 0}};
    if (!allowed.contains(outcome.code))
      problem("ended with " + outcome.code + ": " + outcome.message);
    // What a process finds that opens the shop after this one was killed here.
    const bool killed = !in_memory && (outcome.end == End::uncertain || chance_() % 4 == 0);
    const auto files = killed ? read_folder(folder_.path()) : DiskImage{};
    check_here(scene, outcome, *world.shop);
    check_next_call(scene, world, outcome);
    world.shop->close();
    if (killed) check_killed(scene, outcome, files);
  }

  /// What is read through the handle that has failed. Pages that were found sound before are so
  /// again; now and then the handle has to verify them all the same.
  void check_here(const Scene& scene, const Outcome& outcome, Engine& shop) {
    try {
      const auto image = shop.snapshot();
      const auto print = fingerprint_of(image.bytes());
      auto known = verified_.find(print);
      if (known == verified_.end() || chance_() % 16 == 0) {
        ++report_.verified;
        Verdict verdict;
        const auto found = shop.verify();
        if (!found.ok()) {
          verdict.problem = found.problems.front().check + ": " + found.problems.front().message;
        }
        verdict.state = digest_of(image.bytes());
        known = verified_.insert_or_assign(print, std::move(verdict)).first;
      }
      check_state(scene, outcome, known->second, "here");
    } catch (const std::exception& error) {
      problem(fmt::format("here: cannot be read: {}", error.what()));
    }
  }

  void check_state(const Scene& scene, const Outcome& outcome, const Verdict& found,
                   const char* where) {
    if (!found.problem.empty()) problem(fmt::format("{}: {}", where, found.problem));
    if (found.refused) return;
    const bool may_be_before = outcome.end != End::fine;
    const bool may_be_after = outcome.end != End::failed;
    if (may_be_before && found.state == scene.before) return;
    if (may_be_after && found.state == scene.after) return;
    if (may_be_before && scene.step->in_parts) return;
    problem(fmt::format("{}: after “{}” it differs in {}", where, outcome.code,
                        difference(found.state, may_be_before ? scene.before : scene.after)));
  }

  /// It works, or the handle says that it does not work any more.
  void check_next_call(const Scene& scene, World& world, const Outcome& outcome) {
    world.clock->set(scene.at);
    const auto next = outcome.end == End::fine ? Outcome{} : attempt(world, *scene.step);
    if (outcome.end == End::uncertain) {
      if (next.end != End::uncertain && scene.before != scene.after) {
        problem("a handle that is uncertain went on with " + next.code);
      }
    } else if (next.end != End::fine) {
      problem("the next call ended with " + next.code + ": " + next.message);
    }
  }

  void check_killed(const Scene& scene, const Outcome& outcome, const DiskImage& files) {
    const auto& found = killed_.verdict([&files] { return files; }, chance_() % 32 == 0);
    check_state(scene, outcome, found, "for the next process");
  }

  void problem(const std::string& what) {
    ++report_.problems;
    if (report_.problems <= 5) {
      report_.first_problem += fmt::format("{}seed {}, {}: {}", report_.problems > 1 ? "\n" : "",
                                           options_.seed, where_, what);
    }
  }

  const EveryNthOptions& options_;
  std::vector<Failure> failures_;
  std::vector<const Scene*> scenes_;
  std::map<const Scene*, std::vector<std::int64_t>> calls_;
  std::unordered_map<Fingerprint, Verdict, FingerprintHash> verified_;
  KnownStates killed_;
  FaultDisk disk_;
  ShimVfs vfs_;
  MemoryFolder folder_;
  std::mt19937_64 chance_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::string where_;
  EveryNthReport report_;
};

}  // namespace

EveryNthReport fail_every_nth(const EveryNthOptions& options) {
  return Stage{options}.run();
}

}  // namespace shop::test
