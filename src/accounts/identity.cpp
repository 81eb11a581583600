#include "accounts/identity.hpp"

#include "accounts/auth_clock.hpp"
#include "accounts/log_in.hpp"
#include "accounts/password.hpp"
#include "accounts/second_factor.hpp"
#include "accounts/throttle.hpp"
#include "core/encoding.hpp"
#include "core/json.hpp"
#include "core/keyring.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop::accounts {
namespace {

constexpr std::int64_t k_reset_us = 30 * core::microseconds_per_minute;
constexpr std::int64_t k_email_us = core::microseconds_per_day;
constexpr std::int64_t k_code_attempts = 5;
constexpr int k_code_groups = 2;  // 50 bits, five attempts

core::Hash code_hash(const db::Tx& tx, Id account_id, CodePurpose purpose, std::string_view typed) {
  return core::keyed_hash(
      tx.env().keys->key(core::Purpose::token),
      {"code", core::number_part(account_id), core::number_part(static_cast<std::int64_t>(purpose)),
       normal_code(typed)});
}

std::string detail_context(Id account_id) {
  return fmt::format("one_time_code.detail:{}", account_id);
}

std::string_view name_of(CodePurpose purpose) {
  switch (purpose) {
    case CodePurpose::email:
      return "verify_email";
    case CodePurpose::reset:
      return "reset_password";
    case CodePurpose::change_email:
      return "change_email";
    case CodePurpose::welcome:
      return "welcome";
  }
  return "unknown";
}

}  // namespace

void require_step_up(db::Tx& tx, const Session& session, StepUp action) {
  if (session.role() == Role::host) return;
  const auto proof = store::step_up(tx, session.session_id());
  const auto now = tx.env().accounts->strict(tx.now());
  if (proof.action == static_cast<std::int64_t>(action) && now < proof.until) return;
  throw Error(Code::step_up_required, "prove who you are first: step_up for this action");
}

store::Account confirm_password(db::Database& db, const Session& session, Operation operation,
                                std::string_view password) {
  if (password.size() > max_password_bytes) throw_bad_credentials();
  std::int64_t wait_s = 0;
  core::Hash key{};
  auto account = db.write([&](db::Tx& tx) {
    auto row = acting(tx, authorize(tx, session, operation));
    key = throttle_key(tx, {"account", core::number_part(row.id)});
    wait_s = count_attempt(tx, auth_now(tx), key);
    return row;
  });
  if (wait_s != 0) throw_rate_limited(wait_s);
  const auto& keys = *db.env().keys;
  if (account.password.empty() ||
      !verify_password(keys, account.password_key, account.id, account.password, password)) {
    throw_bad_credentials();
  }
  db.write([&](db::Tx& tx) { forget_attempts(tx, key); });
  return account;
}

void end_other_sessions(db::Tx& tx, Id account_id, Id keep_session_id) {
  store::raise_epoch(tx, account_id);
  if (keep_session_id != 0) store::keep_session(tx, keep_session_id, account_id);
  store::end_sessions(tx, account_id, store::EndReason::security_change, keep_session_id);
}

store::Account acting(db::Tx& tx, const Actor& actor) {
  auto account = actor.user_id == 0 ? std::nullopt : store::account_by_id(tx, actor.user_id);
  if (!account) throw Error(Code::unauthenticated, "this is for somebody with an account");
  return std::move(*account);
}

void send(db::Tx& tx, std::string_view type, Id user_id, std::string_view kind,
          std::string_view message) {
  const auto sealed = tx.env().keys->seal(message, "message", *tx.env().random);
  const auto payload = core::Json{}
                           .begin_object()
                           .field("user", user_id)
                           .field("kind", kind)
                           .field("sealed", std::string_view{core::to_base64url(sealed)})
                           .end()
                           .take();
  events::append(tx, {type, "user", user_id, payload});
}

void send_notice(db::Tx& tx, const store::Account& account, std::string_view kind) {
  if (account.email.empty()) return;
  const auto message = core::Json{}
                           .begin_object()
                           .field("email", std::string_view{account.email})
                           .field("name", std::string_view{account.name})
                           .end()
                           .take();
  send(tx, "user.notice", account.id, kind, message);
}

void send_code(db::Tx& tx, const store::Account& account, CodePurpose purpose,
               std::string_view address, std::string_view detail) {
  const auto code = make_code(*tx.env().random, k_code_groups);
  const auto lasts = purpose == CodePurpose::reset ? k_reset_us : k_email_us;
  const auto expires_at = auth_now(tx).strict + lasts;
  std::vector<std::byte> sealed;
  if (!detail.empty()) {
    sealed = tx.env().keys->seal(detail, detail_context(account.id), *tx.env().random);
  }
  store::put_code(
      tx, {account.id, static_cast<std::int64_t>(purpose), code_hash(tx, account.id, purpose, code),
           expires_at, k_code_attempts, std::move(sealed)});
  auto message = core::Json{}
                     .begin_object()
                     .field("email", address)
                     .field("name", std::string_view{account.name})
                     .field("code", std::string_view{code})
                     .field("expires_at", expires_at)
                     .end()
                     .take();
  send(tx, "user.code", account.id, name_of(purpose), message);
  core::wipe(message);
}

bool is_code(db::Tx& tx, Id account_id, CodePurpose purpose, std::string_view typed) {
  const auto row = store::code(tx, account_id, static_cast<std::int64_t>(purpose));
  if (!row || row->attempts_left <= 0 || auth_now(tx).strict >= row->expires_at) return false;
  if (core::same_bytes(row->hash, code_hash(tx, account_id, purpose, typed))) return true;
  store::spend_code_attempt(tx, account_id, static_cast<std::int64_t>(purpose));
  return false;
}

bool take_code(db::Tx& tx, Id account_id, CodePurpose purpose, std::string_view typed,
               std::string* detail) {
  if (!is_code(tx, account_id, purpose, typed)) return false;
  const auto row = store::code(tx, account_id, static_cast<std::int64_t>(purpose));
  if (detail != nullptr && !row->detail.empty()) {
    *detail = tx.env().keys->open(row->detail, detail_context(account_id));
  }
  store::forget_code(tx, account_id, static_cast<std::int64_t>(purpose));
  return true;
}

}  // namespace shop::accounts
