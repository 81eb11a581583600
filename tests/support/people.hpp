#pragma once

#include "shop/shop.hpp"

#include <string>

namespace shop::test {

/// A logged-in customer; another number is another person.
inline Session a_customer(Accounts& accounts, int number = 1) {
  NewUserInput input;
  input.username = "customer-" + std::to_string(number);
  const auto user = accounts.create_user(Session::host(), input);
  return accounts.log_in_as(Session::host(), user.id).session;
}
inline Session a_customer(Engine& shop, int number = 1) {
  return a_customer(shop.accounts(), number);
}

}  // namespace shop::test
