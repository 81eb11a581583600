#include "core/random.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "reports/figures.hpp"
#include "reports/reports.hpp"
#include "support/shop_fixture.hpp"

#include <map>
#include <random>
#include <vector>

using namespace shop;
using namespace shop::test;
using reports::DaySpan;
using reports::SaleKind;
using reports::SaleLine;
using reports::Sums;

namespace {

constexpr int k_offset = 90;  // minutes east of UTC: days that are not UTC's

struct SumsFixture {
  db::Database database{
      {}, {std::make_shared<ManualClock>(start_of_test), core::seeded_random(1), "GBP", k_offset}};
  std::map<std::pair<std::int64_t, Id>, Sums> expected;  // by day and product

  SumsFixture() { db::migrate(database); }

  void record(SaleKind kind, Timestamp at, Id order_id, const std::vector<SaleLine>& lines) {
    database.write([&](db::Tx& tx) {
      reports::SaleRecord sale;
      sale.kind = kind;
      sale.at = at;
      sale.order_id = order_id;
      sale.customer_id = order_id % 3;
      sale.country = "GB";
      sale.lines = lines;
      reports::record_sale(tx, sale);
    });
    const auto day = core::day_number(at, k_offset);
    std::map<Id, bool> seen;
    for (const auto& line : lines) {
      auto& sums = expected[{day, line.product_id}];
      if (kind == SaleKind::returned) {
        sums += {0, 0, 0, line.units, line.minor};
        continue;
      }
      const std::int64_t sign = kind == SaleKind::placed ? 1 : -1;
      sums += {seen[line.product_id] ? 0 : sign, sign * line.units, sign * line.minor, 0, 0};
      seen[line.product_id] = true;
    }
  }

  void check(const DaySpan& span) {
    std::map<Id, Sums> wanted;
    for (const auto& [key, sums] : expected) {
      if (key.first >= span.first && key.first <= span.last) wanted[key.second] += sums;
    }
    std::map<Id, Sums> found;
    database.read([&](db::Tx& tx) {
      for (const auto& row : reports::product_sums(tx, span)) found[row.product_id] = row.sums;
    });
    std::erase_if(wanted, [](const auto& row) { return row.second == Sums{}; });
    std::erase_if(found, [](const auto& row) { return row.second == Sums{}; });
    CAPTURE(span.first);
    CAPTURE(span.last);
    CHECK(wanted == found);
  }
};

std::vector<SaleLine> random_lines(std::mt19937_64& random) {
  std::vector<SaleLine> lines;
  for (auto left = 1 + random() % 4; left > 0; --left) {
    const auto variant = static_cast<Id>(1 + random() % 20);
    lines.push_back({variant, 1 + variant / 2, 1 + variant % 3, variant % 2,
                     static_cast<std::int64_t>(1 + random() % 9),
                     static_cast<std::int64_t>(random() % 5000)});
  }
  return lines;
}

}  // namespace

TEST_CASE_FIXTURE(SumsFixture, "sums of any span are those of the orders, folded or not") {
  std::mt19937_64 random{7};
  struct Placed {
    Timestamp at;
    Id id;
    std::vector<SaleLine> lines;
  };
  std::vector<Placed> orders;
  Timestamp at = start_of_test;
  for (Id id = 1; id <= 1500; ++id) {
    at += static_cast<Timestamp>(random() % (4 * core::microseconds_per_hour));
    orders.push_back({at, id, random_lines(random)});
    record(SaleKind::placed, at, id, orders.back().lines);
    const auto& old = orders[random() % orders.size()];
    switch (random() % 10) {
      case 0:  // an edit: out with the old state, in with the new
        record(SaleKind::taken_out, old.at, old.id, old.lines);
        record(SaleKind::placed, old.at, old.id, old.lines);
        break;
      case 1:
        record(SaleKind::returned, at, old.id, {old.lines.front()});
        break;
      case 2:
        record(SaleKind::taken_out, old.at, old.id, old.lines);
        break;
      default:
        break;
    }
  }
  const auto first = core::day_number(start_of_test, k_offset);
  const auto last = core::day_number(at, k_offset);
  REQUIRE(last - first > 90);
  for (int fold = 0; fold < 2; ++fold) {
    check({first - 1000, last + 1000});
    check({first, last});
    check({last, last});
    check({last + 1, last + 9});
    for (int i = 0; i < 40; ++i) {
      const auto from = first + static_cast<std::int64_t>(random() % 120);
      check({from, from + static_cast<std::int64_t>(random() % 120)});
    }
    database.write([](db::Tx& tx) { reports::fold(tx); });
  }
}
