#include "core/sha1.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include <sodium.h>

namespace shop::core {
namespace {

using Digest = std::array<std::byte, 20>;
constexpr std::size_t k_block = 64;

void mix(std::array<std::uint32_t, 5>& state, const std::byte* block) {
  std::array<std::uint32_t, 80> w{};
  for (std::size_t i = 0; i < 16; ++i) {
    for (std::size_t byte = 0; byte < 4; ++byte) {
      w[i] = w[i] << 8 | std::to_integer<std::uint32_t>(block[4 * i + byte]);
    }
  }
  for (std::size_t i = 16; i < 80; ++i) {
    w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  }
  auto [a, b, c, d, e] = state;
  for (std::size_t i = 0; i < 80; ++i) {
    std::uint32_t f = 0;
    std::uint32_t k = 0;
    if (i < 20) {
      f = (b & c) | (~b & d);
      k = 0x5A827999;
    } else if (i < 40) {
      f = b ^ c ^ d;
      k = 0x6ED9EBA1;
    } else if (i < 60) {
      f = (b & c) | (b & d) | (c & d);
      k = 0x8F1BBCDC;
    } else {
      f = b ^ c ^ d;
      k = 0xCA62C1D6;
    }
    const auto next = std::rotl(a, 5) + f + e + k + w[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

Digest sha1(std::vector<std::byte> data) {
  std::array<std::uint32_t, 5> state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  const std::uint64_t bits = data.size() * 8;
  data.push_back(std::byte{0x80});
  while (data.size() % k_block != k_block - 8) data.push_back(std::byte{0});
  for (int shift = 56; shift >= 0; shift -= 8) {
    data.push_back(static_cast<std::byte>(bits >> shift & 0xFF));
  }
  for (std::size_t at = 0; at < data.size(); at += k_block) mix(state, data.data() + at);
  sodium_memzero(data.data(), data.size());
  Digest out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<std::byte>(state[i / 4] >> (24 - 8 * (i % 4)) & 0xFF);
  }
  return out;
}

}  // namespace

Digest hmac_sha1(std::span<const std::byte> key, std::span<const std::byte> data) {
  std::array<std::byte, k_block> padded{};
  if (key.size() > k_block) {
    const auto hashed = sha1({key.begin(), key.end()});
    std::memcpy(padded.data(), hashed.data(), hashed.size());
  } else if (!key.empty()) {
    std::memcpy(padded.data(), key.data(), key.size());
  }
  std::vector<std::byte> inner;
  std::vector<std::byte> outer;
  for (const auto byte : padded) {
    inner.push_back(byte ^ std::byte{0x36});
    outer.push_back(byte ^ std::byte{0x5C});
  }
  inner.insert(inner.end(), data.begin(), data.end());
  const auto middle = sha1(std::move(inner));
  outer.insert(outer.end(), middle.begin(), middle.end());
  sodium_memzero(padded.data(), padded.size());
  return sha1(std::move(outer));
}

}  // namespace shop::core
