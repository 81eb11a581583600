// Locations, stock takes, and whose they are.

#include "shop/shop.hpp"
#include "support/people.hpp"
#include "support/shop_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct PlacesFixture : ShopFixture {
  Inventory& inventory = shop.inventory();
  Session anna = a_customer(shop, 1);
  Session carol = a_customer(shop, 2);
  Id annas = 0;
  Id tea = product(host, "Tea");
  Id mug = product(host, "Mug");
  Id bowl = 0;  // Anna's

  PlacesFixture() {
    shop.sellers().set_approval(host, SellerApproval::automatic);
    annas = shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}}).id;
    bowl = product(anna, "Bowl");
  }

  Id product(const Session& session, const std::string& title) {
    ProductInput input;
    input.title = title;
    input.simple.price = {100, "GBP"};
    return shop.catalog().create_product(session, input).variants.front().id;
  }
  AuditEntry last_entry() { return shop.audit().entries(host, {}, {.limit = 1}).items.at(0); }
};

}  // namespace

TEST_CASE_FIXTURE(PlacesFixture,
                  "a location is found by its name, closed, and kept in the record") {
  const auto cellar = inventory.create_location(host, "  Cellar ");
  CHECK(cellar.name == "Cellar");
  CHECK(cellar.seller_id == 0);
  CHECK(cellar.active);
  CHECK(last_entry().action == "location.create");
  CHECK(last_entry().object_type == "location");
  CHECK(last_entry().object_id == cellar.id);
  CHECK(last_entry().after == R"({"name":"Cellar","active":true})");
  const auto attic = inventory.create_location(host, "attic");
  const auto error = error_of([&] { return inventory.rename_location(host, attic.id, "CELLAR"); });
  CHECK(error.code() == Code::already_exists);
  CHECK(first_path(error) == "name");
  CHECK(inventory.rename_location(host, attic.id, "Attic").name == "Attic");
  CHECK(last_entry().action == "location.rename");
  CHECK(inventory.rename_location(host, attic.id, "Zebra").id == attic.id);
  CHECK(first_path(error_of([&] { return inventory.create_location(host, "zebra"); })) == "name");
  inventory.create_location(host, "Attic");  // the name is free again
  const auto all = inventory.locations(host);
  REQUIRE(all.size() == 3);
  CHECK(all[0].name == "Attic");
  CHECK(all[1].name == "Cellar");
  CHECK(all[1].id == cellar.id);
  CHECK(all[1].seller_id == 0);
  CHECK(all[2].name == "Zebra");
  CHECK(all[2].active);
  CHECK(inventory.close_location(host, attic.id).name == "Zebra");
  CHECK(last_entry().action == "location.close");
  CHECK(last_entry().after == R"({"name":"Zebra","active":false})");
  CHECK_FALSE(inventory.locations(host)[2].active);
  CHECK(first_path(error_of([&] { return inventory.create_location(host, " "); })) == "name");
  CHECK(inventory.create_location(host, std::string(100, 'n')).active);
  CHECK(inventory.create_location(host, "A").name == "A");
  CHECK(first_path(error_of(
            [&] { return inventory.create_location(host, std::string(101, 'n')); })) == "name");
  for (const Id wrong : {Id{0}, Id{4711}}) {
    CHECK(first_path(error_of([&] { return inventory.rename_location(host, wrong, "X"); })) ==
          "location_id");
    CHECK(first_path(error_of([&] { return inventory.close_location(host, wrong); })) ==
          "location_id");
  }
}

TEST_CASE_FIXTURE(PlacesFixture, "a location with goods, or with goods owed, is not closed") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  const auto attic = inventory.create_location(host, "Attic").id;
  inventory.receive(host, {tea, 2, cellar, {}});
  inventory.receive(host, {mug, 1, attic, {}});
  CHECK(code_of([&] { return inventory.close_location(host, cellar); }) == Code::not_empty);
  inventory.transfer(host, {tea, cellar, 0, 2, {}});
  CHECK_FALSE(inventory.close_location(host, cellar).active);
  CHECK(first_path(error_of([&] {
          return inventory.transfer(host, {tea, 0, cellar, 1, {}});
        })) == "to_id");
  CHECK(code_of([&] { return inventory.close_location(host, attic); }) == Code::not_empty);
}

