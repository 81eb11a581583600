#include "orders/rules.hpp"

#include "core/money.hpp"
#include "core/time.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace shop::orders {

std::string number_text(std::string_view series, std::int64_t number) {
  const auto civil = core::to_civil(core::day_start(number / k_numbers_per_day, 0), 0);
  return fmt::format("{}-{:04}{:02}{:02}-{:06}", series, civil.year, civil.month, civil.day,
                     number % k_numbers_per_day);
}

std::optional<std::int64_t> parse_number(std::string_view series, std::string_view text) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  const auto digits = [&](std::string_view part) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    for (const char c : part) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  if (text.size() < series.size() + 16 || text.size() > series.size() + 17) return std::nullopt;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (upper(text[i]) != series[i]) return std::nullopt;
  }
  text.remove_prefix(series.size());
  if (text[0] != '-' || text[9] != '-') return std::nullopt;
  const auto date = digits(text.substr(1, 8));
  const auto place = digits(text.substr(10));
  if (!date || !place || *place < 1) return std::nullopt;
  const auto day = core::days_from_civil(*date / 10'000, static_cast<int>(*date / 100 % 100),
                                         static_cast<int>(*date % 100));
  const auto number = day * k_numbers_per_day + *place;
  if (day < 0 || *place >= k_numbers_per_day) return std::nullopt;
  return number;
}

std::string uuid_text(Id order_id, std::int64_t chance) {
  const auto id = static_cast<std::uint64_t>(order_id);
  const auto low = static_cast<std::uint64_t>(chance) | 0x8000'0000'0000'0000U;
  return fmt::format("{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}", id >> 28U, id >> 12U & 0xffffU,
                     id & 0xfffU, low >> 48U, low & 0xffff'ffff'ffffU);
}

