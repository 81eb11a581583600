#include "cart/cart.hpp"
#include "events/events.hpp"
#include "orders/orders.hpp"
#include "orders/orders_sql.hpp"

#include <utility>
#include <vector>

// Where orders went, and what was said of them: who may read it, and until when.
namespace shop::orders {

void erase_customer(db::Tx& tx, Id customer_id) {
  tx.exec(sql::k_erase_customer, customer_id, std::span<const std::byte>{});
  std::vector<Id> ids;
  {
    auto query = tx.query(sql::k_ids_of_customer, customer_id);
    while (query.next()) ids.push_back(query.integer(0));
  }
  for (const auto id : ids) {
    for (const auto* forget : {&sql::k_history_forget, &sql::k_lines_forget, &sql::k_edits_forget,
                               &sql::k_return_lines_forget, &sql::k_returns_forget}) {
      tx.exec(*forget, id);
    }
    events::redact(tx, "order", id);
  }
  tx.exec(sql::k_loose_lines_forget, customer_id);
  tx.exec(sql::k_loose_forget, customer_id);
}

void reseal(db::Tx& tx) {
  for (Id after = 0;;) {
    std::vector<std::pair<Id, std::string>> some;
    {
      auto query = tx.query(sql::k_addresses_after, after);
      while (query.next()) {
        const auto id = query.integer(0);
        some.emplace_back(id, cart::open_address(tx, query.blob(1), "orders", id));
      }
    }
    if (some.empty()) return;
    for (const auto& [id, packed] : some) {
      tx.exec(sql::k_address_set, id, cart::seal_address(tx, packed, "orders", id));
    }
    after = some.back().first;
  }
}

}  // namespace shop::orders
