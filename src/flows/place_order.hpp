#pragma once

#include "cart/cart.hpp"
#include "db/tx.hpp"
#include "flows/price_cart.hpp"
#include "orders/orders.hpp"
#include "shop/orders.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace shop::flows {

/// The line of an order that a quote's line becomes; its number and note are the caller's. The
/// texts are moved out of the quote.
OrderLine order_line(QuoteLine& from);

/// Amounts, adjustments and taxes of a quote; `line_nos` are the numbers of its lines, empty: 1, 2
/// …
void copy_quote(const Quote& quote, Order& order, std::span<const std::int64_t> line_nos = {});

/// Turns a priced cart into an order: what stands between the two refuses, stock and tenders are
/// taken, everything is written. The cart itself stays the caller's. Throws as Orders::place.
Order place_priced(db::Tx& tx, const Session& session, const cart::Stored& cart, PricedCart& priced,
                   const PlaceInput& input, orders::Placing& placing,
                   const std::optional<Id>& exchange_of = std::nullopt);

}  // namespace shop::flows
