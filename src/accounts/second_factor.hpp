#pragma once

#include "accounts/auth_clock.hpp"
#include "accounts/store.hpp"
#include "shop/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// TOTP (RFC 6238: SHA-1, six digits, 30 s) and the recovery codes that stand in for it.
namespace shop::accounts {

/// The six digits of one time step.
std::uint32_t totp_at(std::string_view secret, std::int64_t step);
/// The step that a code belongs to: the one of `at`, the one before or after, and later than
/// `after_step`, as no code works twice.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Timestamp at,
                                      std::int64_t after_step);

std::string to_base32(std::string_view bytes);
std::string totp_uri(std::string_view shop, std::string_view username, std::string_view secret);

/// What a second factor came to; a wrong one is counted and has to be committed.
struct FactorResult {
  Code code = Code::ok;
  std::int64_t retry_after_s = 0;
};
/// ok at once for an account without two-factor.
FactorResult check_second_factor(db::Tx& tx, const Moment& now, const store::Account& account,
                                 const std::optional<std::string>& code,
                                 const std::optional<std::string>& recovery_code);

/// Replaces the recovery codes of an account by ten new ones.
std::vector<std::string> new_recovery_codes(db::Tx& tx, Id account_id);

/// A code that people can type: `groups` of five of 32 letters and digits, "ABCDE-FGHJK".
std::string make_code(Random& random, int groups);
/// As typed, without dashes and blanks, in capitals, with O as 0 and I, L as 1.
std::string normal_code(std::string_view typed);

}  // namespace shop::accounts
