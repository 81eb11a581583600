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

/// How much work a password hash is: Argon2id with this much memory. Passwords stored with less are
/// hashed anew at their next log-in. @since 1.0
enum class PasswordPreset : std::int32_t {
  kiosk = 1,        ///< 19 MiB, two passes: the least that is recommended
  interactive = 2,  ///< 64 MiB, three passes; the default
  sensitive = 3,    ///< 256 MiB, three passes
  calibrated = 4,   ///< what takes this machine about 250 ms, measured when the shop is opened
  for_tests = 9,    ///< no protection at all
};

/// What became of an account. @since 1.0
enum class UserStatus : std::int32_t {
  active = 1,
  disabled = 2,  ///< may not log in until somebody enables it again
  erased = 3,    ///< the person is gone; the books that name the account stay
};

/// A person with an account. @since 1.0
struct User {
  Id id = 0;
  Role role = Role::customer;
  UserStatus status = UserStatus::active;
  std::string username;
  std::string email;  ///< empty when there is none
  std::string name;
  std::string phone;
  std::string country;  ///< as the shop writes it, ISO 3166 by custom; empty when unknown
  std::string region;
  bool email_verified = false;
  bool two_factor = false;     ///< TOTP is on
  bool single_device = false;  ///< a new log-in ends the old one
  Id seller_id = 0;            ///< the seller that this account keeps, 0 for none
  std::vector<Id> group_ids;   ///< permission groups of staff
  Timestamp created_at = 0;
  std::optional<Timestamp> last_log_in_at;
  std::optional<Timestamp> last_log_out_at;
  std::int64_t version = 0;  ///< grows with every change; see UserUpdate
};

/// What somebody says who registers. There is no role: nobody becomes an admin by asking.
/// @since 1.0
struct RegisterInput {
  std::string username;  ///< 3–40 bytes without blanks or `@`; unique, case- and accent-folded
  std::string email;     ///< unique, case-folded
  std::string password;  ///< see Accounts::register_customer
  std::optional<std::string> password_again;  ///< when given, has to be the same
  std::string name;                           ///< 0–120 bytes
  std::string phone;                          ///< 0–40 bytes
  std::string country;                        ///< 0–60 bytes
  std::string region;                         ///< 0–60 bytes
  std::string referral_code;                  ///< of who brought this customer
  std::string device;  ///< names where this comes from (terminal, address), for the limits
};

/// An account made by somebody else: for a colleague, or a customer in the books. @since 1.0
struct NewUserInput {
  Role role = Role::customer;  ///< customer, staff or admin
  std::string username;
  std::string email;                    ///< may be empty for a customer of the books
  std::optional<std::string> password;  ///< absent: none until it is set with a reset code
  std::string name;
  std::string phone;
  std::string country;
  std::string region;
  std::vector<Id> group_ids;  ///< for staff
};

/// How somebody logs in. @since 1.0
struct LogInInput {
  std::string login;                         ///< username or e-mail
  std::string password;                      ///< at most 1,024 bytes
  std::optional<std::string> code;           ///< of the authenticator app, when two-factor is on
  std::optional<std::string> recovery_code;  ///< instead of `code`; each works once
  std::string device;       ///< names where this comes from (terminal, address), for the limits
  std::string device_name;  ///< what the list of sessions shows, e.g. "Till 2"
  std::optional<std::string> device_token;  ///< of an earlier log-in with `remember_device`
  bool remember_device = false;  ///< give a device token, which keeps its own limit of attempts
  bool single_device = false;    ///< end all other sessions of the account
  bool kiosk = false;            ///< end the session after 10 idle minutes instead of 12 hours
};

/// A live log-in. The tokens are shown here and never again: the shop keeps only their hashes.
/// @since 1.0
struct LogIn {
  Session session = {Role::guest, 0, 0, 0};
  Id user_id = 0;
  Role role = Role::customer;
  std::string access_token;  ///< `shp1a_…`, for Accounts::resume
  Timestamp access_expires_at = 0;
  std::string refresh_token;  ///< `shp1r_…`, works once, for Accounts::refresh
  Timestamp refresh_expires_at = 0;
  std::string device_token;  ///< `shp1d_…`; empty unless asked for
};

