#pragma once

#include "core/crypto.hpp"
#include "db/tx.hpp"
#include "shop/accounts.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The rows of accounts. Personal data is sealed here on the way in and opened on the way out.
namespace shop::accounts::store {

/// An account as its row has it, personal data opened.
struct Account {
  Id id = 0;
  Role role = Role::customer;
  UserStatus status = UserStatus::active;
  std::uint64_t permissions = 0;  ///< of the groups of staff
  std::int64_t auth_epoch = 1;
  Id seller_id = 0;
  std::string username;
  std::string email;
  std::optional<Timestamp> email_verified_at;
  std::string name;
  std::string phone;
  std::string country;
  std::string region;
  std::string password;  ///< Argon2id string, empty when there is none
  std::int64_t password_key = 0;
  bool single_device = false;
  std::string totp_secret;  ///< raw bytes
  bool totp_on = false;
  std::int64_t totp_step = 0;
  std::string referral_code;
  Timestamp created_at = 0;
  std::optional<Timestamp> last_log_in_at;
  std::optional<Timestamp> last_log_out_at;
  std::int64_t version = 1;
};

struct SessionRow {
  Id id = 0;
  Id account_id = 0;
  std::int64_t auth_epoch = 0;
  Timestamp expires_at = 0;
  std::int64_t idle_us = 0;
  Timestamp last_seen_at = 0;
  std::optional<Timestamp> ended_at;
  Timestamp access_expires_at = 0;
  bool kiosk = false;
  bool single_device = false;
  std::string device_name;
  Timestamp created_at = 0;
};

/// Why a session ended. Part of the file format.
enum class EndReason : std::int32_t {
  logged_out = 1,
  logged_out_everywhere = 2,
  other_device = 3,
  token_reused = 4,
  ended_by_owner = 5,
  security_change = 6,
  erased = 7,
};

core::Hash email_hash(const db::Tx& tx, std::string_view email);

void add_account(db::Tx& tx, const Account& account);
/// Throws Error{tampered} when role or permissions were edited outside this library.
std::optional<Account> account_by_id(db::Tx& tx, Id id);
std::optional<Account> account_by_username(db::Tx& tx, std::string_view username);
std::optional<Account> account_by_email(db::Tx& tx, std::string_view email);
bool has_owner(db::Tx& tx);

/// The keyed hash over what gives an account its power.
std::vector<std::byte> authority_mac(const db::Tx& tx, Id id, Role role, UserStatus status,
                                     std::uint64_t permissions, Id seller_id);
void check_authority(const db::Tx& tx, core::Bytes mac, Id id, Role role, UserStatus status,
                     std::uint64_t permissions, Id seller_id);
/// Writes role, status, permissions and seller; with `end_sessions` all log-ins are over.
void put_authority(db::Tx& tx, const Account& account, bool end_sessions);
void put_password(db::Tx& tx, Id id, std::string_view password, std::int64_t key,
                  bool end_sessions);
void note_log_in(db::Tx& tx, Id id);
void note_log_out(db::Tx& tx, Id id);

void add_session(db::Tx& tx, const SessionRow& row, const core::Hash& access);
/// Throws Error{tampered} when the row was edited outside this library.
std::optional<SessionRow> session_by_access(db::Tx& tx, const core::Hash& access);
std::optional<SessionRow> session_by_id(db::Tx& tx, Id id);
bool end_session(db::Tx& tx, Id id, EndReason reason);
std::int64_t end_sessions(db::Tx& tx, Id account_id, EndReason reason, Id except = 0);
void rotate_session(db::Tx& tx, Id id, const core::Hash& access, Timestamp access_expires_at,
                    Timestamp seen_at);
void touch_session(db::Tx& tx, Id id, Timestamp at);

struct RefreshRow {
  Id session_id = 0;
  std::optional<Timestamp> spent_at;
  std::vector<std::byte> request_hash;
};
void add_refresh(db::Tx& tx, const core::Hash& hash, Id session_id);
std::optional<RefreshRow> refresh(db::Tx& tx, const core::Hash& hash);
void spend_refresh(db::Tx& tx, const core::Hash& hash, Timestamp at, const core::Hash& request);

void add_device(db::Tx& tx, Id account_id, const core::Hash& hash);
std::optional<Id> device(db::Tx& tx, Id account_id, const core::Hash& hash);

struct GroupRow {
  Id id = 0;
  std::string name;
  std::uint64_t permissions = 0;
};
std::optional<GroupRow> group(db::Tx& tx, Id id);
std::vector<Id> group_ids(db::Tx& tx, Id account_id);
void add_to_group(db::Tx& tx, Id account_id, Id group_id);

struct ThrottleRow {
  std::int64_t failures = 0;
  std::int64_t ready_at = 0;
  std::int64_t tokens = 0;
  std::int64_t touched_at = 0;
};
std::optional<ThrottleRow> throttle(db::Tx& tx, const core::Hash& key);
void put_throttle(db::Tx& tx, const core::Hash& key, const ThrottleRow& row);
void forget_throttle(db::Tx& tx, const core::Hash& key);
void prune_throttle(db::Tx& tx, std::int64_t untouched_since);

struct ClockMark {
  Timestamp high = 0;
  std::int64_t patient = 0;
  std::int64_t steady = 0;
  std::string boot;
  bool suspect = false;
};
std::optional<ClockMark> clock_mark(db::Tx& tx);
void put_clock_mark(db::Tx& tx, const ClockMark& mark);

struct DataKeyRow {
  std::int64_t id = 0;
  std::vector<std::byte> wrapped;
  bool host_keyed = false;
};
std::vector<DataKeyRow> data_keys(db::Tx& tx);
void add_data_key(db::Tx& tx, const DataKeyRow& row);

struct BootstrapRow {
  std::vector<std::byte> hash;
  Timestamp expires_at = 0;
  bool redeemed = false;
};
std::optional<BootstrapRow> bootstrap(db::Tx& tx);
void put_bootstrap(db::Tx& tx, const core::Hash& hash, Timestamp expires_at);
bool redeem_bootstrap(db::Tx& tx, const core::Hash& mac);

struct StepUpRow {
  std::int64_t action = 0;
  Timestamp until = 0;
};
StepUpRow step_up(db::Tx& tx, Id session_id);
void put_step_up(db::Tx& tx, Id session_id, const StepUpRow& row);

void raise_epoch(db::Tx& tx, Id account_id);
/// Lets a session go on after raise_epoch.
void keep_session(db::Tx& tx, Id session_id, Id account_id);
void end_everybodys_sessions(db::Tx& tx);
std::vector<SessionRow> live_sessions(db::Tx& tx, Id account_id);

struct ActivityMark {
  Timestamp seen_at = 0;
  Id session_id = 0;
};
struct ActiveRow {
  Id session_id = 0;
  ActiveUser user;
};
std::vector<ActiveRow> active(db::Tx& tx, std::optional<Role> role, const ActivityMark& after,
                              Timestamp strict, std::int64_t limit);
std::int64_t count_active(db::Tx& tx, std::optional<Role> role, Timestamp strict);

std::vector<Id> account_ids(db::Tx& tx, std::optional<Role> role, Id after, std::int64_t limit);
std::int64_t count_accounts(db::Tx& tx, std::optional<Role> role);
void put_profile(db::Tx& tx, const Account& account);
void put_email(db::Tx& tx, Id id, std::string_view email);
void verify_email(db::Tx& tx, Id id);
void put_totp(db::Tx& tx, Id id, std::string_view secret, bool on);
void put_totp_step(db::Tx& tx, Id id, std::int64_t step);
/// Takes everything personal from an account and leaves its number.
void erase_account(db::Tx& tx, const Account& account);
/// Seals all personal data anew under the newest data key.
void reseal_account(db::Tx& tx, const Account& account);
/// An account whose authority is still under the data key before the newest, checked under that
/// one: what an older key made is not taken over, as somebody else may have it by now.
Account account_before_rotation(db::Tx& tx, Id id);
void rewrap_data_key(db::Tx& tx, const DataKeyRow& row);
void forget_credentials(db::Tx& tx);

bool use_recovery(db::Tx& tx, Id account_id, const core::Hash& hash);
void add_recovery(db::Tx& tx, Id account_id, const core::Hash& hash);
void forget_recovery(db::Tx& tx, Id account_id);

struct CodeRow {
  Id account_id = 0;
  std::int64_t purpose = 0;
  core::Hash hash{};
  Timestamp expires_at = 0;
  std::int64_t attempts_left = 0;
  std::vector<std::byte> detail;
};
void put_code(db::Tx& tx, const CodeRow& row);
std::optional<CodeRow> code(db::Tx& tx, Id account_id, std::int64_t purpose);
void spend_code_attempt(db::Tx& tx, Id account_id, std::int64_t purpose);
void forget_code(db::Tx& tx, Id account_id, std::int64_t purpose);

std::vector<UserAddress> addresses(db::Tx& tx, Id account_id);
void put_address(db::Tx& tx, Id account_id, const UserAddress& address);
bool remove_address(db::Tx& tx, Id account_id, Id address_id);

std::vector<GroupRow> groups(db::Tx& tx);
/// Writes every group's MAC anew after the data key has changed.
void reseal_groups(db::Tx& tx);
std::optional<GroupRow> group_by_name(db::Tx& tx, std::string_view name);
void put_group(db::Tx& tx, const GroupRow& row);
void delete_group(db::Tx& tx, Id id);
void leave_groups(db::Tx& tx, Id account_id);
std::vector<Id> group_members(db::Tx& tx, Id group_id);

}  // namespace shop::accounts::store
