#include "faults/model.hpp"

#include "faults/model_calls.hpp"
#include "faults/model_play.hpp"
#include "faults/story.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"
#include "support/vfs/fault_disk.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include <fmt/format.h>

namespace shop::test {
namespace {

/// A shop before its first operation, with a customer and somebody who has logged out.
struct Start {
  Snapshot shop{nullptr};
  DiskImage files;
  ModelSessions sessions;
};

Start make_start() {
  Start start;
  const MemoryFolder folder;
  auto world = new_world();
  auto shop = Engine::open(folder.shop(), held_options(world));
  NewUserInput ann;
  ann.username = "ann";
  const auto id = shop.accounts().create_user(shop.host(), ann).id;
  start.sessions.customer = shop.accounts().log_in_as(shop.host(), id).session;
  start.sessions.ended = shop.accounts().log_in_as(shop.host(), id).session;
  shop.accounts().log_out(start.sessions.ended);
  // A point is worth a penny, and is never given by itself.
  (void)shop.loyalty().set_program(shop.host(), {100, {100, "GBP"}, 0});
  Promotion promotion;
  promotion.name = "With a code";
  promotion.needs_code = true;
  promotion.benefit.kind = BenefitKind::amount;
  promotion.benefit.amount = {ModelShop::k_coupon_amount, "GBP"};
  start.sessions.promotion = shop.pricing().put_promotion(shop.host(), promotion).id;
  Coupon coupon;
  coupon.code = ModelShop::k_coupon;
  coupon.promotion_id = start.sessions.promotion;
  coupon.use_limit = ModelShop::k_coupon_limit;
  (void)shop.pricing().put_coupon(shop.host(), coupon);
  start.shop = shop.snapshot();
  shop.close();
  start.files = read_folder(folder.path());
  return start;
}

const Start& the_start() {
  static const Start start = make_start();
  return start;
}

/// One shop and its model, living through one sequence.
class Pair {
 public:
  Pair(std::uint64_t seed, bool on_disk, ModelReport* report)
      : report_(report), seed_(seed), on_disk_(on_disk), vfs_("model", disk_), world_(new_world()) {
    if (on_disk_) write_folder(folder_.path(), start_.files);
    open();
  }

  /// What went wrong, if anything did.
  std::optional<std::string> live(const Sequence& sequence) {
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      act(sequence[i]);
      count(sequence, i);
      if (!problem_ && i % 16 == 15) problem_ = difference(i % 128 == 127);
      if (problem_)
        return fmt::format("{} at operation {}: {}", name_of(sequence[i]), i, *problem_);
    }
    disk_.disarm();
    const auto found = world_.shop->verify();
    if (!found.ok()) return found.problems.front().check + ": " + found.problems.front().message;
    return difference(true);
  }

