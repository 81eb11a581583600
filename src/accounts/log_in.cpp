#include "accounts/log_in.hpp"

#include "accounts/guard.hpp"
#include "accounts/password.hpp"
#include "accounts/second_factor.hpp"
#include "accounts/throttle.hpp"
#include "accounts/tokens.hpp"
#include "core/fields.hpp"
#include "core/keyring.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"

#include <algorithm>

namespace shop::accounts {
namespace {

constexpr std::int64_t k_access_us = 15 * core::microseconds_per_minute;
constexpr std::int64_t k_refresh_us = 30 * core::microseconds_per_day;
constexpr std::int64_t k_idle_us = 12 * core::microseconds_per_hour;
constexpr std::int64_t k_kiosk_idle_us = 10 * core::microseconds_per_minute;

/// What the first transaction found; the same work whether or not there is such an account.
struct Attempt {
  std::int64_t wait_s = 0;
  Checked checked;
  bool known = false;
  bool active = false;
  std::int64_t password_key = 0;
};

void check_input(const LogInInput& input) {
  core::Fields fields;
  fields.text("login", input.login, {.min = 1, .max = 254});
  fields.check(!input.password.empty(), "password", "required", "is required");
  fields.check(input.password.size() <= max_password_bytes, "password", "too_long",
               "is longer than any password");
  fields.text("device", input.device, {.max = 200});
  fields.text("device_name", input.device_name, {.max = 100});
  fields.check(!input.code || input.code->size() <= 64, "code", "too_long", "is not a code");
  fields.check(!input.recovery_code || input.recovery_code->size() <= 64, "recovery_code",
               "too_long", "is not a recovery code");
  fields.throw_if_any();
}

std::optional<store::Account> find(db::Tx& tx, std::string_view login) {
  const auto name = core::trim(login);
  return name.find('@') == std::string_view::npos ? store::account_by_username(tx, name)
                                                  : store::account_by_email(tx, name);
}

/// A device that was remembered has a count of its own, so that strangers cannot lock its owner
/// out; everybody else shares one count for each account, or each name that is none.
core::Hash attempts_key(db::Tx& tx, const std::optional<store::Account>& account,
                        const LogInInput& input) {
  if (!account) return throttle_key(tx, {"name", core::fold(core::trim(input.login))});
  const auto id = core::number_part(account->id);
  if (input.device_token) {
    const auto hash = token_hash(tx.env(), TokenKind::device, *input.device_token);
    const auto device = hash ? store::device(tx, account->id, *hash) : std::nullopt;
    if (device) return throttle_key(tx, {"account", id, core::number_part(*device)});
  }
  return throttle_key(tx, {"account", id});
}

std::int64_t count(db::Tx& tx, const Moment& now, const core::Hash& key, const LogInInput& input) {
  const auto everybody = throttle_key(tx, {"log in"});
  if (const auto wait = take_token(tx, now, everybody, global_bucket)) return wait;
  const auto device = throttle_key(tx, {"device", input.device});
  if (!input.device.empty()) {
    if (const auto wait = take_token(tx, now, device, device_bucket)) return wait;
  }
  return count_attempt(tx, now, key);
}

Attempt begin(db::Tx& tx, const LogInInput& input) {
  Attempt out;
  const auto now = auth_now(tx);
  const auto account = find(tx, input.login);
  out.checked.attempts_key = attempts_key(tx, account, input);
  out.wait_s = count(tx, now, out.checked.attempts_key, input);
  if (!account) return out;
  out.checked.account_id = account->id;
  out.checked.password = account->password;
  out.password_key = account->password_key;
  out.active = account->status == UserStatus::active;
  out.known = !account->password.empty();
  return out;
}

void insert_tokens(db::Tx& tx, LogIn& out, const Moment& now, store::SessionRow row) {
  auto& random = *tx.env().random;
  out.access_token = make_token(TokenKind::access, random);
  out.refresh_token = make_token(TokenKind::refresh, random);
  out.access_expires_at = now.strict + k_access_us;
  out.refresh_expires_at = row.expires_at;
  row.access_expires_at = out.access_expires_at;
  store::add_session(tx, row, *token_hash(tx.env(), TokenKind::access, out.access_token));
  store::add_refresh(tx, *token_hash(tx.env(), TokenKind::refresh, out.refresh_token), row.id);
}

}  // namespace

void throw_bad_credentials() {
  throw Error(Code::bad_credentials, "the name or the password is wrong");
}

Checked check_credentials(db::Database& db, const Session& session, const LogInInput& input) {
  check_input(input);
  auto attempt = db.write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_log_in);
    return begin(tx, input);
  });
  if (attempt.wait_s != 0) throw_rate_limited(attempt.wait_s);
  const auto& env = db.env();
  const PasswordCost cost{env.accounts->password_ops, env.accounts->password_memory};
  auto& checked = attempt.checked;
  if (!attempt.known) {
    verify_nothing(*env.keys, input.password, cost);
    throw_bad_credentials();
  }
  const bool right = verify_password(*env.keys, attempt.password_key, checked.account_id,
                                     checked.password, input.password);
  if (!right || !attempt.active) throw_bad_credentials();
  if (needs_rehash(checked.password, cost) || attempt.password_key != env.keys->newest()) {
    checked.rehashed_key = env.keys->newest();
    checked.rehashed =
        hash_password(*env.keys, checked.account_id, input.password, cost, *env.random);
  }
  return checked;
}

