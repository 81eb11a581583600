#pragma once

#include "db/tx.hpp"
#include "shop/orders.hpp"

namespace shop::orders {

/// What later modules do when an order has moved along one of its axes. Defined in
/// src/flows/engagement.cpp, as the orders know nothing of those modules.
void moved(db::Tx& tx, const Order& before, const Order& after);

}  // namespace shop::orders
