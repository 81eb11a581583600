#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/notify.hpp"

#include <string_view>

/// What flows may ask of the notifications inside their own transaction.
namespace shop::notify {

struct NewNotification {
  Id user_id = 0;  ///< 0: nobody, and nothing happens
  NotificationKind kind = NotificationKind::message;
  std::string_view title;
  std::string_view body;
  std::string_view object;  ///< e.g. `order`; empty: nothing in particular
  Id object_id = 0;
  std::string_view data = "{}";  ///< a JSON object
};

/// Notifies a user as their preferences say. Result: whether they wanted to know at all.
bool send(db::Tx& tx, const NewNotification& notification);

/// Forgets everything about a person who is being erased.
void erase_user(db::Tx& tx, Id user_id);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::notify