std::optional<UuidParts> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string hex;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (text[i] == '-')) return std::nullopt;
    if (!dash) hex += text[i];
  }
  std::array<std::uint64_t, 2> halves{};
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char c = hex[i];
    int digit = -1;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    if (digit < 0) return std::nullopt;
    halves[i / 16] = halves[i / 16] << 4U | static_cast<std::uint64_t>(digit);
  }
  if ((halves[0] >> 12U & 0xfU) != 8 || halves[1] >> 62U != 2) return std::nullopt;
  const auto id = (halves[0] >> 16U) << 12U | (halves[0] & 0xfffU);
  return UuidParts{static_cast<Id>(id & 0x0fff'ffff'ffff'ffffU),
                   static_cast<std::int64_t>(halves[1] & 0x3fff'ffff'ffff'ffffU)};
}

namespace {

using enum OrderStatus;

// Every step that an order may take. Staying where one is is no step.
constexpr std::array k_order_steps{
    std::pair{pending, confirmed},  std::pair{pending, canceled},
    std::pair{pending, completed},  std::pair{confirmed, completed},
    std::pair{confirmed, canceled}, std::pair{confirmed, pending},  // an edit left something to pay
};

using P = PaymentStatus;
constexpr std::array k_payment_steps{
    std::pair{P::none, P::authorized},
    std::pair{P::none, P::part_paid},
    std::pair{P::none, P::paid},
    std::pair{P::authorized, P::none},  // voided
    std::pair{P::authorized, P::part_paid},
    std::pair{P::authorized, P::paid},
    std::pair{P::authorized, P::part_refunded},  // part of it was captured
    std::pair{P::authorized, P::refunded},
    std::pair{P::part_paid, P::authorized},
    std::pair{P::part_paid, P::paid},
    std::pair{P::part_paid, P::part_refunded},
    std::pair{P::part_paid, P::refunded},
    std::pair{P::paid, P::part_paid},  // an edit left something to pay
    std::pair{P::paid, P::authorized},
    std::pair{P::paid, P::none},
    std::pair{P::paid, P::part_refunded},
    std::pair{P::paid, P::refunded},
    std::pair{P::part_refunded, P::part_paid},  // an edit left something to pay
    std::pair{P::part_refunded, P::authorized},
    std::pair{P::part_refunded, P::paid},
    std::pair{P::part_refunded, P::refunded},
    std::pair{P::refunded, P::part_refunded},  // more was paid or captured since
    std::pair{P::refunded, P::part_paid},
    std::pair{P::refunded, P::authorized},
};

using F = FulfilmentStatus;
constexpr std::array k_fulfilment_steps{
    std::pair{F::none, F::part},        std::pair{F::none, F::shipped},
    std::pair{F::none, F::delivered},   std::pair{F::none, F::returned},
    std::pair{F::part, F::shipped},     std::pair{F::part, F::delivered},
    std::pair{F::part, F::returned},    std::pair{F::shipped, F::delivered},
    std::pair{F::shipped, F::returned}, std::pair{F::delivered, F::returned},
};

template <class Steps, class State>
bool listed(const Steps& steps, State from, State to) {
  return from == to || std::any_of(steps.begin(), steps.end(), [&](const auto& step) {
           return step.first == from && step.second == to;
         });
}

}  // namespace

bool may_move(OrderStatus from, OrderStatus to) {
  return listed(k_order_steps, from, to);
}
bool may_move(PaymentStatus from, PaymentStatus to) {
  return listed(k_payment_steps, from, to);
}
bool may_move(FulfilmentStatus from, FulfilmentStatus to) {
  return listed(k_fulfilment_steps, from, to);
}

bool covered(std::int64_t charge, std::int64_t authorized, std::int64_t captured) {
  return captured + authorized >= charge;
}

PaymentStatus payment_status_of(std::int64_t charge, std::int64_t authorized, std::int64_t captured,
                                std::int64_t refunded) {
  if (refunded > 0 && refunded == captured) return P::refunded;
  if (captured >= charge) return refunded > 0 ? P::part_refunded : P::paid;
  if (covered(charge, authorized, captured)) return P::authorized;
  return captured > 0 ? P::part_paid : P::none;
}

std::int64_t charge_of(const Order& order, std::int64_t returns_refunded) {
  auto charge = order.total.minor + returns_refunded;
  for (const auto& line : order.lines) charge -= line.refunded.minor;
  return charge;
}

PaymentStatus payment_status_of(const Order& order, std::int64_t returns_refunded,
                                std::int64_t authorized) {
  // An order that cost something is not paid by all of it coming back.
  const auto least = std::min<std::int64_t>(order.total.minor, 1);
  return payment_status_of(std::max(charge_of(order, returns_refunded), least), authorized,
                           order.paid.minor, order.refunded.minor);
}

OrderStatus status_of(const Order& order) {
  const bool paid = order.payment_status == P::paid || order.payment_status == P::part_refunded;
  const bool all_back = order.fulfilment_status == F::returned;
  auto status = order.status;
  if (status == pending && !all_back && (paid || order.payment_status == P::authorized)) {
    status = confirmed;
  }
  const bool over = paid && order.fulfilment_status == F::delivered;
  return status == confirmed && over ? completed : status;
}

std::string_view summary_of(OrderStatus status, PaymentStatus payment,
                            FulfilmentStatus fulfilment) {
  if (status == canceled) return "canceled";
  switch (fulfilment) {
    case F::returned:
      return "returned";
    case F::delivered:
      return status == completed ? "completed" : "delivered";
    case F::shipped:
      return "shipped";
    case F::part:
      return "part_shipped";
    case F::none:
      break;
  }
  const bool covered = payment != P::none && payment != P::part_paid;
  return covered ? "to_ship" : "unpaid";
}

std::string_view name_of(OrderStatus status) {
  constexpr std::array names{"pending", "confirmed", "completed", "canceled"};
  return names.at(static_cast<std::size_t>(status) - 1);
}

std::string_view name_of(PaymentStatus status) {
  constexpr std::array names{"none", "authorized",    "part_paid",
                             "paid", "part_refunded", "refunded"};
  return names.at(static_cast<std::size_t>(status) - 1);
}

std::string_view name_of(FulfilmentStatus status) {
  constexpr std::array names{"none", "part", "shipped", "delivered", "returned"};
  return names.at(static_cast<std::size_t>(status) - 1);
}

std::int64_t goods_value(const Order& order) {
  std::int64_t minor = 0;
  for (const auto& line : order.lines) minor = core::add(minor, line.total.minor);
  return minor;
}

std::int64_t returned_value(const Order& order) {
  std::int64_t minor = 0;
  for (const auto& line : order.lines) minor = core::add(minor, line.refunded.minor);
  return minor;
}

std::int64_t return_value(const OrderLine& line, std::int64_t quantity) {
  const auto worth = [&](std::int64_t units) {
    return core::mul_div(line.total.minor, units, line.quantity, core::Rounding::down);
  };
  return worth(line.returned + quantity) - worth(line.returned);
}

}  // namespace shop::orders
