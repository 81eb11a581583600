#include "accounts/auth_clock.hpp"

#include "accounts/store.hpp"
#include "audit/audit.hpp"
#include "core/json.hpp"
#include "core/time.hpp"

#include <algorithm>

namespace shop::accounts {
namespace {

using core::microseconds_per_minute;
using core::microseconds_per_second;

/// A clock that is off by less is merely being corrected.
constexpr std::int64_t k_tolerance = 5 * microseconds_per_minute;
/// What a restart of the machine counts for at most: how long it was off, nobody knows.
constexpr std::int64_t k_restart_most = microseconds_per_minute;

void record_jump(db::Tx& tx, Timestamp expected, Timestamp wall) {
  const auto after =
      core::Json{}.begin_object().field("expected", expected).field("found", wall).end().take();
  audit::record(tx, Session::host(), {"clock.jumped", "clock", 0, {}, after});
}

/// Whether the machine has run without a break since then.
bool same_run(const store::ClockMark& mark, std::int64_t steady, const std::string& boot) {
  return boot == mark.boot && boot != "none" && steady >= mark.steady;
}

}  // namespace

Timestamp expected_now(Clock& clock, const store::ClockMark& mark) {
  const auto steady = clock.steady();
  return same_run(mark, steady, clock.boot()) ? mark.high + (steady - mark.steady) : mark.high;
}

Moment auth_now(db::Tx& tx) {
  auto& clock = *tx.env().clock;
  const auto steady = clock.steady();
  const auto boot = clock.boot();
  Moment now;
  now.wall = tx.now();
  auto mark = store::clock_mark(tx).value_or(store::ClockMark{now.wall, 0, steady, boot, false});
  const bool same_boot = same_run(mark, steady, boot);
  const auto elapsed = same_boot
                           ? steady - mark.steady
                           : std::clamp<std::int64_t>(now.wall - mark.high, 0, k_restart_most);
  const auto expected = same_boot ? mark.high + elapsed : mark.high;
  now.strict = std::max(tx.env().accounts->strict(now.wall), expected);
  now.patient = mark.patient + elapsed;
  now.behind = now.strict - now.wall > k_tolerance;
  const bool jumped = now.behind || (same_boot && now.wall - expected > k_tolerance);
  if (jumped && !mark.suspect) record_jump(tx, expected, now.wall);
  store::put_clock_mark(tx, {now.strict, now.patient, steady, boot, now.behind});
  tx.env().accounts->raise(now.strict);
  return now;
}

Timestamp Runtime::strict(Timestamp wall) noexcept {
  const auto floor = floor_.load(std::memory_order_relaxed);
  if (wall > floor + microseconds_per_second) raise(wall);
  return std::max(wall, floor);
}

void Runtime::raise(Timestamp strict) noexcept {
  auto floor = floor_.load(std::memory_order_relaxed);
  while (strict > floor && !floor_.compare_exchange_weak(floor, strict)) {
  }
}

void Runtime::touch(Id session_id, Timestamp at) {
  const std::lock_guard lock{mutex_};
  auto& seen = touched_[session_id];
  seen = std::max(seen, at);
}

Timestamp Runtime::touched(Id session_id) {
  const std::lock_guard lock{mutex_};
  const auto found = touched_.find(session_id);
  return found == touched_.end() ? 0 : found->second;
}

std::vector<std::pair<Id, Timestamp>> Runtime::touches() {
  const std::lock_guard lock{mutex_};
  std::vector<std::pair<Id, Timestamp>> out{touched_.begin(), touched_.end()};
  std::sort(out.begin(), out.end());
  return out;
}

void Runtime::forget(const std::vector<std::pair<Id, Timestamp>>& written) {
  const std::lock_guard lock{mutex_};
  for (const auto& [session_id, at] : written) {
    const auto found = touched_.find(session_id);
    if (found != touched_.end() && found->second <= at) touched_.erase(found);
  }
}

}  // namespace shop::accounts
