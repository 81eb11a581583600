// Who is told what when stock changes: thresholds, the catalog, verify.

#include "book_fixture.hpp"
#include "inventory/on_sale.hpp"

#include <span>

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(BookFixture, "a threshold is of its variant and within limits") {
  const auto set = inventory.set_threshold(host, {tea, k_most, 730, k_most, 730});
  CHECK(set.variant_id == tea);
  CHECK(set.low == k_most);
  CHECK(set.lead_time_days == 730);
  CHECK(set.safety_stock == k_most);
  CHECK(set.cover_days == 730);
  inventory.set_threshold(host, {mug, 2, 0, 1, 1});
  inventory.set_threshold(host, {tea, 4, 3, 5, 6});
  const auto again = inventory.threshold(host, tea);
  CHECK(again.low == 4);
  CHECK(again.lead_time_days == 3);
  CHECK(again.safety_stock == 5);
  CHECK(again.cover_days == 6);
  const auto other = inventory.threshold(host, mug);
  CHECK(other.variant_id == mug);
  CHECK(other.low == 2);
  CHECK(other.lead_time_days == 0);
  CHECK(other.safety_stock == 1);
  CHECK(other.cover_days == 1);
  CHECK(inventory.threshold(host, pot).variant_id == pot);
  CHECK(inventory.threshold(host, pot).low == 0);
  const auto path_of = [&](const ThresholdInput& input) {
    return first_path(error_of([&] { return inventory.set_threshold(host, input); }));
  };
  CHECK(path_of({tea, -1, 3, 5, 6}) == "low");
  CHECK(path_of({tea, k_most + 1, 3, 5, 6}) == "low");
  CHECK(path_of({tea, 4, -1, 5, 6}) == "lead_time_days");
  CHECK(path_of({tea, 4, 731, 5, 6}) == "lead_time_days");
  CHECK(path_of({tea, 4, 3, -1, 6}) == "safety_stock");
  CHECK(path_of({tea, 4, 3, k_most + 1, 6}) == "safety_stock");
  CHECK(path_of({tea, 4, 3, 5, 0}) == "cover_days");
  CHECK(path_of({tea, 4, 3, 5, 731}) == "cover_days");
  CHECK(path_of({999'999, 4, 3, 5, 6}) == "variant_id");
  CHECK(first_path(error_of([&] { return inventory.threshold(host, 999'999); })) == "variant_id");
}

TEST_CASE_FIXTURE(BookFixture, "low stock is told when the whole shop's falls to the threshold") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  const auto heard = [&] { return events_of("stock.low").size(); };
  inventory.set_threshold(host, {.variant_id = tea, .low = 3});
  inventory.set_threshold(host, {.variant_id = mug, .low = 8});
  inventory.receive(host, {tea, 3, 0, {}});
  inventory.receive(host, {tea, 3, cellar, {}});
  CHECK(heard() == 0);
  sell({{tea, 2, 0, false}});  // 4 left
  CHECK(heard() == 0);
  reserve(1, tea, 1);  // what is put aside is not there for others
  REQUIRE(heard() == 1);
  CHECK(events_of("stock.low")[0].payload == R"({"available":3,"threshold":3})");
  release(1);
  CHECK(heard() == 1);
  inventory.transfer(host, {tea, cellar, 0, 3, {}});
  CHECK(heard() == 1);
  inventory.adjust(host, {tea, -1});
  CHECK(heard() == 2);
  inventory.adjust(host, {tea, 1});
  inventory.set_threshold(host, {.variant_id = tea, .low = 0});
  sell({{tea, 3, 0, false}});
  CHECK(heard() == 2);
  sell({{tea, 1, 0, false}});
  CHECK(heard() == 3);
  // later goods of the variant know its threshold too
  const auto attic = inventory.create_location(host, "Attic").id;
  inventory.receive(host, {mug, 9, attic, {}});
  sell({{mug, 1, 0, false}});
  CHECK(heard() == 4);
  CHECK(events_of("stock.low")[3].payload == R"({"available":8,"threshold":8})");
}

TEST_CASE_FIXTURE(BookFixture, "what a cart had put aside makes nothing low when it is sold") {
  inventory.set_threshold(host, {.variant_id = tea, .low = 3});
  receive(tea, 5);
  reserve(1, tea, 2);
  CHECK(events_of("stock.low").size() == 1);
  database.write([&](db::Tx& tx) {
    const auto freed = inventory::release(tx, 1, host);
    inventory::sell(tx, std::vector<inventory::Take>{{tea, 2, 0, false}}, k_order, host, freed);
  });
  CHECK(events_of("stock.low").size() == 1);
  CHECK(on_hand(tea) == 3);
}

TEST_CASE_FIXTURE(BookFixture, "a variant comes back with its first free unit") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  sell({{tea, 2, 0, true}});
  const auto take_back = [&](std::int64_t quantity) {
    return give_back({{tea, quantity, 0, false}});
  };
  CHECK(take_back(2).empty());
  CHECK(take_back(1) == std::vector<Id>{tea});
  CHECK(take_back(1).empty());
  inventory.receive(host, {mug, 1, cellar, {}});
  CHECK(give_back({{mug, 1, 0, false}}).empty());  // the cellar has one
  CHECK(catalog.variant(host, tea).in_stock);
  inventory.adjust(host, {tea, -2});
  CHECK_FALSE(catalog.variant(host, tea).in_stock);
  inventory.receive(host, {tea, 1, cellar, {}});
  CHECK(catalog.variant(host, tea).in_stock);
  inventory.transfer(host, {tea, cellar, 0, 1, {}});
  CHECK(catalog.variant(host, tea).in_stock);
  reserve(1, tea, 1);
  CHECK_FALSE(catalog.variant(host, tea).in_stock);
  release(1);
  CHECK(catalog.variant(host, tea).in_stock);
}

TEST_CASE_FIXTURE(BookFixture, "verify tells each balance that is wrong, and nothing else") {
  receive(tea, 5);
  receive(mug, 6);
  reserve(1, mug, 2);
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.receive(host, {pot, 2, 0, {}});
  inventory.receive(host, {pot, 3, cellar, {}});
  reserve(1, pot, 1);
  reserve(2, pot, 2);
  const auto good = findings().take();
  CHECK(good.ok());
  CHECK(good.checks == 4);
  const auto tea_id = std::to_string(tea);
  run("UPDATE stock SET on_hand = 4 WHERE variant_id = " + tea_id);
  auto report = findings().take();
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].check == "stock.balance");
  CHECK(report.problems[0].where == "variant " + tea_id + " at location 0");
  CHECK(report.problems[0].message == "has 4 and 0 reserved, the ledger says 5 and 0");
  run("UPDATE stock SET on_hand = 5 WHERE variant_id = " + tea_id);
  run("UPDATE stock_reservation SET quantity = 1 WHERE variant_id = " + std::to_string(mug));
  report = findings().take();
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].check == "stock.reserved");
  CHECK(report.problems[0].where == "variant " + std::to_string(mug) + " at location 0");
  CHECK(report.problems[0].message == "2 reserved, its reservations are 1");
  run("UPDATE stock_reservation SET quantity = 2 WHERE variant_id = " + std::to_string(mug));
  run("UPDATE stock SET reserved = 3 WHERE variant_id = " + std::to_string(mug));
  report = findings().take();
  REQUIRE(report.problems.size() == 2);
  CHECK(report.problems[0].message == "has 6 and 3 reserved, the ledger says 6 and 2");
  run("UPDATE stock SET reserved = 2 WHERE variant_id = " + std::to_string(mug));
  run("DELETE FROM stock WHERE variant_id = " + tea_id);
  report = findings().take();
  REQUIRE(report.problems.size() == 2);
  CHECK(report.problems[1].check == "stock.flag");
  CHECK(report.problems[1].where == "variant " + tea_id);
  CHECK(report.problems[0].check == "stock.ledger");
  CHECK(report.problems[0].message == "variant " + tea_id + " has no balance");
  CHECK(report.problems[0].where.starts_with("movement "));
}

TEST_CASE_FIXTURE(BookFixture, "freed goods of several places make nothing low either") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.set_threshold(host, {.variant_id = tea, .low = 3});
  inventory.receive(host, {tea, 3, 0, {}});
  inventory.receive(host, {tea, 3, cellar, {}});
  reserve(1, tea, 4);
  REQUIRE(events_of("stock.low").size() == 1);
  database.write([&](db::Tx& tx) {
    const auto freed = inventory::release(tx, 1, host);
    inventory::sell(tx, std::vector<inventory::Take>{{tea, 4, 0, false}}, k_order, host, freed);
  });
  CHECK(on_hand(tea) == 2);
  CHECK(events_of("stock.low").size() == 1);
}

TEST_CASE_FIXTURE(BookFixture, "a sale from several places makes a thing low once") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.set_threshold(host, {.variant_id = tea, .low = 3});
  inventory.set_threshold(host, {.variant_id = mug, .low = 2});
  inventory.receive(host, {tea, 3, 0, {}});
  inventory.receive(host, {tea, 2, cellar, {}});
  sell({{tea, 5, 0, false}});
  CHECK(events_of("stock.low").size() == 1);
  // three of a cart's make nothing low, the four more that are sold with them do
  inventory.receive(host, {mug, 3, 0, {}});
  inventory.receive(host, {mug, 5, cellar, {}});
  reserve(1, mug, 3);
  CHECK(events_of("stock.low").size() == 1);
  database.write([&](db::Tx& tx) {
    const auto freed = inventory::release(tx, 1, host);
    inventory::sell(tx, std::vector<inventory::Take>{{mug, 7, 0, false}}, k_order, host, freed);
  });
  CHECK(events_of("stock.low").size() == 2);
}

