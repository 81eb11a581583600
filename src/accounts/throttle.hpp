#pragma once

#include "accounts/auth_clock.hpp"
#include "accounts/guard.hpp"
#include "core/crypto.hpp"
#include "db/tx.hpp"

#include <cstdint>
#include <initializer_list>
#include <string_view>

/// Limits of attempts. Each is counted and committed before anything expensive or secret happens:
/// cutting the power gives no attempt back. Waits are in patient time (auth_clock.hpp).
namespace shop::accounts {

/// A bucket of tokens that fills again steadily.
struct Bucket {
  std::int64_t capacity;
  std::int64_t refill_us;  ///< for one token
};

inline constexpr Bucket device_bucket{60, 5'000'000};
inline constexpr Bucket global_bucket{600, 100'000};
inline constexpr Bucket second_factor_bucket{5, 60'000'000};  // five in five minutes
inline constexpr Bucket mail_bucket{3, 300'000'000};
inline constexpr Bucket register_bucket{30, 10'000'000};
inline constexpr Bucket code_bucket{20, 30'000'000};        // of one customer or guest
inline constexpr Bucket wrong_code_bucket{200, 1'000'000};  // of all guests together

/// What is counted, as a keyed hash: the file does not tell who tried.
core::Hash throttle_key(const db::Tx& tx, std::initializer_list<std::string_view> parts);

/// Counts an attempt on an account: five free, then waits of 1 s doubling to 1 h, none after 100.
/// Result: 0 when it may go on, else how many seconds to wait (−1: until the password is reset).
std::int64_t count_attempt(db::Tx& tx, const Moment& now, const core::Hash& key);
/// Takes one token; result as above.
std::int64_t take_token(db::Tx& tx, const Moment& now, const core::Hash& key, const Bucket& bucket);
/// The same without taking it.
std::int64_t wait_for_token(db::Tx& tx, const Moment& now, const core::Hash& key,
                            const Bucket& bucket);
void forget_attempts(db::Tx& tx, const core::Hash& key);

/// Codes that somebody could guess (`kind`: coupons, gift cards). Counts a try of a customer or a
/// guest, people of the shop excepted. Guests cost nothing: when all of them together have guessed
/// wrong too often, none may try for a while, right or wrong. Result: as count_attempt.
std::int64_t count_try(db::Tx& tx, const Actor& actor, std::string_view kind);
/// After a try that was wrong.
void count_wrong(db::Tx& tx, const Actor& actor, std::string_view kind);

[[noreturn]] void throw_rate_limited(std::int64_t retry_after_s);

}  // namespace shop::accounts
