#include "reports/ranking.hpp"

#include "core/keyring.hpp"
#include "core/time.hpp"
#include "reports_fixture.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

using namespace shop;
using namespace shop::test;
using core::microseconds_per_day;
using core::microseconds_per_hour;
using reports::DaySpan;
using reports::ProductSums;

namespace {

// Lists of five products for a shop of sixty, so that there is always something unknown.
struct RankingFixture : ReportsFixture {
  static constexpr std::size_t kept = 5;
  static constexpr std::int64_t limit = 3;

  std::mt19937_64 random{3};
  std::vector<Product> products;
  struct Sale {
    Id order;
    std::size_t product;
    std::int64_t units;
    Timestamp at;
  };
  std::vector<Sale> sales;
  Id home = 0;
  std::set<Id> in_home;
  int answered = 0;
  int asked = 0;

  RankingFixture() {
    auto keys = std::make_shared<core::KeyRing>();
    keys->add(1, core::Key{});
    database.mutable_env().keys = std::move(keys);
    home = catalog.create_category(host, {"Home", {}}).id;
    const auto kitchen = catalog.create_category(host, {"Kitchen", home}).id;
    for (int i = 0; i < 60; ++i) {
      std::vector<Id> in;
      if (i % 3 != 0) in.push_back(i % 3 == 1 ? home : kitchen);
      if (i % 3 != 0) in_home.insert(products.emplace_back(product(name(i), in)).id);
      if (i % 3 == 0) products.push_back(product(name(i)));
    }
  }

  static std::string name(int i) { return "Product " + std::to_string(i); }
  std::size_t below(std::size_t bound) { return random() % bound; }

  void step() {
    clock->advance(static_cast<std::int64_t>(below(9)) * microseconds_per_hour);
    const auto what = below(20);
    if (what < 17 || sales.empty()) {
      const auto which = below(8) < 3 ? below(6) : below(60);  // some sell well
      const auto units = below(60) == 0 ? 40 : static_cast<std::int64_t>(1 + below(3));
      sales.push_back({sell(products[which], units), which, units, clock->now()});
    } else if (what < 18) {
      const auto& sale = sales[below(sales.size())];
      tell(reports::SaleKind::returned, sale.order, products[sale.product], 1);
    } else {  // canceled, on the day of the order
      const auto at = below(sales.size());
      const auto sale = sales[at];
      sales.erase(sales.begin() + static_cast<std::ptrdiff_t>(at));
      const auto now = clock->now();
      clock->set(sale.at);
      tell(reports::SaleKind::taken_out, sale.order, products[sale.product], sale.units);
      clock->set(now);
    }
  }

  static std::vector<ProductSums> all_sorted(db::Tx& tx, const DaySpan& span, ReportOrder order) {
    auto rows = reports::product_sums(tx, span);
    std::erase_if(rows, [](const auto& row) { return row.sums == reports::Sums{}; });
    std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
      const auto of = [&](const auto& row) {
        return order == ReportOrder::most_units ? row.sums.units : row.sums.revenue;
      };
      return of(a) != of(b) ? of(a) > of(b) : a.product_id < b.product_id;
    });
    return rows;
  }

  void check(const DaySpan& span) {
    database.read([&](db::Tx& tx) {
      for (const auto order : {ReportOrder::most_units, ReportOrder::most_revenue}) {
        ++asked;
        const auto category = below(3) == 0 ? std::optional{home} : std::nullopt;
        const auto best = reports::Ranking{tx, span, {}, kept}.best(order, limit, category);
        if (!best) continue;
        ++answered;
        auto all = all_sorted(tx, span, order);
        if (category) {
          std::erase_if(all, [&](const auto& row) { return !in_home.contains(row.product_id); });
        }
        REQUIRE(best->size() == std::min<std::size_t>(limit, all.size()));
        for (std::size_t i = 0; i < best->size(); ++i) {
          REQUIRE((*best)[i].product_id == all[i].product_id);
          REQUIRE((*best)[i].sums == all[i].sums);
        }
      }
    });
  }
};

}  // namespace

TEST_CASE_FIXTURE(RankingFixture, "what comes first in a span is what adding up everything says") {
  const auto begin = core::day_number(clock->now(), 0);
  for (int i = 0; i < 3000; ++i) {
    step();
    if (i % 7 != 0) continue;
    const auto today = core::day_number(clock->now(), 0);
    check({begin - 9, today + 9});
    check({today, today});
    check({today - 30, today});
    const auto first =
        begin + static_cast<std::int64_t>(below(static_cast<std::size_t>(today - begin) + 1));
    check({first, first + static_cast<std::int64_t>(below(200))});
    if (below(40) == 0) fold();
  }
  CHECK(core::day_number(clock->now(), 0) - begin > 300);
  MESSAGE(answered << " of " << asked << " answered without adding everything up");
  CHECK(answered * 2 > asked);
}

TEST_CASE_FIXTURE(RankingFixture, "orders that are not kept, and doubts, are left to others") {
  database.read([&](db::Tx& tx) {
    CHECK_FALSE(reports::Ranking(tx, {0, 99'999}, {}, kept).best(ReportOrder::least_units, 3));
    CHECK(reports::Ranking(tx, {0, 99'999}, {}, kept).best(ReportOrder::most_units, 3)->empty());
  });
  for (const auto& one : products) sell(one, 1);
  fold();
  database.read([&](db::Tx& tx) {  // all are equal: who is first nobody knows from five of them
    CHECK_FALSE(reports::Ranking(tx, {0, 99'999}, {}, kept).best(ReportOrder::most_units, 3));
  });
  const auto rows = reports.top_selling(host, {.limit = 60});
  CHECK(rows.size() == 60);
}
