#include "accounts/identity.hpp"
#include "accounts/password.hpp"
#include "accounts/person.hpp"
#include "accounts/second_factor.hpp"
#include "accounts/throttle.hpp"
#include "core/fields.hpp"
#include "core/keyring.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::authorize;
using accounts::CodePurpose;
using accounts::Operation;
namespace store = accounts::store;

namespace {

constexpr std::int64_t k_proof_us = 5 * core::microseconds_per_minute;

/// Staff and above have 15 characters, or 8 and a second factor.
std::size_t least_characters(const store::Account& account) {
  const bool plain = account.role == Role::customer || account.role == Role::seller;
  return plain || account.totp_on ? accounts::min_customer_characters
                                  : accounts::min_staff_characters;
}

void check_new(core::Fields& fields, const store::Account& account, const std::string& password,
               const std::optional<std::string>& again) {
  accounts::check_password(fields, "new_password", password, least_characters(account),
                           {account.username, account.email.substr(0, account.email.find('@')),
                            account.name, "libshop"});
  if (again) {
    fields.check(*again == password, "password_again", "differs",
                 "is not the same as the password");
  }
  fields.throw_if_any();
}

std::string hashed(const db::Env& env, Id account_id, std::string_view password) {
  const accounts::PasswordCost cost{env.accounts->password_ops, env.accounts->password_memory};
  return accounts::hash_password(*env.keys, account_id, password, cost, *env.random);
}

std::optional<store::Account> find(db::Tx& tx, std::string_view login) {
  const auto name = core::trim(login);
  return name.find('@') == std::string_view::npos ? store::account_by_username(tx, name)
                                                  : store::account_by_email(tx, name);
}

/// Counts a request about a name, whether or not there is such an account.
std::int64_t count(db::Tx& tx, std::string_view what, std::string_view login,
                   const accounts::Bucket& bucket) {
  const auto key = accounts::throttle_key(tx, {what, core::fold(core::trim(login))});
  return accounts::take_token(tx, accounts::auth_now(tx), key, bucket);
}

void check_login(const std::string& login) {
  core::Fields fields;
  fields.text("login", login, {.min = 1, .max = 254});
  fields.throw_if_any();
}

[[noreturn]] void bad_code() {
  throw Error(Code::token_invalid, "this code is wrong, used, or too old");
}

}  // namespace

void Accounts::step_up(const Session& session, const StepUpInput& input) {
  const auto account =
      accounts::confirm_password(*db_, session, Operation::accounts_step_up, input.password);
  const auto result = db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_step_up);
    const auto now = accounts::auth_now(tx);
    const auto row = store::account_by_id(tx, account.id).value();
    auto factor = accounts::check_second_factor(tx, now, row, input.code, input.recovery_code);
    if (factor.code == Code::ok) {
      store::put_step_up(tx, session.session_id(),
                         {static_cast<std::int64_t>(input.action), now.strict + k_proof_us});
    }
    return factor;
  });
  if (result.code == Code::rate_limited) accounts::throw_rate_limited(result.retry_after_s);
  if (result.code != Code::ok) throw Error(result.code, "the second factor is missing or wrong");
}

void Accounts::change_password(const Session& session, const ChangePasswordInput& input) {
  const auto account = accounts::confirm_password(
      *db_, session, Operation::accounts_change_password, input.password);
  core::Fields fields;
  check_new(fields, account, input.new_password, input.password_again);
  const auto key_id = db_->env().keys->newest();
  const auto password = hashed(db_->env(), account.id, input.new_password);
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_change_password);
    store::put_password(tx, account.id, password, key_id, false);
    accounts::end_other_sessions(tx, account.id, session.session_id());
    accounts::send_notice(tx, account, "password_changed");
  });
}

void Accounts::request_password_reset(const Session& session, const std::string& login) {
  check_login(login);
  const auto wait_s = db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_request_password_reset);
    const auto wait = count(tx, "mail", login, accounts::mail_bucket);
    if (wait != 0) return wait;
    const auto account = find(tx, login);
    if (account && account->status == UserStatus::active && !account->email.empty()) {
      accounts::send_code(tx, *account, CodePurpose::reset, account->email);
    }
    return std::int64_t{0};
  });
  if (wait_s != 0) accounts::throw_rate_limited(wait_s);
}

