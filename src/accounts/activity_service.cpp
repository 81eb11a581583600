#include "accounts/auth_clock.hpp"
#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/store.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/keyring.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <utility>

namespace shop {

using accounts::authorize;
using accounts::Operation;
namespace store = accounts::store;

namespace {

/// Where a page of active users goes on: after this activity of this session.
store::ActivityMark check_page(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
  if (page.cursor.empty()) return {max_magnitude * 512, 0};
  core::CursorReader reader{page.cursor, "active"};
  const auto seen_at = reader.integer();
  return {seen_at, reader.integer()};
}

/// What was seen since the file was last written to.
void write_touches(db::Tx& tx) {
  for (const auto& [session_id, at] : tx.env().accounts->touches()) {
    store::touch_session(tx, session_id, at);
  }
}

}  // namespace

std::vector<LiveSession> Accounts::sessions(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_sessions);
    write_touches(tx);
    const auto now = tx.env().accounts->strict(tx.now());
    std::vector<LiveSession> out;
    for (const auto& row : store::live_sessions(tx, actor.user_id)) {
      if (now >= row.expires_at || now - row.last_seen_at >= row.idle_us) continue;
      out.push_back({row.id, row.device_name, row.kiosk, row.id == session.session_id(),
                     row.created_at, row.last_seen_at});
    }
    return out;
  });
}

void Accounts::end_session(const Session& session, Id session_id) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_end_session);
    const auto row = store::session_by_id(tx, session_id);
    if (!row || row->account_id != actor.user_id ||
        !store::end_session(tx, session_id, store::EndReason::ended_by_owner)) {
      throw Error(Code::not_found, "there is no such session");
    }
  });
}

Page<ActiveUser> Accounts::active_users(const Session& session, const UserFilter& filter,
                                        const PageQuery& page) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_active_users);
    auto after = check_page(page);
    write_touches(tx);
    const auto now = tx.env().accounts->strict(tx.now());
    Page<ActiveUser> out;
    for (auto& row : store::active(tx, filter.role, after, now, page.limit + 1)) {
      if (static_cast<std::int64_t>(out.items.size()) == page.limit) {
        out.next_cursor =
            core::CursorWriter{"active"}.add(after.seen_at).add(after.session_id).take();
        break;
      }
      after = {row.user.last_seen_at, row.session_id};
      out.items.push_back(std::move(row.user));
    }
    if (page.with_total) out.total = store::count_active(tx, filter.role, now);
    return out;
  });
}

std::string Accounts::open_message(const Session& session, const std::string& sealed) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_open_message);
    accounts::require_host(session);
    const auto box = core::from_base64url(sealed);
    if (!box) throw Error(Code::tampered, "this is not a sealed message");
    return tx.env().keys->open(*box, "message");
  });
}

SecurityStatus Accounts::security_status(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_security_status);
    const auto mark = store::clock_mark(tx);
    return SecurityStatus{tx.env().accounts->host_keyed.load(), tx.env().keys->newest(),
                          mark && mark->suspect};
  });
}

void Accounts::reset_clock(const Session& session) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_reset_clock);
    accounts::require_step_up(tx, session, StepUp::clock);
    auto& clock = *tx.env().clock;
    const auto before = store::clock_mark(tx).value_or(store::ClockMark{});
    store::put_clock_mark(tx, {tx.now(), before.patient, clock.steady(), clock.boot(), false});
    store::end_everybodys_sessions(tx);
    audit::record(tx, session, {"clock.reset", "clock", 0, {}, {}});
    tx.after_commit([runtime = tx.env().accounts, now = tx.now()] { runtime->reset(now); });
  });
}

}  // namespace shop
