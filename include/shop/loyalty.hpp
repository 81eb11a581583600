#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// What points are given for. @since 1.0
enum class LoyaltyRuleKind : std::int32_t {
  purchase = 1,  ///< `points` for each `per` of what an order's goods cost
  review = 2,    ///< `points` for a published review, once per product
  referral = 3,  ///< `points` for who brought a friend, `friend_points` for the friend
};

/// A rule by which points are given; several of a kind add up. @since 1.0
struct LoyaltyRule {
  Id id = 0;
  LoyaltyRuleKind kind = LoyaltyRuleKind::purchase;
  std::string name;                ///< 1–100 bytes
  std::int64_t points = 0;         ///< 1–1,000,000
  std::int64_t friend_points = 0;  ///< referrals: 0–1,000,000
  std::optional<Money> per;        ///< purchases: more than nothing
  std::optional<Id> category_id;   ///< purchases: only goods in it or below; absent: all
  std::optional<Timestamp> starts_at;
  std::optional<Timestamp> ends_at;  ///< the first moment it is over
};

/// What Loyalty::save_rule needs. @since 1.0
struct LoyaltyRuleInput {
  std::optional<Id> id;  ///< absent: a new rule
  LoyaltyRuleKind kind = LoyaltyRuleKind::purchase;
  std::string name;
  std::int64_t points = 0;
  std::int64_t friend_points = 0;
  std::optional<Money> per;
  std::optional<Id> category_id;
  std::optional<Timestamp> starts_at;
  std::optional<Timestamp> ends_at;
};

/// A level that customers reach. @since 1.0
struct LoyaltyTier {
  std::string name;                         ///< 1–60 bytes
  std::int64_t threshold = 0;               ///< points ever earned, less reversed ones
  std::int64_t multiplier_ppm = 1'000'000;  ///< of what purchases earn, 0–10,000,000
};

/// What Loyalty::set_tiers needs. @since 1.0
struct LoyaltyTiersInput {
  std::vector<LoyaltyTier> tiers;  ///< at most 20, thresholds all different
};

/// What points are worth and how long. Nothing is earned while there is no rule, and nothing can
/// be paid with points while they are worth nothing. @since 1.0
struct LoyaltyProgram {
  std::int64_t redeem_points = 0;  ///< so many points … (0: points cannot be paid with)
  Money redeem_value;              ///< … pay so much
  std::int64_t expiry_days = 0;    ///< after they were given; 0: never; at most 36,500
};

/// A customer's points. @since 1.0
struct LoyaltyAccount {
  Id customer_id = 0;
  std::int64_t balance = 0;  ///< what can be paid with now
  Money worth;               ///< of the balance
  std::int64_t owed = 0;     ///< turned back after they were spent: the next ones go there
  std::string tier;          ///< empty: below the first
  std::int64_t tier_points = 0;
  std::optional<std::string> next_tier;
  std::int64_t to_next_tier = 0;        ///< points that are missing; 0 when there is no next one
  std::int64_t expiring = 0;            ///< points that are the next to expire …
  std::optional<Timestamp> expires_at;  ///< … and when
};

/// Why points came or went. @since 1.0
enum class PointsKind : std::int32_t {
  purchase = 1,
  bonus = 2,  ///< promised by a promotion
  review = 3,
  referral = 4,         ///< for bringing a friend
  welcome = 5,          ///< for having been brought
  redemption = 6,       ///< an order was paid with them
  redemption_back = 7,  ///< such a payment was refunded
  reversal = 8,         ///< what had earned them was canceled or came back
  expiry = 9,
  adjustment = 10,  ///< by the people of the shop
  settlement = 11,  ///< new points that went to what was owed
};

/// A line of a customer's ledger of points, which only grows. @since 1.0
struct PointsEntry {
  Id id = 0;
  Timestamp at = 0;
  PointsKind kind = PointsKind::purchase;
  std::int64_t points = 0;   ///< signed
  std::int64_t balance = 0;  ///< afterwards
  std::optional<Timestamp> expires_at;
  std::optional<Id> object_id;  ///< the order, the review or the friend
  std::string note;
};

/// Points given or taken by the people of the shop. @since 1.0
struct PointsAdjustment {
  Id customer_id = 0;
  std::int64_t points = 0;  ///< −1,000,000–1,000,000, not 0
  std::string reason;       ///< 1–200 bytes
};

/// What a customer's referrals came to. @since 1.0
struct ReferralSummary {
  std::string code;           ///< the customer's own
  std::int64_t friends = 0;   ///< who came with it
  std::int64_t rewarded = 0;  ///< who completed a first order since
};

/// Points, tiers, referrals. Reached by Engine::loyalty(); any thread. @since 1.0
class Loyalty {
 public:
  explicit Loyalty(db::Database& db) : db_(&db) {}

  LoyaltyProgram program(const Session& session);
  /// Throws Error: `validation`, `forbidden`.
  LoyaltyProgram set_program(const Session& session, const LoyaltyProgram& program);
  /// By kind, then in the order they were made.
  std::vector<LoyaltyRule> rules(const Session& session);
  /// Makes or changes a rule. Throws Error: `validation`, `not_found` (rule, category),
  /// `limit_reached` (100), `forbidden`.
  LoyaltyRule save_rule(const Session& session, const LoyaltyRuleInput& input);
  /// Throws Error: `not_found`, `forbidden`.
  void remove_rule(const Session& session, Id rule_id);
  /// From the lowest to the highest.
  std::vector<LoyaltyTier> tiers(const Session& session);
  /// Puts these tiers in the place of those there were; customers are moved when they next earn or
  /// lose points. Throws Error: `validation`, `forbidden`.
  std::vector<LoyaltyTier> set_tiers(const Session& session, const LoyaltyTiersInput& input);

  /// One's own points.
  LoyaltyAccount account(const Session& session);
  /// A customer's. Throws Error{forbidden}.
  LoyaltyAccount account_of(const Session& session, Id customer_id);
  /// One's own ledger, newest first. Throws Error{validation} (page).
  Page<PointsEntry> entries(const Session& session, const PageQuery& page);
  /// A customer's. Throws Error: `validation` (page), `forbidden`.
  Page<PointsEntry> entries_of(const Session& session, Id customer_id, const PageQuery& page);
  /// Gives or takes. Throws Error: `validation`, `not_found`, `insufficient_funds`, `forbidden`.
  LoyaltyAccount adjust(const Session& session, const PointsAdjustment& adjustment);
  /// Books out what has expired; each change of an account does so for its customer. Result: how
  /// many points. Cost: all accounts with points.
  std::int64_t expire(const Session& session);

  /// One's own code, to be given to friends, and what came of it. Made at the first call.
  ReferralSummary referral(const Session& session);
  /// Says who brought the acting customer. Once, before their first order, and never oneself.
  /// Throws Error: `not_found` (code), `conflict` (said before, ordered before, one's own).
  void refer(const Session& session, const std::string& code);

 private:
  db::Database* db_;
};

}  // namespace shop
