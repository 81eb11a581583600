#include "accounts/permissions.hpp"

#include <array>

namespace shop::accounts {
namespace {

struct Row {
  std::string_view name;
  Permission permission;
};

constexpr std::array k_operations{
#define OPERATION(name, permission) Row{#name, Permission::permission},
#include "accounts/operations.def"
#undef OPERATION
};

}  // namespace

std::string_view operation_name(Operation operation) noexcept {
  return k_operations[static_cast<std::size_t>(operation)].name;
}

Permission operation_permission(Operation operation) noexcept {
  return k_operations[static_cast<std::size_t>(operation)].permission;
}

}  // namespace shop::accounts
