#include "core/crypto.hpp"

#include "core/encoding.hpp"
#include "core/raw_bytes.hpp"
#include "shop/error.hpp"

#include <cstring>

#include <sodium.h>

namespace shop::core {
namespace {

constexpr std::size_t k_nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t k_tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

Key::Key(Bytes bytes) {
  if (bytes.size() != bytes_.size()) throw Error(Code::internal, "a key has 32 bytes");
  std::memcpy(bytes_.data(), bytes.data(), bytes.size());
}

Key::~Key() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

Key Key::random(Random& random) {
  Key key;
  random.fill(key.bytes_);
  return key;
}

Secret::~Secret() {
  wipe(text_);
}

Hash keyed_hash(const Key& key, std::initializer_list<std::string_view> parts) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.raw(), key.bytes().size(), sizeof(Hash));
  for (const auto part : parts) {
    const std::uint64_t size = part.size();
    unsigned char length[sizeof size];
    for (std::size_t i = 0; i < sizeof size; ++i) {
      length[i] = static_cast<unsigned char>(size >> (8 * i) & 0xFF);
    }
    crypto_generichash_update(&state, length, sizeof length);
    crypto_generichash_update(&state, raw(part), part.size());
  }
  Hash out;
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(out.data()), out.size());
  sodium_memzero(&state, sizeof state);
  return out;
}

Key derive_key(const Key& key, std::uint64_t purpose) {
  static_assert(crypto_kdf_KEYBYTES == 32);
  std::array<std::byte, 32> bytes{};
  crypto_kdf_derive_from_key(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), purpose,
                             "libshop1", key.raw());
  Key out{bytes};
  sodium_memzero(bytes.data(), bytes.size());
  return out;
}

bool same_bytes(Bytes a, Bytes b) noexcept {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::vector<std::byte> seal(const Key& key, std::string_view plain, std::string_view context,
                            Random& random) {
  std::vector<std::byte> out(k_nonce + plain.size() + k_tag);
  random.fill(std::span{out}.first(k_nonce));
  auto* box = reinterpret_cast<unsigned char*>(out.data());
  crypto_aead_xchacha20poly1305_ietf_encrypt(box + k_nonce, nullptr, raw(plain), plain.size(),
                                             raw(context), context.size(), nullptr, box, key.raw());
  return out;
}

std::optional<std::string> open_sealed(const Key& key, Bytes box, std::string_view context) {
  if (box.size() < k_nonce + k_tag) return std::nullopt;
  std::string plain(box.size() - k_nonce - k_tag, '\0');
  const auto* bytes = reinterpret_cast<const unsigned char*>(box.data());
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, bytes + k_nonce,
          box.size() - k_nonce, raw(context), context.size(), bytes, key.raw()) != 0) {
    return std::nullopt;
  }
  return plain;
}

std::string number_part(std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  std::string out(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<char>(bits >> (8 * i) & 0xFF);
  return out;
}

void wipe(std::string& text) noexcept {
  sodium_memzero(text.data(), text.size());
}

}  // namespace shop::core
