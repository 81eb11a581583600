#pragma once

#include "db/tx.hpp"
#include "shop/orders.hpp"

#include <optional>
#include <vector>

/// What the steps of an order have in common, be they of the whole or of one seller's part.
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

/// Writes that `after` has moved on from `before`; where it stands follows from its goods and its
/// money, see orders::status_of.
void finish_step(db::Tx& tx, const Session& session, const Order& before, Order& after,
                 std::string_view note);

}  // namespace shop::flows
