#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// What a customer bought, for the modules that bring customers back.
namespace shop::orders {

struct Purchase {
  Id product_id = 0;
  Timestamp at = 0;
};

/// The products of a customer's latest orders, the latest first, canceled orders excepted. Cost:
/// those orders and their lines, at most `most_lines`.
std::vector<Purchase> recent_purchases(db::Tx& tx, Id customer_id, std::int64_t most_orders,
                                       std::int64_t most_lines);

/// An order of the customer with that product that was not canceled; with `delivered`, one that
/// was delivered (goods that came back later were delivered too). Cost: the customer's orders.
std::optional<Id> order_with(db::Tx& tx, Id customer_id, Id product_id, bool delivered);

}  // namespace shop::orders
