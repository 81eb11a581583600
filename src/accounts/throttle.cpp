#include "accounts/throttle.hpp"

#include "accounts/store.hpp"
#include "core/keyring.hpp"
#include "core/time.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop::accounts {
namespace {

using core::microseconds_per_hour;
using core::microseconds_per_second;

constexpr std::int64_t k_free = 5;
constexpr std::int64_t k_most = 100;

std::int64_t wait_after(std::int64_t failures) {
  if (failures < k_free) return 0;
  const auto shift = std::min<std::int64_t>(failures - k_free, 12);
  return std::min(microseconds_per_second << shift, microseconds_per_hour);
}

std::int64_t whole_seconds(std::int64_t microseconds) {
  return (microseconds + microseconds_per_second - 1) / microseconds_per_second;
}

}  // namespace

core::Hash throttle_key(const db::Tx& tx, std::initializer_list<std::string_view> parts) {
  // The oldest key: changing the host's key must not set anybody's count back.
  const auto ids = tx.env().keys->ids();
  return core::keyed_hash(tx.env().keys->key(core::Purpose::lookup, ids.back()), parts);
}

std::int64_t count_attempt(db::Tx& tx, const Moment& now, const core::Hash& key) {
  auto row = store::throttle(tx, key).value_or(store::ThrottleRow{0, 0, 0, now.patient});
  if (row.failures >= k_most) return -1;
  if (now.patient < row.ready_at) return whole_seconds(row.ready_at - now.patient);
  ++row.failures;
  row.ready_at = now.patient + wait_after(row.failures);
  row.touched_at = now.patient;
  store::put_throttle(tx, key, row);
  store::prune_throttle(tx, now.patient - core::microseconds_per_day);
  return 0;
}

namespace {

/// The bucket as it is by now.
store::ThrottleRow filled(db::Tx& tx, const Moment& now, const core::Hash& key,
                          const Bucket& bucket) {
  auto row =
      store::throttle(tx, key).value_or(store::ThrottleRow{0, 0, bucket.capacity, now.patient});
  const auto refilled = (now.patient - row.touched_at) / bucket.refill_us;
  if (refilled > 0) {
    row.tokens = std::min(bucket.capacity, row.tokens + refilled);
    row.touched_at += refilled * bucket.refill_us;
  }
  if (row.tokens == bucket.capacity) row.touched_at = now.patient;
  return row;
}

std::int64_t wait_for(const store::ThrottleRow& row, const Moment& now, const Bucket& bucket) {
  if (row.tokens > 0) return 0;
  return std::max<std::int64_t>(1, whole_seconds(row.touched_at + bucket.refill_us - now.patient));
}

/// Those who may see the codes anyway are not counted.
bool is_guessing(const Actor& actor) {
  return !actor.can(Permission::order_manage) && !actor.can(Permission::till_use) &&
         !actor.can(Permission::payment_manage);
}

core::Hash wrong_key(const db::Tx& tx, std::string_view kind) {
  return throttle_key(tx, {"wrong", kind});
}

}  // namespace

std::int64_t take_token(db::Tx& tx, const Moment& now, const core::Hash& key,
                        const Bucket& bucket) {
  auto row = filled(tx, now, key, bucket);
  if (const auto wait = wait_for(row, now, bucket)) return wait;
  --row.tokens;
  store::put_throttle(tx, key, row);
  return 0;
}

std::int64_t wait_for_token(db::Tx& tx, const Moment& now, const core::Hash& key,
                            const Bucket& bucket) {
  return wait_for(filled(tx, now, key, bucket), now, bucket);
}

std::int64_t count_try(db::Tx& tx, const Actor& actor, std::string_view kind) {
  if (!is_guessing(actor)) return 0;
  const auto now = auth_now(tx);
  if (actor.user_id == 0) {
    const auto wait = wait_for_token(tx, now, wrong_key(tx, kind), wrong_code_bucket);
    if (wait != 0) return wait;
  }
  const auto who = core::number_part(actor.user_id != 0 ? actor.user_id : actor.guest_id);
  return take_token(tx, now, throttle_key(tx, {kind, who}), code_bucket);
}

void count_wrong(db::Tx& tx, const Actor& actor, std::string_view kind) {
  if (!is_guessing(actor) || actor.user_id != 0) return;
  (void)take_token(tx, auth_now(tx), wrong_key(tx, kind), wrong_code_bucket);
}

void forget_attempts(db::Tx& tx, const core::Hash& key) {
  store::forget_throttle(tx, key);
}

void throw_rate_limited(std::int64_t retry_after_s) {
  if (retry_after_s < 0) {
    throw Error(Code::rate_limited, "too many failed attempts: reset the password",
                {{"", "locked", "too many failed attempts: reset the password", {}}});
  }
  const auto seconds = std::to_string(retry_after_s);
  throw Error(Code::rate_limited, "too many attempts: try again in " + seconds + " s",
              {{"", "rate_limited", "too many attempts", {{"retry_after_s", seconds}}}});
}

}  // namespace shop::accounts
