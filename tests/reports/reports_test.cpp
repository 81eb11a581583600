#include "core/time.hpp"
#include "reports_fixture.hpp"

using namespace shop;
using namespace shop::test;
using core::microseconds_per_day;
using core::microseconds_per_hour;

TEST_CASE_FIXTURE(ReportsFixture, "the product report has every product, most or least sold") {
  const auto tea = product("Tea");
  const auto mug = product("Mug");
  const auto pot = product("Pot");
  sell(tea, 5);
  sell(mug, 2);
  sell(mug, 1);
  tell(reports::SaleKind::returned, 1, tea, 1);
  for (int pass = 0; pass < 2; ++pass) {
    auto rows = reports.products(host, {}, {.with_total = true});
    REQUIRE(rows.items.size() == 3);
    CHECK(rows.total == 3);
    CHECK(rows.items[0].title == "Tea");
    CHECK(rows.items[0].orders == 1);
    CHECK(rows.items[0].units == 5);
    CHECK(rows.items[0].revenue == Money{500, "GBP"});
    CHECK(rows.items[0].returned_units == 1);
    CHECK(rows.items[0].net == Money{400, "GBP"});
    CHECK(rows.items[1].orders == 2);
    CHECK(rows.items[1].units == 3);
    CHECK(rows.items[2].title == "Pot");
    rows = reports.products(host, {.order = ReportOrder::least_units}, {.limit = 2});
    CHECK(rows.items[0].product_id == pot.id);
    const auto rest = reports.products(host, {.order = ReportOrder::least_units},
                                       {.cursor = rows.next_cursor, .limit = 2});
    REQUIRE(rest.items.size() == 1);
    CHECK(rest.items[0].product_id == tea.id);
    CHECK(rest.next_cursor.empty());
    CHECK(reports.never_sold(host, {}, {}).items.size() == 1);
    fold();
  }
}

TEST_CASE_FIXTURE(ReportsFixture, "figures of a category are those of everything below it") {
  const auto home = catalog.create_category(host, {"Home", {}});
  const auto kitchen = catalog.create_category(host, {"Kitchen", home.id});
  const auto mug = product("Mug", {kitchen.id});
  const auto rug = product("Rug", {home.id});
  const auto book = product("Book");
  sell(mug, 3);
  sell(rug, 1);
  sell(book, 9);
  CHECK(reports.products(host, {.category = "home"}, {}).items.size() == 2);
  const auto top = reports.top_selling(host, {.category = "kitchen"});
  REQUIRE(top.size() == 1);
  CHECK(top[0].title == "Mug");
  const auto error = error_of([&] { return reports.products(host, {.category = "garden"}, {}); });
  CHECK(error.code() == Code::not_found);
  CHECK(first_path(error) == "category");
  const auto rows = reports.categories(host, {});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].category_id == 0);
  CHECK(rows[1].slug == "kitchen");
  CHECK(rows[1].net_below.minor == 300);
  CHECK(rows[2].net.minor == 100);
  CHECK(rows[2].net_below.minor == 400);
}

TEST_CASE_FIXTURE(ReportsFixture,
                  "a dashboard adds up its span and compares it with the one before") {
  const auto tea = product("Tea");
  sell(tea, 1, 7);
  clock->advance(7 * microseconds_per_day);
  sell(tea, 2, 7);
  sell(tea, 3, 8);
  const auto canceled = sell(tea, 50, 9);
  tell(reports::SaleKind::taken_out, canceled, tea, 50, 9);
  sell(tea, 4);
  for (int pass = 0; pass < 2; ++pass) {
    const auto board = reports.dashboard(host, {.period = ReportPeriod::week});
    CHECK(board.total.orders == 3);
    CHECK(board.total.units == 9);
    CHECK(board.total.new_orders == 1);
    CHECK(board.total.returning_orders == 1);
    CHECK(board.total.average_order == Money{300, "GBP"});
    CHECK(board.total.net == Money{900, "GBP"});
    REQUIRE(board.series.size() == 1);
    CHECK(board.series[0].label == "2026-01-12");
    REQUIRE(board.top_units.size() == 1);
    CHECK(board.top_units[0].units == 9);
    const auto weeks = reports.sales(host, {.step = ReportStep::week});
    REQUIRE(weeks.size() == 2);
    CHECK(weeks[0].label == "2026-W02");
    CHECK(weeks[0].figures.orders == 1);
    CHECK(weeks[0].figures.new_orders == 1);
    CHECK(weeks[1].label == "2026-W03");
    const auto days = reports.sales(host, {});
    CHECK(days.size() == 8);
    CHECK(days[3].figures.orders == 0);
    CHECK(reports.sales(host, {.step = ReportStep::month}).front().label == "2026-01");
    fold();
  }
}

