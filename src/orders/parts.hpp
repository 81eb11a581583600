#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "orders/orders.hpp"
#include "shop/orders.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// An order over several sellers has a part for each; an order of the shop alone has none and pays
/// nothing for this.
namespace shop::orders {

struct PartRow {
  Id seller_id = 0;
  FulfilmentStatus status = FulfilmentStatus::none;
  std::int64_t units = 0;
  std::int64_t total_minor = 0;
};

/// Whether an order has parts: somebody besides the shop itself sells something of it.
bool has_parts(const Order& order);

/// Where the whole stands at least: delivered when every part is, or came back; part as soon as one
/// has left. Whether one that came back had left the past tells.
FulfilmentStatus whole_of(std::span<const FulfilmentStatus> parts);

/// Writes the parts of a new order; nothing for an order that has none.
void add_parts(db::Tx& tx, const Order& order);
/// Writes them anew, after its lines have changed.
void rewrite_parts(db::Tx& tx, const Order& order);

/// The parts of an order by seller.
std::vector<PartRow> parts_of(db::Tx& tx, Id order_id);

/// Moves one part, with a row of history. Throws Error{illegal_transition}.
void move_part(db::Tx& tx, const Session& session, const Order& order, const PartRow& part,
               FulfilmentStatus to, std::string_view note);

/// How many of each line can still leave, in the order of the lines: neither shipped nor taken back
/// before that. What comes back is first what has left. Cost: the shipments and returns of an order
/// with a line of which some have left and some came back; else nothing.
std::vector<std::int64_t> left_to_ship(db::Tx& tx, const Order& order);

/// Brings the fulfilment of an order, and of its parts when it has some, to what its lines say was
/// shipped and came back.
void settle(db::Tx& tx, const Session& session, Order& order, std::string_view note);

/// A part with its lines, shipments and address.
OrderPart part_of(db::Tx& tx, const Order& order, const PartRow& part);

/// A seller's parts, newest first.
Page<OrderPart> list_parts(db::Tx& tx, Id seller_id, const std::optional<FulfilmentStatus>& status,
                           const PageQuery& page);

/// Told when a part has moved. Defined in src/flows, as the orders know nothing of events.
void part_moved(db::Tx& tx, const Order& order, Id seller_id, FulfilmentStatus from,
                FulfilmentStatus to);

void verify_parts(db::Tx& tx, core::Findings& findings);

}  // namespace shop::orders
