#include "events/events.hpp"
#include "events/events_sql.hpp"

namespace shop::events {

void append(db::Tx& tx, const Event& event) {
  tx.exec(sql::k_append, tx.next_id(), tx.now(), event.type, event.aggregate, event.aggregate_id,
          event.payload);
}

}  // namespace shop::events
