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

/// What a notification is about. @since 1.0
enum class NotificationKind : std::int32_t {
  order_status = 1,   ///< an order was placed, moved on, canceled, returned
  back_in_stock = 2,  ///< what the customer waits or wishes for is there again
  price_drop = 3,     ///< what the customer wishes for costs less
  low_stock = 4,      ///< a seller's stock fell to its threshold
  review = 5,         ///< an answer to a review, or what the moderation decided
  loyalty = 6,        ///< points earned or about to expire, another tier, a referral
  message = 7,        ///< from the people of the shop
};

/// Something a user is told. @since 1.0
struct Notification {
  std::string uuid;
  NotificationKind kind = NotificationKind::message;
  std::string title;  ///< English; `kind` and `data` allow another wording
  std::string body;
  std::string object;  ///< what it is about, e.g. `order`; empty: nothing in particular
  std::optional<Id> object_id;
  std::string data;  ///< a JSON object with the numbers of it
  Timestamp created_at = 0;
  std::optional<Timestamp> read_at;  ///< absent while unread
};

/// Which notifications a list shows. @since 1.0
struct NotificationFilter {
  bool unread_only = false;
  std::optional<NotificationKind> kind;
};

/// How a user wants to be told of one kind of thing. @since 1.0
struct NotificationPreference {
  NotificationKind kind = NotificationKind::message;
  bool in_app = true;  ///< keep it in the user's list
  bool outbox = true;  ///< also write the event `notification.created`, for mail and push
};

/// How long notifications are kept. @since 1.0
struct NotificationRetention {
  std::int64_t days = 180;      ///< 1–3650
  std::int64_t per_user = 500;  ///< the newest of each user, 10–500
};

/// A message to a user from the people of the shop. @since 1.0
struct NotificationInput {
  Id user_id = 0;
  std::string title;  ///< 1–200 bytes
  std::string body;   ///< 0–4,000 bytes
};

/// Notifications: each user sees their own alone. Reached by Engine::notify(); any thread.
/// @since 1.0
class Notifications {
 public:
  explicit Notifications(db::Database& db) : db_(&db) {}

  /// The user's notifications, newest first. Throws Error{validation} (page).
  Page<Notification> list(const Session& session, const NotificationFilter& filter,
                          const PageQuery& page);
  /// How many are unread.
  std::int64_t unread(const Session& session);
  /// Throws Error{not_found}; marking twice is fine.
  void mark_read(const Session& session, const std::string& uuid);
  /// Throws Error{not_found}.
  void mark_unread(const Session& session, const std::string& uuid);
  /// Result: how many were unread.
  std::int64_t mark_all_read(const Session& session);
  /// Throws Error{not_found}.
  void remove(const Session& session, const std::string& uuid);

  /// What the user wants of each kind.
  std::vector<NotificationPreference> preferences(const Session& session);
  /// Throws Error{validation} (kind).
  NotificationPreference set_preference(const Session& session,
                                        const NotificationPreference& preference);

  /// Sends a message; a user who wants no messages gets none. Result: false then. Throws Error:
  /// `validation`, `forbidden`, `not_found` (user_id).
  bool send(const Session& session, const NotificationInput& input);

  NotificationRetention retention(const Session& session);
  /// Throws Error: `validation`, `forbidden`.
  NotificationRetention set_retention(const Session& session, const NotificationRetention& input);
  /// Removes what is older than the retention; each new notification does so for its user. Result:
  /// how many. Cost: all notifications.
  std::int64_t prune(const Session& session);

 private:
  db::Database* db_;
};

}  // namespace shop
