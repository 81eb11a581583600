#pragma once

#include "catalog/catalog.hpp"
#include "core/findings.hpp"
#include "db/tx.hpp"
#include "pricing/rules.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// What carts and flows may ask of the prices inside their own transaction.
namespace shop::pricing {

/// The shop's rules as this transaction sees them; read again only after one has changed.
std::shared_ptr<const RuleSet> rules(db::Tx& tx);

/// Who buys: the customer's groups and exemption. `customer_id` 0 is a guest.
Situation situation_of(db::Tx& tx, const RuleSet& rules, Id customer_id);

/// A line to be priced, with every offer that there is for it.
Item item_of(db::Tx& tx, const RuleSet& rules, const catalog::SaleItem& sale,
             std::int64_t quantity);

/// The unit price of one line by itself, without promotions.
std::int64_t unit_price(const Item& item, const Situation& situation);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::pricing
