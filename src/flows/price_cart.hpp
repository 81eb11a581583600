#pragma once

#include "cart/cart.hpp"
#include "catalog/catalog.hpp"
#include "db/tx.hpp"
#include "pricing/rules.hpp"
#include "shop/quote.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace shop::flows {

struct PriceOptions {
  bool cash = false;            ///< round to the smallest coin
  bool steps = false;           ///< derive every step
  std::optional<Timestamp> at;  ///< another moment than now
};

/// A cart with what the catalog says of its lines and what they cost now.
struct PricedCart {
  std::shared_ptr<const pricing::RuleSet> rules;
  std::vector<std::size_t> cart_lines;   ///< per quote line, its index in the cart
  std::vector<catalog::SaleItem> sales;  ///< per quote line
  std::vector<std::size_t> withdrawn;    ///< cart lines that are not for sale any more
  std::vector<std::size_t> withheld;     ///< those of them whose seller may not sell
  Quote quote;
};

/// The one way from a cart to a quote: reading, placing, explaining all go through it.
PricedCart price_cart(db::Tx& tx, const cart::Stored& cart, const PriceOptions& options);

}  // namespace shop::flows
