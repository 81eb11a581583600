#pragma once

#include "shop/clock.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The few primitives that the rest is made of, all from libsodium: BLAKE2b with a key,
/// XChaCha20-Poly1305, HKDF by BLAKE2b. Nothing here chooses an algorithm at run time.
namespace shop::core {

using Bytes = std::span<const std::byte>;
using Hash = std::array<std::byte, 32>;

/// 32 secret bytes, wiped when they go.
class Key {
 public:
  Key() = default;
  explicit Key(Bytes bytes);  ///< @pre 32 bytes
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();
  [[nodiscard]] Bytes bytes() const { return bytes_; }
  [[nodiscard]] const unsigned char* raw() const {
    return reinterpret_cast<const unsigned char*>(bytes_.data());
  }
  static Key random(Random& random);

 private:
  std::array<std::byte, 32> bytes_{};
};

/// Text that is wiped when it goes: passwords, codes, tokens on their way.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view text) : text_(text) {}
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret();
  [[nodiscard]] std::string_view view() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

/// BLAKE2b-256 with a key over the parts, each preceded by its length.
Hash keyed_hash(const Key& key, std::initializer_list<std::string_view> parts);

/// A key for one purpose out of a key for many.
Key derive_key(const Key& key, std::uint64_t purpose);

/// Takes the same time wherever the difference is.
bool same_bytes(Bytes a, Bytes b) noexcept;

/// nonce ‖ ciphertext ‖ tag. `context` is authenticated and not stored: it ties the box to its row
/// and column, so that boxes cannot be swapped.
std::vector<std::byte> seal(const Key& key, std::string_view plain, std::string_view context,
                            Random& random);
/// nullopt when it was not sealed with this key and context.
std::optional<std::string> open_sealed(const Key& key, Bytes box, std::string_view context);

/// A number as eight bytes, for keyed_hash.
std::string number_part(std::int64_t number);

void wipe(std::string& text) noexcept;

}  // namespace shop::core
