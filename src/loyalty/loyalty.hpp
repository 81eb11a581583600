#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/loyalty.hpp"
#include "shop/orders.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What flows may ask of the points inside their own transaction.
namespace shop::loyalty {

/// What a change of somebody's points led to, for those who tell them.
struct Outcome {
  Id customer_id = 0;
  std::int64_t points = 0;
  std::int64_t balance = 0;
  std::string tier_before;
  std::string tier;
};

/// An order's goods earn points once it is covered (confirmed or completed), once. Result: nothing
/// for guests, and when there is no rule.
std::optional<Outcome> earn_for_order(db::Tx& tx, const Order& order);

/// After an edit: what the order earned becomes what it earns as it is now, times the multiplier of
/// the tier that it earned with. An order that has not earned yet does so now, if it is covered.
std::optional<Outcome> follow_edit(db::Tx& tx, const Order& order);

/// After points paid more of an order, or less: what it earned follows, as goods that points pay
/// for earn none. Both with their payments; nothing for an order that has not earned yet.
std::optional<Outcome> follow_points(db::Tx& tx, const Order& before, const Order& after);

/// Turns back what an order earned: `value_minor` of its goods' value came back so far, all in all
/// (the whole value for a canceled order). What the customer has spent already is owed; what has
/// expired already is not.
std::optional<Outcome> reverse_for_order(db::Tx& tx, const Order& order, std::int64_t value_minor);

/// Pays `minor` with the customer's points (0: a guest, who has none). `path` is the field that
/// asked for it. Result: how many. Throws Error: `insufficient_funds`, `unsupported` (points are
/// worth nothing here).
std::int64_t redeem(db::Tx& tx, Id customer_id, Id order_id, std::int64_t minor,
                    const std::string& path);

/// Gives points back when a payment with them was refunded: `refunded_minor` of `captured_minor`
/// so far, all in all. They expire when they would have.
void give_back(db::Tx& tx, Id order_id, std::int64_t refunded_minor, std::int64_t captured_minor);

/// A published review earns points. The caller sees to it that this is so once per review.
std::optional<Outcome> earn_for_review(db::Tx& tx, Id customer_id, Id review_id);

/// After an order was completed: pays the referral that brought its customer, if there is one that
/// was not paid.
std::vector<Outcome> pay_referral(db::Tx& tx, Id friend_id, Id order_id);

/// Says that the owner of a code brought a customer who has not ordered yet. Throws Error:
/// `not_found` (code), `conflict` (said before, one's own).
void refer(db::Tx& tx, Id friend_id, std::string_view code);

/// Forgets what is not part of the books about a person who is being erased.
void erase_customer(db::Tx& tx, Id customer_id);

void verify(db::Tx& tx, core::Findings& findings);

/// Puts what is under the data key before the newest under the newest.
void reseal(db::Tx& tx);

}  // namespace shop::loyalty
