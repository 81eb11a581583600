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

TEST_CASE("the largest amounts are kept, one more is refused, on both sides of zero") {
  CHECK(add(max_magnitude - 1, 1) == max_magnitude);
  CHECK(sub(-max_magnitude + 1, 1) == -max_magnitude);
  CHECK_THROWS_AS(sub(-max_magnitude, 1), Error);
  CHECK(mul(-max_magnitude, 1) == -max_magnitude);
  CHECK(mul(7, -6) == -42);
  CHECK(sub(7, 9) == -2);
  CHECK(add(7, -9) == -2);
  CHECK(parse_amount("90071992547409.91", "GBP") == max_magnitude);
  CHECK(parse_amount("9007199254740991", "JPY") == max_magnitude);
  CHECK(parse_amount("-90071992547409.91", "GBP") == -max_magnitude);
  CHECK_FALSE(parse_amount("90071992547409.92", "GBP"));
  CHECK_FALSE(parse_amount("9007199254740992", "JPY"));
  CHECK_FALSE(parse_amount("900719925474099", "GBP"));
}

TEST_CASE("each way of rounding, below, at and above the half, for both signs") {
  struct Row {
    std::int64_t a;
    std::int64_t half_up, half_even, down, up;
  };
  // a ÷ 4
  for (const Row& row : {Row{8, 2, 2, 2, 2}, Row{9, 2, 2, 2, 3}, Row{10, 3, 2, 2, 3},
                         Row{11, 3, 3, 2, 3}, Row{12, 3, 3, 3, 3}, Row{14, 4, 4, 3, 4},
                         Row{13, 3, 3, 3, 4}, Row{0, 0, 0, 0, 0}, Row{2, 1, 0, 0, 1}}) {
    CAPTURE(row.a);
    for (const std::int64_t sign : {1, -1}) {
      CHECK(mul_div(sign * row.a, 1, 4) == sign * row.half_up);
      CHECK(mul_div(row.a, sign, 4, Rounding::half_even) == sign * row.half_even);
      CHECK(mul_div(sign * row.a, 1, 4, Rounding::down) == sign * row.down);
      CHECK(mul_div(sign * row.a, 1, 4, Rounding::up) == sign * row.up);
    }
  }
  CHECK(mul_div(7, 3, 2) == 11);
  CHECK(mul_div(5, 1, 10, Rounding::half_even) == 0);
  CHECK(mul_div(15, 1, 10, Rounding::half_even) == 2);
  CHECK(mul_div(4, 1, 10) == 0);
  CHECK(mul_div(4, 1, 10, Rounding::half_even) == 0);
  CHECK(mul_div(6, 1, 10, Rounding::half_even) == 1);
  CHECK(mul_div(max_magnitude, max_magnitude, max_magnitude) == max_magnitude);
  CHECK_THROWS_AS(mul_div(max_magnitude, 3, 2), Error);
}

TEST_CASE(
    "what cannot be shared evenly goes to the largest remainders, the earlier of equal ones") {
  using Parts = std::vector<std::int64_t>;
  CHECK(allocate(10, Parts{}) == Parts{});
  CHECK(allocate(10, Parts{5}) == Parts{10});
  CHECK(allocate(0, Parts{1, 2}) == Parts{0, 0});
  CHECK(allocate(-7, Parts{0, 0, 0}) == Parts{-7, 0, 0});
  CHECK(allocate(10, Parts{1, 2, 3, 1}) == Parts{2, 3, 4, 1});
  CHECK(allocate(11, Parts{1, 2, 3, 1}) == Parts{2, 3, 5, 1});
  CHECK(allocate(-11, Parts{1, 2, 3, 1}) == Parts{-2, -3, -5, -1});
  CHECK(allocate(5, Parts{0, 3, 0, 1}) == Parts{0, 4, 0, 1});
  CHECK(allocate(1, Parts{1, 1}) == Parts{1, 0});
  CHECK(allocate(1, Parts{1}) == Parts{1});
  CHECK(allocate(3, Parts{2, 2}) == Parts{2, 1});
  CHECK(allocate(5, Parts{0, 1}) == Parts{0, 5});
  CHECK(allocate(max_magnitude, Parts{max_magnitude, 0}) == Parts{max_magnitude, 0});
}

TEST_CASE("a currency has the decimals of ISO 4217, and an unknown one none") {
  for (const char* code : {"AED", "GBP", "HRK", "EUR"}) CHECK(currency_exponent(code) == 2);
  for (const char* code : {"BIF", "JPY", "XPF"}) CHECK(currency_exponent(code) == 0);
  for (const char* code : {"BHD", "KWD", "TND"}) CHECK(currency_exponent(code) == 3);
  for (const char* code : {"CLF", "UYW"}) CHECK(currency_exponent(code) == 4);
  CHECK_FALSE(currency_exponent("ZZZ"));
  CHECK_FALSE(currency_exponent("GB"));
  CHECK_FALSE(currency_exponent(""));
  CHECK_FALSE(parse_amount("1", "ZZZ"));
}

TEST_CASE("amounts have at most one point and one sign, and zeros behind the last decimal only") {
  CHECK(parse_amount("0", "GBP") == 0);
  CHECK(parse_amount("9", "GBP") == 900);
  CHECK(parse_amount("0.9", "GBP") == 90);
  CHECK(parse_amount(".5", "GBP") == 50);
  CHECK(parse_amount("5.", "GBP") == 500);
  CHECK(parse_amount("1.20000", "GBP") == 120);
  CHECK(parse_amount("12.000", "JPY") == 12);
  CHECK(parse_amount("1.2345", "CLF") == 12345);
  CHECK_FALSE(parse_amount("12.1", "JPY"));
  CHECK_FALSE(parse_amount("1.2.3", "GBP"));
  CHECK_FALSE(parse_amount("1..2", "GBP"));
  CHECK_FALSE(parse_amount("1.200001", "GBP"));
  CHECK_FALSE(parse_amount("-", "GBP"));
  CHECK_FALSE(parse_amount("--1", "GBP"));
  CHECK_FALSE(parse_amount("+1", "GBP"));
  CHECK_FALSE(parse_amount("1/", "GBP"));
  CHECK_FALSE(parse_amount("1:", "GBP"));
  CHECK(format_amount({0, "GBP"}) == "0.00");
  CHECK(format_amount({-5, "GBP"}) == "-0.05");
  CHECK(format_amount({-12, "JPY"}) == "-12");
  CHECK(format_amount({1, "KWD"}) == "0.001");
  CHECK(format_amount({-max_magnitude, "GBP"}) == "-90071992547409.91");
  CHECK(format_amount({150, "ZZZ"}) == "1.50");
}
