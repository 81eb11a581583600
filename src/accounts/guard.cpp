#include "accounts/guard.hpp"

#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop::accounts {
namespace {

constexpr std::uint64_t bit(Permission permission) {
  return std::uint64_t{1} << static_cast<int>(permission);
}

constexpr std::uint64_t k_everything = ~std::uint64_t{0};

}  // namespace

std::uint64_t default_permissions(Role role) noexcept {
  switch (role) {
    case Role::guest:
      return bit(Permission::anyone);
    case Role::customer:
    case Role::staff:
      return bit(Permission::anyone) | bit(Permission::signed_in);
    case Role::seller:
      return bit(Permission::anyone) | bit(Permission::signed_in) | bit(Permission::seller_own);
    case Role::admin:
      return k_everything & ~bit(Permission::admin_manage);
    case Role::owner:
    case Role::host:
      return k_everything;
  }
  return 0;
}

Actor authorize(db::Tx& /*tx*/, const Session& session, Operation operation) {
  Actor actor{session.role(), session.user_id(), session.guest_id(), 0,
              default_permissions(session.role())};
  const auto needed = operation_permission(operation);
  if (actor.can(needed)) return actor;
  if (actor.role == Role::guest) {
    throw Error(Code::unauthenticated, fmt::format("{}: log in first", operation_name(operation)));
  }
  throw Error(Code::forbidden,
              fmt::format("{}: this account may not do that", operation_name(operation)));
}

}  // namespace shop::accounts