/// What a fresh proof of identity is asked for. Each proof is good for one of these, for five
/// minutes. @since 1.0
enum class StepUp : std::int32_t {
  email = 1,
  two_factor = 2,
  roles = 3,
  refunds = 4,
  price_import = 5,
  data_export = 6,
  clock = 7,
  keys = 8,
  erase = 9,
};

/// A fresh proof of identity, see Accounts::step_up. @since 1.0
struct StepUpInput {
  StepUp action = StepUp::email;
  std::string password;
  std::optional<std::string> code;           ///< when two-factor is on
  std::optional<std::string> recovery_code;  ///< instead of `code`
};

/// A new password with the old one as proof. @since 1.0
struct ChangePasswordInput {
  std::string password;  ///< the present one
  std::string new_password;
  std::optional<std::string> password_again;
};

/// A new password with a code that was mailed. @since 1.0
struct ResetPasswordInput {
  std::string login;  ///< username or e-mail
  std::string code;   ///< see Accounts::request_password_reset
  std::string new_password;
  std::optional<std::string> password_again;
};

/// What of the acting account is to be changed; what is absent stays. @since 1.0
struct ProfileUpdate {
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> country;
  std::optional<std::string> region;
  std::optional<bool> single_device;
  std::optional<std::int64_t> version;  ///< refuse with `stale_version` unless it is still this
};

/// A place of a user's. @since 1.0
struct UserAddress {
  Id id = 0;
  std::string label;  ///< "Home"
  std::string name;
  std::string company;
  std::string line1;
  std::string line2;
  std::string postal_code;
  std::string city;
  std::string region;
  std::string country;
  std::string phone;
  bool is_default = false;
};

/// An address to be written: with an id the one to change, without one a new one. @since 1.0
struct UserAddressInput {
  std::optional<Id> id;
  std::string label;
  std::string name;
  std::string company;
  std::string line1;
  std::string line2;
  std::string postal_code;
  std::string city;
  std::string region;
  std::string country;
  std::string phone;
  bool is_default = false;  ///< the first one is in any case
};

/// Where an account is logged in. @since 1.0
struct LiveSession {
  Id id = 0;
  std::string device_name;
  bool kiosk = false;
  bool current = false;  ///< the one that asks
  Timestamp created_at = 0;
  Timestamp last_seen_at = 0;  ///< to the minute
};

/// Somebody who is logged in now. @since 1.0
struct ActiveUser {
  Id user_id = 0;
  Role role = Role::customer;
  std::string username;
  std::string device_name;     ///< of the session that was used last
  Timestamp last_seen_at = 0;  ///< to the minute
};

/// Which accounts to list. @since 1.0
struct UserFilter {
  std::optional<Role> role;
};

/// What makes somebody staff: named permissions, put together by an admin. @since 1.0
struct PermissionGroup {
  Id id = 0;
  std::string name;
  std::vector<std::string> permissions;  ///< see docs/permissions.md
};

/// A permission group to be made or changed. @since 1.0
struct PermissionGroupInput {
  std::string name;  ///< 1–60 bytes, unique
  std::vector<std::string> permissions;
};

/// What an authenticator app needs. Shown here and never again. @since 1.0
struct TotpSetup {
  std::string secret;  ///< base32
  std::string uri;     ///< `otpauth://totp/…`, for a QR code
};

/// Codes that stand in for the authenticator app, each once. Shown here and never again.
/// @since 1.0
struct RecoveryCodes {
  std::vector<std::string> codes;
};

/// How well the shop protects what it holds. @since 1.0
struct SecurityStatus {
  bool host_keyed = false;    ///< personal data is sealed under a key that is not in the file
  std::int64_t data_key = 0;  ///< which data key is in use; grows with each rotation
  bool clock_behind = false;  ///< the clock was set back: codes of authenticator apps are refused
};

