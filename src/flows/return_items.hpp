#pragma once

#include "core/function_ref.hpp"
#include "db/tx.hpp"
#include "shop/orders.hpp"

#include <cstdint>
#include <string>

namespace shop::flows {

/// Throws Error{validation}.
ReturnInput checked(const ReturnInput& input);

/// Gives at most so much of an order's money back. Result: how much it was.
using MoneyBack = core::FunctionRef<std::int64_t(const Order& order, std::int64_t most)>;

/// Takes goods of an order back: stock, money, points and figures follow. `key` is the digest that
/// keeps it from happening twice. Throws Error: `not_found`, `limit_reached`, `illegal_transition`.
OrderReturn take_back(db::Tx& tx, const Session& session, const Order& before,
                      const ReturnInput& input, const std::string& key, const MoneyBack& money);

/// Books what had come back of an order of the past that was just written, on the order's day:
/// money and figures follow. Nobody is told, and where the goods are the order says already.
/// @pre every line of `input` is one of the order's, damaged (its stock stays), and has the units
void book_returned(db::Tx& tx, const Session& session, Order& order, const ReturnInput& input,
                   const std::string& key);

}  // namespace shop::flows
