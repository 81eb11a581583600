#pragma once

#include "accounts/guard.hpp"
#include "shop/product.hpp"

#include <optional>

/// Who may see and change which products.
namespace shop::catalog {

/// What a session may do with products: everything, or those of one seller, or just look.
struct Access {
  bool manager = false;
  Id seller_id = 0;  ///< of the acting seller; 0: none

  [[nodiscard]] bool may_change(Id owner) const {
    return manager || (seller_id != 0 && owner == seller_id);
  }
};

inline Access access_of(const accounts::Actor& actor) {
  Access access;
  access.manager = actor.can(accounts::Permission::catalog_manage);
  if (actor.can(accounts::Permission::seller_own)) access.seller_id = actor.seller_id;
  return access;
}

/// For calls that change something: Throws Error{forbidden} for those who may only look.
Access changing_access(const accounts::Actor& actor);

}  // namespace shop::catalog
