#pragma once

#include "core/crypto.hpp"
#include "core/fields.hpp"
#include "core/keyring.hpp"
#include "shop/clock.hpp"
#include "shop/types.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

/// Passwords: what is accepted (NIST 800-63B-4) and how they are kept (Argon2id behind a keyed
/// hash that also binds them to their account).
namespace shop::accounts {

inline constexpr std::size_t max_password_bytes = 1024;
inline constexpr std::size_t min_customer_characters = 8;
inline constexpr std::size_t min_staff_characters = 15;

struct PasswordCost {
  unsigned long long operations = 3;
  std::size_t memory_bytes = std::size_t{64} << 20;
};

/// Measures what this machine can do in about 250 ms, never less than 19 MiB and two passes.
PasswordCost calibrate_password_cost();

/// What is to be stored. One at a time in a process, as it takes much memory.
std::string hash_password(const core::KeyRing& keys, Id account_id, std::string_view password,
                          const PasswordCost& cost, Random& random);

/// Whether it is the password. A stored text that would take more than 512 MiB or ten passes, or
/// is not one of ours, is refused before anything is computed: Error{tampered}.
bool verify_password(const core::KeyRing& keys, std::int64_t key_id, Id account_id,
                     std::string_view stored, std::string_view password);

/// Takes the time of a verification, for an account that is not there.
void verify_nothing(const core::KeyRing& keys, std::string_view password, const PasswordCost& cost);

bool needs_rehash(std::string_view stored, const PasswordCost& cost);

/// Adds to `fields` what is wrong with a new password. `personal` are names that it must not be
/// made of.
void check_password(core::Fields& fields, std::string_view path, std::string_view password,
                    std::size_t min_characters, std::initializer_list<std::string_view> personal);

/// Whether it is among the passwords that attackers try first.
bool is_common_password(std::string_view folded);

}  // namespace shop::accounts
