#pragma once

#include "db/tx.hpp"
#include "shop/notify.hpp"

#include <string_view>
#include <vector>

namespace shop::notify::store {

struct Row {
  Id id = 0;
  Notification notification;
};

/// Newest first, those with an id below `before`.
std::vector<Row> list(db::Tx& tx, Id user_id, const NotificationFilter& filter, Id before,
                      std::int64_t limit);
std::int64_t count(db::Tx& tx, Id user_id, const NotificationFilter& filter);
bool mark(db::Tx& tx, Id user_id, std::string_view uuid, bool read);
std::int64_t mark_all(db::Tx& tx, Id user_id);
bool remove(db::Tx& tx, Id user_id, std::string_view uuid);

NotificationPreference preference(db::Tx& tx, Id user_id, NotificationKind kind);
void put_preference(db::Tx& tx, Id user_id, const NotificationPreference& preference);

NotificationRetention retention(db::Tx& tx);
void put_retention(db::Tx& tx, const NotificationRetention& retention);
std::int64_t prune(db::Tx& tx);

}  // namespace shop::notify::store
