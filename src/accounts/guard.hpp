#pragma once

#include "accounts/permissions.hpp"
#include "db/tx.hpp"
#include "shop/session.hpp"

namespace shop::accounts {

/// Who acts in a use case, as the file knows them at this moment.
struct Actor {
  Role role = Role::guest;
  Id user_id = 0;
  Id guest_id = 0;
  Id seller_id = 0;
  std::uint64_t permissions = 0;  ///< bit n is Permission n

  [[nodiscard]] bool can(Permission permission) const {
    return (permissions >> static_cast<int>(permission) & 1U) != 0;
  }
};

/// The first thing that every use case does: is the session still good, and may it do this?
/// Throws Error: `session_revoked`, `session_expired`, `unauthenticated` (a guest where an account
/// is needed), `forbidden`.
Actor authorize(db::Tx& tx, const Session& session, Operation operation);

/// What a role may do by itself.
std::uint64_t default_permissions(Role role) noexcept;

}  // namespace shop::accounts
