#pragma once

#include "core/time.hpp"
#include "shop/types.hpp"

#include <cstdint>

/// The shop's calendar, as the sums are kept by it.
namespace shop::reports {

/// A month as one number: year × 12 + month − 1.
inline std::int64_t month_number(const core::Civil& civil) {
  return civil.year * 12 + civil.month - 1;
}
inline std::int64_t month_of_day(std::int64_t day) {
  return month_number(core::to_civil(core::day_start(day, 0), 0));
}
inline std::int64_t first_day_of_month(std::int64_t month) {
  return core::days_from_civil(month / 12, static_cast<int>(month % 12) + 1, 1);
}
/// The Monday that a day's week begins with. 1970-01-01 was a Thursday.
inline std::int64_t week_start(std::int64_t day) {
  const auto since_monday = ((day + 3) % 7 + 7) % 7;
  return day - since_monday;
}

}  // namespace shop::reports
