// What each booking leaves in the ledger, where the goods come from, and what is refused.

#include "book_fixture.hpp"

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(BookFixture, "each kind of movement says what, where, why and how much is left") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  clock->advance(5);
  inventory.receive(host, {tea, 10, cellar, "DN-1"});
  auto row = newest(tea);
  CHECK(row.at == start_of_test + 5);
  CHECK(row.variant_id == tea);
  CHECK(row.location_id == cellar);
  CHECK(row.kind == StockMovementKind::receive);
  CHECK(row.reason == StockReason::delivery);
  CHECK(row.quantity == 10);
  CHECK(row.on_hand == 10);
  CHECK_FALSE(row.order_id);
  CHECK(row.note == "DN-1");
  inventory.adjust(host, {tea, -2, StockReason::loss, cellar, "stolen"});
  row = newest(tea);
  CHECK(row.kind == StockMovementKind::adjust);
  CHECK(row.location_id == cellar);
  CHECK(row.reason == StockReason::loss);
  CHECK(row.quantity == -2);
  CHECK(row.on_hand == 8);
  CHECK(row.note == "stolen");
  const auto where = inventory.transfer(host, {tea, cellar, 0, 3, "van"});
  REQUIRE(where.size() == 2);
  CHECK(where[0].location_id == 0);
  CHECK(where[0].location.empty());
  CHECK(where[0].on_hand == 3);
  CHECK(where[0].available == 3);
  CHECK(where[1].location_id == cellar);
  const auto moved = inventory.movements(host, tea, {}).items;
  REQUIRE(moved.size() == 4);
  for (const auto& one : {moved[0], moved[1]}) {
    CHECK(one.kind == StockMovementKind::transfer);
    CHECK(one.reason == StockReason::transfer);
    CHECK(one.note == "van");
  }
  CHECK(moved[0].location_id == 0);
  CHECK(moved[0].quantity == 3);
  CHECK(moved[0].on_hand == 3);
  CHECK(moved[1].location_id == cellar);
  CHECK(moved[1].quantity == -3);
  CHECK(moved[1].on_hand == 5);
  reserve(7, tea, 2);
  row = newest(tea);
  CHECK(row.kind == StockMovementKind::reserve);
  CHECK(row.reason == StockReason::reservation);
  CHECK(row.location_id == 0);
  CHECK(row.quantity == 2);
  CHECK(row.on_hand == 3);
  CHECK(inventory.level(host, tea).held == 2);
  CHECK(inventory.locations_of(host, tea)[0].held == 2);
  CHECK(inventory.locations_of(host, tea)[0].available == 1);
  const auto freed = release(7);
  REQUIRE(freed.size() == 1);
  CHECK(freed[0].variant_id == tea);
  CHECK(freed[0].quantity == 2);
  row = newest(tea);
  CHECK(row.kind == StockMovementKind::release);
  CHECK(row.reason == StockReason::reservation);
  CHECK(row.quantity == -2);
  CHECK(inventory.movements(host, tea, {.with_total = true}).total == 6);
  CHECK(verified());
}

TEST_CASE_FIXTURE(BookFixture, "a sale and what comes back of it are of their order") {
  sell({{tea, 1, 0, true}}, 77);
  auto row = newest(tea);
  CHECK(row.kind == StockMovementKind::sell);
  CHECK(row.reason == StockReason::sale);
  CHECK(row.order_id == 77);
  CHECK_FALSE(row.actor_id);
  CHECK(row.on_hand == -1);
  give_back({{tea, 1, 0, false}}, 77);
  row = newest(tea);
  CHECK(row.kind == StockMovementKind::give_back);
  CHECK(row.reason == StockReason::customer_return);
  CHECK(row.order_id == 77);
  CHECK(row.quantity == 1);
  CHECK(row.on_hand == 0);
}

