#include "core/random.hpp"
#include "db/database.hpp"
#include "db/db_sql.hpp"
#include "db/migrations.hpp"
#include "support/shop_fixture.hpp"

#include <algorithm>
#include <memory>
#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

struct IdsFixture {
  TempFolder folder;
  std::string path = folder.path("a");

  IdsFixture() {
    db::make_shop_file(path, {});
    db::migrate(*open());
  }

  [[nodiscard]] std::unique_ptr<db::Database> open() const {
    db::DatabaseOptions options;
    options.sqlite.path = path;
    return std::make_unique<db::Database>(
        options,
        db::Env{std::make_shared<ManualClock>(start_of_test), core::seeded_random(1), "GBP", 0});
  }

  static Id stored(db::Database& database) {
    return database.read([](db::Tx& tx) { return tx.integer(db::sql::k_id_next, 0).value(); });
  }
  static Id take(db::Database& database, int count = 1) {
    return database.write([&](db::Tx& tx) {
      Id last = 0;
      for (int i = 0; i < count; ++i) last = tx.next_id();
      return last;
    });
  }
};

}  // namespace

TEST_CASE_FIXTURE(IdsFixture,
                  "ids ascend, are never given twice and survive a failed transaction") {
  const auto shop = open();
  const auto first = take(*shop);
  CHECK_THROWS(shop->write([](db::Tx& tx) {
    (void)tx.next_id();
    throw Error(Code::conflict, "on purpose");
  }));
  const auto second = take(*shop);
  CHECK(second > first);
  CHECK(second % 1024 == 0);
}

TEST_CASE_FIXTURE(IdsFixture, "a writer alone takes its ids in blocks, which a new one skips") {
  Id last = 0;
  {
    const auto shop = open();
    (void)take(*shop);
    (void)take(*shop);
    const auto end = stored(*shop);
    for (int i = 0; i < 1'000; ++i) last = take(*shop);
    CHECK(stored(*shop) == end);  // not written with each commit
    for (int i = 0; i < 100; ++i) {
      const auto next = take(*shop);
      CHECK(next == last + 1024);
      last = next;
    }
    CHECK(stored(*shop) > end);
    CHECK(take(*shop, 5'000) == last + 5'000 * 1024);  // more than a block at once
    last = take(*shop);
  }
  const auto shop = open();
  CHECK(take(*shop) > last);
}

TEST_CASE_FIXTURE(IdsFixture, "writers of one file take ids in the order of their commits") {
  std::vector<std::unique_ptr<db::Database>> writers;
  for (int i = 0; i < 3; ++i) writers.push_back(open());
  Id last = 0;
  for (std::size_t i = 0; i < 300; ++i) {
    // Now in turns, now one of them for a while.
    auto& shop = *writers[i % 60 < 30 ? i % 3 : i / 60 % 3];
    if (i % 7 == 0) {
      CHECK_THROWS(shop.write([](db::Tx& tx) {
        (void)tx.next_id();
        throw Error(Code::conflict, "on purpose");
      }));
    }
    const auto next = take(shop, 1 + static_cast<int>(i % 5));
    CHECK(next > last);
    last = next;
  }
}

// What loading a dump does: the writer that did it writes no more, others go on.
TEST_CASE_FIXTURE(IdsFixture, "another shop's numbers are gone on from") {
  const auto shop = open();
  const auto other = open();
  Id taken = 0;
  const auto replace = [&](Id with) {
    shop->write([&](db::Tx& tx) {
      if (taken != 0) taken = tx.next_id();
      const auto before = tx.stored_ids();
      tx.exec(db::sql::k_id_save, 0, with);
      tx.shop_replaced(before);
    });
    CHECK(code_of([&] { return take(*shop); }) == Code::wrong_host_key);
  };
  (void)take(*other);
  (void)take(*other);  // has a block now
  const auto before = stored(*other);
  SUBCASE("greater ones") {
    replace(before + 10'000);
    CHECK(take(*other) == (before + 10'000) * 1024);
  }
  SUBCASE("smaller ones") {
    replace(1);
    CHECK(take(*other) > before * 1024);
  }
  SUBCASE("just what the other writer left") {
    replace(before);
    CHECK(take(*other) > before * 1024);
  }
  SUBCASE("after some were taken") {
    taken = 1;
    replace(1);
    CHECK(taken > 1);
    CHECK(take(*other) > taken);
  }
  SUBCASE("undone") {
    const auto last = take(*shop);
    CHECK_THROWS(shop->write([&](db::Tx& tx) {
      const auto numbers = tx.stored_ids();
      tx.exec(db::sql::k_id_save, 0, numbers + 10'000);
      tx.shop_replaced(numbers);
      throw Error(Code::conflict, "on purpose");
    }));
    CHECK(take(*shop) == last + 1024);
  }
}
