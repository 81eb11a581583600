#include "accounts/second_factor.hpp"

#include "accounts/throttle.hpp"
#include "core/encoding.hpp"
#include "core/keyring.hpp"
#include "core/sha1.hpp"
#include "core/time.hpp"

#include <array>
#include <cctype>

#include <fmt/format.h>

namespace shop::accounts {
namespace {

constexpr std::int64_t k_step_us = 30 * core::microseconds_per_second;
constexpr std::string_view k_crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view k_base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr int k_recovery_codes = 10;
constexpr int k_recovery_groups = 5;  // 25 characters of 5 bits: 125 bits

core::Hash recovery_hash(const db::Tx& tx, std::int64_t key_id, Id account_id,
                         std::string_view code) {
  return core::keyed_hash(tx.env().keys->key(core::Purpose::token, key_id),
                          {"recovery", core::number_part(account_id), normal_code(code)});
}

bool use_recovery_code(db::Tx& tx, Id account_id, std::string_view code) {
  for (const auto key_id : tx.env().keys->ids()) {  // a code outlives a change of keys
    if (store::use_recovery(tx, account_id, recovery_hash(tx, key_id, account_id, code))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::uint32_t totp_at(std::string_view secret, std::int64_t step) {
  std::array<std::byte, 8> counter{};
  for (std::size_t i = 0; i < 8; ++i) {
    counter[i] = static_cast<std::byte>(static_cast<std::uint64_t>(step) >> (56 - 8 * i) & 0xFF);
  }
  const auto mac = core::hmac_sha1(core::as_bytes(secret), counter);
  const auto offset = std::to_integer<std::size_t>(mac[19] & std::byte{0x0F});
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    bits = bits << 8 | std::to_integer<std::uint32_t>(mac[offset + i]);
  }
  return (bits & 0x7FFFFFFF) % 1'000'000;
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Timestamp at,
                                      std::int64_t after_step) {
  const auto typed = normal_code(code);
  std::optional<std::int64_t> found;
  for (std::int64_t step = at / k_step_us - 1; step <= at / k_step_us + 1; ++step) {
    const auto right = fmt::format("{:06}", totp_at(secret, step));
    const bool same = core::same_bytes(core::as_bytes(right), core::as_bytes(typed));
    if (same && step > after_step && !found) found = step;
  }
  return found;
}

std::string to_base32(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (have += 8; have >= 5; have -= 5) out += k_base32[bits >> (have - 5) & 31U];
  }
  if (have > 0) out += k_base32[bits << (5 - have) & 31U];
  return out;
}

std::string totp_uri(std::string_view shop, std::string_view username, std::string_view secret) {
  const auto escaped = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_') {
        out += c;
      } else {
        out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
      }
    }
    return out;
  };
  return fmt::format(
      "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30",
      escaped(shop), escaped(username), to_base32(secret));
}

FactorResult check_second_factor(db::Tx& tx, const Moment& now, const store::Account& account,
                                 const std::optional<std::string>& code,
                                 const std::optional<std::string>& recovery_code) {
  if (!account.totp_on) return {};
  if (!code && !recovery_code) return {Code::second_factor_required, 0};
  const auto key = throttle_key(tx, {"totp", core::number_part(account.id)});
  if (const auto wait = take_token(tx, now, key, second_factor_bucket)) {
    return {Code::rate_limited, wait};
  }
  bool good = false;
  if (recovery_code) {
    good = use_recovery_code(tx, account.id, *recovery_code);
  } else if (!now.behind) {  // a clock set back would bring old codes to life
    const auto step = totp_step(account.totp_secret, *code, now.wall, account.totp_step);
    good = step.has_value();
    if (step) store::put_totp_step(tx, account.id, *step);
  }
  if (!good) return {Code::bad_credentials, 0};
  forget_attempts(tx, key);
  return {};
}

std::vector<std::string> new_recovery_codes(db::Tx& tx, Id account_id) {
  store::forget_recovery(tx, account_id);
  std::vector<std::string> out;
  for (int i = 0; i < k_recovery_codes; ++i) {
    out.push_back(make_code(*tx.env().random, k_recovery_groups));
    store::add_recovery(tx, account_id,
                        recovery_hash(tx, tx.env().keys->newest(), account_id, out.back()));
  }
  return out;
}

std::string make_code(Random& random, int groups) {
  std::string out;
  for (int i = 0; i < groups * 5; ++i) {
    std::array<std::byte, 1> chance{};
    random.fill(chance);
    if (i > 0 && i % 5 == 0) out += '-';
    out += k_crockford[std::to_integer<std::size_t>(chance[0]) & 31U];
  }
  return out;
}

std::string normal_code(std::string_view typed) {
  std::string out;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const auto upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    out += upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
  }
  return out;
}

}  // namespace shop::accounts
