#include "core/random.hpp"
#include "db/database.hpp"
#include "db/db_sql.hpp"
#include "db/migrations.hpp"
#include "support/shop_fixture.hpp"

#include <atomic>
#include <thread>
#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

db::Env test_env() {
  return {std::make_shared<ManualClock>(start_of_test), core::seeded_random(1), "GBP", 0};
}

db::DatabaseOptions on_file(const std::string& path) {
  db::DatabaseOptions options;
  options.sqlite.path = path;
  db::make_shop_file(path, {});
  return options;
}

}  // namespace

TEST_CASE("threads that write at once share commits and each gets its own outcome") {
  const TempFolder folder;
  db::Database database{on_file(folder.path("a")), test_env()};
  db::migrate(database);
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        try {
          database.write([&](db::Tx& tx) {
            tx.exec(db::sql::k_setting_put, "t" + std::to_string(t * 100 + i), "x");
            if (i % 10 == 0) throw Error(Code::conflict, "on purpose");
          });
        } catch (const Error& error) {
          if (error.code() == Code::conflict) ++refused;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(refused == 8 * 5);
  int kept = 0;
  database.read([&](db::Tx& tx) {
    for (int i = 0; i < 800; ++i) {
      auto query = tx.query(db::sql::k_setting_get, "t" + std::to_string(i));
      kept += query.next() ? 1 : 0;
    }
  });
  CHECK(kept == 8 * 45);
  CHECK(database.stats().writes == 8 * 45);
}

TEST_CASE("a call from inside a transaction is refused, not deadlocked") {
  const TempFolder folder;
  db::Database database{on_file(folder.path("a")), test_env()};
  db::migrate(database);
  CHECK(code_of([&] {
          return database.write([&](db::Tx&) { return database.read([](db::Tx&) { return 1; }); });
        }) == Code::reentrant);
}
