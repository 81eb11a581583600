#include "events/events.hpp"
#include "shop/events.hpp"
#include "stock_fixture.hpp"

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(StockFixture, "many deliveries are booked in, all or none") {
  const auto levels = inventory.restock(host, {{tea, 5, 0, "note 1"}, {mug, 7, 0, {}}});
  REQUIRE(levels.size() == 2);
  CHECK(levels[1].on_hand == 7);
  const auto error = error_of([&] {
    return inventory.restock(host, {{tea, 1, 0, {}}, {mug, 0, 0, {}}, {pot, -3, 0, {}}});
  });
  CHECK(error.code() == Code::validation);
  REQUIRE(error.details().size() == 2);
  CHECK(error.details()[1].path == "lines[2].quantity");
  const auto missing = error_of([&] {
    return inventory.restock(host, {{tea, 1, 0, {}}, {99, 1, 0, {}}});
  });
  CHECK(missing.code() == Code::not_found);
  CHECK(first_path(missing) == "lines[1].variant_id");
  CHECK(on_hand(tea) == 5);
  CHECK(code_of([&] { return inventory.restock(host, {}); }) == Code::validation);
}

TEST_CASE_FIXTURE(StockFixture, "goods move between locations, and a location with goods stays") {
  const auto cellar = inventory.create_location(host, "Cellar");
  CHECK(code_of([&] { return inventory.create_location(host, "CELLAR"); }) == Code::already_exists);
  receive(tea, 5);
  const auto where = inventory.transfer(
      host, {.variant_id = tea, .from_id = 0, .to_id = cellar.id, .quantity = 3});
  REQUIRE(where.size() == 2);
  CHECK(where[0].on_hand == 2);
  CHECK(where[1].location == "Cellar");
  CHECK(where[1].on_hand == 3);
  CHECK(on_hand(tea) == 5);
  CHECK(code_of([&] {
          return inventory.transfer(
              host, {.variant_id = tea, .from_id = 0, .to_id = cellar.id, .quantity = 3});
        }) == Code::out_of_stock);
  CHECK(code_of([&] {
          return inventory.transfer(
              host, {.variant_id = tea, .from_id = 5, .to_id = cellar.id, .quantity = 1});
        }) == Code::not_found);
  CHECK(code_of([&] { return inventory.close_location(host, cellar.id); }) == Code::not_empty);
  inventory.transfer(host, {.variant_id = tea, .from_id = cellar.id, .to_id = 0, .quantity = 3});
  CHECK_FALSE(inventory.close_location(host, cellar.id).active);
  CHECK(code_of([&] {
          return inventory.receive(host,
                                   {.variant_id = tea, .quantity = 1, .location_id = cellar.id});
        }) == Code::not_found);
  CHECK(inventory.locations(host).size() == 1);
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture, "a stock take books what it found, whatever was sold meanwhile") {
  receive(tea, 10);
  receive(mug, 4);
  const auto take = inventory.open_stock_take(host, "January", 0);
  CHECK(inventory.count(host, take.id, tea, 9).expected == 10);
  CHECK(inventory.count(host, take.id, tea, 8).counted == 8);
  inventory.count(host, take.id, mug, 4);
  sell({{.variant_id = tea, .quantity = 3}});
  const auto closed = inventory.close_stock_take(host, take.id);
  CHECK(closed.status == StockTakeStatus::closed);
  CHECK(closed.counted == 2);
  CHECK(closed.differing == 1);
  CHECK(closed.difference == -2);
  CHECK(on_hand(tea) == 5);
  CHECK(inventory.movements(host, tea, {}).items[0].reason == StockReason::count);
  CHECK(code_of([&] { return inventory.count(host, take.id, tea, 1); }) ==
        Code::illegal_transition);
  CHECK(inventory.stock_take_lines(host, take.id, {}).items.size() == 2);
  const auto other = inventory.open_stock_take(host, "Again", 0);
  inventory.cancel_stock_take(host, other.id);
  const auto list = inventory.stock_takes(host, {.limit = 1, .with_total = true});
  CHECK(list.total == 2);
  CHECK(list.items[0].id == other.id);
  CHECK(inventory.stock_takes(host, {.cursor = list.next_cursor}).items[0].id == take.id);
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture, "what is put aside is not for others until its time is over") {
  const auto reserve = [&](Id cart, std::int64_t quantity) {
    database.write(
        [&](db::Tx& tx) { inventory::reserve(tx, cart, tea, quantity, tx.now() + 1000, host); });
    return 0;
  };
  receive(tea, 5);
  reserve(1, 2);
  CHECK(available(tea) == 3);
  reserve(1, 4);
  CHECK(available(tea) == 1);
  CHECK(code_of([&] { return reserve(2, 2); }) == Code::out_of_stock);
  CHECK(code_of([&] {
          sell({{.variant_id = tea, .quantity = 2}});
          return 0;
        }) == Code::out_of_stock);
  database.write([&](db::Tx& tx) {
    inventory::release(tx, 1, host);
    inventory::sell(tx, std::vector<inventory::Take>{{.variant_id = tea, .quantity = 4}}, k_order,
                    host);
  });
  CHECK(available(tea) == 1);
  reserve(2, 1);
  CHECK(available(tea) == 0);
  CHECK(verified());
  clock->advance(1000);
  SUBCASE("a sale that needs it frees it") {
    sell({{.variant_id = tea, .quantity = 1}});
    CHECK(on_hand(tea) == 0);
  }
  SUBCASE("a sweep frees it") {
    CHECK(inventory.release_expired(host) == 1);
    CHECK(available(tea) == 1);
  }
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture, "the host hears once when stock falls to its threshold") {
  Events events{database};
  const auto heard = [&] {
    std::int64_t count = 0;
    for (const auto& event : events.list(host, {.limit = 500}).items) {
      count += event.type == "stock.low" ? 1 : 0;
    }
    return count;
  };
  inventory.set_threshold(host, {.variant_id = tea, .low = 3});
  CHECK(inventory.threshold(host, tea).low == 3);
  CHECK(inventory.threshold(host, mug).lead_time_days == 7);
  receive(tea, 6);
  sell({{.variant_id = tea, .quantity = 2}});
  CHECK(heard() == 0);
  sell({{.variant_id = tea, .quantity = 1}});
  CHECK(heard() == 1);
  sell({{.variant_id = tea, .quantity = 1}});
  CHECK(heard() == 1);
  CHECK(first_path(error_of([&] {
          return inventory.set_threshold(host, {.variant_id = tea, .lead_time_days = 9999});
        })) == "lead_time_days");
}
