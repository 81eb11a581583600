#include "core/random.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "db/sql.hpp"
#include "support/shop_fixture.hpp"

#include <string>

#include <sqlite3.h>

using namespace shop;
using namespace shop::test;

namespace {

db::Database& schema() {
  static db::Database database{
      {}, {std::make_shared<ManualClock>(start_of_test), core::seeded_random(1), "GBP", 0}};
  static const int migrated = db::migrate(database);
  (void)migrated;
  return database;
}

// "SCAN product" is a walk through a whole table; "SCAN x USING … INDEX" a walk through an index,
// which is the same with smaller rows. Reading one row from the end of an index is neither.
bool is_full_scan(std::string_view plan) {
  return plan.starts_with("SCAN ") && plan.find("CONSTANT ROW") == std::string_view::npos &&
         plan.find("VIRTUAL TABLE") == std::string_view::npos &&
         plan.find("SUBQUERY") == std::string_view::npos && !plan.starts_with("SCAN (");
}

}  // namespace

TEST_CASE("every statement of every module prepares against the migrated schema") {
  (void)Engine::open_memory();  // links all modules in, and with them their statements
  int count = 0;
  schema().exclusive([&](db::SqliteConnection& connection) {
    for (const auto* sql = db::Sql::first(); sql != nullptr; sql = sql->next()) {
      CAPTURE(sql->name());
      CHECK_NOTHROW(connection.prepare(sql->text()));
      ++count;
    }
  });
  CHECK(count > 10);
}

TEST_CASE("no statement reads a whole table without saying why") {
  schema().exclusive([&](db::SqliteConnection& connection) {
    for (const auto* sql = db::Sql::first(); sql != nullptr; sql = sql->next()) {
      if (sql->full_scan_reason() != nullptr) continue;
      CAPTURE(sql->name());
      auto plan = connection.prepare(std::string{"EXPLAIN QUERY PLAN "} + sql->text());
      while (plan->step()) {
        const std::string step{plan->text(3)};
        CAPTURE(step);
        CHECK_FALSE(is_full_scan(step));
      }
    }
  });
}

TEST_CASE("the portable subset is kept") {
  for (const auto* sql = db::Sql::first(); sql != nullptr; sql = sql->next()) {
    CAPTURE(sql->name());
    const std::string text = sql->text();
    for (const char* word : {"AUTOINCREMENT", "group_concat", "datetime(", "strftime(", " LIKE ",
                             "json_", "->", "INSERT OR ", "REPLACE INTO", " GLOB ", "ifnull("}) {
      CAPTURE(word);
      CHECK(text.find(word) == std::string::npos);
    }
  }
}
