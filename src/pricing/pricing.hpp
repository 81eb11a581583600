#pragma once

#include "catalog/catalog.hpp"
#include "core/findings.hpp"
#include "db/tx.hpp"
#include "pricing/rules.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What carts and flows may ask of the prices inside their own transaction.
namespace shop::pricing {

/// The shop's rules as this transaction sees them. Cost: one read while there are none.
std::shared_ptr<const RuleSet> rules(db::Tx& tx);
/// For what replaces all rules together with their version: nobody goes on with the old ones.
void forget_rules(db::Tx& tx);

/// Who buys: the customer's groups and exemption. `customer_id` 0 is a guest.
Situation situation_of(db::Tx& tx, const RuleSet& rules, Id customer_id);

/// Whether a folded code is one of the shop's.
bool knows_code(db::Tx& tx, std::string_view folded);

/// What the file knows about codes that were entered, and about promotions with limits. `owner_id`
/// is the customer or the guest.
void add_coupons(db::Tx& tx, std::span<const std::string> codes, Id owner_id, Situation& situation);
void add_uses(db::Tx& tx, const RuleSet& rules, Id owner_id, Situation& situation);

/// Counts what an order used: coupons, promotions with limits, units of flash sales. Throws
/// Error{coupon_rejected} when something of it is used up.
void redeem(db::Tx& tx, const RuleSet& rules, const Quote& quote, Id order_id, Id owner_id);
/// Gives the uses of a canceled order back, once.
void give_back_uses(db::Tx& tx, Id order_id);
/// Gives them back and forgets them, before an edited order uses what it uses then.
void undo_uses(db::Tx& tx, Id order_id);
/// The shop's rules with the active promotions and also those of `ids`, active or not.
RuleSet rules_with(db::Tx& tx, std::span<const Id> ids);
void give_back_flash(db::Tx& tx, Id schedule_id, std::int64_t units);

/// A line to be priced, with every offer that there is for it.
Item item_of(db::Tx& tx, const RuleSet& rules, const catalog::SaleItem& sale,
             std::int64_t quantity);

/// The unit price of one line by itself, without promotions. Throws Error{out_of_range} (at `path`,
/// the line's quantity) when so many cost more than can be counted.
std::int64_t unit_price(const Item& item, const Situation& situation, std::string_view path);

/// "VAT", 175000 → "VAT 17.5 %"; a name that says its rate stays as it is.
std::string tax_label(const std::string& name, std::int64_t rate_ppm);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::pricing
