#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace shop::test {

/// 128 bits by which long runs of bytes are known again. Not for bytes of somebody who means harm.
struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

Fingerprint fingerprint_of(std::span<const std::byte> bytes);
/// Of two things in this order.
Fingerprint both(const Fingerprint& one, const Fingerprint& other);

struct FingerprintHash {
  std::size_t operator()(const Fingerprint& print) const {
    return static_cast<std::size_t>(print.low);
  }
};

}  // namespace shop::test
