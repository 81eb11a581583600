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

TEST_CASE("what an order may become follows from where it stands") {
  CHECK(may_move(OrderStatus::pending, OrderStatus::pending));
  CHECK(may_move(OrderStatus::confirmed, OrderStatus::canceled));
  CHECK_FALSE(may_move(OrderStatus::canceled, OrderStatus::confirmed));
  CHECK_FALSE(may_move(OrderStatus::completed, OrderStatus::canceled));
  CHECK(may_move(PaymentStatus::paid, PaymentStatus::refunded));
  CHECK_FALSE(may_move(PaymentStatus::refunded, PaymentStatus::paid));
  CHECK(may_move(FulfilmentStatus::shipped, FulfilmentStatus::delivered));
  CHECK_FALSE(may_move(FulfilmentStatus::returned, FulfilmentStatus::none));
}

TEST_CASE("the money says how an order is paid") {
  using P = PaymentStatus;
  CHECK(payment_status_of(100, 0, 0, 0) == P::none);
  CHECK(payment_status_of(0, 0, 0, 0) == P::paid);
  CHECK(payment_status_of(100, 40, 0, 0) == P::none);
  CHECK(payment_status_of(100, 60, 40, 0) == P::authorized);
  CHECK(payment_status_of(100, 0, 40, 0) == P::part_paid);
  CHECK(payment_status_of(100, 0, 100, 0) == P::paid);
  CHECK(payment_status_of(100, 0, 100, 1) == P::part_refunded);
  CHECK(payment_status_of(100, 0, 100, 100) == P::refunded);
}

TEST_CASE("one word sums an order up") {
  using S = OrderStatus;
  using P = PaymentStatus;
  using F = FulfilmentStatus;
  CHECK(summary_of(S::canceled, P::paid, F::shipped) == "canceled");
  CHECK(summary_of(S::confirmed, P::paid, F::none) == "to_ship");
  CHECK(summary_of(S::pending, P::none, F::none) == "unpaid");
  CHECK(summary_of(S::pending, P::part_paid, F::none) == "unpaid");
  CHECK(summary_of(S::confirmed, P::paid, F::part) == "part_shipped");
  CHECK(summary_of(S::confirmed, P::paid, F::shipped) == "shipped");
  CHECK(summary_of(S::confirmed, P::authorized, F::delivered) == "delivered");
  CHECK(summary_of(S::completed, P::paid, F::delivered) == "completed");
  CHECK(summary_of(S::completed, P::refunded, F::returned) == "returned");
  CHECK(summary_of(S::confirmed, P::paid, static_cast<F>(9)) == "to_ship");
}
