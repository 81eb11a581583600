#pragma once

#include "core/crypto.hpp"
#include "db/env.hpp"
#include "shop/types.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Tokens are references, not statements: 256 random bits behind a prefix that says what they are
/// for. The file has only their keyed hashes.
namespace shop::accounts {

enum class TokenKind : char {
  access = 'a',
  refresh = 'r',
  device = 'd',
  guest = 'g',
  bootstrap = 'b',
};

std::string make_token(TokenKind kind, Random& random);
/// A token from known bytes, for the successor of a refresh token.
std::string token_of(TokenKind kind, const core::Hash& bytes);

/// Under which a token is stored; nullopt when it does not have the shape of its kind.
std::optional<core::Hash> token_hash(const db::Env& env, TokenKind kind, std::string_view token);

/// The pair that follows a refresh token for one request: the same for the same two.
core::Hash successor(const db::Env& env, TokenKind kind, std::string_view token,
                     std::string_view request_id);

/// A guest's token holds its number and proof that we gave it out; nothing is stored.
std::string guest_token(const db::Env& env, Id guest_id);
std::optional<Id> guest_of_token(const db::Env& env, std::string_view token);
Id new_guest(const db::Env& env);

}  // namespace shop::accounts