Outcome open_session(db::Tx& tx, const Checked& checked, const LogInInput& input) {
  Outcome out;
  const auto now = auth_now(tx);
  const auto account = store::account_by_id(tx, checked.account_id);
  // Between the two halves somebody may have changed the password or disabled the account.
  if (!account || account->status != UserStatus::active || account->password != checked.password) {
    return out;
  }
  const auto factor = check_second_factor(tx, now, *account, input.code, input.recovery_code);
  if (factor.code != Code::ok) {
    out.refused = factor.code;
    out.retry_after_s = factor.retry_after_s;
    return out;
  }
  if (!checked.rehashed.empty()) {
    store::put_password(tx, account->id, checked.rehashed, checked.rehashed_key, false);
  }
  forget_attempts(tx, checked.attempts_key);
  out.log_in = new_session(tx, now, *account, input, lifetime_of(input));
  return out;
}

LogIn log_in_or_throw(Outcome outcome) {
  if (outcome.log_in) return std::move(*outcome.log_in);
  if (outcome.refused == Code::rate_limited) throw_rate_limited(outcome.retry_after_s);
  if (outcome.refused == Code::second_factor_required) {
    throw Error(Code::second_factor_required, "a code of the authenticator app is needed as well");
  }
  throw_bad_credentials();
}

Lifetime lifetime_of(const LogInInput& input) {
  return {k_refresh_us, input.kiosk ? k_kiosk_idle_us : k_idle_us};
}

LogIn new_session(db::Tx& tx, const Moment& now, const store::Account& account,
                  const LogInInput& input, const Lifetime& lifetime) {
  const bool single = account.single_device || input.single_device;
  if (single) store::end_sessions(tx, account.id, store::EndReason::other_device);
  store::SessionRow row;
  row.id = tx.next_id();
  row.account_id = account.id;
  row.auth_epoch = account.auth_epoch;
  row.expires_at = now.strict + lifetime.total_us;
  row.idle_us = lifetime.idle_us;
  row.last_seen_at = now.strict;
  row.kiosk = input.kiosk;
  row.single_device = single;
  row.device_name = std::string{core::trim(input.device_name)};
  row.created_at = now.wall;
  LogIn out;
  out.session = {account.role, account.id, row.id, 0};
  out.user_id = account.id;
  out.role = account.role;
  insert_tokens(tx, out, now, row);
  if (input.remember_device) {
    out.device_token = make_token(TokenKind::device, *tx.env().random);
    store::add_device(tx, account.id, *token_hash(tx.env(), TokenKind::device, out.device_token));
  }
  store::note_log_in(tx, account.id);
  return out;
}

}  // namespace shop::accounts
