#include "loyalty/store.hpp"

#include "core/keyring.hpp"
#include "db/settings.hpp"
#include "loyalty/loyalty_sql.hpp"
#include "shop/error.hpp"

#include <utility>

#include <fmt/format.h>

namespace shop::loyalty::store {

using core::KeyRing;

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

namespace {

/// The numbers of an account, for its MAC.
struct Numbers {
  std::string id, balance, owed, tier_points;

  Numbers(Id customer_id, const Account& account)
      : id(core::number_part(customer_id)),
        balance(core::number_part(account.balance)),
        owed(core::number_part(account.owed)),
        tier_points(core::number_part(account.tier_points)) {}
};

Account read_account(const db::Tx& tx, const db::Query& query,
                     KeyRing::Under under = KeyRing::Under::newest) {
  const Id customer_id = query.integer(0);
  Account out{query.integer(1), query.integer(2), query.integer(3), query.text(4)};
  const Numbers numbers{customer_id, out};
  tx.env().keys->check_mac(
      core::Purpose::balance, query.blob(5),
      {"points", numbers.id, numbers.balance, numbers.owed, numbers.tier_points, out.tier},
      "the points of customer", customer_id, under);
  return out;
}

/// The rows after one, each as `use` wants it. Result: the last, 0 when there was none.
template <class Use>
Id some_accounts_after(db::Tx& tx, Id after, Use&& use) {
  constexpr std::int64_t per_step = 500;
  Id last = 0;
  auto query = tx.query(sql::k_account_rows_after, after, per_step);
  while (query.next()) {
    last = query.integer(0);
    use(query);
  }
  return last;
}

}  // namespace

Account account(db::Tx& tx, Id customer_id) {
  auto query = tx.query(sql::k_account, customer_id);
  return query.next() ? read_account(tx, query) : Account{};
}

void put_account(db::Tx& tx, Id customer_id, const Account& account) {
  const Numbers numbers{customer_id, account};
  tx.exec(sql::k_account_put, customer_id, account.balance, account.owed, account.tier_points,
          account.tier,
          tx.env().keys->mac(core::Purpose::balance,
                             {"points", numbers.id, numbers.balance, numbers.owed,
                              numbers.tier_points, account.tier}));
}

void reseal_accounts(db::Tx& tx) {
  for (Id after = 0;;) {
    std::vector<std::pair<Id, Account>> some;
    after = some_accounts_after(tx, after, [&](const db::Query& query) {
      some.emplace_back(query.integer(0), read_account(tx, query, KeyRing::Under::one_before));
    });
    if (after == 0) return;
    for (const auto& [customer_id, account] : some) put_account(tx, customer_id, account);
  }
}

void verify_accounts(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  for (Id after = 0;;) {
    after = some_accounts_after(tx, after, [&](const db::Query& query) {
      try {
        (void)read_account(tx, query);
      } catch (const Error& error) {
        findings.add("loyalty.mac", fmt::format("customer {}", query.integer(0)), error.message());
      }
    });
    if (after == 0) return;
  }
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
    const auto kind = query.as<PointsKind>(3);
    const bool earned = kind == PointsKind::purchase || kind == PointsKind::bonus;
    out.push_back({query.integer(0), query.integer(1), query.maybe_integer(2),
                   earned ? query.integer(4) : 0});
  }
  return out;
}

void take_from_lot(db::Tx& tx, Id customer_id, Id lot_id, std::int64_t points) {
  tx.exec(sql::k_lot_take, customer_id, lot_id, points);
}

std::int64_t expired_of_order(db::Tx& tx, Id customer_id, Id order_id) {
  auto query = tx.query(sql::k_expired_of_order, customer_id, order_id, PointsKind::expiry,
                        PointsKind::purchase, PointsKind::bonus);
  return query.next() ? query.maybe_integer(0).value_or(0) : 0;
}

std::optional<OrderRow> order(db::Tx& tx, Id order_id) {
  auto query = tx.query(sql::k_order, order_id);
  if (!query.next()) return std::nullopt;
  return OrderRow{order_id,         query.integer(0), query.integer(1), query.integer(2),
                  query.integer(3), query.integer(4), query.boolean(5), query.integer(6),
                  query.integer(7), query.integer(8)};
}

void put_order(db::Tx& tx, const OrderRow& row) {
  tx.exec(sql::k_order_put, row.order_id, row.customer_id, row.earned, row.reversed, row.redeemed,
          row.given_back, row.settled, row.multiplier_ppm, row.returned_minor, row.lapsed);
}

void add_spent(db::Tx& tx, Id order_id, const Spent& spent) {
  tx.exec(sql::k_spent_add, order_id, spent.lot_id, spent.points);
}

std::vector<Spent> spent_on(db::Tx& tx, Id order_id) {
  std::vector<Spent> out;
  auto query = tx.query(sql::k_spent, order_id);
  while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  return out;
}

void count_spent_back(db::Tx& tx, Id order_id, const Spent& back) {
  tx.exec(sql::k_spent_back, order_id, back.lot_id, back.points);
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
