#include "accounts/password.hpp"

#include "core/encoding.hpp"
#include "core/text.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstring>
#include <mutex>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>

namespace shop::accounts {
namespace {

constexpr std::size_t k_salt = crypto_pwhash_argon2id_SALTBYTES;
constexpr std::size_t k_hash = 32;
constexpr std::size_t k_most_memory = std::size_t{512} << 20;
constexpr unsigned long long k_most_operations = 10;
constexpr std::size_t k_least_calibrated = std::size_t{19} << 20;

struct Stored {
  PasswordCost cost;
  std::array<std::byte, k_salt> salt{};
  std::array<std::byte, k_hash> hash{};
};

[[noreturn]] void bad_stored() {
  throw Error(Code::tampered, "a stored password is not one of this library's");
}

/// Standard base64 without padding, as the PHC format has it.
std::string to_phc(std::span<const std::byte> bytes) {
  constexpr int k_variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes.size(), k_variant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), k_variant);
  out.pop_back();
  return out;
}

template <std::size_t N>
bool from_phc(std::string_view text, std::array<std::byte, N>& out) {
  std::size_t size = 0;
  const char* end = nullptr;
  return sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), N, text.data(),
                           text.size(), nullptr, &size, &end,
                           sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
         size == N && end == text.data() + text.size();
}

/// Takes `prefix` and a number from the front of `text`.
std::optional<unsigned long long> take_number(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  unsigned long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || text.front() == '0') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// "$argon2id$v=19$m=65536,t=3,p=1$<salt>$<hash>"
Stored parse(std::string_view text) {
  Stored out;
  const auto memory = take_number(text, "$argon2id$v=19$m=");
  const auto passes = memory ? take_number(text, ",t=") : std::nullopt;
  const auto lanes = passes ? take_number(text, ",p=") : std::nullopt;
  if (!lanes || *lanes != 1 || !text.starts_with('$')) bad_stored();
  if (*memory < 8 || *memory > k_most_memory / 1024 || *passes > k_most_operations) bad_stored();
  text.remove_prefix(1);
  const auto middle = text.find('$');
  if (middle == std::string_view::npos || !from_phc(text.substr(0, middle), out.salt) ||
      !from_phc(text.substr(middle + 1), out.hash)) {
    bad_stored();
  }
  out.cost = {*passes, static_cast<std::size_t>(*memory) * 1024};
  return out;
}

std::array<std::byte, k_hash> argon2(std::span<const std::byte> input,
                                     const std::array<std::byte, k_salt>& salt,
                                     const PasswordCost& cost) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock{one_at_a_time};
  std::array<std::byte, k_hash> out{};
  if (crypto_pwhash_argon2id(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                             reinterpret_cast<const char*>(input.data()), input.size(),
                             reinterpret_cast<const unsigned char*>(salt.data()), cost.operations,
                             cost.memory_bytes, crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    throw Error(Code::no_memory, "a password hash needs more memory than there is");
  }
  return out;
}

/// Binds the password to its account and to a key that is not in the file.
core::Key peppered(const core::KeyRing& keys, std::int64_t key_id, Id account_id,
                   std::string_view password) {
  return core::Key{core::keyed_hash(keys.key(core::Purpose::pepper, key_id),
                                    {core::number_part(account_id), password})};
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool is_one_character_or_a_run(std::string_view folded) {
  bool same = true;
  bool up = true;
  for (std::size_t i = 1; i < folded.size(); ++i) {
    same = same && folded[i] == folded[0];
    up = up && folded[i] == folded[i - 1] + 1;
  }
  return same || up;
}

/// "ann", "ann1", "annann", "ann.example1": nothing but names, with hardly anything around them.
class Names {
 public:
  explicit Names(std::string_view folded_password) : rest_(folded_password) {}
  ~Names() { core::wipe(rest_); }
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  void erase(std::string_view folded_name) {
    while (!folded_name.empty()) {
      const auto end = std::min(folded_name.find_first_of(" .-_+'"), folded_name.size());
      erase_word(folded_name.substr(0, end));
      folded_name.remove_prefix(std::min(end + 1, folded_name.size()));
    }
  }

  [[nodiscard]] bool were_all() const {
    constexpr std::ptrdiff_t k_few = 4;
    return erased_ && std::count_if(rest_.begin(), rest_.end(), [](unsigned char c) {
                        return c >= 0x80 || std::isalpha(c) != 0;
                      }) < k_few;
  }

 private:
  void erase_word(std::string_view word) {
    if (word.size() < 3) return;
    for (auto at = rest_.find(word); at != std::string::npos; at = rest_.find(word)) {
      rest_.erase(at, word.size());
      erased_ = true;
    }
  }

  std::string rest_;
  bool erased_ = false;
};

}  // namespace

