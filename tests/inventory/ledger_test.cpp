#include "stock_fixture.hpp"

#include <vector>

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(StockFixture,
                  "stock is what came in less what went out, and the ledger says so") {
  receive(tea, 5);
  clock->advance(1);
  sell({{.variant_id = tea, .quantity = 3, .line = 0}});
  give_back({{.variant_id = tea, .quantity = 1, .line = 0}});
  inventory.adjust(host, {.variant_id = tea, .change = -1, .reason = StockReason::damage});
  const auto level = inventory.level(host, tea);
  CHECK(level.on_hand == 2);
  CHECK(level.available == 2);
  const auto ledger = inventory.movements(host, tea, {.with_total = true});
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
  for (int i = 1; i <= 5; ++i) receive(tea, i);
  receive(mug, 9);
  std::vector<std::int64_t> quantities;
  PageQuery query{.limit = 2};
  do {
    const auto page = inventory.movements(host, tea, query);
    for (const auto& row : page.items) quantities.push_back(row.quantity);
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty());
  CHECK(quantities == std::vector<std::int64_t>{5, 4, 3, 2, 1});
}

TEST_CASE_FIXTURE(StockFixture, "every line that is short is named at once, and nothing is taken") {
  receive(tea, 3);
  receive(mug, 1);
  const auto error = error_of([&] {
    sell({{.variant_id = mug, .quantity = 2, .line = 0},
          {.variant_id = tea, .quantity = 2, .line = 1},
          {.variant_id = tea, .quantity = 2, .line = 2},
          {.variant_id = pot, .quantity = 1, .line = 3}});
    return 0;
  });
  CHECK(error.code() == Code::out_of_stock);
  REQUIRE(error.details().size() == 3);
  CHECK(error.details()[0].path == "lines[0].quantity");
  CHECK(error.details()[1].path == "lines[2].quantity");
  CHECK(error.details()[1].params[0].second == "2");
  CHECK(error.details()[1].params[1].second == "1");
  CHECK(error.details()[2].path == "lines[3].quantity");
  CHECK(on_hand(tea) == 3);
  CHECK(on_hand(mug) == 1);
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture, "backorders go below zero, and only they do") {
  receive(tea, 1);
  sell({{.variant_id = tea, .quantity = 4, .may_go_negative = true}});
  CHECK(on_hand(tea) == -3);
  CHECK(code_of([&] {
          sell({{.variant_id = tea, .quantity = 1}});
          return 0;
        }) == Code::out_of_stock);
  receive(tea, 5);
  CHECK(on_hand(tea) == 2);
  sell({{.variant_id = rug, .quantity = 2, .may_go_negative = true}});
  CHECK(on_hand(rug) == -2);
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture,
                  "an order takes from several locations and gives back to the same") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.receive(host, {.variant_id = tea, .quantity = 2, .location_id = 0});
  inventory.receive(host, {.variant_id = tea, .quantity = 5, .location_id = cellar});
  sell({{.variant_id = tea, .quantity = 4}}, k_order);      // the second has them all
  sell({{.variant_id = tea, .quantity = 3}}, k_order + 1);  // both are needed
  CHECK(on_hand(tea) == 0);
  give_back({{.variant_id = tea, .quantity = 4}}, k_order);
  give_back({{.variant_id = tea, .quantity = 3}}, k_order + 1);
  CHECK(on_hand(tea) == 7);
  database.read([&](db::Tx& tx) {
    auto query = tx.query_text("SELECT on_hand FROM stock ORDER BY location_id");
    REQUIRE(query.next());
    CHECK(query.integer(0) == 2);
  });
  CHECK(verified());
}

TEST_CASE_FIXTURE(StockFixture, "bad amounts are refused with the failing field") {
  CHECK(first_path(error_of([&] {
          return inventory.receive(host, {.variant_id = tea, .quantity = 0});
        })) == "quantity");
  CHECK(first_path(error_of(
            [&] { return inventory.adjust(host, {.variant_id = tea, .change = 0}); })) == "change");
  CHECK(first_path(error_of([&] {
          return inventory.adjust(host,
                                  {.variant_id = tea, .change = 1, .reason = StockReason::sale});
        })) == "reason");
  receive(tea, 2);
  CHECK(code_of([&] { return inventory.adjust(host, {.variant_id = tea, .change = -3}); }) ==
        Code::out_of_stock);
  CHECK(on_hand(tea) == 2);
}

TEST_CASE_FIXTURE(StockFixture, "verify finds a balance that the ledger does not support") {
  receive(tea, 2);
  database.write([](db::Tx& tx) {
    auto query = tx.query_text("UPDATE stock SET on_hand = 3");
    query.next();
  });
  CHECK_FALSE(verified());
}
