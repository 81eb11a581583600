#include "orders/rules.hpp"

#include <array>

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::orders;

TEST_CASE("an order number is read as it is written, in any case") {
  const auto text = number_text("SH", 20'000 * k_numbers_per_day + 42);
  CHECK(text == "SH-20241004-000042");
  CHECK(parse_number("SH", text) == 20'000 * k_numbers_per_day + 42);
  CHECK(parse_number("SH", "sh-20241004-000042") == parse_number("SH", text));
  const auto many = number_text("SH", 20'000 * k_numbers_per_day + 1'234'567);
  CHECK(parse_number("SH", many) == 20'000 * k_numbers_per_day + 1'234'567);
  for (const char* wrong :
       {"", "SH-20241004-00042", "SH-20241004-00000042", "SX-20241004-000042", "S{-20241004-000042",
        "SH_20241004-000042", "SH-20241004_000042", "SH-2024100a-000042", "SH-2024/004-000042",
        "SH-20241004-00004x", "SH-20241004-00004 ", "SH-20241004-000000", "SH-19691231-000001"}) {
    CAPTURE(std::string{wrong});
    CHECK_FALSE(parse_number("SH", wrong));
  }
}

TEST_CASE("an order's UUID holds its id and chance, and nothing else is one") {
  const auto text = uuid_text(0x0123'4567'89ab'cdef, 0x1234'5678'9abc'def0);
  const auto parts = parse_uuid(text);
  REQUIRE(parts);
  CHECK(parts->order_id == 0x0123'4567'89ab'cdef);
  CHECK(parts->chance == 0x1234'5678'9abc'def0);
  std::string capitals = text;
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 32);
  }
  CHECK(parse_uuid(capitals)->order_id == parts->order_id);
  CHECK_FALSE(parse_uuid(text + "0"));
  CHECK_FALSE(parse_uuid(""));
  for (const auto& [at, c] :
       {std::pair{8U, '0'}, std::pair{0U, '-'}, std::pair{0U, 'g'}, std::pair{0U, 'G'},
        std::pair{0U, '/'}, std::pair{0U, ':'}, std::pair{0U, '@'}, std::pair{0U, '`'},
        std::pair{14U, '4'}, std::pair{19U, '1'}}) {
    auto wrong = text;
    wrong[at] = c;
    CAPTURE(wrong);
    CHECK_FALSE(parse_uuid(wrong));
  }
}
