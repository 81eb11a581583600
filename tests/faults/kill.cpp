#include "faults/kill.hpp"

#include "shop/shop.hpp"
#include "support/memory_folder.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shop::test {
namespace {

constexpr int k_new_shop_every = 40;

/// What a process says before the next call: this is done.
struct Acknowledged {
  enum class What : std::int32_t { category, unit };
  What what;
  std::int32_t number;
};

std::string category_name(int process, int number) {
  return fmt::format("c{}x{}", process, number);
}

/// The child: works until it is killed.
[[noreturn]] void work(const std::string& path, int pipe, int process, Id variant, int first) {
  for (;;) {
    try {
      auto shop = Engine::open(path);
      for (int number = first;; ++number) {
        Acknowledged done{Acknowledged::What::category, number};
        if (variant != 0 && number % 2 == 0) {
          shop.inventory().receive(shop.host(), {.variant_id = variant, .quantity = 1});
          done.what = Acknowledged::What::unit;
        } else {
          shop.catalog().create_category(shop.host(), {category_name(process, number), {}});
        }
        if (::write(pipe, &done, sizeof done) != sizeof done) _exit(1);
      }
    } catch (const Error& error) {
      if (error.code() != Code::busy) {
        const Acknowledged failed{Acknowledged::What::category, -1};
        (void)!::write(pipe, &failed, sizeof failed);
        _exit(2);
      }
    }
  }
}

struct Child {
  pid_t pid = 0;
  int pipe = -1;
  std::vector<Acknowledged> done;
};

class Killer {
 public:
  explicit Killer(const KillOptions& options) : options_(options), chance_(options.seed) {}

  KillReport run() {
    const auto began = std::chrono::steady_clock::now();
    while (report_.cycles < options_.cycles) {
      if (report_.cycles % k_new_shop_every == 0) start_anew();
      cycle();
      ++report_.cycles;
      const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began;
      if (gone.count() > options_.seconds) break;
    }
    return report_;
  }

 private:
  void start_anew() {
    for (const auto& entry : std::filesystem::directory_iterator{folder_.path()}) {
      std::filesystem::remove(entry.path());
    }
    variant_ = 0;
    units_ = 0;
  }

  void cycle() {
    std::vector<Child> children;
    for (int process = 0; process < options_.processes; ++process) {
      children.push_back(start(process));
    }
    std::this_thread::sleep_for(std::chrono::microseconds{1000 + chance_() % 60'000});
    for (const auto& child : children) ::kill(child.pid, SIGKILL);
    for (auto& child : children) {
      Acknowledged done{};
      while (::read(child.pipe, &done, sizeof done) == sizeof done) child.done.push_back(done);
      ::close(child.pipe);
      int status = 0;
      ::waitpid(child.pid, &status, 0);
      if (!WIFSIGNALED(status)) problem("a process ended by itself");
    }
    next_ += 100'000;
    try {
      check(children);
    } catch (const std::exception& error) {
      problem(fmt::format("the shop cannot be read: {}", error.what()));
    }
  }

  Child start(int process) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) return {};
    const auto path = folder_.shop();
    const auto pid = ::fork();
    if (pid == 0) {
      ::close(ends[0]);
      work(path, ends[1], process, variant_, next_);
    }
    ::close(ends[1]);
    return {pid, ends[0], {}};
  }

  void check(const std::vector<Child>& children) {
    auto shop = Engine::open(folder_.shop());
    const auto found = shop.verify();
    if (!found.ok()) problem(found.problems.front().check + ": " + found.problems.front().message);
    std::int64_t units = 0;
    for (std::size_t process = 0; process < children.size(); ++process) {
      for (const auto& done : children[process].done) {
        ++report_.acknowledged;
        if (done.number < 0) {
          problem("a process was refused");
        } else if (done.what == Acknowledged::What::unit) {
          ++units;
        } else {
          // Throws when it is not there.
          (void)shop.catalog().category(shop.host(),
                                        category_name(static_cast<int>(process), done.number));
        }
      }
    }
    if (variant_ != 0) {
      const auto there = shop.inventory().level(shop.host(), variant_).on_hand;
      const auto least = units_ + units;
      if (there < least || there > least + options_.processes) {
        problem(fmt::format("{} units acknowledged, {} there", least, there));
      }
      units_ = there;
    } else {
      variant_ = shop.catalog().create_product(shop.host(), product()).variants.front().id;
    }
  }

  static ProductInput product() {
    ProductInput input;
    input.title = "Widget";
    input.simple.price = {1000, "EUR"};
    return input;
  }

  void problem(const std::string& what) {
    ++report_.problems;
    if (report_.first_problem.empty()) {
      report_.first_problem =
          fmt::format("seed {}, cycle {}: {}", options_.seed, report_.cycles, what);
    }
  }

  const KillOptions& options_;
  MemoryFolder folder_;
  std::mt19937_64 chance_;
  Id variant_ = 0;
  std::int64_t units_ = 0;
  int next_ = 1;
  KillReport report_;
};

}  // namespace

void KillReport::add(const KillReport& other) {
  cycles += other.cycles;
  acknowledged += other.acknowledged;
  problems += other.problems;
  if (first_problem.empty()) first_problem = other.first_problem;
}

KillReport kill_processes(const KillOptions& options) {
  return Killer{options}.run();
}

}  // namespace shop::test