TEST_CASE_FIXTURE(BookFixture, "one booking moves 1 to 1,000,000,000 and has a note of 500 bytes") {
  const std::string long_note(500, 'n');
  CHECK(inventory.receive(host, {tea, k_most, 0, long_note}).on_hand == k_most);
  CHECK(newest(tea).note == long_note);
  CHECK(inventory.receive(host, {mug, 1, 0, {}}).on_hand == 1);
  CHECK(first_path(error_of([&] {
          return inventory.receive(host, {tea, k_most + 1, 0, {}});
        })) == "quantity");
  CHECK(first_path(error_of([&] {
          return inventory.receive(host, {tea, 0, 0, {}});
        })) == "quantity");
  CHECK(first_path(error_of([&] {
          return inventory.receive(host, {tea, 1, 0, long_note + "n"});
        })) == "note");
  CHECK(first_path(error_of([&] {
          return inventory.receive(host, {999'999, 1, 0, {}});
        })) == "variant_id");
  CHECK(first_path(error_of([&] {
          return inventory.receive(host, {tea, 1, 4711, {}});
        })) == "location_id");
  CHECK(inventory.adjust(host, {tea, -k_most, StockReason::other, 0, long_note}).on_hand == 0);
  CHECK(inventory.adjust(host, {tea, k_most}).on_hand == k_most);
  for (const auto wrong : {k_most + 1, -k_most - 1}) {
    CHECK(first_path(error_of([&] { return inventory.adjust(host, {tea, wrong}); })) == "change");
  }
  CHECK(first_path(error_of([&] {
          return inventory.adjust(host, {tea, 1, StockReason::other, 0, long_note + "n"});
        })) == "note");
  CHECK(first_path(error_of([&] { return inventory.adjust(host, {999'999, 1}); })) == "variant_id");
  CHECK(first_path(error_of([&] {
          return inventory.adjust(host, {tea, 1, StockReason::other, 4711, {}});
        })) == "location_id");
  const auto cellar = inventory.create_location(host, "Cellar").id;
  CHECK(first_path(error_of([&] {
          return inventory.transfer(host, {tea, 0, cellar, 1, long_note + "n"});
        })) == "note");
  for (const std::int64_t wrong : {std::int64_t{0}, k_most + 1}) {
    CHECK(first_path(error_of([&] {
            return inventory.transfer(host, {tea, 0, cellar, wrong, {}});
          })) == "quantity");
  }
  CHECK(inventory.transfer(host, {tea, 0, cellar, k_most, {}}).at(1).on_hand == k_most);
  CHECK(first_path(error_of([&] {
          return inventory.transfer(host, {tea, cellar, cellar, 1, {}});
        })) == "to_id");
  CHECK(first_path(error_of([&] {
          return inventory.transfer(host, {tea, 0, 4711, 1, {}});
        })) == "to_id");
  CHECK(first_path(error_of([&] {
          return inventory.transfer(host, {999'999, 0, cellar, 1, {}});
        })) == "variant_id");
  CHECK(verified());
}

TEST_CASE_FIXTURE(BookFixture, "an adjustment has one of five reasons") {
  CHECK(inventory.adjust(host, {mug, 1}).on_hand == 1);  // of which there never was any
  receive(tea, 100);
  for (const auto reason : {StockReason::correction, StockReason::count, StockReason::damage,
                            StockReason::loss, StockReason::other}) {
    inventory.adjust(host, {tea, -1, reason, 0, {}});
    CHECK(newest(tea).reason == reason);
  }
  for (const auto reason :
       {StockReason::delivery, StockReason::sale, StockReason::customer_return,
        StockReason::cancellation, StockReason::order_edit, StockReason::transfer,
        StockReason::reservation, static_cast<StockReason>(99)}) {
    CHECK(first_path(error_of([&] {
            return inventory.adjust(host, {tea, -1, reason, 0, {}});
          })) == "reason");
  }
  CHECK(on_hand(tea) == 95);
}

TEST_CASE_FIXTURE(BookFixture, "a thousand deliveries at once, to several places") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  std::vector<ReceiveInput> lines(1000, {tea, 1, cellar, "n"});
  const auto levels = inventory.restock(host, lines);
  REQUIRE(levels.size() == 1000);
  CHECK(levels.front().on_hand == 1);
  CHECK(levels.back().on_hand == 1000);
  CHECK(levels.back().variant_id == tea);
  CHECK(at(tea, cellar) == 1000);
  CHECK(newest(tea).note == "n");
  lines.push_back({tea, 1, cellar, {}});
  CHECK(first_path(error_of([&] { return inventory.restock(host, lines); })) == "lines");
  CHECK(first_path(error_of([&] {
          return inventory.restock(host, {{tea, 1, 0, {}}, {tea, 1, 0, std::string(501, 'x')}});
        })) == "lines[1].note");
  CHECK(first_path(error_of([&] {
          return inventory.restock(host, {{tea, k_most + 1, 0, {}}});
        })) == "lines[0].quantity");
  CHECK(first_path(error_of([&] {
          return inventory.restock(host, {{tea, 1, 0, {}}, {tea, 1, 4711, {}}});
        })) == "lines[1].location_id");
  CHECK(inventory.restock(host, {{mug, k_most, 0, {}}, {pot, 1, 0, {}}})[1].variant_id == pot);
  CHECK(on_hand(tea) == 1000);
}

TEST_CASE_FIXTURE(BookFixture, "goods come from the shop, else from one place, else from several") {
  const auto attic = inventory.create_location(host, "Attic").id;
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.receive(host, {tea, 2, 0, {}});
  inventory.receive(host, {tea, 3, attic, {}});
  inventory.receive(host, {tea, 9, cellar, {}});
  sell({{tea, 2, 0, false}}, 11);
  CHECK(at(tea, 0) == 0);
  sell({{tea, 3, 0, false}}, 12);
  CHECK(at(tea, attic) == 0);
  CHECK(at(tea, cellar) == 9);
  inventory.receive(host, {tea, 1, attic, {}});
  CHECK(refused([&] { sell({{tea, 11, 0, false}}, 13); }) == Code::out_of_stock);
  sell({{tea, 10, 0, false}}, 13);
  CHECK(on_hand(tea) == 0);
  CHECK(at(tea, attic) == 0);
  SUBCASE("and go back to where they were taken from") {
    give_back({{tea, 10, 0, false}}, 13);
    CHECK(at(tea, attic) == 1);
    CHECK(at(tea, cellar) == 9);
    give_back({{tea, 2, 0, false}}, 11);
    CHECK(at(tea, 0) == 2);
    give_back({{tea, 1, 0, false}}, 12);
    give_back({{tea, 2, 0, false}}, 12);
    CHECK(at(tea, attic) == 4);
    CHECK(at(tea, cellar) == 9);
  }
  SUBCASE("and more than was taken goes to the shop") {
    CHECK(give_back({{tea, 12, 0, false}}, 13) == std::vector<Id>{tea});
    CHECK(inventory.movements(host, tea, {.with_total = true}).total == 11);
    CHECK(at(tea, 0) == 2);
    CHECK(at(tea, attic) == 1);
    CHECK(at(tea, cellar) == 9);
  }
  CHECK(verified());
}

TEST_CASE_FIXTURE(BookFixture, "a backorder takes what there is anywhere, and owes the rest here") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.receive(host, {tea, 2, 0, {}});
  inventory.receive(host, {tea, 3, cellar, {}});
  sell({{tea, 5, 0, true}}, 21);
  CHECK(inventory.movements(host, tea, {}).items.size() == 4);
  give_back({{tea, 5, 0, false}}, 21);
  CHECK(inventory.movements(host, tea, {}).items.size() == 6);
  sell({{tea, 9, 0, true}});
  CHECK(at(tea, cellar) == 0);
  CHECK(at(tea, 0) == -4);
  CHECK(newest(tea).location_id == 0);
  CHECK(newest(tea).quantity == -4);
  CHECK(newest(tea).order_id == k_order);
  sell({{mug, 1, 0, true}});
  inventory.receive(host, {mug, 3, cellar, {}});
  sell({{mug, 3, 0, true}});  // the cellar has them all
  CHECK(at(mug, cellar) == 0);
  CHECK(at(mug, 0) == -1);
  CHECK(verified());
}

TEST_CASE_FIXTURE(BookFixture, "goods of one place go back to it, wherever that is") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.receive(host, {tea, 3, cellar, {}});
  sell({{tea, 2, 0, false}});
  give_back({{tea, 2, 0, false}});
  CHECK(at(tea, cellar) == 3);
  CHECK(inventory.locations_of(host, tea).size() == 1);
  CHECK(give_back({{mug, 1, 0, false}}) == std::vector<Id>{mug});
  CHECK(at(mug, 0) == 1);
}

TEST_CASE_FIXTURE(BookFixture, "lines of one thing are taken together, and in one movement") {
  receive(tea, 5);
  receive(mug, 5);
  sell({{mug, 1, 0, false}, {tea, 2, 1, false}, {mug, 3, 2, false}, {tea, 1, 3, false}});
  CHECK(on_hand(tea) == 2);
  CHECK(on_hand(mug) == 1);
  CHECK(newest(mug).quantity == -4);
  CHECK(newest(tea).quantity == -3);
  CHECK(newest(tea).id < newest(mug).id);
  sell({});
  CHECK(give_back({{tea, 1, 0, false}, {mug, 2, 1, false}, {tea, 2, 2, false}}).empty());
  CHECK(on_hand(tea) == 5);
  CHECK(on_hand(mug) == 3);
  CHECK(give_back({}).empty());
}

TEST_CASE_FIXTURE(BookFixture, "short lines say what was wanted and what is left for them") {
  receive(tea, 3);
  run("UPDATE stock SET reserved = 4 WHERE variant_id = " + std::to_string(tea));
  auto error = error_of([&] {
    sell({{tea, 2, 0, false}, {tea, 1, 1, false}});
    return 0;
  });
  REQUIRE(error.details().size() == 2);
  CHECK(error.details()[0].params[1] == std::pair<std::string, std::string>{"available", "0"});
  run("UPDATE stock SET reserved = 0");
  error = error_of([&] {
    sell({{tea, 2, 0, false}, {tea, 2, 10, false}, {tea, 1, 2, false}});
    return 0;
  });
  // the second takes what the first left, nothing remains for the third
  REQUIRE(error.details().size() == 2);
  CHECK(error.details()[0].path == "lines[10].quantity");
  CHECK(error.details()[0].params[0] == std::pair<std::string, std::string>{"requested", "2"});
  CHECK(error.details()[0].params[1] == std::pair<std::string, std::string>{"available", "1"});
  CHECK(error.details()[1].path == "lines[2].quantity");
  CHECK(error.details()[1].params[1] == std::pair<std::string, std::string>{"available", "0"});
}

TEST_CASE_FIXTURE(BookFixture, "less than is put aside for carts cannot remain") {
  receive(tea, 5);
  reserve(1, tea, 3);
  CHECK(inventory.adjust(host, {tea, -2}).available == 0);
  CHECK(code_of([&] { return inventory.adjust(host, {tea, -1}); }) == Code::out_of_stock);
  const auto cellar = inventory.create_location(host, "Cellar").id;
  CHECK(code_of([&] {
          return inventory.transfer(host, {tea, 0, cellar, 1, {}});
        }) == Code::out_of_stock);
  CHECK(code_of([&] {
          return inventory.adjust(host, {tea, -1, StockReason::loss, cellar, {}});
        }) == Code::out_of_stock);
  CHECK(verified());
}

TEST_CASE_FIXTURE(BookFixture, "a cart's goods are put aside from several places, until a moment") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.receive(host, {tea, 2, 0, {}});
  inventory.receive(host, {tea, 3, cellar, {}});
  receive(mug, 1);
  reserve(1, tea, 4);
  reserve(1, mug, 1);
  reserve(2, tea, 1, 500);
  auto rows = inventory.locations_of(host, tea);
  CHECK(rows[0].held == 2);
  CHECK(rows[1].held == 3);
  const auto error = error_of([&] {
    reserve(3, tea, 2);
    return 0;
  });
  CHECK(error.code() == Code::out_of_stock);
  CHECK(first_path(error) == "quantity");
  CHECK(error.details()[0].params[0] == std::pair<std::string, std::string>{"requested", "2"});
  CHECK(error.details()[0].params[1] == std::pair<std::string, std::string>{"available", "0"});
  reserve(1, tea, 0);  // of this variant alone
  CHECK(inventory.level(host, tea).held == 1);
  CHECK(inventory.level(host, mug).held == 1);
  reserve(1, tea, 4);
  clock->advance(499);
  CHECK(refused([&] { reserve(3, tea, 1); }) == Code::out_of_stock);
  clock->advance(1);
  reserve(3, tea, 1, 2000);  // the second cart's time is over
  CHECK(release(2).empty());
  CHECK(refused([&] { sell({{tea, 1, 0, false}}); }) == Code::out_of_stock);
  const auto over = inventory.movements(host, tea, {.limit = 2}).items;
  CHECK(over[1].kind == StockMovementKind::release);
  CHECK_FALSE(over[1].actor_id);  // time did it
  clock->advance(500);
  CHECK(inventory.release_expired(host) == 3);
  CHECK(inventory.release_expired(host) == 0);
  CHECK(inventory.level(host, tea).held == 1);
  CHECK(inventory.level(host, mug).held == 0);
  CHECK(release(3).size() == 1);
  CHECK(verified());
}

TEST_CASE_FIXTURE(BookFixture, "pages of a ledger over several places have the newest first") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  for (int i = 1; i <= 3; ++i) {
    inventory.receive(host, {tea, i, 0, {}});
    inventory.receive(host, {tea, 10 * i, cellar, {}});
  }
  receive(mug, 1);
  std::vector<std::int64_t> quantities;
  PageQuery query{.limit = 2, .with_total = true};
  do {
    const auto page = inventory.movements(host, tea, query);
    CHECK(page.items.size() == 2);
    CHECK(page.total == 6);
    for (const auto& row : page.items) quantities.push_back(row.quantity);
    query.cursor = page.next_cursor;
    if (!query.cursor.empty()) CHECK(inventory.movements(host, mug, query).items.empty());
  } while (!query.cursor.empty());
  CHECK(quantities == std::vector<std::int64_t>{30, 3, 20, 2, 10, 1});
  CHECK_FALSE(inventory.movements(host, tea, {}).total);
  CHECK(inventory.movements(host, tea, {.limit = 500}).items.size() == 6);
  CHECK(inventory.movements(host, tea, {.limit = 1}).items.size() == 1);
  for (const int wrong : {0, 501}) {
    CHECK(first_path(error_of([&] { return inventory.movements(host, tea, {.limit = wrong}); })) ==
          "limit");
  }
  CHECK(code_of([&] { return inventory.movements(host, 999'999, {}); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.level(host, 999'999); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.locations_of(host, 999'999); }) == Code::not_found);
  CHECK(inventory.movements(host, pot, {}).items.empty());
}
