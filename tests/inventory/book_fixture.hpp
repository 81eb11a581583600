#pragma once

#include "events/events.hpp"
#include "shop/events.hpp"
#include "stock_fixture.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shop::test {

/// The most that one booking moves.
inline constexpr std::int64_t k_most = 1'000'000'000;

/// What is booked, and who hears of it.
struct BookFixture : StockFixture {
  StockMovement newest(Id variant) { return inventory.movements(host, variant, {}).items.at(0); }
  std::int64_t at(Id variant, Id location) {
    for (const auto& row : inventory.locations_of(host, variant)) {
      if (row.location_id == location) return row.on_hand;
    }
    return 0;
  }
  void reserve(Id cart, Id variant, std::int64_t quantity, Timestamp microseconds = 1000) {
    database.write([&](db::Tx& tx) {
      inventory::reserve(tx, cart, variant, quantity, tx.now() + microseconds, host);
    });
  }
  std::vector<inventory::Freed> release(Id cart) {
    return database.write([&](db::Tx& tx) { return inventory::release(tx, cart, host); });
  }
  template <class F>
  Code refused(F&& call) {
    return code_of([&] {
      call();
      return 0;
    });
  }
  std::vector<Event> events_of(const std::string& type) {
    Events events{database};
    std::vector<Event> out;
    for (const auto& event : events.list(host, {.limit = 500}).items) {
      if (event.type == type) out.push_back(event);
    }
    return out;
  }
  core::Findings findings() {
    core::Findings found;
    database.read([&](db::Tx& tx) { inventory::verify(tx, found); });
    return found;
  }
  void run(std::string_view sql) {
    database.write([&](db::Tx& tx) { tx.query_text(sql).next(); });
  }
};

}  // namespace shop::test