TEST_CASE_FIXTURE(PlacesFixture, "a seller has locations and stock of their own, and no others") {
  const auto shops = inventory.create_location(host, "Cellar").id;
  const auto own = inventory.create_location(anna, "Cellar");  // names are free for each
  CHECK(own.seller_id == annas);
  REQUIRE(inventory.locations(anna).size() == 1);
  CHECK(inventory.locations(anna)[0].id == own.id);
  CHECK(inventory.locations(anna)[0].seller_id == annas);
  CHECK(inventory.locations(host).size() == 2);
  CHECK(inventory.receive(anna, {bowl, 3, own.id, {}}).on_hand == 3);
  CHECK(inventory.movements(anna, bowl, {}).items[0].actor_id == anna.user_id());
  CHECK(inventory.adjust(anna, {bowl, -1, StockReason::loss, own.id, {}}).on_hand == 2);
  CHECK(inventory.movements(anna, bowl, {}).items[0].actor_id == anna.user_id());
  CHECK(last_entry().action == "stock.adjust");
  CHECK(last_entry().actor_id == anna.user_id());
  CHECK(last_entry().object_type == "variant");
  CHECK(last_entry().object_id == bowl);
  CHECK(last_entry().after ==
        R"({"quantity":-1,"location":)" + std::to_string(own.id) + R"(,"note":""})");
  CHECK(inventory.transfer(anna, {bowl, own.id, 0, 1, {}}).size() == 2);
  for (const auto& row : inventory.movements(anna, bowl, {.limit = 2}).items) {
    CHECK(row.actor_id == anna.user_id());
  }
  CHECK(inventory.restock(anna, {{bowl, 1, 0, {}}})[0].on_hand == 3);
  CHECK(inventory.set_threshold(anna, {.variant_id = bowl, .low = 1}).low == 1);
  CHECK(inventory.threshold(anna, bowl).low == 1);
  CHECK(inventory.locations_of(anna, bowl).size() == 2);

  CHECK(code_of([&] { return inventory.receive(anna, {tea, 1, 0, {}}); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.receive(anna, {bowl, 1, shops, {}}); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.adjust(anna, {tea, 1}); }) == Code::not_found);
  CHECK(code_of([&] {
          return inventory.adjust(anna, {bowl, 1, StockReason::other, shops, {}});
        }) == Code::not_found);
  CHECK(code_of([&] { return inventory.restock(anna, {{tea, 1, 0, {}}}); }) == Code::not_found);
  CHECK(code_of([&] {
          return inventory.restock(anna, {{bowl, 1, shops, {}}});
        }) == Code::not_found);
  CHECK(code_of([&] {
          return inventory.transfer(anna, {tea, 0, own.id, 1, {}});
        }) == Code::not_found);
  CHECK(first_path(error_of([&] {
          return inventory.transfer(anna, {bowl, 0, shops, 1, {}});
        })) == "to_id");
  CHECK(first_path(error_of([&] {
          return inventory.transfer(anna, {bowl, shops, 0, 1, {}});
        })) == "from_id");
  CHECK(code_of([&] { return inventory.movements(anna, tea, {}); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.locations_of(anna, tea); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.threshold(anna, tea); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.set_threshold(anna, {.variant_id = tea}); }) ==
        Code::not_found);
  CHECK(code_of([&] { return inventory.rename_location(anna, shops, "Mine"); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.close_location(anna, shops); }) == Code::not_found);
  for (const auto& session : {carol, shop.guest()}) {
    CHECK_THROWS_AS(inventory.locations(session), Error);
    CHECK_THROWS_AS(inventory.movements(session, tea, {}), Error);
    CHECK_THROWS_AS(inventory.receive(session, {tea, 1, 0, {}}), Error);
    CHECK_THROWS_AS(inventory.release_expired(session), Error);
    CHECK(inventory.level(session, tea).on_hand == 0);
  }
  CHECK(code_of([&] { return inventory.release_expired(anna); }) == Code::forbidden);
}

TEST_CASE_FIXTURE(PlacesFixture, "a delivery is in the record with its place and note") {
  inventory.receive(host, {tea, 4, 0, "DN-9"});
  const auto entry = last_entry();
  CHECK(entry.action == "stock.receive");
  CHECK(entry.object_type == "variant");
  CHECK(entry.object_id == tea);
  CHECK(entry.after == R"({"quantity":4,"location":0,"note":"DN-9"})");
}

