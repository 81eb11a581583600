#pragma once

#include "guard.hpp"
#include "session.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <type_traits>

namespace shop::scenarios {

/// The arguments of one call, as C would pass them: numbers and addresses.
struct Slots {
  std::array<std::uint64_t, 12> values{};

  template <class T>
  [[nodiscard]] T as(std::size_t slot) const {
    if constexpr (std::is_pointer_v<T>) {
      return reinterpret_cast<T>(static_cast<std::uintptr_t>(values[slot]));
    } else if constexpr (std::is_floating_point_v<T>) {
      T value;
      std::memcpy(&value, &values[slot], sizeof value);
      return value;
    } else {
      return static_cast<T>(values[slot]);
    }
  }
};

/// Where the results of one call go; 16 bytes each, room for an amount of money.
struct Outs {
  struct alignas(16) Place {
    std::array<std::uint64_t, 2> words{};
  };
  std::array<Place, 3> places;

  template <class T>
  [[nodiscard]] T as(std::size_t slot) {
    return reinterpret_cast<T>(&places[slot]);
  }
};

/// How a function is called: through C, and through the C++ facade (which throws).
struct Entry {
  shop_status (*c)(const Slots&, Outs&, shop_error**) = nullptr;
  void (*cpp)(const Slots&, Outs&) = nullptr;
};

using Table = std::map<std::string, Entry>;

/// Every function of shop.h with a receiver; generated.
Table functions();

}  // namespace shop::scenarios
