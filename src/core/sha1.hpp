#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace shop::core {

/// HMAC-SHA-1 (RFC 2104), for TOTP alone: authenticator apps expect it and libsodium has none.
std::array<std::byte, 20> hmac_sha1(std::span<const std::byte> key,
                                    std::span<const std::byte> data);

}  // namespace shop::core
