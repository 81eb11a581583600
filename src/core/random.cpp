#include "core/random.hpp"

#include "shop/error.hpp"

#include <chrono>
#include <cstring>
#include <mutex>

#include <sodium.h>

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

  void fill(std::span<std::byte> out) override {
    const std::lock_guard lock{mutex_};
    // A fresh stream per call: the seed's second half counts the calls.
    std::memcpy(seed_ + sizeof calls_, &calls_, sizeof calls_);
    ++calls_;
    randombytes_buf_deterministic(out.data(), out.size(), seed_);
  }

 private:
  std::mutex mutex_;
  std::uint64_t calls_ = 0;
  unsigned char seed_[randombytes_SEEDBYTES] = {};
};

class SystemClock final : public Clock {
 public:
  Timestamp now() override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
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

std::shared_ptr<Clock> system_clock() {
  return std::make_shared<SystemClock>();
}

}  // namespace shop::core
