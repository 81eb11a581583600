#pragma once

#include "db/sql.hpp"

namespace shop::loyalty::sql {

#define SHOP_RULE_COLUMNS \
  "id, kind, name, points, friend_points, per_minor, category_id, starts_at, ends_at"

inline const db::Sql k_rules{"loyalty_rules",
                             "SELECT " SHOP_RULE_COLUMNS " FROM loyalty_rule ORDER BY kind, id",
                             "at most a hundred rules"};
inline const db::Sql k_rule_put{
    "loyalty_rule_put",
    "INSERT INTO loyalty_rule (" SHOP_RULE_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET "
    "kind = excluded.kind, name = excluded.name, points = excluded.points, "
    "friend_points = excluded.friend_points, per_minor = excluded.per_minor, "
    "category_id = excluded.category_id, starts_at = excluded.starts_at, "
    "ends_at = excluded.ends_at"};
inline const db::Sql k_rule_remove{"loyalty_rule_remove", "DELETE FROM loyalty_rule WHERE id = $1"};
inline const db::Sql k_tiers{
    "loyalty_tiers", "SELECT name, threshold, multiplier_ppm FROM loyalty_tier ORDER BY threshold",
    "at most twenty tiers"};
inline const db::Sql k_tiers_clear{"loyalty_tiers_clear", "DELETE FROM loyalty_tier",
                                   "at most twenty tiers"};
inline const db::Sql k_tier_add{
    "loyalty_tier_add",
    "INSERT INTO loyalty_tier (threshold, name, multiplier_ppm) VALUES ($1, $2, $3)"};

inline const db::Sql k_account{
    "points_account",
    "SELECT customer_id, balance, owed, tier_points, tier, mac FROM points_account "
    "WHERE customer_id = $1"};
inline const db::Sql k_account_put{
    "points_account_put",
    "INSERT INTO points_account (customer_id, balance, owed, tier_points, tier, mac) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (customer_id) DO UPDATE SET "
    "balance = excluded.balance, owed = excluded.owed, tier_points = excluded.tier_points, "
    "tier = excluded.tier, mac = excluded.mac"};
inline const db::Sql k_account_rows_after{
    "points_account_rows_after",
    "SELECT customer_id, balance, owed, tier_points, tier, mac FROM points_account "
    "WHERE customer_id > $1 ORDER BY customer_id LIMIT $2"};
inline const db::Sql k_accounts_after{
    "points_accounts_after",
    "SELECT customer_id FROM points_account WHERE customer_id > $1 AND balance > 0 "
    "ORDER BY customer_id LIMIT $2"};
inline const db::Sql k_account_erase{"points_account_erase",
                                     "DELETE FROM points_account WHERE customer_id = $1"};

inline const db::Sql k_entry_add{
    "points_entry_add",
    "INSERT INTO points_entry (customer_id, id, at, kind, points, balance, remaining, expires_at, "
    "object_id, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
inline const db::Sql k_entries{
    "points_entries",
    "SELECT id, at, kind, points, balance, expires_at, object_id, note FROM points_entry "
    "WHERE customer_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"};
inline const db::Sql k_entry_count{"points_entry_count",
                                   "SELECT count(*) FROM points_entry WHERE customer_id = $1"};
/// What is left of a customer's points, what expires first at the front.
inline const db::Sql k_lots{
    "points_lots",
    "SELECT id, remaining, expires_at, kind, object_id FROM points_entry "
    "WHERE customer_id = $1 AND remaining > 0 ORDER BY expires_at NULLS LAST, id"};
inline const db::Sql k_lot_take{
    "points_lot_take",
    "UPDATE points_entry SET remaining = remaining - $3 WHERE customer_id = $1 AND id = $2"};
/// How many of the points that an order gave have expired: $2 the order, $3 the kind of the entries
/// that say so, $4 and $5 the kinds of those that gave.
inline const db::Sql k_expired_of_order{
    "points_expired_of_order",
    "SELECT -sum(e.points) FROM points_entry e JOIN points_entry lot "
    "ON lot.customer_id = e.customer_id AND lot.id = e.object_id "
    "WHERE e.customer_id = $1 AND e.kind = $3 AND lot.object_id = $2 AND lot.kind IN ($4, $5)"};
inline const db::Sql k_entries_erase{"points_entries_erase",
                                     "DELETE FROM points_entry WHERE customer_id = $1"};

inline const db::Sql k_order{
    "points_order",
    "SELECT customer_id, earned, reversed, redeemed, given_back, settled, multiplier_ppm, "
    "returned_minor, lapsed FROM points_order WHERE order_id = $1"};
inline const db::Sql k_order_put{
    "points_order_put",
    "INSERT INTO points_order (order_id, customer_id, earned, reversed, redeemed, given_back, "
    "settled, multiplier_ppm, returned_minor, lapsed) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (order_id) DO UPDATE SET "
    "earned = excluded.earned, reversed = excluded.reversed, redeemed = excluded.redeemed, "
    "given_back = excluded.given_back, settled = excluded.settled, "
    "multiplier_ppm = excluded.multiplier_ppm, returned_minor = excluded.returned_minor, "
    "lapsed = excluded.lapsed"};

inline const db::Sql k_spent_add{
    "points_spent_add",
    "INSERT INTO points_spent (order_id, lot_id, points, given_back) VALUES ($1, $2, $3, 0) "
    "ON CONFLICT (order_id, lot_id) DO UPDATE SET points = points_spent.points + excluded.points"};
/// What was not given back, the newest first.
inline const db::Sql k_spent{
    "points_spent",
    "SELECT lot_id, points - given_back FROM points_spent WHERE order_id = $1 "
    "AND points > given_back ORDER BY lot_id DESC"};
inline const db::Sql k_spent_back{
    "points_spent_back",
    "UPDATE points_spent SET given_back = given_back + $3 WHERE order_id = $1 AND lot_id = $2"};

inline const db::Sql k_code_of{"referral_code_of",
                               "SELECT code FROM referral_code WHERE customer_id = $1"};
inline const db::Sql k_code_add{"referral_code_add",
                                "INSERT INTO referral_code (customer_id, code) VALUES ($1, $2)"};
inline const db::Sql k_code_owner{"referral_code_owner",
                                  "SELECT customer_id FROM referral_code WHERE code = $1"};
inline const db::Sql k_code_erase{"referral_code_erase",
                                  "DELETE FROM referral_code WHERE customer_id = $1"};
inline const db::Sql k_referral_add{
    "referral_add",
    "INSERT INTO referral (friend_id, referrer_id, at, order_id) VALUES ($1, $2, $3, 0)"};
inline const db::Sql k_referral_of{"referral_of",
                                   "SELECT referrer_id FROM referral WHERE friend_id = $1"};
inline const db::Sql k_referral_pay{
    "referral_pay",
    "UPDATE referral SET paid_at = $2, order_id = $3 WHERE friend_id = $1 AND paid_at IS NULL "
    "RETURNING referrer_id"};
inline const db::Sql k_referral_counts{
    "referral_counts", "SELECT count(*), count(paid_at) FROM referral WHERE referrer_id = $1"};
inline const db::Sql k_referral_erase{
    "referral_erase", "DELETE FROM referral WHERE friend_id = $1 AND paid_at IS NULL"};

inline const db::Sql k_verify_accounts{
    "points_verify_accounts",
    "SELECT c.customer_id, a.balance, "
    "(SELECT coalesce(sum(e.points), 0) FROM points_entry e WHERE e.customer_id = c.customer_id), "
    "(SELECT coalesce(sum(e.remaining), 0) FROM points_entry e "
    "WHERE e.customer_id = c.customer_id) "
    "FROM (SELECT customer_id FROM points_account UNION SELECT customer_id FROM points_entry) c "
    "LEFT JOIN points_account a ON a.customer_id = c.customer_id",
    "verify adds up every account"};
inline const db::Sql k_verify_running{
    "points_verify_running",
    "SELECT customer_id, id FROM (SELECT customer_id, id, balance, sum(points) OVER "
    "(PARTITION BY customer_id ORDER BY id ROWS UNBOUNDED PRECEDING) AS running "
    "FROM points_entry) t WHERE balance <> running LIMIT 20",
    "verify adds up every entry"};

#undef SHOP_RULE_COLUMNS

}  // namespace shop::loyalty::sql
