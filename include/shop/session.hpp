#pragma once

#include "shop/types.hpp"

#include <cstdint>

namespace shop {

/// Who acts. Ordered only by number, not by power: permissions are named, see
/// docs/permissions.md. @since 1.0
enum class Role : std::int32_t {
  guest = 1,     ///< nobody in particular; may browse and fill a cart
  customer = 2,  ///< a registered person
  seller = 3,    ///< a customer with a shop of their own in a marketplace
  staff = 4,     ///< works here; has the permission groups given by an admin
  admin = 5,     ///< runs the business
  owner = 6,     ///< manages the admins
  host = 7,      ///< the program that links libshop, acting in its own name
};

/// One actor on an engine: a light value that can be copied and used from any thread. It holds no
/// secret and no connection; whether it is still valid is read from the file at each call, so a
/// session that is ended anywhere fails at its next call everywhere. @since 1.0
class Session {
 public:
  [[nodiscard]] Role role() const noexcept { return role_; }
  /// The acting account; 0 for guests and the host.
  [[nodiscard]] Id user_id() const noexcept { return user_id_; }
  /// The stored log-in session; 0 for guests and the host.
  [[nodiscard]] Id session_id() const noexcept { return session_id_; }
  /// The guest's identity that owns a guest cart; 0 for everybody else.
  [[nodiscard]] Id guest_id() const noexcept { return guest_id_; }

  /// The trusted host of the program that links the library.
  static Session host() noexcept { return {Role::host, 0, 0, 0}; }

  /// For the engine: made by Accounts::log_in, Accounts::resume and Engine::guest.
  Session(Role role, Id user_id, Id session_id, Id guest_id) noexcept
      : role_(role), user_id_(user_id), session_id_(session_id), guest_id_(guest_id) {}

 private:
  Role role_;
  Id user_id_;
  Id session_id_;
  Id guest_id_;
};

}  // namespace shop
