#include "reports/calendar.hpp"

#include <fmt/format.h>

namespace shop::reports {

std::int64_t step_start(ReportStep step, std::int64_t day) {
  switch (step) {
    case ReportStep::day:
      return day;
    case ReportStep::week:
      return week_start(day);
    case ReportStep::month:
      return first_day_of_month(month_of_day(day));
  }
  return day;
}

std::int64_t next_step(ReportStep step, std::int64_t start) {
  switch (step) {
    case ReportStep::day:
      return start + 1;
    case ReportStep::week:
      return start + 7;
    case ReportStep::month:
      return first_day_of_month(month_of_day(start) + 1);
  }
  return start + 1;
}

std::string month_label(std::int64_t month) {
  return fmt::format("{:04}-{:02}", month / 12, month % 12 + 1);
}

std::string step_label(ReportStep step, std::int64_t start) {
  const auto civil = core::to_civil(core::day_start(start, 0), 0);
  switch (step) {
    case ReportStep::day:
      return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
    case ReportStep::week: {
      // The week belongs to the year of its Thursday.
      const auto thursday = core::to_civil(core::day_start(start + 3, 0), 0);
      const auto new_year = core::days_from_civil(thursday.year, 1, 1);
      return fmt::format("{:04}-W{:02}", thursday.year, (start + 3 - new_year) / 7 + 1);
    }
    case ReportStep::month:
      break;
  }
  return month_label(month_number(civil));
}

}  // namespace shop::reports
