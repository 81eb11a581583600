#include "accounts/permissions.hpp"

#include <array>
#include <cstddef>

namespace shop::accounts {
namespace {

struct OperationRow {
  std::string_view name;
  Permission permission;
};

// Not a deduced std::array: clang 14 gives up at 256 elements.
constexpr OperationRow k_operations[] = {
#define OPERATION(name, permission) OperationRow{#name, Permission::permission},
#include "accounts/operations.def"
#undef OPERATION
};

struct PermissionRow {
  std::string_view name;
  Permission permission;
};

constexpr std::array k_permissions{
#define PERMISSION(name, bit) PermissionRow{#name, Permission::name},
#include "accounts/permissions.def"
#undef PERMISSION
};

constexpr std::uint64_t k_everything = ~std::uint64_t{0};

}  // namespace

std::string_view operation_name(Operation operation) noexcept {
  return k_operations[static_cast<std::size_t>(operation)].name;
}

Permission operation_permission(Operation operation) noexcept {
  return k_operations[static_cast<std::size_t>(operation)].permission;
}

std::string_view permission_name(Permission permission) noexcept {
  for (const auto& row : k_permissions) {
    if (row.permission == permission) return row.name;
  }
  return "unknown";
}

std::optional<Permission> permission_by_name(std::string_view name) noexcept {
  for (const auto& row : k_permissions) {
    if (row.name == name) return row.permission;
  }
  return std::nullopt;
}

std::uint64_t default_permissions(Role role) noexcept {
  constexpr auto anyone = bit(Permission::anyone);
  constexpr auto signed_in = anyone | bit(Permission::signed_in);
  switch (role) {
    case Role::guest:
      return anyone;
    case Role::customer:
    case Role::staff:
      return signed_in;
    case Role::seller:
      return signed_in | bit(Permission::seller_own);
    case Role::admin:
      return k_everything & ~bit(Permission::admin_manage);
    case Role::owner:
    case Role::host:
      return k_everything;
  }
  return 0;
}

std::uint64_t grantable_permissions() noexcept {
  std::uint64_t all = 0;
  for (const auto& row : k_permissions) all |= bit(row.permission);
  return all & ~(bit(Permission::anyone) | bit(Permission::signed_in) |
                 bit(Permission::admin_manage) | bit(Permission::staff_manage) |
                 bit(Permission::seller_own) | bit(Permission::engine_manage));
}

}  // namespace shop::accounts
