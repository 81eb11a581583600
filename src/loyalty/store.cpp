#include "loyalty/store.hpp"

#include "db/settings.hpp"
#include "loyalty/loyalty_sql.hpp"

namespace shop::loyalty::store {
namespace {

constexpr std::string_view k_redeem_points = "loyalty_redeem_points";
constexpr std::string_view k_redeem_minor = "loyalty_redeem_minor";
constexpr std::string_view k_expiry_days = "loyalty_expiry_days";

std::optional<std::int64_t> unless_zero(std::int64_t value) {
  return value == 0 ? std::nullopt : std::optional{value};
}

}  // namespace

LoyaltyProgram program(db::Tx& tx) {
  LoyaltyProgram out;
  out.redeem_points = db::number_setting(tx, k_redeem_points, 0);
  out.redeem_value = {db::number_setting(tx, k_redeem_minor, 0), tx.env().currency};
  out.expiry_days = db::number_setting(tx, k_expiry_days, 0);
  return out;
}

void put_program(db::Tx& tx, const LoyaltyProgram& program) {
  db::put_number_setting(tx, k_redeem_points, program.redeem_points);
  db::put_number_setting(tx, k_redeem_minor, program.redeem_value.minor);
  db::put_number_setting(tx, k_expiry_days, program.expiry_days);
}

std::vector<LoyaltyRule> rules(db::Tx& tx) {
  std::vector<LoyaltyRule> out;
  auto query = tx.query(sql::k_rules);
  while (query.next()) {
    LoyaltyRule rule;
    rule.id = query.integer(0);
    rule.kind = query.as<LoyaltyRuleKind>(1);
    rule.name = query.text(2);
    rule.points = query.integer(3);
    rule.friend_points = query.integer(4);
    if (query.integer(5) != 0) rule.per = Money{query.integer(5), tx.env().currency};
    rule.category_id = unless_zero(query.integer(6));
    rule.starts_at = unless_zero(query.integer(7));
    rule.ends_at = unless_zero(query.integer(8));
    out.push_back(std::move(rule));
  }
  return out;
}

void put_rule(db::Tx& tx, const LoyaltyRule& rule) {
  tx.exec(sql::k_rule_put, rule.id, rule.kind, rule.name, rule.points, rule.friend_points,
          rule.per ? rule.per->minor : 0, rule.category_id.value_or(0), rule.starts_at.value_or(0),
          rule.ends_at.value_or(0));
}

bool remove_rule(db::Tx& tx, Id id) {
  return tx.exec(sql::k_rule_remove, id) > 0;
}

std::vector<LoyaltyTier> tiers(db::Tx& tx) {
  std::vector<LoyaltyTier> out;
  auto query = tx.query(sql::k_tiers);
  while (query.next()) out.push_back({query.text(0), query.integer(1), query.integer(2)});
  return out;
}

void put_tiers(db::Tx& tx, const std::vector<LoyaltyTier>& tiers) {
  tx.exec(sql::k_tiers_clear);
  for (const auto& tier : tiers) {
    tx.exec(sql::k_tier_add, tier.threshold, tier.name, tier.multiplier_ppm);
  }
}

Account account(db::Tx& tx, Id customer_id) {
  auto query = tx.query(sql::k_account, customer_id);
  if (!query.next()) return {};
  return {query.integer(0), query.integer(1), query.integer(2), query.text(3)};
}

void put_account(db::Tx& tx, Id customer_id, const Account& account) {
  tx.exec(sql::k_account_put, customer_id, account.balance, account.owed, account.tier_points,
          account.tier);
}

std::vector<Id> accounts_after(db::Tx& tx, Id customer_id, std::int64_t limit) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_accounts_after, customer_id, limit);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

void add_entry(db::Tx& tx, Id customer_id, const NewEntry& entry) {
  tx.exec(sql::k_entry_add, customer_id, tx.next_id(), tx.now(), entry.kind, entry.points,
          entry.balance, entry.remaining, entry.expires_at, entry.object_id, entry.note);
}

std::vector<PointsEntry> entries(db::Tx& tx, Id customer_id, Id before, std::int64_t limit) {
  std::vector<PointsEntry> out;
  auto query = tx.query(sql::k_entries, customer_id, before, limit);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.as<PointsKind>(2), query.integer(3),
                   query.integer(4), query.maybe_integer(5), unless_zero(query.integer(6)),
                   query.text(7)});
  }
  return out;
}

std::int64_t entry_count(db::Tx& tx, Id customer_id) {
  return tx.integer(sql::k_entry_count, customer_id).value_or(0);
}

std::vector<Lot> lots(db::Tx& tx, Id customer_id) {
  std::vector<Lot> out;
  auto query = tx.query(sql::k_lots, customer_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.maybe_integer(2)});
  }
  return out;
}

void take_from_lot(db::Tx& tx, Id customer_id, Id lot_id, std::int64_t points) {
  tx.exec(sql::k_lot_take, customer_id, lot_id, points);
}

std::optional<OrderRow> order(db::Tx& tx, Id order_id) {
  auto query = tx.query(sql::k_order, order_id);
  if (!query.next()) return std::nullopt;
  return OrderRow{order_id,         query.integer(0), query.integer(1), query.integer(2),
                  query.integer(3), query.integer(4), query.boolean(5)};
}

void put_order(db::Tx& tx, const OrderRow& row) {
  tx.exec(sql::k_order_put, row.order_id, row.customer_id, row.earned, row.reversed, row.redeemed,
          row.given_back, row.settled);
}

std::optional<std::string> code_of(db::Tx& tx, Id customer_id) {
  auto query = tx.query(sql::k_code_of, customer_id);
  return query.next() ? std::optional{query.text(0)} : std::nullopt;
}

void add_code(db::Tx& tx, Id customer_id, std::string_view code) {
  tx.exec(sql::k_code_add, customer_id, code);
}

std::optional<Id> code_owner(db::Tx& tx, std::string_view code) {
  return tx.integer(sql::k_code_owner, code);
}

bool has_referrer(db::Tx& tx, Id friend_id) {
  return tx.integer(sql::k_referral_of, friend_id).has_value();
}

void add_referral(db::Tx& tx, Id friend_id, Id referrer_id) {
  tx.exec(sql::k_referral_add, friend_id, referrer_id, tx.now());
}

std::optional<Id> take_referral(db::Tx& tx, Id friend_id, Id order_id) {
  auto query = tx.query(sql::k_referral_pay, friend_id, tx.now(), order_id);
  if (!query.next()) return std::nullopt;
  const Id referrer_id = query.integer(0);
  while (query.next()) {
  }
  return referrer_id;
}

ReferralSummary referral_counts(db::Tx& tx, Id referrer_id) {
  ReferralSummary out;
  auto query = tx.query(sql::k_referral_counts, referrer_id);
  if (query.next()) {
    out.friends = query.integer(0);
    out.rewarded = query.integer(1);
  }
  return out;
}

}  // namespace shop::loyalty::store
