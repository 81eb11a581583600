#include "core/random.hpp"
#include "db/all_statements.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "db/sql.hpp"
#include "support/shop_fixture.hpp"

#include <algorithm>
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
  std::size_t slots = 0;
  schema().exclusive([&](db::SqliteConnection& connection) {
    for (const auto* sql : all_statements()) {
      CAPTURE(sql->name());
      CHECK_NOTHROW(connection.prepare(sql->text()));
      slots = std::max(slots, sql->slot());
    }
  });
  CHECK(all_statements().size() > 600);
  CHECK(slots >= all_statements().size());
}

TEST_CASE("no statement reads a whole table without saying why") {
  schema().exclusive([&](db::SqliteConnection& connection) {
    for (const auto* sql : all_statements()) {
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
  for (const auto* sql : all_statements()) {
    CAPTURE(sql->name());
    const std::string text = sql->text();
    for (const char* word : {"AUTOINCREMENT", "group_concat", "datetime(", "strftime(", " LIKE ",
                             "json_", "->", "INSERT OR ", "REPLACE INTO", " GLOB ", "ifnull("}) {
      CAPTURE(word);
      CHECK(text.find(word) == std::string::npos);
    }
  }
}
