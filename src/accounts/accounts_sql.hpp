#pragma once

#include "db/sql.hpp"

namespace shop::accounts::sql {

// The guard, at each call of somebody who is logged in.
inline const db::Sql k_guard{
    "account_guard",
    "SELECT s.account_id, s.auth_epoch, s.expires_at, s.idle_us, s.last_seen_at, s.ended_at, "
    "a.role, a.status, a.permissions, a.auth_epoch, a.seller_id, a.authority_mac "
    "FROM login_session s JOIN account a ON a.id = s.account_id WHERE s.id = $1"};
inline const db::Sql k_session_touch{
    "session_touch",
    "UPDATE login_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2"};
inline const db::Sql k_step_up_get{
    "session_step_up_get", "SELECT step_up_action, step_up_until FROM login_session WHERE id = $1"};

#define SHOP_ACCOUNT_COLUMNS                                                                 \
  "id, role, status, permissions, auth_epoch, seller_id, authority_mac, username, email, "   \
  "email_verified_at, name, phone, country, region, password, password_key, single_device, " \
  "totp, totp_on, totp_step, referral_code, created_at, updated_at, last_log_in_at, "        \
  "last_log_out_at, version"

inline const db::Sql k_account_add{
    "account_add",
    "INSERT INTO account (id, role, status, permissions, auth_epoch, seller_id, authority_mac, "
    "username, username_folded, email, email_hash, email_verified_at, name, phone, country, "
    "region, password, password_key, password_at, single_device, totp, totp_on, totp_step, "
    "referral_code, created_at, updated_at, last_log_in_at, last_log_out_at, version) "
    "VALUES ($1, $2, 1, $3, 1, 0, $4, $5, $6, $7, $8, NULL, $9, $10, $11, $12, $13, $14, $15, 0, "
    "NULL, 0, 0, $16, $17, $17, NULL, NULL, 1)"};
inline const db::Sql k_account_by_id{"account_by_id",
                                     "SELECT " SHOP_ACCOUNT_COLUMNS " FROM account WHERE id = $1"};
inline const db::Sql k_account_by_username{"account_by_username",
                                           "SELECT " SHOP_ACCOUNT_COLUMNS
                                           " FROM account WHERE username_folded = $1"};
inline const db::Sql k_account_by_email{
    "account_by_email", "SELECT " SHOP_ACCOUNT_COLUMNS " FROM account WHERE email_hash = $1"};
inline const db::Sql k_account_authority{
    "account_authority",
    "UPDATE account SET role = $2, status = $3, permissions = $4, seller_id = $5, "
    "authority_mac = $6, auth_epoch = auth_epoch + $7, updated_at = $8, version = version + 1 "
    "WHERE id = $1"};
inline const db::Sql k_account_password{
    "account_password",
    "UPDATE account SET password = $2, password_key = $3, password_at = $4, updated_at = $4, "
    "auth_epoch = auth_epoch + $5, version = version + 1 WHERE id = $1"};
inline const db::Sql k_account_logged_in{"account_logged_in",
                                         "UPDATE account SET last_log_in_at = $2 WHERE id = $1"};
inline const db::Sql k_account_logged_out{"account_logged_out",
                                          "UPDATE account SET last_log_out_at = $2 WHERE id = $1"};
inline const db::Sql k_owner_any{"account_owner_any",
                                 "SELECT id FROM account WHERE role = 6 ORDER BY id LIMIT 1"};

#define SHOP_SESSION_COLUMNS                                                               \
  "id, account_id, auth_epoch, expires_at, idle_us, last_seen_at, ended_at, access_hash, " \
  "access_expires_at, kiosk, device_name, created_at, binding"

inline const db::Sql k_session_add{
    "session_add",
    "INSERT INTO login_session (id, account_id, auth_epoch, expires_at, idle_us, last_seen_at, "
    "ended_at, end_reason, access_hash, access_expires_at, step_up_action, step_up_until, "
    "single_device, kiosk, device_name, created_at, binding) "
    "VALUES ($1, $2, $3, $4, $5, $6, NULL, 0, $7, $8, 0, 0, $9, $10, $11, $12, $13)"};
inline const db::Sql k_session_by_access{"session_by_access",
                                         "SELECT " SHOP_SESSION_COLUMNS
                                         " FROM login_session WHERE access_hash = $1"};
inline const db::Sql k_session_by_id{
    "session_by_id", "SELECT " SHOP_SESSION_COLUMNS " FROM login_session WHERE id = $1"};
inline const db::Sql k_session_end{
    "session_end",
    "UPDATE login_session SET ended_at = $2, end_reason = $3 WHERE id = $1 AND ended_at IS NULL"};
inline const db::Sql k_session_end_all{
    "session_end_all",
    "UPDATE login_session SET ended_at = $2, end_reason = $3 WHERE account_id = $1 "
    "AND id <> $4 AND ended_at IS NULL"};
inline const db::Sql k_session_rotate{
    "session_rotate",
    "UPDATE login_session SET access_hash = $2, access_expires_at = $3, last_seen_at = $4 "
    "WHERE id = $1"};

inline const db::Sql k_session_forget_devices{
    "session_forget_devices",
    "UPDATE login_session SET device_name = '' WHERE account_id = $1 AND device_name <> ''"};

inline const db::Sql k_refresh_add{
    "refresh_add",
    "INSERT INTO refresh_token (hash, session_id, spent_at, request_hash) "
    "VALUES ($1, $2, NULL, NULL)"};
inline const db::Sql k_refresh_get{
    "refresh_get", "SELECT session_id, spent_at, request_hash FROM refresh_token WHERE hash = $1"};
inline const db::Sql k_refresh_spend{
    "refresh_spend",
    "UPDATE refresh_token SET spent_at = $2, request_hash = $3 WHERE hash = $1 "
    "AND spent_at IS NULL"};

inline const db::Sql k_device_add{
    "device_add",
    "INSERT INTO remembered_device (id, account_id, hash, created_at) VALUES ($1, $2, $3, $4)"};
inline const db::Sql k_device_get{
    "device_get", "SELECT id FROM remembered_device WHERE hash = $1 AND account_id = $2"};

inline const db::Sql k_group_ids{
    "account_group_ids",
    "SELECT group_id FROM account_group WHERE account_id = $1 ORDER BY group_id"};
inline const db::Sql k_group_member_add{
    "account_group_add", "INSERT INTO account_group (account_id, group_id) VALUES ($1, $2)"};
inline const db::Sql k_group_get{
    "permission_group_get",
    "SELECT id, name, permissions, mac FROM permission_group WHERE id = $1"};

inline const db::Sql k_throttle_get{
    "throttle_get", "SELECT failures, ready_at, tokens, touched_at FROM throttle WHERE key = $1"};
inline const db::Sql k_throttle_put{
    "throttle_put",
    "INSERT INTO throttle (key, failures, ready_at, tokens, touched_at) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, "
    "ready_at = excluded.ready_at, tokens = excluded.tokens, touched_at = excluded.touched_at"};
inline const db::Sql k_throttle_forget{"throttle_forget", "DELETE FROM throttle WHERE key = $1"};
// A lock-out that still counts is kept: only what has long been without effect goes.
inline const db::Sql k_throttle_prune{
    "throttle_prune", "DELETE FROM throttle WHERE touched_at < $1 AND failures < 5"};

inline const db::Sql k_clock_get{
    "auth_clock_get", "SELECT high, patient, steady, boot, suspect FROM auth_clock WHERE id = 1"};
inline const db::Sql k_clock_put{
    "auth_clock_put",
    "INSERT INTO auth_clock (id, high, patient, steady, boot, suspect) "
    "VALUES (1, $1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET high = excluded.high, "
    "patient = excluded.patient, steady = excluded.steady, boot = excluded.boot, "
    "suspect = excluded.suspect"};

inline const db::Sql k_data_keys{"data_key_list",
                                 "SELECT id, wrapped, host_keyed FROM data_key ORDER BY id",
                                 "a few rows, read once at open"};
inline const db::Sql k_data_key_add{
    "data_key_add",
    "INSERT INTO data_key (id, wrapped, host_keyed, made_at) VALUES ($1, $2, $3, $4)"};

inline const db::Sql k_bootstrap_get{
    "bootstrap_get", "SELECT hash, expires_at, redeemed_at FROM bootstrap WHERE id = 1"};
inline const db::Sql k_bootstrap_put{
    "bootstrap_put",
    "INSERT INTO bootstrap (id, hash, expires_at, redeemed_at, redeemed_mac) "
    "VALUES (1, $1, $2, NULL, NULL)"};
inline const db::Sql k_bootstrap_redeem{
    "bootstrap_redeem",
    "UPDATE bootstrap SET hash = NULL, redeemed_at = $1, redeemed_mac = $2 WHERE id = 1 "
    "AND redeemed_at IS NULL"};

inline const db::Sql k_step_up_put{
    "session_step_up_put",
    "UPDATE login_session SET step_up_action = $2, step_up_until = $3 WHERE id = $1"};
inline const db::Sql k_epoch_raise{
    "account_epoch_raise",
    "UPDATE account SET auth_epoch = auth_epoch + 1, version = version + 1 WHERE id = $1"};
inline const db::Sql k_session_keep{
    "session_keep",
    "UPDATE login_session SET auth_epoch = (SELECT auth_epoch FROM account WHERE id = $2) "
    "WHERE id = $1 AND account_id = $2"};
inline const db::Sql k_session_end_everybody{
    "session_end_everybody",
    "UPDATE login_session SET ended_at = $1, end_reason = $2 WHERE ended_at IS NULL",
    "everybody is logged out: after a reset of the clock or a change of keys"};
inline const db::Sql k_session_live{"session_live", "SELECT " SHOP_SESSION_COLUMNS
                                                    " FROM login_session WHERE account_id = $1 "
                                                    "AND ended_at IS NULL ORDER BY id DESC"};

// One row for each account: its session that was used last.
#define SHOP_ACTIVE_ROWS                                                                 \
  "FROM login_session s JOIN account a ON a.id = s.account_id WHERE s.ended_at IS NULL " \
  "AND a.status = 1 AND a.auth_epoch = s.auth_epoch AND s.expires_at > $1 "              \
  "AND s.last_seen_at + s.idle_us > $1 AND ($2 = 0 OR a.role = $2) "                     \
  "AND NOT EXISTS (SELECT 1 FROM login_session t WHERE t.account_id = s.account_id "     \
  "AND t.ended_at IS NULL AND t.auth_epoch = s.auth_epoch "                              \
  "AND (t.last_seen_at, t.id) > (s.last_seen_at, s.id)) "
inline const db::Sql k_active{
    "session_active",
    "SELECT s.id, a.id, a.role, a.username, s.device_name, s.last_seen_at " SHOP_ACTIVE_ROWS
    "AND (s.last_seen_at, s.id) < ($3, $4) ORDER BY s.last_seen_at DESC, s.id DESC LIMIT $5"};
inline const db::Sql k_active_count{"session_active_count", "SELECT count(*) " SHOP_ACTIVE_ROWS,
                                    "a total is asked for seldom and counts those logged in"};

inline const db::Sql k_account_list{"account_list",
                                    "SELECT id FROM account WHERE id > $1 ORDER BY id LIMIT $2"};
inline const db::Sql k_account_list_role{
    "account_list_role", "SELECT id FROM account WHERE role = $1 AND id > $2 ORDER BY id LIMIT $3"};
inline const db::Sql k_account_count{"account_count", "SELECT count(*) FROM account",
                                     "a total is asked for seldom"};
inline const db::Sql k_account_count_role{"account_count_role",
                                          "SELECT count(*) FROM account WHERE role = $1"};
inline const db::Sql k_account_profile{
    "account_profile",
    "UPDATE account SET name = $2, phone = $3, country = $4, region = $5, single_device = $6, "
    "updated_at = $7, version = version + 1 WHERE id = $1"};
inline const db::Sql k_account_email{
    "account_email",
    "UPDATE account SET email = $2, email_hash = $3, email_verified_at = NULL, updated_at = $4, "
    "version = version + 1 WHERE id = $1"};
inline const db::Sql k_account_verify_email{
    "account_verify_email",
    "UPDATE account SET email_verified_at = $2, version = version + 1 WHERE id = $1"};
inline const db::Sql k_account_totp{
    "account_totp",
    "UPDATE account SET totp = $2, totp_on = $3, updated_at = $4, version = version + 1 "
    "WHERE id = $1"};
inline const db::Sql k_account_totp_step{
    "account_totp_step", "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2"};
inline const db::Sql k_account_erase{
    "account_erase",
    "UPDATE account SET status = 3, username = $2, username_folded = $2, email = NULL, "
    "email_hash = NULL, email_verified_at = NULL, name = NULL, phone = NULL, country = '', "
    "region = '', "
    "password = '', totp = NULL, totp_on = 0, referral_code = '', permissions = 0, "
    "authority_mac = $3, auth_epoch = auth_epoch + 1, updated_at = $4, version = version + 1 "
    "WHERE id = $1"};
inline const db::Sql k_account_reseal{
    "account_reseal",
    "UPDATE account SET email = $2, email_hash = $3, name = $4, phone = $5, totp = $6, "
    "authority_mac = $7 WHERE id = $1"};

inline const db::Sql k_recovery_use{
    "recovery_use",
    "UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND hash = $2 "
    "AND used_at IS NULL"};
inline const db::Sql k_recovery_add{
    "recovery_add", "INSERT INTO recovery_code (account_id, hash, used_at) VALUES ($1, $2, NULL)"};
inline const db::Sql k_recovery_forget{"recovery_forget",
                                       "DELETE FROM recovery_code WHERE account_id = $1"};

inline const db::Sql k_code_put{
    "one_time_code_put",
    "INSERT INTO one_time_code (account_id, purpose, hash, expires_at, attempts_left, detail) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, purpose) DO UPDATE SET "
    "hash = excluded.hash, expires_at = excluded.expires_at, "
    "attempts_left = excluded.attempts_left, detail = excluded.detail"};
inline const db::Sql k_code_get{"one_time_code_get",
                                "SELECT hash, expires_at, attempts_left, detail FROM one_time_code "
                                "WHERE account_id = $1 AND purpose = $2"};
inline const db::Sql k_code_spend{"one_time_code_spend",
                                  "UPDATE one_time_code SET attempts_left = attempts_left - 1 "
                                  "WHERE account_id = $1 AND purpose = $2 AND attempts_left > 0"};
inline const db::Sql k_code_forget{
    "one_time_code_forget", "DELETE FROM one_time_code WHERE account_id = $1 AND purpose = $2"};
inline const db::Sql k_code_forget_account{"one_time_code_forget_account",
                                           "DELETE FROM one_time_code WHERE account_id = $1"};
inline const db::Sql k_code_forget_all{"one_time_code_forget_all", "DELETE FROM one_time_code",
                                       "after a change of keys no code is right any more"};
inline const db::Sql k_device_forget_all{"device_forget_all", "DELETE FROM remembered_device",
                                         "after a change of keys no device is known any more"};
inline const db::Sql k_device_forget_account{"device_forget_account",
                                             "DELETE FROM remembered_device WHERE account_id = $1"};

inline const db::Sql k_address_list{
    "address_list",
    "SELECT id, body, country, region, is_default FROM address WHERE account_id = $1 ORDER BY id"};
inline const db::Sql k_address_put{
    "address_put",
    "INSERT INTO address (id, account_id, body, country, region, is_default, updated_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET body = excluded.body, "
    "country = excluded.country, region = excluded.region, is_default = excluded.is_default, "
    "updated_at = excluded.updated_at"};
inline const db::Sql k_address_undefault{
    "address_undefault",
    "UPDATE address SET is_default = 0 WHERE account_id = $1 AND is_default = 1"};
inline const db::Sql k_address_remove{"address_remove",
                                      "DELETE FROM address WHERE id = $1 AND account_id = $2"};
inline const db::Sql k_address_erase{"address_erase", "DELETE FROM address WHERE account_id = $1"};

inline const db::Sql k_group_list{"permission_group_list",
                                  "SELECT id, name, permissions, mac FROM permission_group "
                                  "ORDER BY id",
                                  "groups are few"};
inline const db::Sql k_group_by_name{
    "permission_group_by_name",
    "SELECT id, name, permissions, mac FROM permission_group WHERE name_folded = $1"};
inline const db::Sql k_group_put{
    "permission_group_put",
    "INSERT INTO permission_group (id, name, name_folded, permissions, mac) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
    "name_folded = excluded.name_folded, permissions = excluded.permissions, mac = excluded.mac"};
inline const db::Sql k_group_delete{"permission_group_delete",
                                    "DELETE FROM permission_group WHERE id = $1"};
inline const db::Sql k_group_empty{"account_group_empty",
                                   "DELETE FROM account_group WHERE group_id = $1"};
inline const db::Sql k_group_leave{"account_group_leave",
                                   "DELETE FROM account_group WHERE account_id = $1"};
inline const db::Sql k_group_members{
    "account_group_members",
    "SELECT account_id FROM account_group WHERE group_id = $1 ORDER BY account_id"};

inline const db::Sql k_data_key_rewrap{
    "data_key_rewrap", "UPDATE data_key SET wrapped = $2, host_keyed = $3 WHERE id = $1"};

// For verify: each gives the rows that break an invariant.
inline const db::Sql k_verify_accounts{"account_verify_all", "SELECT id FROM account ORDER BY id",
                                       "verify walks through everything"};
inline const db::Sql k_verify_single{
    "session_verify_single",
    "SELECT a.account_id FROM login_session a JOIN login_session b ON b.account_id = a.account_id "
    "WHERE a.single_device = 1 AND a.ended_at IS NULL AND b.ended_at IS NULL AND b.id > a.id",
    "verify walks through everything"};
inline const db::Sql k_verify_epoch{
    "session_verify_epoch",
    "SELECT s.id FROM login_session s JOIN account a ON a.id = s.account_id "
    "WHERE s.ended_at IS NULL AND s.auth_epoch > a.auth_epoch",
    "verify walks through everything"};
inline const db::Sql k_verify_refresh{"session_verify_refresh",
                                      "SELECT session_id FROM refresh_token WHERE spent_at IS NULL "
                                      "GROUP BY session_id HAVING count(*) > 1",
                                      "verify walks through everything"};
inline const db::Sql k_verify_owner{
    "account_verify_owner",
    "SELECT a.id FROM account a WHERE a.role = 6 "
    "AND NOT EXISTS (SELECT 1 FROM bootstrap WHERE redeemed_at IS NOT NULL)",
    "verify walks through everything"};

}  // namespace shop::accounts::sql
