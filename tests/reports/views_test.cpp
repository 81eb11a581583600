#include "core/time.hpp"
#include "reports_fixture.hpp"
#include "shop/inventory.hpp"

#include <fstream>
#include <set>
#include <sstream>

using namespace shop;
using namespace shop::test;

namespace {

std::vector<std::int64_t> row_of(db::Database& database, const std::string& sql) {
  return database.read([&](db::Tx& tx) {
    std::vector<std::int64_t> out;
    auto query = tx.query_text(sql);
    if (!query.next()) return out;
    for (int column = 0; column < 12; ++column) {
      if (query.is_null(column)) break;
      out.push_back(query.integer(column));
    }
    return out;
  });
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE_FIXTURE(ReportsFixture, "each view says what the reports say, folded or not") {
  const auto home = catalog.create_category(host, {"Home", {}});
  const auto tea = product("Tea", {home.id});
  const auto mug = product("Mug");
  sell(tea, 5, 7, "FR");
  sell(mug, 2, 8);
  clock->advance(26 * core::microseconds_per_hour);
  sell(tea, 1, 7, "FR");
  tell(reports::SaleKind::returned, 1, tea, 2, 7, "FR");
  Inventory{database}.receive(host, {mug.variants.front().id, 7, 0, {}});
  const auto day = std::to_string(core::day_number(start_of_test, 0));
  const auto id = std::to_string(tea.id);
  for (int pass = 0; pass < 2; ++pass) {
    CHECK(row_of(database,
                 "SELECT orders, units, revenue_minor, returns, returned_units, "
                 "returned_minor FROM report_sales_day WHERE seller_id = 0 AND day = " +
                     day) == Numbers{2, 7, 700, 0, 0, 0});
    CHECK(row_of(database,
                 "SELECT sum(orders), sum(units), sum(returned_units) FROM "
                 "report_product_day WHERE product_id = " +
                     id) == Numbers{2, 6, 2});
    CHECK(row_of(database,
                 "SELECT sum(orders), sum(revenue_minor), sum(returned_minor) FROM "
                 "report_category_day WHERE category_id = " +
                     std::to_string(home.id)) == Numbers{2, 600, 200});
    CHECK(row_of(database,
                 "SELECT sum(orders), sum(units) FROM report_region_day "
                 "WHERE country = 'FR'") == Numbers{2, 6});
    CHECK(row_of(database, "SELECT weekday, hour, orders FROM report_hour ORDER BY day") ==
          Numbers{1, 10, 2});
    CHECK(row_of(database,
                 "SELECT last_order_at, orders, revenue_minor, returned_minor FROM "
                 "report_customer WHERE customer_id = 7") ==
          Numbers{start_of_test + 26 * core::microseconds_per_hour, 2, 600, 200});
    CHECK(row_of(database,
                 "SELECT date_key, year, month, day_of_month, weekday FROM "
                 "report_calendar WHERE day = " +
                     day) == Numbers{20260105, 2026, 1, 5, 1});
    CHECK(row_of(database,
                 "SELECT product_id, seller_id, category_id, price_minor FROM report_product "
                 "WHERE slug = 'tea' AND title = 'Tea'") == Numbers{tea.id, 0, home.id, 100});
    CHECK(row_of(database,
                 "SELECT category_id FROM report_category WHERE name = 'Home' AND slug = 'home' "
                 "AND parent_id IS NULL") == Numbers{home.id});
    CHECK(row_of(database,
                 "SELECT variant_id, location_id, on_hand, held, available FROM "
                 "report_stock") == Numbers{mug.variants.front().id, 0, 7, 0, 7});
    fold();
  }
}

TEST_CASE_FIXTURE(ReportsFixture, "the calendar of the views is right for four centuries") {
  const auto tea = product("Tea");
  for (int i = 0; i < 200; ++i) {
    clock->set(core::day_start(-20'000 + i * 731, 0));
    sell(tea, 1);
  }
  database.read([&](db::Tx& tx) {
    auto query = tx.query_text("SELECT day, date_key, weekday FROM report_calendar");
    int days = 0;
    for (; query.next(); ++days) {
      const auto civil = core::to_civil(core::day_start(query.integer(0), 0), 0);
      CHECK(query.integer(2) == (civil.weekday == 0 ? 7 : civil.weekday));
      CHECK(query.integer(1) == civil.year * 10'000 + civil.month * 100 + civil.day);
    }
    CHECK(days == 200);
  });
}

TEST_CASE_FIXTURE(ReportsFixture, "the document names every view with every column") {
  std::ifstream file{std::string{SHOP_SOURCE_DIR} + "/docs/sql_views.md"};
  std::stringstream text;
  text << file.rdbuf();
  const auto document = text.str();
  std::set<std::string> views;
  database.read([&](db::Tx& tx) {
    auto query = tx.query_text(
        "SELECT name FROM sqlite_schema WHERE type = 'view' "
        "AND name >= 'report_' AND name < 'report`'");
    while (query.next()) views.insert(query.text(0));
  });
  CHECK(views.size() == 10);
  for (const auto& view : views) {
    CAPTURE(view);
    const auto at = document.find("| `" + view + "` |");
    REQUIRE(at != std::string::npos);
    const auto line = document.substr(at, document.find('\n', at) - at);
    database.read([&](db::Tx& tx) {
      auto query = tx.query_text("SELECT name FROM pragma_table_info('" + view + "')");
      while (query.next()) {
        CAPTURE(query.text(0));
        CHECK(line.find("`" + query.text(0) + "`") != std::string::npos);
      }
    });
  }
}
