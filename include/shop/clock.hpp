#pragma once

#include "shop/types.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace shop {

/// Where an engine takes the time from. Called from any thread. @since 1.0
class Clock {
 public:
  virtual ~Clock() = default;
  /// Microseconds UTC.
  virtual Timestamp now() = 0;
  /// Microseconds of a counter that only the passing of time moves: setting the wall clock leaves
  /// it alone, and it goes on while the machine sleeps. Lock-outs are measured with it.
  virtual std::int64_t steady() { return now(); }
  /// Names the run of the machine within which steady() counts.
  virtual std::string boot() { return "none"; }
};

/// A clock that stands still until it is moved; for tests and replays. Thread-safe. @since 1.0
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start) : now_(start), steady_(start) {}
  Timestamp now() override { return now_.load(std::memory_order_relaxed); }
  std::int64_t steady() override { return steady_.load(std::memory_order_relaxed); }
  std::string boot() override { return "manual"; }
  /// Time passes until `at`; when that is in the past, the wall clock alone goes back.
  void set(Timestamp at) {
    const auto passed = at - now_.exchange(at);
    if (passed > 0) steady_.fetch_add(passed);
  }
  /// Time passes.
  void advance(std::int64_t microseconds) {
    now_.fetch_add(microseconds);
    steady_.fetch_add(microseconds);
  }
  /// Somebody sets the wall clock; no time passes.
  void jump(Timestamp at) { now_.store(at); }

 private:
  std::atomic<Timestamp> now_;
  std::atomic<std::int64_t> steady_;
};

/// Where an engine takes its chance from (tokens, UUIDs, salts). Called from any thread. @since 1.0
class Random {
 public:
  virtual ~Random() = default;
  /// Fills `out` with unpredictable bytes.
  virtual void fill(std::span<std::byte> out) = 0;
};

}  // namespace shop
