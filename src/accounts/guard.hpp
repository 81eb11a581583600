#pragma once

#include "accounts/permissions.hpp"
#include "db/tx.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>

namespace shop::accounts {

/// Who acts in a use case, as the file knows them at this moment.
struct Actor {
  Role role = Role::guest;
  Id user_id = 0;
  Id guest_id = 0;
  Id seller_id = 0;
  std::uint64_t permissions = 0;  ///< bit n is Permission n

  [[nodiscard]] bool can(Permission permission) const {
    return (permissions & bit(permission)) != 0;
  }
};

/// The first thing that every use case does: is the session still good, and may it do this?
/// Throws Error: `session_revoked`, `session_expired`, `unauthenticated` (a guest where an account
/// is needed), `forbidden`, `tampered`. Cost: one prepared statement when somebody is logged in,
/// nothing for guests and the host.
Actor authorize(db::Tx& tx, const Session& session, Operation operation);

/// For what makes its caller as powerful as anybody. Throws Error{forbidden} for all but the host.
void require_host(const Session& session);

}  // namespace shop::accounts