void Accounts::reset_password(const Session& session, const ResetPasswordInput& input) {
  check_login(input.login);
  struct Found {
    std::int64_t wait_s = 0;
    std::optional<store::Account> account;
  };
  const auto found = db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_reset_password);
    Found out;
    out.wait_s = count(tx, "reset", input.login, accounts::register_bucket);
    if (out.wait_s != 0) return out;
    out.account = find(tx, input.login);
    const bool good = out.account && out.account->status == UserStatus::active &&
                      accounts::is_code(tx, out.account->id, CodePurpose::reset, input.code);
    if (!good) out.account.reset();
    return out;
  });
  if (found.wait_s != 0) accounts::throw_rate_limited(found.wait_s);
  if (!found.account) bad_code();
  const auto& account = *found.account;
  core::Fields fields;
  check_new(fields, account, input.new_password, input.password_again);
  const auto key_id = db_->env().keys->newest();
  const auto password = hashed(db_->env(), account.id, input.new_password);
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_reset_password);
    if (!accounts::take_code(tx, account.id, CodePurpose::reset, input.code)) bad_code();
    store::put_password(tx, account.id, password, key_id, false);
    store::verify_email(tx, account.id);
    accounts::end_other_sessions(tx, account.id, 0);
    accounts::forget_attempts(
        tx, accounts::throttle_key(tx, {"account", core::number_part(account.id)}));
    accounts::send_notice(tx, account, "password_changed");
  });
}

void Accounts::request_email_code(const Session& session) {
  const auto wait_s = db_->write([&](db::Tx& tx) {
    const auto account =
        accounts::acting(tx, authorize(tx, session, Operation::accounts_request_email_code));
    if (account.email.empty()) throw Error(Code::conflict, "this account has no e-mail address");
    const auto wait = count(tx, "mail", account.username, accounts::mail_bucket);
    if (wait == 0) accounts::send_code(tx, account, CodePurpose::email, account.email);
    return wait;
  });
  if (wait_s != 0) accounts::throw_rate_limited(wait_s);
}

void Accounts::change_email(const Session& session, const std::string& email) {
  core::Fields fields;
  const auto address = accounts::check_email(fields, "email", email, true);
  const auto wait_s = db_->write([&](db::Tx& tx) {
    const auto account =
        accounts::acting(tx, authorize(tx, session, Operation::accounts_change_email));
    accounts::require_step_up(tx, session, StepUp::email);
    auto problems = fields;
    problems.throw_if_any();
    if (store::account_by_email(tx, address)) {
      problems.check(false, "email", "taken", "there is an account with this e-mail address");
      problems.throw_if_any(Code::already_exists);
    }
    const auto wait = count(tx, "mail", account.username, accounts::mail_bucket);
    if (wait != 0) return wait;
    accounts::send_code(tx, account, CodePurpose::change_email, address, address);
    accounts::send_notice(tx, account, "email_change_requested");
    return std::int64_t{0};
  });
  if (wait_s != 0) accounts::throw_rate_limited(wait_s);
}

User Accounts::confirm_email(const Session& session, const std::string& code) {
  auto user = db_->write([&](db::Tx& tx) -> std::optional<User> {
    auto account = accounts::acting(tx, authorize(tx, session, Operation::accounts_confirm_email));
    std::string address;
    if (accounts::take_code(tx, account.id, CodePurpose::change_email, code, &address)) {
      if (store::account_by_email(tx, address)) {
        throw Error(Code::already_exists, "there is an account with this e-mail address");
      }
      store::put_email(tx, account.id, address);
      store::verify_email(tx, account.id);
      accounts::end_other_sessions(tx, account.id, session.session_id());
    } else if (accounts::take_code(tx, account.id, CodePurpose::email, code)) {
      store::verify_email(tx, account.id);
    } else {
      return std::nullopt;  // committed: it cost an attempt
    }
    return accounts::to_user(tx, store::account_by_id(tx, account.id).value());
  });
  if (!user) bad_code();
  return std::move(*user);
}

}  // namespace shop
