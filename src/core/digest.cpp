#include "core/digest.hpp"

#include <array>

#include <sodium.h>

namespace shop::core {

std::string digest16(std::string_view domain, std::string_view text) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, 16);
  const auto feed = [&](std::string_view part) {
    const auto size = static_cast<unsigned long long>(part.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), size);
  };
  feed(domain);
  feed(text);
  std::string out(16, '\0');
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(out.data()), out.size());
  return out;
}

}  // namespace shop::core
