#include "accounts/tokens.hpp"

#include "core/encoding.hpp"
#include "core/keyring.hpp"
#include "shop/error.hpp"

#include <array>
#include <cstring>

namespace shop::accounts {
namespace {

using core::Purpose;

constexpr std::size_t k_prefix = 6;
constexpr std::size_t k_length = k_prefix + 43;  // 32 bytes in base64url

std::string prefix(TokenKind kind) {
  return std::string{"shp1"} + static_cast<char>(kind) + '_';
}

std::optional<core::Hash> payload(TokenKind kind, std::string_view token) {
  if (token.size() != k_length || !token.starts_with(prefix(kind))) return std::nullopt;
  const auto bytes = core::from_base64url(token.substr(k_prefix));
  if (!bytes || bytes->size() != 32) return std::nullopt;
  core::Hash out;
  std::memcpy(out.data(), bytes->data(), out.size());
  return out;
}

std::string_view kind_part(const TokenKind& kind) {
  return {reinterpret_cast<const char*>(&kind), 1};
}

core::Hash guest_proof(const db::Env& env, std::int64_t key_id, Id guest_id) {
  return core::keyed_hash(env.keys->key(Purpose::guest, key_id), {core::number_part(guest_id)});
}

}  // namespace

std::string token_of(TokenKind kind, const core::Hash& bytes) {
  return prefix(kind) + core::to_base64url(bytes);
}

std::string make_token(TokenKind kind, Random& random) {
  core::Hash bytes;
  random.fill(bytes);
  return token_of(kind, bytes);
}

std::optional<core::Hash> token_hash(const db::Env& env, TokenKind kind, std::string_view token) {
  if (!payload(kind, token)) return std::nullopt;
  return core::keyed_hash(env.keys->key(Purpose::token), {kind_part(kind), token});
}

core::Hash successor(const db::Env& env, TokenKind kind, std::string_view token,
                     std::string_view request_id) {
  return core::keyed_hash(env.keys->key(Purpose::token),
                          {"successor", kind_part(kind), token, request_id});
}

std::string guest_token(const db::Env& env, Id guest_id) {
  core::Hash bytes;
  const auto id = core::number_part(guest_id);
  const auto proof = guest_proof(env, env.keys->newest(), guest_id);
  std::memcpy(bytes.data(), id.data(), id.size());
  std::memcpy(bytes.data() + id.size(), proof.data(), bytes.size() - id.size());
  return token_of(TokenKind::guest, bytes);
}

std::optional<Id> guest_of_token(const db::Env& env, std::string_view token) {
  const auto bytes = payload(TokenKind::guest, token);
  if (!bytes) return std::nullopt;
  std::uint64_t id = 0;
  for (std::size_t i = 8; i > 0; --i)
    id = id << 8 | std::to_integer<std::uint64_t>((*bytes)[i - 1]);
  const auto proof = core::Bytes{*bytes}.subspan(8);
  for (const auto key_id : env.keys->ids()) {
    const auto expected = guest_proof(env, key_id, static_cast<Id>(id));
    if (core::same_bytes(proof, core::Bytes{expected}.first(proof.size()))) {
      return static_cast<Id>(id);
    }
  }
  return std::nullopt;
}

Id new_guest(const db::Env& env) {
  std::array<std::byte, 8> chance{};
  env.random->fill(chance);
  std::uint64_t bits = 0;
  std::memcpy(&bits, chance.data(), sizeof bits);
  // The upper half of all ids, which no sequence ever reaches: a guest is never taken for a user.
  constexpr auto k_half = (static_cast<std::uint64_t>(max_magnitude) + 1) / 2;
  return static_cast<Id>(k_half | (bits % k_half));
}

}  // namespace shop::accounts
