#pragma once

#include "shop/orders.hpp"
#include "shop/pricing.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The pure rules of orders: numbers, states, what a return is worth.
namespace shop::orders {

inline constexpr std::int64_t k_numbers_per_day = 10'000'000;

/// "ORD-20261122-000123" from the stored number.
std::string number_text(std::string_view series, std::int64_t number);
/// The stored number of such a text, in any case; nullopt for anything else.
std::optional<std::int64_t> parse_number(std::string_view series, std::string_view text);

/// A version 8 UUID that holds the order's id and 62 bits of chance, so that it can be looked up
/// without an index and not be guessed.
std::string uuid_text(Id order_id, std::int64_t chance);
struct UuidParts {
  Id order_id = 0;
  std::int64_t chance = 0;
};
std::optional<UuidParts> parse_uuid(std::string_view text);

bool may_move(OrderStatus from, OrderStatus to);
bool may_move(PaymentStatus from, PaymentStatus to);
bool may_move(FulfilmentStatus from, FulfilmentStatus to);

/// Whether an order's goods may leave: what is to be captured is captured or on hold.
bool covered(std::int64_t charge, std::int64_t authorized, std::int64_t captured);

/// Where the money stands, from its sums; `charge` is all that is to be captured. An order of which
/// only a part was paid is no more than that, whatever was given back of the part.
PaymentStatus payment_status_of(std::int64_t charge, std::int64_t authorized, std::int64_t captured,
                                std::int64_t refunded);

/// All that is to be captured for an order, in minor units: what it costs less what came back of
/// it, and what was given back for that (`returns_refunded`), which was captured before. Money
/// given back for other reasons is not owed again.
std::int64_t charge_of(const Order& order, std::int64_t returns_refunded);
/// Where the money of an order stands, some of whose goods may have come back.
PaymentStatus payment_status_of(const Order& order, std::int64_t returns_refunded,
                                std::int64_t authorized);

/// Where an order stands now that its goods or its money moved: one that waits is confirmed when it
/// is covered, a confirmed one is completed when it arrived and is paid. One that came back
/// altogether stays as it is.
OrderStatus status_of(const Order& order);

/// The three axes in one word: `unpaid`, `to_ship`, `part_shipped`, `shipped`, `delivered`,
/// `completed`, `returned`, `canceled`.
std::string_view summary_of(OrderStatus status, PaymentStatus payment, FulfilmentStatus fulfilment);

/// The name of a state in events, e.g. `part`.
std::string_view name_of(OrderStatus status);
std::string_view name_of(PaymentStatus status);
std::string_view name_of(FulfilmentStatus status);

/// What an order's goods cost in the end, and what came back of them, in minor units.
std::int64_t goods_value(const Order& order);
std::int64_t returned_value(const Order& order);

/// What `quantity` more units of a line are worth: shares of its total that sum to it exactly.
std::int64_t return_value(const OrderLine& line, std::int64_t quantity);

}  // namespace shop::orders