TEST_CASE_FIXTURE(PlacesFixture, "a stock take counts one place and books there what it found") {
  const auto cellar = inventory.create_location(host, "Cellar").id;
  inventory.restock(host, {{tea, 10, 0, {}}, {tea, 3, cellar, {}}, {mug, 2, cellar, {}}});
  clock->advance(10);
  const auto take = inventory.open_stock_take(host, " Spring ", cellar);
  CHECK(take.name == "Spring");
  CHECK(take.location_id == cellar);
  CHECK(take.status == StockTakeStatus::open);
  CHECK(take.opened_at == start_of_test + 10);
  CHECK(take.counted == 0);
  CHECK(take.differing == 0);
  CHECK(take.difference == 0);
  CHECK_FALSE(take.closed_at);
  const auto other = inventory.open_stock_take(host, "Shop", 0);
  inventory.count(host, other.id, tea, 0);
  clock->advance(5);
  const auto line = inventory.count(host, take.id, tea, 5);
  CHECK(line.variant_id == tea);
  CHECK(line.expected == 3);
  CHECK(line.counted == 5);
  CHECK(line.counted_at == start_of_test + 15);
  CHECK(inventory.count(host, take.id, mug, 3).expected == 2);
  clock->advance(1);
  CHECK(inventory.count(host, take.id, mug, 2).counted_at == start_of_test + 16);
  CHECK(inventory.count(host, take.id, bowl, 0).expected == 0);
  const auto now = inventory.stock_take(host, take.id);
  CHECK(now.counted == 3);
  CHECK(now.differing == 1);
  CHECK(now.difference == 2);
  auto lines = inventory.stock_take_lines(host, take.id, {.limit = 2, .with_total = true});
  REQUIRE(lines.items.size() == 2);
  CHECK(lines.total == 3);
  CHECK(lines.items[0].variant_id == tea);
  CHECK(lines.items[0].counted == 5);
  CHECK(lines.items[1].variant_id == mug);
  CHECK(lines.items[1].expected == 2);
  CHECK(lines.items[1].counted == 2);
  CHECK(lines.items[1].counted_at == start_of_test + 16);
  lines = inventory.stock_take_lines(host, take.id, {.cursor = lines.next_cursor, .limit = 2});
  REQUIRE(lines.items.size() == 1);
  CHECK(lines.items[0].variant_id == bowl);
  CHECK(lines.next_cursor.empty());
  CHECK_FALSE(lines.total);
  CHECK(inventory.stock_take_lines(host, take.id, {.limit = 3}).next_cursor.empty());
  CHECK(inventory.stock_take_lines(host, take.id, {.limit = 1}).items.size() == 1);
  inventory.open_stock_take(host, "Empty", 0);
  const auto list = inventory.stock_takes(host, {}).items;
  REQUIRE(list.size() == 3);
  CHECK(list[0].name == "Empty");
  CHECK(list[0].counted == 0);
  CHECK(list[0].difference == 0);
  CHECK(list[1].counted == 1);
  CHECK(list[1].differing == 1);
  CHECK(list[1].difference == -10);
  CHECK(list[2].name == "Spring");
  CHECK(list[2].location_id == cellar);
  CHECK(list[2].counted == 3);
  CHECK(list[2].differing == 1);
  CHECK(list[2].difference == 2);
  CHECK(list[2].opened_at == start_of_test + 10);
  clock->advance(1);
  const auto closed = inventory.close_stock_take(host, take.id);
  CHECK(closed.id == take.id);
  CHECK(closed.closed_at == start_of_test + 17);
  CHECK(closed.difference == 2);
  const auto row = inventory.movements(host, tea, {}).items[0];
  CHECK(row.kind == StockMovementKind::adjust);
  CHECK(row.reason == StockReason::count);
  CHECK(row.location_id == cellar);
  CHECK(row.quantity == 2);
  CHECK(row.on_hand == 5);
  CHECK(row.note == "stock take Spring");
  CHECK(inventory.movements(host, mug, {}).items.size() == 1);
  CHECK(last_entry().action == "stock_take.close");
  CHECK(last_entry().object_type == "stock_take");
  CHECK(last_entry().object_id == take.id);
  CHECK(last_entry().after == R"({"counted":3,"differing":1,"difference":2})");
  CHECK(inventory.stock_take(host, other.id).status == StockTakeStatus::open);
  clock->advance(1);
  const auto canceled = inventory.cancel_stock_take(host, other.id);
  CHECK(canceled.status == StockTakeStatus::canceled);
  CHECK(canceled.closed_at == start_of_test + 18);
  CHECK(inventory.level(host, tea).on_hand == 15);
  for (const Id ended : {take.id, other.id}) {
    CHECK(code_of([&] { return inventory.close_stock_take(host, ended); }) ==
          Code::illegal_transition);
    CHECK(code_of([&] { return inventory.cancel_stock_take(host, ended); }) ==
          Code::illegal_transition);
  }
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(PlacesFixture,
                  "a count below what is sold since names the variant, and nothing is booked") {
  inventory.restock(host, {{tea, 10, 0, {}}, {mug, 4, 0, {}}});
  const auto take = inventory.open_stock_take(host, "Late", 0).id;
  inventory.count(host, take, tea, 3);
  inventory.count(host, take, mug, 5);
  inventory.adjust(host, {tea, -5});
  CHECK(inventory.stock_takes(host, {}).items[0].difference == -6);
  const auto error = error_of([&] { return inventory.close_stock_take(host, take); });
  CHECK(error.code() == Code::out_of_stock);
  REQUIRE(error.details().size() == 1);
  CHECK(error.details()[0].path == "variant " + std::to_string(tea));
  CHECK(error.details()[0].params[0] == std::pair<std::string, std::string>{"counted", "3"});
  CHECK(error.details()[0].params[1] == std::pair<std::string, std::string>{"expected", "10"});
  CHECK(inventory.level(host, mug).on_hand == 4);
  CHECK(inventory.stock_take(host, take).status == StockTakeStatus::open);
  inventory.count(host, take, tea, 5);
  CHECK(inventory.close_stock_take(host, take).difference == 1);
}

TEST_CASE_FIXTURE(PlacesFixture, "stock takes have limits, pages, and an owner") {
  for (const auto& name : {std::string{" "}, std::string(101, 'n')}) {
    CHECK(first_path(error_of([&] { return inventory.open_stock_take(host, name, 0); })) == "name");
  }
  CHECK(first_path(error_of([&] { return inventory.open_stock_take(host, "X", 4711); })) ==
        "location_id");
  const auto first = inventory.open_stock_take(host, std::string(100, 'n'), 0).id;
  const auto annas_take = inventory.open_stock_take(anna, "Hers", 0).id;
  const auto third = inventory.open_stock_take(host, "3", 0).id;  // a name of one letter
  CHECK(inventory.count(host, first, tea, 1'000'000'000).counted == 1'000'000'000);
  CHECK(inventory.count(host, first, tea, 0).counted == 0);
  for (const std::int64_t wrong : {std::int64_t{-1}, std::int64_t{1'000'000'001}}) {
    CHECK(first_path(error_of([&] { return inventory.count(host, first, tea, wrong); })) ==
          "counted");
  }
  CHECK(first_path(error_of([&] { return inventory.count(host, first, 999'999, 1); })) ==
        "variant_id");
  CHECK(code_of([&] { return inventory.count(host, 4711, tea, 1); }) == Code::not_found);
  auto page = inventory.stock_takes(host, {.limit = 2, .with_total = true});
  REQUIRE(page.items.size() == 2);
  CHECK(page.total == 3);
  CHECK(page.items[0].id == third);
  CHECK(page.items[1].id == annas_take);
  for (const bool with_total : {false, true}) {
    const auto rest = inventory.stock_takes(
        host, {.cursor = page.next_cursor, .limit = 2, .with_total = with_total});
    REQUIRE(rest.items.size() == 1);
    CHECK(rest.items[0].id == first);
    CHECK(rest.items[0].counted == 1);
    CHECK(rest.next_cursor.empty());
    CHECK(rest.total.has_value() == with_total);
    CHECK(rest.total.value_or(3) == 3);
  }
  CHECK(inventory.stock_takes(host, {.limit = 3}).next_cursor.empty());
  CHECK(inventory.stock_takes(host, {.limit = 500}).items.size() == 3);
  for (const int wrong : {0, 501}) {
    CHECK(first_path(error_of([&] { return inventory.stock_takes(host, {.limit = wrong}); })) ==
          "limit");
    CHECK(first_path(error_of([&] {
            return inventory.stock_take_lines(host, first, {.limit = wrong});
          })) == "limit");
  }
  const auto hers = inventory.stock_takes(anna, {.with_total = true});
  REQUIRE(hers.items.size() == 1);
  CHECK(hers.total == 1);
  CHECK(hers.items[0].id == annas_take);
  CHECK(inventory.count(anna, annas_take, bowl, 2).counted == 2);
  CHECK(code_of([&] { return inventory.count(anna, annas_take, tea, 2); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.count(anna, first, bowl, 2); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.stock_take(anna, first); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.stock_take_lines(anna, first, {}); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.cancel_stock_take(anna, first); }) == Code::not_found);
  CHECK(code_of([&] { return inventory.close_stock_take(anna, first); }) == Code::not_found);
  CHECK(inventory.close_stock_take(anna, annas_take).difference == 2);
  CHECK(inventory.movements(anna, bowl, {}).items[0].actor_id == anna.user_id());
}

TEST_CASE_FIXTURE(PlacesFixture, "a found unit is booked where there never was any") {
  const auto take = inventory.open_stock_take(host, "X", 0).id;
  inventory.count(host, take, tea, 1);
  CHECK(inventory.close_stock_take(host, take).difference == 1);
  CHECK(inventory.level(host, tea).on_hand == 1);
}

TEST_CASE_FIXTURE(PlacesFixture,
                  "a seller is told when its goods are low, the shop's people follow the list") {
  for (const Id variant : {bowl, tea}) {
    inventory.set_threshold(host, {.variant_id = variant, .low = 2});
    inventory.receive(host, {variant, 3, 0, {}});
    inventory.adjust(host, {variant, -1});
  }
  const auto told = shop.notify().list(anna, {.kind = NotificationKind::low_stock}, {}).items;
  REQUIRE(told.size() == 1);
  CHECK(told[0].title.find("Bowl") != std::string::npos);
  inventory.adjust(host, {bowl, -2});
  CHECK(shop.notify().list(anna, {.kind = NotificationKind::low_stock}, {}).items.size() == 1);
}

TEST_CASE_FIXTURE(PlacesFixture, "who waits for a bundle is told when its last part comes") {
  ProductInput input;
  input.title = "Set";
  input.simple.price = {100, "GBP"};
  input.bundle = {{tea, 2}, {mug, 1}};
  const auto set = shop.catalog().create_product(host, input).variants.front().id;
  shop.wishlist().wait_for(carol, set);
  const auto told = [&] { return shop.notify().list(carol, {}, {}).items; };
  inventory.receive(host, {mug, 1, 0, {}});
  inventory.receive(host, {tea, 1, 0, {}});
  CHECK(told().empty());
  inventory.receive(host, {tea, 1, 0, {}});
  REQUIRE(told().size() == 1);
  CHECK(told()[0].title == "Set is back in stock");
  CHECK(shop.wishlist().waiting(carol).empty());
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(PlacesFixture, "who waits is told, whatever brings the goods") {
  const auto told = [&] { return shop.notify().list(carol, {}, {}).items.size(); };
  const auto wait = [&] { shop.wishlist().wait_for(carol, tea); };
  wait();
  inventory.receive(host, {tea, 1, 0, {}});
  CHECK(told() == 1);
  inventory.adjust(host, {tea, -1});
  wait();
  inventory.adjust(host, {tea, 1});
  CHECK(told() == 2);
  inventory.adjust(host, {tea, -1});
  wait();
  inventory.restock(host, {{mug, 1, 0, {}}, {tea, 1, 0, {}}});
  CHECK(told() == 3);
  inventory.adjust(host, {tea, -1});
  wait();
  const auto take = inventory.open_stock_take(host, "X", 0).id;
  inventory.count(host, take, tea, 1);
  inventory.close_stock_take(host, take);
  CHECK(told() == 4);
}

TEST_CASE_FIXTURE(PlacesFixture, "the level of what is not on sale is for those who manage it") {
  ProductInput input;
  input.title = "Secret bowl";
  input.status = ProductStatus::draft;
  input.simple.price = {100, "GBP"};
  const auto draft = shop.catalog().create_product(anna, input).variants.front().id;
  const auto path = [&](const Session& session) {
    return first_path(error_of([&] { return inventory.level(session, draft); }));
  };
  CHECK(path(shop.guest()) == "variant_id");
  CHECK(path(carol) == "variant_id");
  CHECK(inventory.level(anna, draft).available == 0);
  CHECK(inventory.level(host, draft).available == 0);
  CHECK(inventory.level(shop.guest(), bowl).available == 0);
  shop.sellers().suspend(host, annas, "fraud");
  CHECK(code_of([&] { inventory.level(shop.guest(), bowl); }) == Code::not_found);
}
