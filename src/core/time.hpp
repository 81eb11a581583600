#pragma once

#include "shop/types.hpp"

#include <cstdint>
#include <string>

namespace shop::core {

inline constexpr std::int64_t microseconds_per_second = 1'000'000;
inline constexpr std::int64_t microseconds_per_minute = 60 * microseconds_per_second;
inline constexpr std::int64_t microseconds_per_hour = 60 * microseconds_per_minute;
inline constexpr std::int64_t microseconds_per_day = 24 * microseconds_per_hour;

/// A calendar date and time of day in the proleptic Gregorian calendar.
struct Civil {
  std::int64_t year = 1970;
  int month = 1;  ///< 1–12
  int day = 1;    ///< 1–31
  int hour = 0;
  int minute = 0;
  int second = 0;
  int weekday = 4;  ///< 0 = Sunday
};

/// Days since 1970-01-01 of the day that `at` falls on, `offset_minutes` east of UTC.
std::int64_t day_number(Timestamp at, int offset_minutes) noexcept;

/// The first moment of a day number at that offset.
Timestamp day_start(std::int64_t day, int offset_minutes) noexcept;

Civil to_civil(Timestamp at, int offset_minutes) noexcept;

/// Days since 1970-01-01 of a civil date.
std::int64_t days_from_civil(std::int64_t year, int month, int day) noexcept;

Timestamp from_civil(const Civil& civil, int offset_minutes) noexcept;

/// "2026-11-22T08:00:00Z".
std::string format_utc(Timestamp at);

}  // namespace shop::core
