#pragma once

#include "db/tx.hpp"
#include "orders/store.hpp"
#include "shop/orders.hpp"
#include "shop/pricing.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// What edits need beyond the rest of the store.
namespace shop::orders::store {

/// A line's number in its order is at most this; an edited order uses none of them twice.
inline constexpr std::int64_t k_last_line_no = 1023;

/// The rounding that an order was placed with.
RoundingMode rounding_of(db::Tx& tx, Id order_id);
/// Whether somebody has an order that was not canceled and is older than this one.
bool ordered_before(db::Tx& tx, Id owner_id, Id order_id);

/// Writes an order anew: amounts, destination, lines, adjustments, taxes. What was paid is the
/// caller's to set: see set_states.
void rewrite(db::Tx& tx, const Order& order, std::string_view packed_address);

/// Which edit was made with this key.
std::optional<Keyed> edited_with(db::Tx& tx, std::string_view key);
void add_edit(db::Tx& tx, const Session& session, std::string_view key, const Keyed& edited,
              const OrderEdit& edit);
std::vector<OrderEdit> edits_of(db::Tx& tx, Id order_id);

}  // namespace shop::orders::store
