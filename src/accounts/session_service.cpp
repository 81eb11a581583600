#include "accounts/auth_clock.hpp"
#include "accounts/guard.hpp"
#include "accounts/log_in.hpp"
#include "accounts/store.hpp"
#include "accounts/tokens.hpp"
#include "audit/audit.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/keyring.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop {

using accounts::authorize;
using accounts::Operation;
using accounts::TokenKind;
namespace store = accounts::store;

namespace {

constexpr std::int64_t k_access_us = 15 * core::microseconds_per_minute;
constexpr std::int64_t k_lost_reply_us = core::microseconds_per_minute;
constexpr std::size_t k_request_id_min = 16;

[[noreturn]] void invalid_token() {
  throw Error(Code::token_invalid, "this is not a valid token");
}

/// Throws unless the session could still be used at this moment.
store::Account check_live(db::Tx& tx, const store::SessionRow& row, Timestamp strict) {
  const auto account = store::account_by_id(tx, row.account_id);
  if (row.ended_at || !account || account->status != UserStatus::active ||
      account->auth_epoch != row.auth_epoch) {
    throw Error(Code::session_revoked, "this session was ended");
  }
  const auto seen = std::max(row.last_seen_at, tx.env().accounts->touched(row.id));
  if (strict >= row.expires_at || strict - seen >= row.idle_us) {
    throw Error(Code::session_expired, "this session has run out");
  }
  return *account;
}

LogIn resumed(const store::SessionRow& row, const store::Account& account) {
  LogIn out;
  out.session = {account.role, account.id, row.id, 0};
  out.user_id = account.id;
  out.role = account.role;
  out.access_expires_at = row.access_expires_at;
  out.refresh_expires_at = row.expires_at;
  return out;
}

/// One of two who hold the same token is a thief, and nobody knows which.
void end_family(db::Tx& tx, const store::SessionRow& row) {
  if (!store::end_session(tx, row.id, store::EndReason::token_reused)) return;
  const auto json = core::Json{}.begin_object().field("session", row.id).end().take();
  audit::record(tx, Session::host(), {"session.token_reused", "user", row.account_id, {}, json});
  events::append(tx, {"user.token_reused", "user", row.account_id, json});
}

/// The tokens that follow `token` for this request.
struct Successors {
  Successors(const db::Env& env, std::string_view token, std::string_view request_id)
      : access(accounts::token_of(TokenKind::access,
                                  accounts::successor(env, TokenKind::access, token, request_id))),
        refresh(accounts::token_of(
            TokenKind::refresh, accounts::successor(env, TokenKind::refresh, token, request_id))),
        access_hash(*accounts::token_hash(env, TokenKind::access, access)),
        refresh_hash(*accounts::token_hash(env, TokenKind::refresh, refresh)),
        request_hash(core::keyed_hash(env.keys->key(core::Purpose::token), {request_id})) {}

  void give(LogIn& out) const {
    out.access_token = access;
    out.refresh_token = refresh;
  }

  std::string access;
  std::string refresh;
  core::Hash access_hash;
  core::Hash refresh_hash;
  core::Hash request_hash;
};

/// The answer to a refresh; nothing when the family had to be ended.
std::optional<LogIn> refreshed(db::Tx& tx, const core::Hash& hash, std::string_view token,
                               std::string_view request_id) {
  const auto now = accounts::auth_now(tx);
  const auto spent = store::refresh(tx, hash);
  if (!spent) invalid_token();
  auto row = store::session_by_id(tx, spent->session_id).value();
  const auto account = check_live(tx, row, now.strict);
  const Successors next{tx.env(), token, request_id};
  if (spent->spent_at) {
    const auto follower = store::refresh(tx, next.refresh_hash);
    const bool same_request = core::same_bytes(spent->request_hash, next.request_hash) &&
                              now.strict - *spent->spent_at <= k_lost_reply_us && follower &&
                              !follower->spent_at;
    if (!same_request) {
      end_family(tx, row);
      return std::nullopt;
    }
  } else {
    store::spend_refresh(tx, hash, now.strict, next.request_hash);
    store::add_refresh(tx, next.refresh_hash, row.id);
    row.access_expires_at = now.strict + k_access_us;
    store::rotate_session(tx, row.id, next.access_hash, row.access_expires_at, now.strict);
  }
  auto out = resumed(row, account);
  next.give(out);
  return out;
}

}  // namespace

LogIn Accounts::log_in_as(const Session& session, Id user_id) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_log_in_as);
    accounts::require_host(session);
    const auto account = store::account_by_id(tx, user_id);
    if (!account || account->status != UserStatus::active) {
      throw Error(Code::not_found, "there is no such account");
    }
    audit::record(tx, session, {"session.log_in_as", "user", user_id, {}, {}});
    LogInInput input;
    input.device_name = "host";
    return accounts::new_session(tx, accounts::auth_now(tx), *account, input, accounts::endless);
  });
}

LogIn Accounts::resume(const std::string& access_token) {
  return db_->read([&](db::Tx& tx) {
    const auto hash = accounts::token_hash(tx.env(), TokenKind::access, access_token);
    if (!hash) invalid_token();
    const auto row = store::session_by_access(tx, *hash);
    if (!row) invalid_token();
    const auto strict = tx.env().accounts->strict(tx.now());
    const auto account = check_live(tx, *row, strict);
    if (strict >= row->access_expires_at) {
      throw Error(Code::session_expired, "this access token has run out: refresh it");
    }
    return resumed(*row, account);
  });
}

LogIn Accounts::refresh(const std::string& refresh_token, const std::string& request_id) {
  core::Fields fields;
  fields.text("request_id", request_id, {.min = k_request_id_min, .max = 200});
  fields.throw_if_any();
  const auto hash = accounts::token_hash(db_->env(), TokenKind::refresh, refresh_token);
  if (!hash) invalid_token();
  auto answer =
      db_->write([&](db::Tx& tx) { return refreshed(tx, *hash, refresh_token, request_id); });
  if (!answer) {
    throw Error(Code::session_revoked, "this token was used before: its session was ended");
  }
  return *answer;
}

void Accounts::log_out(const Session& session) {
  db_->write([&](db::Tx& tx) {
    if (session.session_id() == 0) return;
    const auto row = store::session_by_id(tx, session.session_id());
    if (!row || row->account_id != session.user_id() ||
        !store::end_session(tx, row->id, store::EndReason::logged_out)) {
      return;
    }
    store::note_log_out(tx, row->account_id);
  });
}

std::int64_t Accounts::log_out_everywhere(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_log_out_everywhere);
    const auto ended =
        store::end_sessions(tx, actor.user_id, store::EndReason::logged_out_everywhere);
    store::note_log_out(tx, actor.user_id);
    return ended;
  });
}

std::string Accounts::guest_token(const Session& session) {
  db_->peek([&](db::Tx& tx) { authorize(tx, session, Operation::accounts_guest_token); });
  if (session.role() != Role::guest || session.guest_id() == 0) {
    throw Error(Code::forbidden, "only a guest has a guest's token");
  }
  return accounts::guest_token(db_->env(), session.guest_id());
}

Session Accounts::resume_guest(const std::string& token) {
  const auto guest_id = accounts::guest_of_token(db_->env(), token);
  if (!guest_id) invalid_token();
  return {Role::guest, 0, 0, *guest_id};
}

}  // namespace shop
