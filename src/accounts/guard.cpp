#include "accounts/guard.hpp"

#include "accounts/accounts_sql.hpp"
#include "accounts/auth_clock.hpp"
#include "accounts/store.hpp"
#include "core/time.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shop::accounts {
namespace {

constexpr std::int64_t k_touch_every = core::microseconds_per_minute;

[[noreturn]] void revoked() {
  throw Error(Code::session_revoked, "this session was ended");
}

[[noreturn]] void expired() {
  throw Error(Code::session_expired, "this session has run out");
}

/// Writes down who was active, as this transaction writes anyway.
void write_touches(db::Tx& tx) {
  auto touches = tx.env().accounts->touches();
  for (const auto& [session_id, at] : touches) store::touch_session(tx, session_id, at);
  (void)auth_now(tx);  // a restart of the machine forgets no more than a minute of use
  tx.after_commit(
      [runtime = tx.env().accounts, touches = std::move(touches)] { runtime->forget(touches); });
}

Actor logged_in(db::Tx& tx, const Session& session) {
  auto& runtime = *tx.env().accounts;
  const auto now = runtime.strict(tx.now());
  bool stale = false;
  Actor actor;
  {
    auto row = tx.query(sql::k_guard, session.session_id());
    if (!row.next() || row.integer(0) != session.user_id() || !row.is_null(5) ||
        row.as<UserStatus>(7) != UserStatus::active || row.integer(1) != row.integer(9)) {
      revoked();
    }
    if (now >= row.integer(2)) expired();
    auto seen = row.integer(4);
    stale = now - seen >= k_touch_every;
    if (stale) {
      seen = std::max(seen, runtime.touched(session.session_id()));
      if (now - seen >= row.integer(3)) expired();
    }
    actor.role = row.as<Role>(6);
    actor.user_id = session.user_id();
    actor.seller_id = row.integer(10);
    const auto granted = static_cast<std::uint64_t>(row.integer(8));
    if (actor.role != Role::customer || actor.seller_id != 0) {
      store::check_authority(tx, row.blob(11), actor.user_id, actor.role, UserStatus::active,
                             granted, actor.seller_id);
    }
    actor.permissions = default_permissions(actor.role);
    if (actor.role == Role::staff) actor.permissions |= granted;
  }
  if (stale) {
    runtime.touch(session.session_id(), now);
    if (tx.writable()) write_touches(tx);
  }
  return actor;
}

Actor identify(db::Tx& tx, const Session& session) {
  if (session.session_id() != 0) return logged_in(tx, session);
  if (session.role() != Role::guest && session.role() != Role::host) revoked();
  return {session.role(), 0, session.guest_id(), 0, default_permissions(session.role())};
}

}  // namespace

Actor authorize(db::Tx& tx, const Session& session, Operation operation) {
  const auto actor = identify(tx, session);
  if (actor.can(operation_permission(operation))) return actor;
  if (actor.role == Role::guest) {
    throw Error(Code::unauthenticated, fmt::format("{}: log in first", operation_name(operation)));
  }
  throw Error(Code::forbidden,
              fmt::format("{}: this account may not do that", operation_name(operation)));
}

void require_host(const Session& session) {
  if (session.role() == Role::host && session.session_id() == 0) return;
  throw Error(Code::forbidden, "this is for the host program alone");
}

}  // namespace shop::accounts
