#include "core/money.hpp"

#include "shop/error.hpp"

#include <numeric>

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::core;

TEST_CASE("shares of a sum add up to it and are fair to one unit") {
  CHECK(allocate(100, std::vector<std::int64_t>{1, 1, 1}) == std::vector<std::int64_t>{34, 33, 33});
  CHECK(allocate(-100, std::vector<std::int64_t>{1, 1, 1}) ==
        std::vector<std::int64_t>{-34, -33, -33});
  CHECK(allocate(7, std::vector<std::int64_t>{0, 0}) == std::vector<std::int64_t>{7, 0});
  const std::vector<std::int64_t> weights{1999, 5, 750, 123456};
  const auto parts = allocate(99'999, weights);
  CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == 99'999);
}

TEST_CASE("amounts are read and written in the decimals of their currency") {
  CHECK(parse_amount("12.34", "GBP") == 1234);
  CHECK(parse_amount("-0.05", "GBP") == -5);
  CHECK(parse_amount("12.340", "GBP") == 1234);
  CHECK_FALSE(parse_amount("12.345", "GBP"));
  CHECK(parse_amount("12", "JPY") == 12);
  CHECK(parse_amount("1.234", "KWD") == 1234);
  CHECK_FALSE(parse_amount("", "GBP"));
  CHECK_FALSE(parse_amount(".", "GBP"));
  CHECK_FALSE(parse_amount("1e3", "GBP"));
  CHECK_FALSE(parse_amount("9007199254740992.00", "GBP"));
  CHECK(format_amount({5, "GBP"}) == "0.05");
  CHECK(format_amount({50, "GBP"}) == "0.50");
  CHECK(format_amount({500, "GBP"}) == "5.00");
  CHECK(format_amount({-1234, "GBP"}) == "-12.34");
  CHECK(format_amount({12, "JPY"}) == "12");
  CHECK(format_amount({12345, "CLF"}) == "1.2345");
}

TEST_CASE("arithmetic never leaves the exact range") {
  CHECK_THROWS_AS(add(max_magnitude, 1), Error);
  CHECK_THROWS_AS(mul(max_magnitude, 2), Error);
  CHECK(mul_div(max_magnitude, 1'000'000, 1'000'000) == max_magnitude);
  CHECK(mul_div(5, 1, 2) == 3);
  CHECK(mul_div(-5, 1, 2) == -3);
  CHECK(mul_div(5, 1, 2, Rounding::half_even) == 2);
  CHECK(mul_div(5, 1, 2, Rounding::down) == 2);
}

TEST_CASE("what is no amount, or too large for one, is none") {
  CHECK_FALSE(parse_amount("1", "XYZ"));
  CHECK_FALSE(parse_amount("1", ""));
  CHECK_FALSE(parse_amount("-", "GBP"));
  CHECK_FALSE(parse_amount("1.2.3", "GBP"));
  CHECK_FALSE(parse_amount("90071992547409.93", "BHD"));
  CHECK_FALSE(parse_amount("9007199254740993", "JPY"));
  CHECK_FALSE(parse_amount("900719925474099.30", "KWD"));
  CHECK(parse_amount("9007199254740991", "JPY") == max_magnitude);
  CHECK_FALSE(currency_exponent("XYZ"));
  CHECK_FALSE(currency_exponent(Currency{}));
  CHECK(allocate(5, {}).empty());
}

TEST_CASE("a share is rounded as it was asked for, on both sides of zero") {
  CHECK(mul_div(5, 1, 2, Rounding::half_up) == 3);
  CHECK(mul_div(-5, 1, 2, Rounding::half_up) == -3);
  CHECK(mul_div(5, 1, 2, Rounding::half_even) == 2);
  CHECK(mul_div(7, 1, 2, Rounding::half_even) == 4);
  CHECK(mul_div(-7, 1, 4, Rounding::half_even) == -2);
  CHECK(mul_div(5, 1, 2, Rounding::down) == 2);
  CHECK(mul_div(5, 1, 4, Rounding::up) == 2);
  CHECK(mul_div(4, 1, 4, Rounding::up) == 1);
  CHECK_THROWS_AS(sub(-max_magnitude, 1), Error);
}