 private:
  void open() {
    // Chance goes on, and does not begin anew with the same tokens.
    auto options = held_options(world_, seed_ + 1'000'000'007ULL * ++openings_);
    if (!on_disk_) {
      world_.shop = Engine::from_snapshot(start_.shop, options);
      return;
    }
    options.vfs = vfs_.name();
    world_.shop = Engine::open(folder_.shop(), options);
  }

  void reopen() {
    if (!on_disk_) return;
    disk_.disarm();
    world_.shop->close();
    open();
  }

  void count(const Sequence& sequence, std::size_t i) {
    if (report_ == nullptr) return;
    ++report_->operations;
    if (i == 0) return;
    ++report_->pairs[{static_cast<int>(sequence[i - 1].kind), static_cast<int>(sequence[i].kind)}];
  }

  void act(const Operation& operation) {
    if (operation.kind == Kind::move_clock) return move_clock(operation);
    if (operation.kind == Kind::reopen) return reopen();
    if (operation.kind == Kind::fail_disk) return fail_next(operation);
    const auto call = resolve(model_, operation);
    if (!call || (call->kind == Kind::log_in && !may_log_in())) return;
    const auto before = model_;
    const auto wanted = apply(model_, *call);
    const auto got = answer(*call);
    const bool failed_disk = disk_.disarm();
    if (report_ != nullptr) ++report_->codes[got];
    if (got == wanted) return;
    if (!failed_disk) {
      problem_ = fmt::format("answered {}, owed {}", got, wanted);
      return;
    }
    after_failure(*call, before, wanted, got);
  }

  /// nullopt: the shop is as the model is.
  std::optional<std::string> difference(bool with_people) {
    disk_.disarm();
    return play_.difference(*world_.shop, with_people);
  }

  std::string answer(const Call& call) {
    try {
      play_.make(*world_.shop, call);
      return "ok";
    } catch (const Error& error) {
      return std::string{code_name(error.code())};
    } catch (const std::bad_alloc&) {
      return "no_memory";
    }
  }

  /// The disk failed under the call: it was as if it had not been made, or nobody knows.
  void after_failure(const Call& call, const ModelShop& before, const std::string& wanted,
                     const std::string& got) {
    static const std::set<std::string> storage{"io",        "full",        "busy",
                                               "no_memory", "cannot_open", "uncertain"};
    if (!storage.contains(got)) {
      problem_ = "answered " + got + " when the disk failed";
      return;
    }
    const auto after = model_;
    model_ = before;
    if (got != "uncertain") return;
    reopen();
    if (!difference(true) || wanted != "ok") return;
    model_ = after;
    play_.learn(*world_.shop, call);
    if (const auto differs = difference(true))
      problem_ = "neither as before nor as after: " + *differs;
  }

  /// Wrong passwords cost time, which passes here; none does while the clock says what it said
  /// before.
  bool may_log_in() {
    constexpr std::int64_t k_two_hours = 7'200'000'000;
    if (world_.clock->now() < latest_) return false;
    world_.clock->advance(k_two_hours);
    latest_ = world_.clock->now();
    return true;
  }

  void move_clock(const Operation& operation) {
    constexpr std::int64_t k_hour = 3'600'000'000;
    const auto hours = static_cast<std::int64_t>(operation.a % 2000);
    world_.clock->advance(hours * k_hour * (operation.b % 8 == 0 ? -1 : 1));
    latest_ = std::max(latest_, world_.clock->now());
  }

  void fail_next(const Operation& operation) {
    if (!on_disk_) return;
    const auto faults = all_disk_faults();
    disk_.arm(faults[operation.a % faults.size()], 1 + operation.b % 24, (operation.c & 1U) != 0);
  }

  const Start& start_ = the_start();
  ModelReport* report_;
  std::uint64_t seed_;
  bool on_disk_;
  FaultDisk disk_;
  ShimVfs vfs_;
  MemoryFolder folder_;
  World world_;
  ModelShop model_;
  ModelPlay play_{model_, start_.sessions};
  std::uint64_t openings_ = 0;
  Timestamp latest_ = 0;
  std::optional<std::string> problem_;
};

std::optional<std::string> live(std::uint64_t seed, bool on_disk, const Sequence& sequence,
                                ModelReport* report) {
  try {
    return Pair{seed, on_disk, report}.live(sequence);
  } catch (const std::exception& error) {
    return std::string{"could not go on: "} + error.what();
  }
}

/// Leaves out what is not needed for the sequence to go wrong.
Sequence shrink(std::uint64_t seed, bool on_disk, Sequence sequence) {
  int tries = 300;
  for (auto part = sequence.size() / 2; part > 0; part /= 2) {
    for (std::size_t at = 0; at + part <= sequence.size() && tries > 0;) {
      auto shorter = sequence;
      const auto begin = shorter.begin() + static_cast<std::ptrdiff_t>(at);
      shorter.erase(begin, begin + static_cast<std::ptrdiff_t>(part));
      --tries;
      if (live(seed, on_disk, shorter, nullptr)) {
        sequence = std::move(shorter);
      } else {
        at += part;
      }
    }
  }
  return sequence;
}

}  // namespace

ModelReport compare_with_model(const ModelOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  ModelReport report;
  report.kinds = static_cast<std::int64_t>(k_kind_names.size());
  for (std::int64_t i = 0; i < options.sequences; ++i) {
    const auto seed = options.seed + static_cast<std::uint64_t>(i);
    const bool on_disk = seed % 2 == 0;
    const auto sequence = make_sequence(seed, options.length);
    ++report.sequences;
    if (const auto problem = live(seed, on_disk, sequence, &report)) {
      ++report.problems;
      if (report.first_problem.empty()) {
        report.first_problem = fmt::format("seed {}: {}\n", seed, *problem);
        const auto shortest = shrink(seed, on_disk, sequence);
        for (const auto& operation : shortest) report.first_problem += name_of(operation) + "\n";
        if (const auto again = live(seed, on_disk, shortest, nullptr)) {
          report.first_problem += *again;
        }
      }
    }
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began;
    if (gone.count() > options.seconds) break;
  }
  return report;
}

void ModelReport::add(const ModelReport& other) {
  sequences += other.sequences;
  operations += other.operations;
  problems += other.problems;
  if (first_problem.empty()) first_problem = other.first_problem;
  for (const auto& [pair, count] : other.pairs) pairs[pair] += count;
  for (const auto& [code, count] : other.codes) codes[code] += count;
  kinds = other.kinds;
}

std::string ModelReport::coverage() const {
  auto text = fmt::format("{} of {} pairs of operations; answers:", pairs.size(), kinds * kinds);
  for (const auto& [code, count] : codes) text += fmt::format(" {} {}", code, count);
  return text;
}

}  // namespace shop::test
