#include "accounts/auth_clock.hpp"
#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/keyring.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <array>

#include <sodium.h>

/// Tokens for services outside (RFC 8725): one algorithm, a key by id, an audience, a short life.
/// They are made here and nowhere read.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::int64_t k_most_s = 900;

struct SigningKey {
  explicit SigningKey(const core::Key& seed) {
    crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.raw());
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(), public_key.data(), public_key.size(), nullptr, 0);
    kid = core::to_base64url(std::as_bytes(std::span{hash}));
  }
  ~SigningKey() { sodium_memzero(secret_key.data(), secret_key.size()); }
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_key{};
  std::string kid;
};

std::string_view role_name(Role role) {
  constexpr std::array<std::string_view, 8> names{"",      "guest", "customer", "seller",
                                                  "staff", "admin", "owner",    "host"};
  return names[static_cast<std::size_t>(role)];
}

std::string encoded(std::string_view json) {
  return core::to_base64url(core::as_bytes(json));
}

}  // namespace

std::string Accounts::mint_jwt(const Session& session, const std::string& audience,
                               std::int64_t lifetime_s) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_mint_jwt);
    const auto account = accounts::acting(tx, actor);
    core::Fields fields;
    const auto to = fields.text("audience", audience, {.min = 1, .max = 200});
    fields.range("lifetime_s", lifetime_s, 1, k_most_s);
    fields.throw_if_any();
    const SigningKey key{tx.env().keys->key(core::Purpose::signing)};
    const auto now = tx.env().accounts->strict(tx.now()) / core::microseconds_per_second;
    std::array<std::byte, 16> id{};
    tx.env().random->fill(id);
    const auto head = core::Json{}
                          .begin_object()
                          .field("alg", "EdDSA")
                          .field("kid", std::string_view{key.kid})
                          .field("typ", "libshop+jwt")
                          .end()
                          .take();
    const auto claims = core::Json{}
                            .begin_object()
                            .field("iss", "libshop")
                            .field("sub", std::string_view{std::to_string(account.id)})
                            .field("aud", std::string_view{to})
                            .field("iat", now)
                            .field("nbf", now)
                            .field("exp", now + lifetime_s)
                            .field("jti", std::string_view{core::to_base64url(id)})
                            .field("sid", std::string_view{std::to_string(session.session_id())})
                            .field("role", role_name(actor.role))
                            .end()
                            .take();
    auto token = encoded(head) + '.' + encoded(claims);
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr,
                         reinterpret_cast<const unsigned char*>(token.data()), token.size(),
                         key.secret_key.data());
    return token + '.' + core::to_base64url(std::as_bytes(std::span{signature}));
  });
}

std::string Accounts::jwt_keys(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_jwt_keys);
    core::Json json;
    json.begin_object().key("keys").begin_array();
    for (const auto id : tx.env().keys->ids()) {
      const SigningKey key{tx.env().keys->key(core::Purpose::signing, id)};
      const auto x = core::to_base64url(std::as_bytes(std::span{key.public_key}));
      json.begin_object()
          .field("kty", "OKP")
          .field("crv", "Ed25519")
          .field("alg", "EdDSA")
          .field("use", "sig")
          .field("kid", std::string_view{key.kid})
          .field("x", std::string_view{x})
          .end();
    }
    return json.end().end().take();
  });
}

}  // namespace shop
