#pragma once

#include "core/time.hpp"
#include "shop/report_types.hpp"

#include <cstdint>
#include <string>

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

/// The first day of the step that a day falls into.
std::int64_t step_start(ReportStep step, std::int64_t day);
/// The first day of the next step.
std::int64_t next_step(ReportStep step, std::int64_t start);
/// "2026-11-22", "2026-W47" (ISO 8601) or "2026-11" of a step that starts on a day.
std::string step_label(ReportStep step, std::int64_t start);
std::string month_label(std::int64_t month);

}  // namespace shop::reports