/// Who has an account, who is logged in, and what they may do. Reached by Engine::accounts(); may
/// be used from any thread. @since 1.0
class Accounts {
 public:
  explicit Accounts(db::Database& db) : db_(&db) {}

  /// Makes the first owner with the code that Engine::bootstrap_code gave when the shop was made.
  /// Throws Error: `token_invalid` (wrong, used, older than 15 minutes), `validation`.
  User redeem_bootstrap(const Session& session, const std::string& code,
                        const RegisterInput& input);

  /// Registers a customer. Passwords have 8 characters at least, 1,024 bytes at most, and are
  /// refused when they are known from break-ins or made of the user's or the shop's names.
  /// Throws Error: `validation` (every field that is wrong), `already_exists` (username or
  /// e-mail), `not_found` (referral_code), `rate_limited`. Cost: one password hash.
  User register_customer(const Session& session, const RegisterInput& input);

  /// Makes an account for somebody else. Customers need `customer_manage`, staff `staff_manage`
  /// (and never more permissions than one's own), admins the owner. Throws Error: `validation`,
  /// `already_exists`, `forbidden`, `not_found` (a group).
  User create_user(const Session& session, const NewUserInput& input);

  /// Logs in; the cart of the guest joins the customer's. Throws Error: `bad_credentials` (the
  /// same for an unknown name, a wrong password and a disabled account), `second_factor_required`,
  /// `rate_limited` (with `retry_after_s`), `validation`. Cost: one password hash.
  LogIn log_in(const Session& session, const LogInInput& input);

  /// A session of an account without its password, which does not run out; for the host alone, and
  /// audited. Throws Error: `forbidden`, `not_found`.
  LogIn log_in_as(const Session& session, Id user_id);

  /// The session of an access token. Throws Error: `token_invalid`, `session_expired`,
  /// `session_revoked`.
  LogIn resume(const std::string& access_token);

  /// New tokens for a refresh token, which is then spent. `request_id` is random text of the
  /// caller's, 16 bytes at least: the same token and request within a minute give the same answer
  /// again, for when it was lost. A spent token otherwise ends its session, as one of two must be
  /// a thief. Throws Error: `token_invalid`, `session_expired`, `session_revoked`, `validation`.
  LogIn refresh(const std::string& refresh_token, const std::string& request_id);

  /// Ends the session. Ending one that has ended is fine.
  void log_out(const Session& session);
  /// Ends all sessions of the account, this one too. Result: how many there were.
  std::int64_t log_out_everywhere(const Session& session);

  /// The token that brings this guest back after a restart; see resume_guest.
  std::string guest_token(const Session& session);
  /// The guest of a token. Throws Error{token_invalid}.
  Session resume_guest(const std::string& token);

  /// The acting account.
  User me(const Session& session);
  /// An account by id. Throws Error{not_found}.
  User user(const Session& session, Id user_id);
  /// Accounts by id, those that were erased among them.
  Page<User> users(const Session& session, const UserFilter& filter, const PageQuery& page);

  /// Where the acting account is logged in, newest first.
  std::vector<LiveSession> sessions(const Session& session);
  /// Ends one of the acting account's sessions. Throws Error{not_found}.
  void end_session(const Session& session, Id session_id);
  /// Who is logged in now, by last activity.
  Page<ActiveUser> active_users(const Session& session, const UserFilter& filter,
                                const PageQuery& page);

  /// Proves anew who acts, for one kind of action. Throws Error: `bad_credentials`,
  /// `second_factor_required`, `rate_limited`. Cost: one password hash.
  void step_up(const Session& session, const StepUpInput& input);

  /// Ends all other sessions. Throws Error: `bad_credentials` (the present password),
  /// `validation`, `rate_limited`.
  void change_password(const Session& session, const ChangePasswordInput& input);
  /// Sends a code to the account's e-mail address (event `user.code`), if there is such an account;
  /// whoever asks does not learn that. Throws Error{rate_limited}.
  void request_password_reset(const Session& session, const std::string& login);
  /// Ends all sessions. Throws Error: `token_invalid` (wrong, used, too old, or no such account),
  /// `validation`, `rate_limited`.
  void reset_password(const Session& session, const ResetPasswordInput& input);

