#pragma once

#include "db/tx.hpp"
#include "shop/orders.hpp"

#include <optional>
#include <vector>

/// What shipping a whole order and shipping one seller's part of it have in common.
namespace shop::flows {

/// Throws Error{validation}.
ShipmentInput checked(const ShipmentInput& input);

/// The lines that can still be shipped, of one seller or of all.
std::vector<ShipmentLine> left_to_ship(db::Tx& tx, const Order& order,
                                       const std::optional<Id>& seller_id);

/// Books goods as shipped, with a shipment for each seller of an order that has parts. Throws
/// Error: `limit_reached` (`lines[i].quantity`), `illegal_transition` (nothing is left).
void ship_lines(db::Tx& tx, Order& order, const ShipmentInput& input,
                const std::vector<ShipmentLine>& lines);

/// Writes that `after` has moved on from `before`; a delivered order that is paid is completed.
void finish_step(db::Tx& tx, const Session& session, const Order& before, Order& after,
                 std::string_view note);

}  // namespace shop::flows
