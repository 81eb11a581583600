#pragma once

#include "shop/shop.hpp"

namespace shop::test {

/// A logged-in customer; another number is another person.
inline Session a_customer(Engine& /*shop*/, int number = 1) {
  return {Role::customer, Id{1'000'000} + number, 0, 0};
}

}  // namespace shop::test