  /// Sends a code to the acting account's e-mail address (event `user.code`).
  void request_email_code(const Session& session);
  /// Asks for another e-mail address: a code goes to the new one, a notice to the old. Needs
  /// step_up(email). Throws Error: `step_up_required`, `validation`, `already_exists`.
  void change_email(const Session& session, const std::string& email);
  /// With the code: the address is verified, or the new one takes the old one's place. Throws
  /// Error{token_invalid}.
  User confirm_email(const Session& session, const std::string& code);

  /// Changes the acting account. Throws Error: `validation`, `stale_version`.
  User update_me(const Session& session, const ProfileUpdate& update);
  std::vector<UserAddress> addresses(const Session& session);
  /// Adds or changes an address, at most 50. Throws Error: `validation`, `not_found`,
  /// `limit_reached`.
  UserAddress save_address(const Session& session, const UserAddressInput& input);
  void remove_address(const Session& session, Id address_id);

  /// Starts two-factor log-in; it is on once confirm_totp has seen a code. Needs
  /// step_up(two_factor). Throws Error: `step_up_required`, `conflict` (it is on).
  TotpSetup begin_totp(const Session& session);
  /// Result: ten recovery codes, shown here and never again. All other sessions end. Throws Error:
  /// `bad_credentials`, `conflict`, `rate_limited`.
  RecoveryCodes confirm_totp(const Session& session, const std::string& code);
  /// Needs step_up(two_factor). All other sessions end.
  void disable_totp(const Session& session);
  /// Ten new recovery codes; the old ones are void. Needs step_up(two_factor).
  RecoveryCodes new_recovery_codes(const Session& session);

  /// Gives an account another role (customer, staff, admin) and, for staff, its groups. Ends its
  /// sessions. Needs step_up(roles). Throws Error: `forbidden`, `not_found`, `validation`,
  /// `conflict` (the account keeps an approved seller, which has to be suspended first).
  User set_role(const Session& session, Id user_id, Role role, const std::vector<Id>& group_ids);
  /// Disables or enables an account; disabling ends its sessions. Needs step_up(roles).
  User set_enabled(const Session& session, Id user_id, bool enabled);

  std::vector<PermissionGroup> groups(const Session& session);
  /// Needs step_up(roles). Throws Error: `validation`, `already_exists`, `forbidden` (a permission
  /// that one does not have oneself).
  PermissionGroup create_group(const Session& session, const PermissionGroupInput& input);
  /// Takes effect at the next call of each member.
  PermissionGroup update_group(const Session& session, Id group_id,
                               const PermissionGroupInput& input);
  void delete_group(const Session& session, Id group_id);

  /// Erases a person: name, addresses, e-mail, phone, log-ins and what other modules keep about
  /// them go; orders and figures stay, under the number of the account. One's own account, or any
  /// customer's with `customer_manage`. Needs step_up(erase). Throws Error: `not_found`,
  /// `conflict` (the owner, an admin).
  void erase(const Session& session, Id user_id);
  /// All that the shop knows about the acting account, as JSON. Needs step_up(data_export).
  std::string export_me(const Session& session);

  /// A JWT (EdDSA, 1–900 seconds) that says who the session is, for services outside. Nothing in
  /// libshop takes one as a proof.
  std::string mint_jwt(const Session& session, const std::string& audience,
                       std::int64_t lifetime_s);
  /// The keys to check such tokens with, as a JSON Web Key Set.
  std::string jwt_keys(const Session& session);

  /// Opens the `sealed` field of an event (`user.code`, `user.notice`) for the host: a JSON object
  /// with the address, the code and when it runs out. Throws Error: `tampered`, `forbidden`.
  std::string open_message(const Session& session, const std::string& sealed);

  SecurityStatus security_status(const Session& session);
  /// Says that the wall clock is right although it went back. Ends all sessions. Needs
  /// step_up(clock).
  void reset_clock(const Session& session);

 private:
  db::Database* db_;
};

}  // namespace shop
