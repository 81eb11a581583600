#include "core/random.hpp"

#include "shop/error.hpp"

#include <chrono>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string>

#include <sodium.h>
#include <time.h>

namespace shop::core {
namespace {

void need_sodium() {
  if (sodium_init() < 0) throw Error(Code::internal, "libsodium did not start");
}

class SystemRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override { randombytes_buf(out.data(), out.size()); }
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) { std::memcpy(seed_, &seed, sizeof seed); }

  SeededRandom(const SeededRandom& other) : Random() {
    const std::lock_guard lock{other.mutex_};
    calls_ = other.calls_;
    std::memcpy(seed_, other.seed_, sizeof seed_);
  }
  SeededRandom& operator=(const SeededRandom&) = delete;

  void fill(std::span<std::byte> out) override {
    const std::lock_guard lock{mutex_};
    // A fresh stream per call: the seed's second half counts the calls.
    std::memcpy(seed_ + sizeof calls_, &calls_, sizeof calls_);
    ++calls_;
    randombytes_buf_deterministic(out.data(), out.size(), seed_);
  }

 private:
  mutable std::mutex mutex_;
  std::uint64_t calls_ = 0;
  unsigned char seed_[randombytes_SEEDBYTES] = {};
};

class SystemClock final : public Clock {
 public:
  Timestamp now() override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
  }
  std::int64_t steady() override {
    timespec at{};
    ::clock_gettime(CLOCK_BOOTTIME, &at);
    return std::int64_t{at.tv_sec} * 1'000'000 + at.tv_nsec / 1000;
  }
  std::string boot() override {
    static const std::string id = [] {
      std::string line;
      std::getline(std::ifstream{"/proc/sys/kernel/random/boot_id"}, line);
      return line.empty() ? std::string{"none"} : line;
    }();
    return id;
  }
};

}  // namespace

std::shared_ptr<Random> system_random() {
  need_sodium();
  return std::make_shared<SystemRandom>();
}

std::shared_ptr<Random> seeded_random(std::uint64_t seed) {
  need_sodium();
  return std::make_shared<SeededRandom>(seed);
}

std::shared_ptr<Random> fork_random(const std::shared_ptr<Random>& random) {
  const auto* seeded = dynamic_cast<const SeededRandom*>(random.get());
  if (seeded == nullptr) return random;
  return std::make_shared<SeededRandom>(*seeded);
}

std::shared_ptr<Clock> system_clock() {
  return std::make_shared<SystemClock>();
}

}  // namespace shop::core
