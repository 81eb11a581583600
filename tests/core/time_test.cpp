#include "core/time.hpp"

#include <doctest/doctest.h>

using namespace shop::core;

TEST_CASE("days follow the shop's offset") {
  const auto evening = from_civil({2026, 11, 21, 23, 30, 0, 0}, 0);
  CHECK(to_civil(evening, 60).day == 22);
  CHECK(to_civil(evening, -60).day == 21);
  CHECK(day_number(evening, 60) == day_number(evening, 0) + 1);
  CHECK(to_civil(evening, 0).weekday == 6);
  CHECK(format_utc(evening) == "2026-11-21T23:30:00Z");
}

TEST_CASE("civil dates go both ways over leap years and before 1970") {
  for (std::int64_t day = -200'000; day < 200'000; day += 97) {
    const auto civil = to_civil(day_start(day, 0), 0);
    CHECK(days_from_civil(civil.year, civil.month, civil.day) == day);
  }
  CHECK(days_from_civil(2000, 2, 29) + 1 == days_from_civil(2000, 3, 1));
}