TEST_CASE_FIXTURE(BookFixture, "what is owed in one place is not there in another") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  sell({{tea, 5, 0, true}});
  inventory.receive(host, {tea, 2, cellar, {}});
  CHECK(available(tea) == -3);
  CHECK_FALSE(catalog.variant(host, tea).in_stock);
  inventory.receive(host, {tea, 4, cellar, {}});
  CHECK(available(tea) == 1);
  CHECK(catalog.variant(host, tea).in_stock);
  inventory.adjust(host, {tea, -1, StockReason::loss, cellar, {}});  // the cellar has five more
  CHECK(available(tea) == 0);
  CHECK(events_of("stock.low").size() == 1);
  CHECK_FALSE(catalog.variant(host, tea).in_stock);
  inventory.receive(host, {tea, 1, 0, {}});  // the shop owes four more
  CHECK(available(tea) == 1);
  CHECK(catalog.variant(host, tea).in_stock);
  inventory.set_threshold(host, {.variant_id = tea, .low = 3});
  inventory.receive(host, {tea, 4, cellar, {}});
  CHECK(events_of("stock.low").size() == 1);
  inventory.adjust(host, {tea, -2, StockReason::loss, cellar, {}});
  CHECK(events_of("stock.low").size() == 2);
}

TEST_CASE_FIXTURE(BookFixture, "many variants are asked for at once") {
  std::vector<Id> ids{tea, mug, pot, rug};
  for (int i = 0; i < 16; ++i) {
    ProductInput input;
    input.title = "More " + std::to_string(i);
    input.simple.price = {100, "GBP"};
    ids.push_back(catalog.create_product(host, input).variants.front().id);
  }
  const auto cellar = inventory.create_location(host, "Cellar").id;
  std::vector<std::int64_t> expected(ids.size(), 0);
  const auto asked = [&](std::size_t from, std::size_t count) {
    return database.read([&](db::Tx& tx) {
      return inventory::available_of(tx, std::span{ids}.subspan(from, count));
    });
  };
  CHECK(asked(0, 20) == expected);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto n = static_cast<std::int64_t>(i) + 3;
    inventory.receive(host, {ids[i], n, 0, {}});
    inventory.receive(host, {ids[i], n * 2, cellar, {}});
    reserve(1, ids[i], 2);
    expected[i] = 3 * n - 2;
  }
  for (const std::size_t count : {0U, 1U, 4U, 5U, 8U, 12U, 13U, 20U}) {
    CAPTURE(count);
    CHECK(asked(20 - count, count) ==
          std::vector<std::int64_t>(expected.end() - static_cast<std::ptrdiff_t>(count),
                                    expected.end()));
  }
  CHECK(asked(0, 3) == std::vector<std::int64_t>{7, 10, 13});
}

