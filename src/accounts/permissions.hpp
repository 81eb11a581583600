#pragma once

#include "shop/session.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// Who may call what. One row per public function in operations.def; a permission is a named bit
/// that roles have by default and that admins put together into groups for staff.
namespace shop::accounts {

enum class Permission : std::int32_t {
#define PERMISSION(name, bit) name = bit,
#include "accounts/permissions.def"
#undef PERMISSION
};

/// Every public function that takes a session.
enum class Operation : std::int32_t {
#define OPERATION(name, permission) name,
#include "accounts/operations.def"
#undef OPERATION
};

constexpr std::uint64_t bit(Permission permission) {
  return std::uint64_t{1} << static_cast<int>(permission);
}

std::string_view operation_name(Operation operation) noexcept;
Permission operation_permission(Operation operation) noexcept;

std::string_view permission_name(Permission permission) noexcept;
std::optional<Permission> permission_by_name(std::string_view name) noexcept;

/// What a role may do by itself.
std::uint64_t default_permissions(Role role) noexcept;

/// What may be put into a group: not what makes an admin an admin.
std::uint64_t grantable_permissions() noexcept;

}  // namespace shop::accounts