TEST_CASE_FIXTURE(ReportsFixture, "sales by country, weekday and hour") {
  const auto tea = product("Tea");
  sell(tea, 1, 1, "FR");
  clock->advance(27 * microseconds_per_hour);
  sell(tea, 5, 2, "DE");
  tell(reports::SaleKind::returned, 2, tea, 2, 2, "DE");
  for (int pass = 0; pass < 2; ++pass) {
    const auto regions = reports.regions(host, {});
    REQUIRE(regions.size() == 2);
    CHECK(regions[0].country == "DE");
    CHECK(regions[0].net.minor == 300);
    CHECK(regions[0].returned_units == 2);
    const auto months = reports.countries(host, {.step = ReportStep::month});
    REQUIRE(months.size() == 2);
    CHECK(months[0].label == "2026-01");
    CHECK(months[1].country == "FR");
    const auto hours = reports.hours(host, {});
    REQUIRE(hours.size() == 2);
    CHECK(hours[0].weekday == 1);
    CHECK(hours[0].hour == 10);
    CHECK(hours[1].weekday == 2);
    CHECK(hours[1].hour == 13);
    CHECK(hours[1].orders == 1);
    fold();
  }
}

TEST_CASE_FIXTURE(ReportsFixture, "cohorts, customer values and what is trending") {
  const auto tea = product("Tea");
  const auto mug = product("Mug");
  for (Id customer = 1; customer <= 10; ++customer) sell(tea, customer, customer);
  clock->advance(31 * microseconds_per_day);
  for (Id customer = 6; customer <= 10; ++customer) sell(mug, 10, customer);
  sell(tea, 1, 11);
  for (int pass = 0; pass < 2; ++pass) {
    const auto cells = reports.cohorts(host, {});
    REQUIRE(cells.size() == 3);
    CHECK(cells[0].cohort == "2026-01");
    CHECK(cells[0].customers == 10);
    CHECK(cells[1].months_later == 1);
    CHECK(cells[1].retention_ppm == 500'000);
    CHECK(cells[1].net.minor == 5000);
    CHECK(cells[2].of_customers == 1);
    const auto first = reports.customers(host, {}, {.limit = 6, .with_total = true});
    CHECK(first.total == 11);
    CHECK(first.items.front().customer_id == 10);
    CHECK(first.items.front().segment == "champions");
    const auto second = reports.customers(host, {}, {.cursor = first.next_cursor, .limit = 6});
    CHECK(second.items.size() == 5);
    const auto trend = reports.trending(host, {});
    REQUIRE(trend.size() == 2);
    CHECK(trend[0].title == "Mug");
    CHECK(trend[0].units == 50);
    fold();
  }
}

TEST_CASE_FIXTURE(ReportsFixture, "every report is there as CSV, with a header and all its rows") {
  const auto tea = product("Tea, \"green\"");
  sell(tea, 2, 1);
  CHECK(reports.csv(host, ReportKind::top_selling, {}) ==
        "product_id,title,slug,seller_id,orders,units,revenue,returned_units,returned,net\r\n" +
            std::to_string(tea.id) +
            ",\"Tea, \"\"green\"\"\",tea-green,0,1,2,2.00,0,0.00,2.00\r\n");
  for (int kind = 1; kind <= 17; ++kind) {
    CAPTURE(kind);
    const auto csv = reports.csv(host, static_cast<ReportKind>(kind), {});
    CHECK(csv.find("\r\n") != std::string::npos);
  }
  CHECK(code_of([&] { return reports.csv(host, static_cast<ReportKind>(99), {}); }) ==
        Code::validation);
}

TEST_CASE_FIXTURE(ReportsFixture, "bad queries are refused with the failing field") {
  const auto path = [&](const ReportQuery& query) {
    return first_path(error_of([&] { return reports.top_selling(host, query); }));
  };
  CHECK(path({.limit = 0}) == "limit");
  CHECK(path({.from = 5, .to = 5}) == "to");
  CHECK(path({.period = static_cast<ReportPeriod>(9)}) == "period");
  CHECK(path({.order = static_cast<ReportOrder>(0)}) == "order");
  CHECK(path({.step = static_cast<ReportStep>(-1)}) == "step");
  CHECK(error_of([&] {
          return reports.top_selling(Session{Role::guest, 0, 0, 0}, {});
        }).code() == Code::unauthenticated);
}
