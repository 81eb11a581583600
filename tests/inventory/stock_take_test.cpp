#include "support/orders_fixture.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct TakeFixture : OrdersFixture {
  Inventory& inventory = shop.inventory();
  std::int64_t on_hand(Id variant) { return inventory.level(host, variant).on_hand; }
};

}  // namespace

TEST_CASE_FIXTURE(TakeFixture, "a stock take books more, less and the same, once") {
  const auto more = sell("More", 100, 2);
  const auto less = sell("Less", 100, 5);
  const auto same = sell("Same", 100, 3);
  const auto none = sell("None", 100, 0);
  const auto take = inventory.open_stock_take(host, "Autumn", 0);
  CHECK(problems_of([&] { inventory.count(host, take.id, more, -1); }).size() == 1);
  CHECK(code_of([&] { inventory.count(host, take.id, 4711, 1); }) == Code::not_found);
  CHECK(code_of([&] { inventory.count(host, 4711, more, 1); }) == Code::not_found);
  inventory.count(host, take.id, more, 4);
  inventory.count(host, take.id, less, 1);
  inventory.count(host, take.id, same, 3);
  inventory.count(host, take.id, none, 7);
  inventory.count(host, take.id, none, 6);
  const auto lines = inventory.stock_take_lines(host, take.id, {{}, 3, true});
  CHECK(lines.total == 4);
  CHECK(lines.items.size() == 3);
  CHECK(inventory.stock_take_lines(host, take.id, {lines.next_cursor, 3, false}).items.size() == 1);
  CHECK(code_of([&] {
          inventory.stock_take_lines(host, take.id, {{}, 0, false});
        }) == Code::validation);
  const auto closed = inventory.close_stock_take(host, take.id);
  CHECK(closed.status == StockTakeStatus::closed);
  CHECK(on_hand(more) == 4);
  CHECK(on_hand(less) == 1);
  CHECK(on_hand(same) == 3);
  CHECK(on_hand(none) == 6);
  CHECK(shop.catalog().variant(host, none).in_stock);
  CHECK(code_of([&] { inventory.close_stock_take(host, take.id); }) == Code::illegal_transition);
  CHECK(code_of([&] { inventory.count(host, take.id, more, 1); }) == Code::illegal_transition);
  CHECK(code_of([&] { inventory.cancel_stock_take(host, take.id); }) == Code::illegal_transition);
  check_verified();
}

TEST_CASE_FIXTURE(TakeFixture, "a count below what is reserved is told, and nothing is booked") {
  const auto mug = sell("Mug", 100, 5);
  const auto tea = sell("Tea", 100, 5);
  const auto take = inventory.open_stock_take(host, "Spring", 0);
  inventory.count(host, take.id, mug, 1);
  inventory.count(host, take.id, tea, 4);
  const auto cart = shop.cart().create(host, {}).id;
  shop.cart().add(host, cart, {mug, 4, {}});
  shop.cart().reserve(host, cart, 60);
  const auto error = error_of([&] { inventory.close_stock_take(host, take.id); });
  CHECK(error.code() == Code::out_of_stock);
  REQUIRE(error.details().size() == 1);
  CHECK(first_path(error) == "variant " + std::to_string(mug));
  CHECK(on_hand(tea) == 5);
  CHECK(inventory.stock_take(host, take.id).status == StockTakeStatus::open);
  shop.cart().drop(host, cart);
  inventory.close_stock_take(host, take.id);
  CHECK(on_hand(mug) == 1);
  CHECK(on_hand(tea) == 4);
  check_verified();
}

TEST_CASE_FIXTURE(TakeFixture, "stock takes are listed newest first, page by page") {
  std::vector<Id> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(inventory.open_stock_take(host, "Take " + std::to_string(i), 0).id);
    inventory.cancel_stock_take(host, ids.back());
  }
  std::vector<Id> seen;
  PageQuery page{{}, 2, true};
  for (;;) {
    const auto part = inventory.stock_takes(host, page);
    if (page.with_total) CHECK(part.total == 5);
    for (const auto& take : part.items) seen.push_back(take.id);
    if (part.next_cursor.empty()) break;
    page = {part.next_cursor, 2, seen.size() == 2};
  }
  CHECK(seen == std::vector<Id>{ids.rbegin(), ids.rend()});
  CHECK(problems_of([&] { inventory.open_stock_take(host, " ", 0); }) == Problems{"name required"});
  CHECK(code_of([&] { inventory.open_stock_take(host, "Nowhere", 4711); }) == Code::not_found);
}