PasswordCost calibrate_password_cost() {
  using Clock = std::chrono::steady_clock;
  PasswordCost cost{2, k_least_calibrated};
  const std::array<std::byte, k_salt> salt{};
  const std::array<std::byte, 32> input{};
  const auto began = Clock::now();
  (void)argon2(input, salt, cost);
  const auto took = std::chrono::duration<double>(Clock::now() - began).count();
  const double room = 0.25 / std::max(took, 1e-4);
  if (room >= 4.0) cost.memory_bytes = std::size_t{64} << 20;
  const double left =
      room * 2.0 * static_cast<double>(k_least_calibrated) / static_cast<double>(cost.memory_bytes);
  cost.operations = static_cast<unsigned long long>(std::clamp(left, 2.0, 6.0));
  return cost;
}

std::string hash_password(const core::KeyRing& keys, Id account_id, std::string_view password,
                          const PasswordCost& cost, Random& random) {
  std::array<std::byte, k_salt> salt{};
  random.fill(salt);
  const auto input = peppered(keys, keys.newest(), account_id, password);
  const auto hash = argon2(input.bytes(), salt, cost);
  return fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", cost.memory_bytes / 1024,
                     cost.operations, to_phc(salt), to_phc(hash));
}

bool verify_password(const core::KeyRing& keys, std::int64_t key_id, Id account_id,
                     std::string_view stored, std::string_view password) {
  const auto parts = parse(stored);
  const auto input = peppered(keys, key_id, account_id, password);
  return core::same_bytes(argon2(input.bytes(), parts.salt, parts.cost), parts.hash);
}

void verify_nothing(const core::KeyRing& keys, std::string_view password,
                    const PasswordCost& cost) {
  const auto input = peppered(keys, keys.newest(), 0, password);
  const std::array<std::byte, k_hash> nothing{};
  (void)core::same_bytes(argon2(input.bytes(), {}, cost), nothing);
}

bool needs_rehash(std::string_view stored, const PasswordCost& cost) {
  const auto parts = parse(stored);
  return parts.cost.memory_bytes < cost.memory_bytes || parts.cost.operations < cost.operations;
}

void check_password(core::Fields& fields, std::string_view path, std::string_view password,
                    std::size_t min_characters, std::initializer_list<std::string_view> personal) {
  if (password.size() > max_password_bytes) {
    fields.add({std::string{path},
                "too_long",
                fmt::format("at most {} bytes", max_password_bytes),
                {{"max", std::to_string(max_password_bytes)}}});
    return;
  }
  if (!fields.check(core::valid_utf8(password), path, "invalid_utf8", "not valid UTF-8")) return;
  if (characters(password) < min_characters) {
    fields.add({std::string{path},
                password.empty() ? "required" : "too_short",
                fmt::format("at least {} characters", min_characters),
                {{"min", std::to_string(min_characters)}}});
    return;
  }
  auto folded = core::fold(password);
  Names names{folded};
  for (const auto name : personal) names.erase(core::fold(name));
  const bool guessable =
      is_common_password(folded) || is_one_character_or_a_run(folded) || names.were_all();
  core::wipe(folded);
  fields.check(!guessable, path, "guessable",
               "is among the first that an attacker would try: take another one");
}

}  // namespace shop::accounts
