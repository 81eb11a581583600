#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

/// Time that setting the wall clock cannot turn to advantage. Tokens and sessions run out by the
/// strict time, which never goes back: a clock set back revives nothing. Lock-outs run out by the
/// patient time, which only passing time moves: a clock set forward frees nobody.
namespace shop::accounts {

namespace store {
struct ClockMark;
}

struct Moment {
  Timestamp wall = 0;
  Timestamp strict = 0;      ///< at least the wall clock, never less than before
  std::int64_t patient = 0;  ///< microseconds, counted while the machine runs
  bool behind = false;       ///< the wall clock is behind what it was once: TOTP cannot be trusted
};

/// Reads both times and notes in the file how far they have come. A jump of the clock is put into
/// the audit once. For use cases that log in, refresh, or count attempts.
Moment auth_now(db::Tx& tx);

/// What time it is at least, by how far the times had come when they were noted last.
Timestamp expected_now(Clock& clock, const store::ClockMark& mark);

/// What accounts keep in memory for one opened shop.
struct Runtime {
  /// The strict time without a look into the file.
  Timestamp strict(Timestamp wall) noexcept;
  void raise(Timestamp strict) noexcept;
  /// Somebody with the right to says that the wall clock is right.
  void reset(Timestamp wall) noexcept { floor_.store(wall); }

  /// Notes that a session was active; written to the file with the next change, at most once a
  /// minute for each session.
  void touch(Id session_id, Timestamp at);
  [[nodiscard]] Timestamp touched(Id session_id);
  [[nodiscard]] std::vector<std::pair<Id, Timestamp>> touches();
  void forget(const std::vector<std::pair<Id, Timestamp>>& written);

  unsigned long long password_ops = 3;
  std::size_t password_memory = std::size_t{64} << 20;
  std::atomic<bool> host_keyed{false};

 private:
  std::atomic<Timestamp> floor_{0};
  std::mutex mutex_;
  std::unordered_map<Id, Timestamp> touched_;
};

}  // namespace shop::accounts
