#include "core/time.hpp"

#include <fmt/format.h>

namespace shop::core {
namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept {
  return a / b - static_cast<std::int64_t>(a % b != 0 && (a < 0) != (b < 0));
}

}  // namespace

std::int64_t day_number(Timestamp at, int offset_minutes) noexcept {
  return floor_div(at + offset_minutes * microseconds_per_minute, microseconds_per_day);
}

Timestamp day_start(std::int64_t day, int offset_minutes) noexcept {
  return day * microseconds_per_day - offset_minutes * microseconds_per_minute;
}

// Both directions count days in 400-year eras that begin on 1 March, so that the leap day is the
// last of its year.
std::int64_t days_from_civil(std::int64_t year, int month, int day) noexcept {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_div(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Civil to_civil(Timestamp at, int offset_minutes) noexcept {
  const std::int64_t days = day_number(at, offset_minutes);
  const std::int64_t in_day = (at - day_start(days, offset_minutes)) / microseconds_per_second;
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = floor_div(shifted, 146097);
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_index = (5 * day_of_year + 2) / 153;
  Civil civil;
  civil.day = static_cast<int>(day_of_year - (153 * month_index + 2) / 5 + 1);
  civil.month = static_cast<int>(month_index < 10 ? month_index + 3 : month_index - 9);
  civil.year = year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0);
  civil.hour = static_cast<int>(in_day / 3600);
  civil.minute = static_cast<int>(in_day / 60 % 60);
  civil.second = static_cast<int>(in_day % 60);
  civil.weekday = static_cast<int>(((days % 7) + 11) % 7);
  return civil;
}

Timestamp from_civil(const Civil& civil, int offset_minutes) noexcept {
  const std::int64_t seconds = std::int64_t{civil.hour} * 3600 + civil.minute * 60 + civil.second;
  return day_start(days_from_civil(civil.year, civil.month, civil.day), offset_minutes) +
         seconds * microseconds_per_second;
}

std::string format_utc(Timestamp at) {
  const auto c = to_civil(at, 0);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour,
                     c.minute, c.second);
}

}  // namespace shop::core
