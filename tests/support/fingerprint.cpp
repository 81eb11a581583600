#include "support/fingerprint.hpp"

#include <array>
#include <cstring>

namespace shop::test {
namespace {

constexpr std::size_t k_lanes = 4;
constexpr std::uint64_t k_odd = 0x9E37'79B9'7F4A'7C15U;
constexpr std::uint64_t k_other = 0xC2B2'AE3D'27D4'EB4FU;

std::uint64_t stir(std::uint64_t value) {
  value = (value ^ (value >> 31)) * k_odd;
  value = (value ^ (value >> 29)) * k_other;
  return value ^ (value >> 32);
}

}  // namespace

Fingerprint fingerprint_of(std::span<const std::byte> bytes) {
  // Independent lanes, so that a processor works on all of them at once. Each step is a bijection
  // of the lane for a given word: runs that differ in one word never meet.
  std::array<std::uint64_t, k_lanes> lanes{1, 2, 3, 4};
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= k_lanes * 8; left -= k_lanes * 8, at += k_lanes * 8) {
    std::array<std::uint64_t, k_lanes> words;
    std::memcpy(words.data(), at, sizeof words);
    for (std::size_t lane = 0; lane < k_lanes; ++lane) {
      lanes[lane] = (lanes[lane] ^ words[lane]) * k_odd;
      lanes[lane] ^= lanes[lane] >> 29;
    }
  }
  for (std::size_t lane = 0; left > 0; lane = (lane + 1) % k_lanes) {
    std::uint64_t word = 0;
    const auto size = left < 8 ? left : 8;
    std::memcpy(&word, at, size);
    lanes[lane] = stir(lanes[lane] ^ word);
    left -= size;
    at += size;
  }
  Fingerprint print{bytes.size(), ~bytes.size()};
  for (const auto lane : lanes) {
    print.high = stir(print.high ^ lane);
    print.low = stir(print.low * k_other + lane);
  }
  return print;
}

Fingerprint both(const Fingerprint& one, const Fingerprint& other) {
  return {stir(stir(one.high) ^ other.high), stir(stir(one.low) * k_other + other.low)};
}

}  // namespace shop::test
