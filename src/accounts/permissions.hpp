#pragma once

#include <cstdint>
#include <string_view>

/// Who may call what. One row per public function in operations.def; a permission is a named bit
/// that roles have by default and that admins put together into groups for staff.
namespace shop::accounts {

enum class Permission : std::int32_t {
  anyone = 0,     ///< guests too
  signed_in = 1,  ///< any account
  catalog_manage = 2,
  stock_manage = 3,
  price_manage = 4,
  promotion_manage = 5,
  tax_manage = 6,
  order_view = 7,
  order_manage = 8,
  payment_manage = 9,
  customer_view = 10,
  customer_manage = 11,
  review_moderate = 12,
  report_view = 13,
  seller_manage = 14,
  till_use = 15,
  loyalty_manage = 16,
  event_consume = 17,
  data_export = 18,
  setting_manage = 19,
  audit_view = 20,
  staff_manage = 21,
  admin_manage = 22,   ///< the owner's alone
  seller_own = 23,     ///< a seller's own products, stock, orders, figures
  engine_manage = 24,  ///< backup, verify, migrate: admins and the host
};

/// Every public function that takes a session.
enum class Operation : std::int32_t {
#define OPERATION(name, permission) name,
#include "accounts/operations.def"
#undef OPERATION
};

std::string_view operation_name(Operation operation) noexcept;
Permission operation_permission(Operation operation) noexcept;

}  // namespace shop::accounts
