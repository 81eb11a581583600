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

/// How the cart of a guest and that of the customer become one at log-in. @since 1.0
enum class CartJoin : std::int32_t {
  add_up = 1,   ///< quantities of the same variant are added
  larger = 2,   ///< the larger quantity of each variant
  replace = 3,  ///< the guest's cart instead of the customer's
  keep = 4,     ///< the customer's cart as it was; the guest's stays the guest's
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
  CartJoin cart_join = CartJoin::add_up;  ///< for the cart of the guest who logs in
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
  /// e-mail), `rate_limited`. Cost: one password hash.
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

 private:
  db::Database* db_;
};

}  // namespace shop
