#pragma once

#include "db/tx.hpp"
#include "shop/orders.hpp"

/// What an order means to the modules that bring customers back. Called by the flows of orders, in
/// their transaction; what follows from the order's axes alone hangs on orders::move.
namespace shop::flows {

/// After the order was written, payments and all: points pay, points are earned, the figures of
/// what is bought together count it, its customer is told.
void engage_order_placed(db::Tx& tx, const Order& order);

/// After the money was given back: points go the way they came.
void engage_order_canceled(db::Tx& tx, const Order& before);

/// After an order was edited; both with their lines, `after` with its payments too.
void engage_order_edited(db::Tx& tx, const Order& before, const Order& after);

/// After points paid something of an order, or payments with them were refunded: points go the way
/// they came. Both with their payments, and the axes of before.
void engage_points_paid(db::Tx& tx, const Order& before, const Order& after);

/// After goods came back; `order` has the lines as they are now.
void engage_items_returned(db::Tx& tx, const Order& order);

}  // namespace shop::flows