TEST_CASE_FIXTURE(BookFixture, "all stock, and what moved since a moment") {
  inventory.set_threshold(host, {mug, 1, 2, 3, 4});
  receive(tea, 10);
  receive(mug, 20);
  clock->advance(100);
  receive(tea, 5);
  receive(tea, 6);
  sell({{tea, 3, 0, false}}, 31);
  sell({{tea, 4, 0, false}}, 32);
  give_back({{tea, 2, 0, false}}, 32);
  inventory.adjust(host, {tea, -1});
  reserve(1, tea, 4);
  reserve(2, tea, 1);
  const auto all = database.read([](db::Tx& tx) { return inventory::all_stock(tx); });
  REQUIRE(all.size() == 2);
  CHECK(all[0].level.variant_id == tea);
  CHECK(all[0].level.on_hand == 15);
  CHECK(all[0].level.held == 5);
  CHECK(all[0].level.available == 10);
  CHECK(all[0].last_movement_id == newest(tea).id);
  CHECK(all[0].threshold.variant_id == tea);
  CHECK(all[0].threshold.low == 0);
  CHECK(all[0].threshold.lead_time_days == 7);
  CHECK(all[1].level.variant_id == mug);
  CHECK(all[1].threshold.low == 1);
  CHECK(all[1].threshold.lead_time_days == 2);
  CHECK(all[1].threshold.safety_stock == 3);
  CHECK(all[1].threshold.cover_days == 4);
  const auto moved =
      database.read([](db::Tx& tx) { return inventory::moved_since(tx, start_of_test + 100); });
  REQUIRE(moved.size() == 1);
  CHECK(moved.at(tea).change == 5);
  CHECK(moved.at(tea).sold == 5);
  const auto ever =
      database.read([](db::Tx& tx) { return inventory::moved_since(tx, start_of_test); });
  CHECK(ever.at(tea).change == 15);
  CHECK(ever.at(mug).change == 20);
  CHECK(ever.at(mug).sold == 0);
  inventory.receive(host, {mug, 5, inventory.create_location(host, "Cellar").id, {}});
  reserve(3, mug, 23);
  const auto mugs = database.read([](db::Tx& tx) { return inventory::all_stock(tx); })[1];
  CHECK(mugs.level.on_hand == 25);
  CHECK(mugs.level.held == 23);
  CHECK(mugs.last_movement_id == newest(mug).id);
}

