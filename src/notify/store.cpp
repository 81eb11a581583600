#include "notify/store.hpp"

#include "core/json.hpp"
#include "core/time.hpp"
#include "db/settings.hpp"
#include "events/events.hpp"
#include "notify/notify.hpp"
#include "notify/notify_sql.hpp"

#include <array>

#include <fmt/format.h>

namespace shop::notify {
namespace {

constexpr std::string_view k_days = "notification_days";
constexpr std::string_view k_per_user = "notification_per_user";

constexpr std::array<std::string_view, 8> k_kind_names = {
    "", "order_status", "back_in_stock", "price_drop", "low_stock", "review", "loyalty", "message"};

// Room for a new one: what has outlived the retention goes, and the oldest when there are too many.
void make_room(db::Tx& tx, Id user_id) {
  const auto kept = store::retention(tx);
  const auto surplus = tx.integer(sql::k_surplus, user_id, kept.per_user - 1);
  if (surplus) tx.exec(sql::k_remove_to, user_id, *surplus);
  const auto expired = tx.now() - kept.days * core::microseconds_per_day;
  for (int most = 3; most > 0; --most) {  // the next one goes on, so that this one stays cheap
    Id oldest = 0;
    {
      auto query = tx.query(sql::k_oldest, user_id);
      if (!query.next() || query.integer(1) >= expired) return;
      oldest = query.integer(0);
    }
    tx.exec(sql::k_remove_to, user_id, oldest);
  }
}

void append_event(db::Tx& tx, const NewNotification& notification, std::string_view uuid) {
  core::Json json;
  json.begin_object()
      .field("uuid", uuid)
      .field("kind", k_kind_names[static_cast<std::size_t>(notification.kind)])
      .field("title", notification.title)
      .field("body", notification.body);
  if (!notification.object.empty()) {
    json.field("object", notification.object).field("object_id", notification.object_id);
  }
  events::append(tx, {"notification.created", "user", notification.user_id, json.end().text()});
}

}  // namespace

bool send(db::Tx& tx, const NewNotification& notification) {
  if (notification.user_id == 0) return false;
  const auto wanted = store::preference(tx, notification.user_id, notification.kind);
  if (!wanted.in_app && !wanted.outbox) return false;
  const auto uuid = tx.next_uuid();
  if (wanted.in_app) {
    make_room(tx, notification.user_id);
    tx.exec(sql::k_add, notification.user_id, tx.next_id(), uuid, notification.kind,
            notification.title, notification.body, notification.object, notification.object_id,
            notification.data, tx.now());
  }
  if (wanted.outbox) append_event(tx, notification, uuid);
  return true;
}

void erase_user(db::Tx& tx, Id user_id) {
  tx.exec(sql::k_erase, user_id);
  tx.exec(sql::k_preference_erase, user_id);
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto query = tx.query(sql::k_verify);
  while (query.next()) {
    findings.add(
        "notify.kept", fmt::format("user {}", query.integer(0)),
        fmt::format("{} notifications, {} of them different", query.integer(1), query.integer(2)));
  }
}

namespace store {

std::vector<Row> list(db::Tx& tx, Id user_id, const NotificationFilter& filter, Id before,
                      std::int64_t limit) {
  std::vector<Row> out;
  auto query = tx.query(sql::k_list, user_id, before, filter.unread_only,
                        filter.kind ? static_cast<int>(*filter.kind) : 0, limit);
  while (query.next()) {
    Row row{query.integer(0), {}};
    auto& to = row.notification;
    to.uuid = query.text(1);
    to.kind = query.as<NotificationKind>(2);
    to.title = query.text(3);
    to.body = query.text(4);
    to.object = query.text(5);
    if (query.integer(6) != 0) to.object_id = query.integer(6);
    to.data = query.text(7);
    to.created_at = query.integer(8);
    to.read_at = query.maybe_integer(9);
    out.push_back(std::move(row));
  }
  return out;
}

std::int64_t count(db::Tx& tx, Id user_id, const NotificationFilter& filter) {
  return tx
      .integer(sql::k_count, user_id, filter.unread_only,
               filter.kind ? static_cast<int>(*filter.kind) : 0)
      .value_or(0);
}

bool mark(db::Tx& tx, Id user_id, std::string_view uuid, bool read) {
  return (read ? tx.exec(sql::k_mark, user_id, uuid, tx.now())
               : tx.exec(sql::k_unmark, user_id, uuid)) > 0;
}

std::int64_t mark_all(db::Tx& tx, Id user_id) {
  return tx.exec(sql::k_mark_all, user_id, tx.now());
}

bool remove(db::Tx& tx, Id user_id, std::string_view uuid) {
  return tx.exec(sql::k_remove, user_id, uuid) > 0;
}

NotificationPreference preference(db::Tx& tx, Id user_id, NotificationKind kind) {
  auto query = tx.query(sql::k_preference, user_id, kind);
  if (!query.next()) return {kind, true, true};
  return {kind, query.boolean(0), query.boolean(1)};
}

void put_preference(db::Tx& tx, Id user_id, const NotificationPreference& preference) {
  tx.exec(sql::k_preference_put, user_id, preference.kind, preference.in_app, preference.outbox);
}

NotificationRetention retention(db::Tx& tx) {
  NotificationRetention out;
  out.days = db::number_setting(tx, k_days, out.days);
  out.per_user = db::number_setting(tx, k_per_user, out.per_user);
  return out;
}

void put_retention(db::Tx& tx, const NotificationRetention& retention) {
  db::put_number_setting(tx, k_days, retention.days);
  db::put_number_setting(tx, k_per_user, retention.per_user);
}

std::int64_t prune(db::Tx& tx) {
  return tx.exec(sql::k_prune, tx.now() - retention(tx).days * core::microseconds_per_day);
}

}  // namespace store
}  // namespace shop::notify
