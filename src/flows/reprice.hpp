#pragma once

#include "catalog/catalog.hpp"
#include "db/tx.hpp"
#include "pricing/rules.hpp"
#include "shop/orders.hpp"
#include "shop/quote.hpp"

#include <cstdint>
#include <vector>

/// An edited order is priced by the rules that it was placed under.
namespace shop::flows {

struct Repriced {
  pricing::RuleSet rules;
  Quote quote;
  std::vector<std::int64_t> line_nos;  ///< per quote line
};

/// The order as the edit wants it. What stays keeps its unit price; promotions are those in force
/// when it was placed, those that it used even if they were switched off since; what is new costs
/// what it costs now. `order` has the new destination; its uses of codes were given back before.
/// Throws Error: `not_found`, `not_for_sale`, `age_restricted` (`items[i].variant_id`),
/// `validation` (nothing would be left).
Repriced reprice(db::Tx& tx, const Order& order, Id owner_id, const OrderEditInput& input);

}  // namespace shop::flows
