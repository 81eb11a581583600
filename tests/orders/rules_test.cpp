// Numbers, public names and states of orders, without a shop.

#include "orders/rules.hpp"

#include <set>
#include <string>
#include <utility>

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::orders;

namespace {

using O = OrderStatus;
using P = PaymentStatus;
using F = FulfilmentStatus;

template <class State>
using Steps = std::set<std::pair<State, State>>;

/// Every step among the first `count` states that is allowed.
template <class State>
Steps<State> allowed(int count) {
  Steps<State> out;
  for (int from = 1; from <= count; ++from) {
    for (int to = 1; to <= count; ++to) {
      const auto a = static_cast<State>(from);
      const auto b = static_cast<State>(to);
      if (from == to) {
        CHECK(may_move(a, b));
      } else if (may_move(a, b)) {
        out.insert({a, b});
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the steps of an order are these and no others") {
  CHECK(allowed<O>(4) == Steps<O>{{O::pending, O::confirmed},
                                  {O::pending, O::canceled},
                                  {O::pending, O::completed},
                                  {O::confirmed, O::completed},
                                  {O::confirmed, O::canceled},
                                  {O::confirmed, O::pending}});
  const auto fulfilment = allowed<F>(5);
  CHECK(fulfilment.size() == 10);
  for (const auto& [from, to] : fulfilment) CHECK(from < to);
  const auto payment = allowed<P>(6);
  CHECK(payment.size() == 24);
  CHECK(payment.contains({P::part_refunded, P::paid}));
  CHECK_FALSE(payment.contains({P::none, P::refunded}));
  CHECK(payment.contains({P::refunded, P::part_refunded}));
  CHECK(payment.contains({P::part_refunded, P::part_paid}));
  CHECK(payment.contains({P::part_refunded, P::authorized}));
  CHECK(payment.contains({P::refunded, P::part_paid}));
  CHECK(payment.contains({P::refunded, P::authorized}));
  CHECK_FALSE(payment.contains({P::refunded, P::paid}));
}

TEST_CASE("where the money of an order stands") {
  struct Row {
    std::int64_t total, authorized, captured, refunded;
    P expected;
  };
  for (const auto& row :
       {Row{100, 0, 0, 0, P::none}, Row{100, 99, 0, 0, P::none}, Row{100, 100, 0, 0, P::authorized},
        Row{100, 101, 0, 0, P::authorized}, Row{100, 60, 40, 0, P::authorized},
        Row{100, 59, 40, 0, P::part_paid}, Row{100, 0, 1, 0, P::part_paid},
        Row{100, 0, 99, 0, P::part_paid}, Row{100, 0, 100, 0, P::paid},
        Row{100, 0, 101, 0, P::paid}, Row{0, 0, 0, 0, P::paid},
        Row{100, 0, 100, 1, P::part_refunded}, Row{100, 0, 100, 99, P::part_refunded},
        Row{100, 0, 100, 100, P::refunded}, Row{100, 0, 40, 40, P::refunded},
        Row{100, 60, 40, 1, P::authorized}, Row{100, 59, 40, 1, P::part_paid},
        Row{100, 0, 50, 1, P::part_paid}, Row{0, 0, 0, 0, P::paid}}) {
    CAPTURE(row.authorized);
    CAPTURE(row.captured);
    CAPTURE(row.refunded);
    CHECK(payment_status_of(row.total, row.authorized, row.captured, row.refunded) == row.expected);
  }
}

TEST_CASE("what came back is not charged, what was given back for it was") {
  Order order;
  order.total.minor = 1100;
  order.lines.resize(2);
  order.lines[0].refunded.minor = 300;
  order.lines[1].refunded.minor = 200;
  CHECK(charge_of(order, 0) == 600);
  CHECK(charge_of(order, 500) == 1100);
  CHECK(payment_status_of(order, 0, 0) == P::none);
  CHECK(payment_status_of(order, 0, 600) == P::authorized);
  CHECK(payment_status_of(order, 0, 599) == P::none);
  order.paid.minor = 600;
  CHECK(payment_status_of(order, 0, 0) == P::paid);
  CHECK(payment_status_of(order, 1, 0) == P::part_paid);
  order.paid.minor = 0;
  order.lines[0].refunded.minor = 900;
  CHECK(charge_of(order, 0) == 0);
  CHECK(payment_status_of(order, 0, 0) == P::none);
  CHECK(payment_status_of(order, 0, 1100) == P::authorized);
  order.total.minor = 0;
  order.lines.clear();
  CHECK(payment_status_of(order, 0, 0) == P::paid);
}

TEST_CASE("goods leave when all of the charge is captured or on hold") {
  CHECK(covered(100, 60, 40));
  CHECK_FALSE(covered(100, 59, 40));
  CHECK(covered(0, 0, 0));
}

TEST_CASE("an order's state in one word") {
  CHECK(summary_of(O::canceled, P::paid, F::shipped) == "canceled");
  CHECK(summary_of(O::completed, P::paid, F::returned) == "returned");
  CHECK(summary_of(O::completed, P::paid, F::delivered) == "completed");
  CHECK(summary_of(O::confirmed, P::authorized, F::delivered) == "delivered");
  CHECK(summary_of(O::confirmed, P::paid, F::shipped) == "shipped");
  CHECK(summary_of(O::confirmed, P::paid, F::part) == "part_shipped");
  CHECK(summary_of(O::confirmed, P::paid, static_cast<F>(9)) == "to_ship");
  CHECK(summary_of(O::pending, P::none, F::none) == "unpaid");
  CHECK(summary_of(O::pending, P::part_paid, F::none) == "unpaid");
  for (const auto payment : {P::authorized, P::paid, P::part_refunded, P::refunded}) {
    CHECK(summary_of(O::confirmed, payment, F::none) == "to_ship");
  }
}

TEST_CASE("states have names") {
  CHECK(name_of(O::pending) == "pending");
  CHECK(name_of(O::confirmed) == "confirmed");
  CHECK(name_of(O::canceled) == "canceled");
  CHECK(name_of(P::none) == "none");
  CHECK(name_of(P::part_paid) == "part_paid");
  CHECK(name_of(P::refunded) == "refunded");
  CHECK(name_of(F::none) == "none");
  CHECK(name_of(F::returned) == "returned");
}

TEST_CASE("an order's number says the day and the place in it") {
  const auto number = parse_number("SO", "SO-20260101-000042");
  REQUIRE(number);
  CHECK(*number % k_numbers_per_day == 42);
  CHECK(*number / k_numbers_per_day == 20454);  // days since 1970
  CHECK(number_text("SO", *number) == "SO-20260101-000042");
  CHECK(number_text("SO", *number + 1) == "SO-20260101-000043");
  CHECK(number_text("SO", *number + k_numbers_per_day) == "SO-20260102-000042");
  CHECK(parse_number("SO", "so-20260101-000042") == number);
  CHECK(parse_number("AZ", "az-20260101-000042") == number);
  CHECK(parse_number("SO", "SO-20261231-000042") == *number + 364 * k_numbers_per_day);
  const auto long_one = parse_number("SO", "SO-20260101-1000042");
  REQUIRE(long_one);
  CHECK(*long_one == *number + 1'000'000);
  CHECK(number_text("SO", *long_one) == "SO-20260101-1000042");
  CHECK(parse_number("SO", "SO-20260101-000001"));
  CHECK(parse_number("SO", "SO-19700101-000001") == 1);
  for (const auto* wrong :
       {"", "SO", "S0-20260101-000042", "SP-20260101-000042", "TO-20260101-000042",
        "SO-20260101-00042", "SO-20260101-00000042", "SO_20260101-000042", "SO-20260101_000042",
        "SO-2026010a-000042", "SO-20260101-00004/", "SO-20260101-00004:", "SO-20260101-000000",
        "SO-19691231-000042", "SO-2026/101-000042", "SO-2026:101-000042"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_number("SO", wrong));
  }
}

TEST_CASE("an order's public name holds its id, and a foreign one is none") {
  const Id id = 0x0123'4567'89ab'cdef;
  const std::int64_t chance = 0x1234'5678'9abc'def0;
  const auto text = uuid_text(id, chance);
  CHECK(text == "12345678-9abc-8def-9234-56789abcdef0");
  const auto parts = parse_uuid(text);
  REQUIRE(parts);
  CHECK(parts->order_id == id);
  CHECK(parts->chance == chance);
  const auto upper = parse_uuid("12345678-9ABC-8DEF-9234-56789ABCDEF0");
  REQUIRE(upper);
  CHECK(upper->order_id == id);
  const auto least = parse_uuid(uuid_text(1, 0));
  REQUIRE(least);
  CHECK(least->order_id == 1);
  CHECK(least->chance == 0);
  for (const auto* wrong :
       {"", "12345678-9abc-8def-9234-56789abcdef", "12345678-9abc-8def-9234-56789abcdef01",
        "123456789-abc-8def-9234-56789abcdef0", "12345678-9abc-4def-9234-56789abcdef0",
        "12345678-9abc-8def-c234-56789abcdef0", "12345678-9abc-8def-1234-56789abcdef0",
        "12345678-9abc-8def-9234-56789abcdeg0", "12345678-9abc-8def-9234-56789abcdeG0",
        "12345678-9abc-8def-9234-56789abcde/0", "12345678-9abc-8def-9234-56789abcde:0",
        "12345678-9abc-8def-9234-56789abcde`0", "12345678-9abc-8def-9234-56789abcde@0",
        "12345678-9abc-8def-923456789-abcdef0", "123456789abc-8def-9234-56789abcdef00-"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_uuid(wrong));
  }
}

TEST_CASE("what comes back is worth its share, and all of it the whole") {
  OrderLine line;
  line.quantity = 3;
  line.total = {100, "GBP"};
  CHECK(return_value(line, 0) == 0);
  CHECK(return_value(line, 1) == 33);
  CHECK(return_value(line, 2) == 66);
  CHECK(return_value(line, 3) == 100);
  line.returned = 1;
  CHECK(return_value(line, 1) == 33);
  CHECK(return_value(line, 2) == 67);
  line.returned = 2;
  CHECK(return_value(line, 1) == 34);
}
