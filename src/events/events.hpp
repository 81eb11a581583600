#pragma once

#include "db/tx.hpp"

#include <string_view>

/// The transactional outbox: an event exists if and only if the change that it tells of does.
namespace shop::events {

struct Event {
  std::string_view type;       ///< e.g. `order.placed`
  std::string_view aggregate;  ///< what it is about, e.g. `order`; events are ordered per object
  Id aggregate_id = 0;
  std::string_view payload;  ///< a JSON object
};

/// Appends an event in the transaction of its change.
void append(db::Tx& tx, const Event& event);

}  // namespace shop::events
