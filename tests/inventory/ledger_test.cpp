#include "core/random.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "inventory/inventory.hpp"
#include "support/shop_fixture.hpp"

#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

constexpr Id k_order = 1;  // older than every movement, as in an order that is being placed

// A database with stock and nothing else, for what flows ask of the inventory.
struct StockFixture {
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start_of_test);
  db::Database database{{}, {clock, core::seeded_random(1), "GBP", 0}};
  Inventory inventory{database};
  Session host = Session::host();

  StockFixture() { db::migrate(database); }

  void receive(Id variant, std::int64_t quantity) {
    inventory.receive(host, {.variant_id = variant, .quantity = quantity});
  }
  void sell(const std::vector<inventory::Take>& takes, Id order = k_order) {
    database.write([&](db::Tx& tx) { inventory::sell(tx, takes, order, host); });
  }
  void give_back(const std::vector<inventory::Take>& takes, Id order = k_order) {
    database.write([&](db::Tx& tx) {
      inventory::give_back(tx, takes, order, StockReason::customer_return, host);
    });
  }
  std::int64_t on_hand(Id variant) { return inventory.level(host, variant).on_hand; }
  bool verified() {
    core::Findings findings;
    database.read([&](db::Tx& tx) { inventory::verify(tx, findings); });
    return findings.take().ok();
  }
};

}  // namespace

TEST_CASE_FIXTURE(StockFixture,
                  "stock is what came in less what went out, and the ledger says so") {
  receive(10, 5);
  clock->advance(1);
  sell({{.variant_id = 10, .quantity = 3, .line = 0}});
  give_back({{.variant_id = 10, .quantity = 1, .line = 0}});
  inventory.adjust(host, {.variant_id = 10, .change = -1, .reason = StockReason::damage});
  const auto level = inventory.level(host, 10);
  CHECK(level.on_hand == 2);
  CHECK(level.available == 2);
  const auto ledger = inventory.movements(host, 10, {.with_total = true});
  REQUIRE(ledger.items.size() == 4);
  CHECK(ledger.total == 4);
  CHECK(ledger.items[0].reason == StockReason::damage);
  CHECK(ledger.items[0].on_hand == 2);
  CHECK(ledger.items[2].kind == StockMovementKind::sell);
  CHECK(ledger.items[2].quantity == -3);
  CHECK(ledger.items[2].order_id == k_order);
  CHECK(ledger.items[3].at == start_of_test);
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture, "a page of the ledger goes on where the last one stopped") {
  for (int i = 1; i <= 5; ++i) receive(10, i);
  receive(11, 9);
  std::vector<std::int64_t> quantities;
  PageQuery query{.limit = 2};
  do {
    const auto page = inventory.movements(host, 10, query);
    for (const auto& row : page.items) quantities.push_back(row.quantity);
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty());
  CHECK(quantities == std::vector<std::int64_t>{5, 4, 3, 2, 1});
}

TEST_CASE_FIXTURE(StockFixture, "every line that is short is named at once, and nothing is taken") {
  receive(10, 3);
  receive(11, 1);
  const auto error = error_of([&] {
    sell({{.variant_id = 11, .quantity = 2, .line = 0},
          {.variant_id = 10, .quantity = 2, .line = 1},
          {.variant_id = 10, .quantity = 2, .line = 2},
          {.variant_id = 12, .quantity = 1, .line = 3}});
    return 0;
  });
  CHECK(error.code() == Code::out_of_stock);
  REQUIRE(error.details().size() == 3);
  CHECK(error.details()[0].path == "lines[0].quantity");
  CHECK(error.details()[1].path == "lines[2].quantity");
  CHECK(error.details()[1].params[0].second == "2");
  CHECK(error.details()[1].params[1].second == "1");
  CHECK(error.details()[2].path == "lines[3].quantity");
  CHECK(on_hand(10) == 3);
  CHECK(on_hand(11) == 1);
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture, "backorders go below zero, and only they do") {
  receive(10, 1);
  sell({{.variant_id = 10, .quantity = 4, .may_go_negative = true}});
  CHECK(on_hand(10) == -3);
  CHECK(code_of([&] {
          sell({{.variant_id = 10, .quantity = 1}});
          return 0;
        }) == Code::out_of_stock);
  receive(10, 5);
  CHECK(on_hand(10) == 2);
  sell({{.variant_id = 77, .quantity = 2, .may_go_negative = true}});
  CHECK(on_hand(77) == -2);
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture,
                  "an order takes from several locations and gives back to the same") {
  inventory.receive(host, {.variant_id = 10, .quantity = 2, .location_id = 0});
  inventory.receive(host, {.variant_id = 10, .quantity = 5, .location_id = 1024});
  sell({{.variant_id = 10, .quantity = 4}}, k_order);      // the second has them all
  sell({{.variant_id = 10, .quantity = 3}}, k_order + 1);  // both are needed
  CHECK(on_hand(10) == 0);
  give_back({{.variant_id = 10, .quantity = 4}}, k_order);
  give_back({{.variant_id = 10, .quantity = 3}}, k_order + 1);
  CHECK(on_hand(10) == 7);
  database.read([&](db::Tx& tx) {
    auto query = tx.query_text("SELECT on_hand FROM stock ORDER BY location_id");
    REQUIRE(query.next());
    CHECK(query.integer(0) == 2);
  });
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture, "bad amounts are refused with the failing field") {
  CHECK(first_path(error_of([&] {
          return inventory.receive(host, {.variant_id = 10, .quantity = 0});
        })) == "quantity");
  CHECK(first_path(error_of(
            [&] { return inventory.adjust(host, {.variant_id = 10, .change = 0}); })) == "change");
  CHECK(first_path(error_of([&] {
          return inventory.adjust(host,
                                  {.variant_id = 10, .change = 1, .reason = StockReason::sale});
        })) == "reason");
  receive(10, 2);
  CHECK(code_of([&] { return inventory.adjust(host, {.variant_id = 10, .change = -3}); }) ==
        Code::out_of_stock);
  CHECK(on_hand(10) == 2);
}

TEST_CASE_FIXTURE(StockFixture, "verify finds a balance that the ledger does not support") {
  receive(10, 2);
  database.write([](db::Tx& tx) {
    auto query = tx.query_text("UPDATE stock SET on_hand = 3");
    query.next();
  });
  CHECK_FALSE(verified());
}
