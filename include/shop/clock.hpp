#pragma once

#include "shop/types.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace shop {

/// Where an engine takes the time from. Called from any thread. @since 1.0
class Clock {
 public:
  virtual ~Clock() = default;
  /// Microseconds UTC.
  virtual Timestamp now() = 0;
};

/// A clock that stands still until it is moved; for tests and replays. Thread-safe. @since 1.0
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start) : now_(start) {}
  Timestamp now() override { return now_.load(std::memory_order_relaxed); }
  void set(Timestamp at) { now_.store(at, std::memory_order_relaxed); }
  void advance(std::int64_t microseconds) { now_.fetch_add(microseconds); }

 private:
  std::atomic<Timestamp> now_;
};

/// Where an engine takes its chance from (tokens, UUIDs, salts). Called from any thread. @since 1.0
class Random {
 public:
  virtual ~Random() = default;
  /// Fills `out` with unpredictable bytes.
  virtual void fill(std::span<std::byte> out) = 0;
};

}  // namespace shop