TEST_CASE_FIXTURE(BookFixture,
                  "what can be sold: what is there, or may be owed, or its parts are") {
  const auto can = [&](Id variant) {
    return database.read([&](db::Tx& tx) { return inventory::can_sell(tx, variant); });
  };
  ProductInput input;
  input.title = "Later";
  input.simple.price = {100, "GBP"};
  input.simple.policy = StockPolicy::backorder;
  const auto later = catalog.create_product(host, input).variants.front().id;
  CHECK(can(later));
  CHECK_FALSE(can(tea));
  CHECK_FALSE(can(999'999));
  receive(tea, 1);
  CHECK(can(tea));
  input.title = "Set";
  input.simple.policy = StockPolicy::deny;
  input.bundle = {{tea, 2}, {mug, 1}};
  const auto set = catalog.create_product(host, input).variants.front().id;
  receive(mug, 1);
  CHECK_FALSE(can(set));
  receive(tea, 1);
  CHECK(can(set));
}

TEST_CASE_FIXTURE(BookFixture, "verify finds a balance without any movement") {
  run("INSERT INTO stock (variant_id, location_id, on_hand, reserved, low, last_id, previous_id) "
      "VALUES (" +
      std::to_string(tea) + ", 0, 1, 0, 0, 0, 0)");
  auto report = findings().take();
  REQUIRE(report.problems.size() == 2);
  CHECK(report.problems[0].message == "has 1 and 0 reserved, the ledger says 0 and 0");
  CHECK(report.problems[1].check == "stock.flag");
  run("UPDATE stock SET on_hand = 0, reserved = 1");
  report = findings().take();
  REQUIRE(report.problems.size() == 2);
  CHECK(report.problems[0].message == "has 0 and 1 reserved, the ledger says 0 and 0");
  CHECK(report.problems[1].message == "1 reserved, its reservations are 0");
}

TEST_CASE_FIXTURE(BookFixture, "a sweep says which variants it brought back") {
  receive(tea, 2);
  receive(mug, 5);
  receive(pot, 1);
  reserve(1, pot, 1);
  reserve(1, mug, 2);
  reserve(2, tea, 2);
  clock->advance(1000);
  std::vector<Id> back;
  const auto count =
      database.write([&](db::Tx& tx) { return inventory::release_expired(tx, host, back); });
  CHECK(count == 3);
  CHECK(back == std::vector<Id>{tea, pot});
}

TEST_CASE_FIXTURE(BookFixture, "what is owed at once has not come back") {
  VariantChange change;
  change.policy = StockPolicy::backorder;
  catalog.update_variant(host, tea, change);
  receive(tea, 1);
  database.write(
      [&](db::Tx& tx) { inventory::reserve(tx, 1, tea, 1, tx.now() + 1'000'000, host); });
  clock->advance(2'000'000);
  const auto before = events_of("stock.back").size();
  sell({{tea, 2, 0, true}});
  CHECK(available(tea) == -1);
  CHECK(events_of("stock.back").size() == before);
}

TEST_CASE_FIXTURE(BookFixture, "goods that are owed are not sold or put aside elsewhere") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  sell({{tea, 5, 0, true}});
  inventory.receive(host, {tea, 2, cellar, {}});
  CHECK(available(tea) == -3);
  const auto code = [&](auto&& call) {
    return code_of([&] {
      call();
      return 0;
    });
  };
  CHECK(code([&] { sell({{tea, 1, 0, false}}); }) == Code::out_of_stock);
  CHECK(code([&] { reserve(1, tea, 1); }) == Code::out_of_stock);
  inventory.receive(host, {tea, 4, cellar, {}});
  CHECK(available(tea) == 1);
  CHECK(code([&] { sell({{tea, 2, 0, false}}); }) == Code::out_of_stock);
  reserve(1, tea, 1);
  CHECK(available(tea) == 0);
  release(1);
  sell({{tea, 1, 0, false}});
  CHECK(available(tea) == 0);
  CHECK(verified());
}
