#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/loyalty.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::loyalty::store {

LoyaltyProgram program(db::Tx& tx);
void put_program(db::Tx& tx, const LoyaltyProgram& program);
std::vector<LoyaltyRule> rules(db::Tx& tx);
void put_rule(db::Tx& tx, const LoyaltyRule& rule);
bool remove_rule(db::Tx& tx, Id id);
std::vector<LoyaltyTier> tiers(db::Tx& tx);
void put_tiers(db::Tx& tx, const std::vector<LoyaltyTier>& tiers);

/// A row of points_account.
struct Account {
  std::int64_t balance = 0;
  std::int64_t owed = 0;
  std::int64_t tier_points = 0;
  std::string tier;
};
/// Throws Error{tampered} when the row does not fit its MAC: it was edited in the file.
Account account(db::Tx& tx, Id customer_id);
/// Writes every MAC anew after the data key has changed.
void reseal_accounts(db::Tx& tx);
void verify_accounts(db::Tx& tx, core::Findings& findings);
void put_account(db::Tx& tx, Id customer_id, const Account& account);
std::vector<Id> accounts_after(db::Tx& tx, Id customer_id, std::int64_t limit);

/// A line to be written to the ledger.
struct NewEntry {
  PointsKind kind = PointsKind::purchase;
  std::int64_t points = 0;
  std::int64_t balance = 0;
  std::int64_t remaining = 0;
  std::optional<Timestamp> expires_at;
  Id object_id = 0;
  std::string_view note;
};
void add_entry(db::Tx& tx, Id customer_id, const NewEntry& entry);
std::vector<PointsEntry> entries(db::Tx& tx, Id customer_id, Id before, std::int64_t limit);
std::int64_t entry_count(db::Tx& tx, Id customer_id);

/// Points of one entry that are still there.
struct Lot {
  Id id = 0;
  std::int64_t remaining = 0;
  std::optional<Timestamp> expires_at;
  Id order_id = 0;  ///< that earned them
};
/// What expires first at the front.
std::vector<Lot> lots(db::Tx& tx, Id customer_id);
/// Takes points from a lot; less than none puts them back.
void take_from_lot(db::Tx& tx, Id customer_id, Id lot_id, std::int64_t points);
/// How many of the points that an order earned have expired.
std::int64_t expired_of_order(db::Tx& tx, Id customer_id, Id order_id);

/// A row of points_order.
struct OrderRow {
  Id order_id = 0;
  Id customer_id = 0;
  std::int64_t earned = 0;
  std::int64_t reversed = 0;
  std::int64_t redeemed = 0;
  std::int64_t given_back = 0;
  bool settled = false;                     ///< it was looked at for earning
  std::int64_t multiplier_ppm = 1'000'000;  ///< of the tier at which it earned
  std::int64_t returned_minor = 0;  ///< value of what had come back when `earned` was worked out
  std::int64_t lapsed = 0;          ///< points turned back that had expired before
};
std::optional<OrderRow> order(db::Tx& tx, Id order_id);
void put_order(db::Tx& tx, const OrderRow& row);

/// Points of one lot that paid an order.
struct Spent {
  Id lot_id = 0;
  std::int64_t points = 0;
};
void add_spent(db::Tx& tx, Id order_id, const Spent& spent);
/// What was not given back yet, of the newest lot first.
std::vector<Spent> spent_on(db::Tx& tx, Id order_id);
void count_spent_back(db::Tx& tx, Id order_id, const Spent& back);

std::optional<std::string> code_of(db::Tx& tx, Id customer_id);
void add_code(db::Tx& tx, Id customer_id, std::string_view code);
std::optional<Id> code_owner(db::Tx& tx, std::string_view code);
bool has_referrer(db::Tx& tx, Id friend_id);
void add_referral(db::Tx& tx, Id friend_id, Id referrer_id);
/// Who is to be paid, once.
std::optional<Id> take_referral(db::Tx& tx, Id friend_id, Id order_id);
ReferralSummary referral_counts(db::Tx& tx, Id referrer_id);

}  // namespace shop::loyalty::store
