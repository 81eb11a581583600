#include "wishlist/rules.hpp"

#include "core/encoding.hpp"

#include <array>

#include <sodium.h>

namespace shop::wishlist {

std::string new_share_token(Random& random) {
  std::array<std::byte, 32> bytes;
  random.fill(bytes);
  return "shpw_" + core::to_base64url(bytes);
}

std::string share_hash(std::string_view token) {
  std::array<std::byte, crypto_generichash_BYTES> hash;
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr,
                     0);
  return core::to_hex(hash);
}

}  // namespace shop::wishlist
