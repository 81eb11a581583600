#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "notify/notify.hpp"
#include "notify/store.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::authorize;
using accounts::Operation;
namespace store = notify::store;

namespace {

constexpr std::string_view k_tag = "notifications";

Id user(db::Tx& tx, const Session& session, Operation operation) {
  const auto actor = authorize(tx, session, operation);
  if (actor.user_id == 0) throw Error(Code::unauthenticated, "only an account has notifications");
  return actor.user_id;
}

[[noreturn]] void no_notification() {
  throw Error(Code::not_found, "there is no such notification");
}

bool known(NotificationKind kind) {
  return kind >= NotificationKind::order_status && kind <= NotificationKind::message;
}

std::string as_json(const NotificationRetention& retention) {
  return core::Json{}
      .begin_object()
      .field("days", retention.days)
      .field("per_user", retention.per_user)
      .end()
      .take();
}

}  // namespace

Page<Notification> Notifications::list(const Session& session, const NotificationFilter& filter,
                                       const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.check(!filter.kind || known(*filter.kind), "kind", "unknown",
               "is no kind of notification");
  fields.throw_if_any();
  Id before = max_magnitude;
  if (!page.cursor.empty()) before = core::CursorReader{page.cursor, k_tag}.integer();
  return db_->read([&](db::Tx& tx) {
    const Id owner = user(tx, session, Operation::notify_list);
    Page<Notification> out;
    const auto rows = store::list(tx, owner, filter, before, page.limit + 1);
    for (const auto& row : rows) {
      if (std::ssize(out.items) == page.limit) {
        out.next_cursor = core::CursorWriter{k_tag}.add(rows[out.items.size() - 1].id).take();
        break;
      }
      out.items.push_back(row.notification);
    }
    if (page.with_total) out.total = store::count(tx, owner, filter);
    return out;
  });
}

std::int64_t Notifications::unread(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    return store::count(tx, user(tx, session, Operation::notify_unread), {true, {}});
  });
}

void Notifications::mark_read(const Session& session, const std::string& uuid) {
  db_->write([&](db::Tx& tx) {
    const Id owner = user(tx, session, Operation::notify_mark_read);
    if (!store::mark(tx, owner, uuid, true)) no_notification();
  });
}

void Notifications::mark_unread(const Session& session, const std::string& uuid) {
  db_->write([&](db::Tx& tx) {
    const Id owner = user(tx, session, Operation::notify_mark_unread);
    if (!store::mark(tx, owner, uuid, false)) no_notification();
  });
}

std::int64_t Notifications::mark_all_read(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    return store::mark_all(tx, user(tx, session, Operation::notify_mark_all_read));
  });
}

void Notifications::remove(const Session& session, const std::string& uuid) {
  db_->write([&](db::Tx& tx) {
    const Id owner = user(tx, session, Operation::notify_remove);
    if (!store::remove(tx, owner, uuid)) no_notification();
  });
}

std::vector<NotificationPreference> Notifications::preferences(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    const Id owner = user(tx, session, Operation::notify_preferences);
    std::vector<NotificationPreference> out;
    for (int kind = 1; known(static_cast<NotificationKind>(kind)); ++kind) {
      out.push_back(store::preference(tx, owner, static_cast<NotificationKind>(kind)));
    }
    return out;
  });
}

NotificationPreference Notifications::set_preference(const Session& session,
                                                     const NotificationPreference& preference) {
  core::Fields fields;
  fields.check(known(preference.kind), "kind", "unknown", "is no kind of notification");
  return db_->write([&](db::Tx& tx) {
    const Id owner = user(tx, session, Operation::notify_set_preference);
    auto problems = fields;
    problems.throw_if_any();
    store::put_preference(tx, owner, preference);
    return preference;
  });
}

bool Notifications::send(const Session& session, const NotificationInput& input) {
  core::Fields fields;
  const auto title = fields.text("title", input.title, {.min = 1, .max = 200});
  const auto body = fields.text("body", input.body, {.max = 4'000, .multiline = true});
  fields.check(input.user_id > 0, "user_id", "required", "is required");
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::notify_send);
    auto problems = fields;
    problems.throw_if_any();
    const auto user = accounts::user_summary(tx, input.user_id);
    if (!user || user->status == UserStatus::erased) {
      throw Error(Code::not_found, "user_id: there is no such account",
                  {{"user_id", "unknown", "there is no such account", {}}});
    }
    return notify::send(tx, {input.user_id, NotificationKind::message, title, body, {}, 0, "{}"});
  });
}

NotificationRetention Notifications::retention(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::notify_retention);
    return store::retention(tx);
  });
}

NotificationRetention Notifications::set_retention(const Session& session,
                                                   const NotificationRetention& input) {
  core::Fields fields;
  fields.range("days", input.days, 1, 3650);
  fields.range("per_user", input.per_user, 10, 500);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::notify_set_retention);
    auto problems = fields;
    problems.throw_if_any();
    const auto before = as_json(store::retention(tx));
    store::put_retention(tx, input);
    audit::record(tx, session, {"notify.retention", "setting", 0, before, as_json(input)});
    return input;
  });
}

std::int64_t Notifications::prune(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::notify_prune);
    return store::prune(tx);
  });
}

}  // namespace shop
