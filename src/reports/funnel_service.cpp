#include "accounts/guard.hpp"
#include "core/money.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "orders/facts.hpp"
#include "reports/access.hpp"
#include "reports/calendar.hpp"
#include "reports/funnel_sql.hpp"
#include "reports/read_sql.hpp"
#include "reports/reports.hpp"
#include "search/search.hpp"
#include "shop/reports.hpp"

#include <map>

// From looking at things to having paid for them. Views and carts are counted as they happen, by
// day; orders are in the sums already; which of them are paid the orders say.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace reports {

void count_funnel(db::Tx& tx, Funnel step) {
  tx.exec(sql::k_funnel_count, core::day_number(tx.now(), tx.env().utc_offset_minutes), step);
}

namespace {

std::int64_t share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : core::mul_div(part, 1'000'000, whole);
}

std::map<std::int64_t, FunnelStep> by_day(db::Tx& tx, const DaySpan& span) {
  std::map<std::int64_t, FunnelStep> out;
  auto counted = tx.query(sql::k_funnel_days, span.first, span.last);
  while (counted.next()) {
    auto& day = out[counted.integer(0)];
    (counted.as<Funnel>(1) == Funnel::view ? day.views : day.carts) = counted.integer(2);
  }
  for (const auto* sql : {&sql::k_days, &sql::k_days_unfolded}) {
    auto sold = tx.query(*sql, 0, span.first, span.last);
    while (sold.next()) out[sold.integer(0)].checkouts += sold.integer(1);
  }
  orders::each_paid_day(tx, span.first, span.last,
                        [&](std::int64_t day, std::int64_t orders) { out[day].paid = orders; });
  return out;
}

void finish(FunnelStep& step) {
  step.cart_ppm = share(step.carts, step.views);
  step.checkout_ppm = share(step.checkouts, step.carts);
  step.paid_ppm = share(step.paid, step.checkouts);
}

std::vector<FunnelStep> funnel(db::Tx& tx, const DaySpan& span, ReportStep step) {
  std::vector<FunnelStep> out;
  std::int64_t start = 0;
  for (const auto& [day, of_day] : by_day(tx, span)) {
    const auto begins = step_start(step, day);
    if (out.empty() || begins != start) {
      start = begins;
      auto& next = out.emplace_back();
      next.label = step_label(step, start);
      next.starts_at = core::day_start(start, tx.env().utc_offset_minutes);
    }
    auto& sums = out.back();
    sums.views += of_day.views;
    sums.carts += of_day.carts;
    sums.checkouts += of_day.checkouts;
    sums.paid += of_day.paid;
  }
  for (auto& row : out) finish(row);
  return out;
}

}  // namespace
}  // namespace reports

std::vector<FunnelStep> Reports::funnel(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::reports_funnel);
    return reports::funnel(tx, reports::span_of(tx, query), query.step);
  });
}

std::vector<SearchTerm> Reports::search_terms(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::reports_search_terms);
    (void)reports::span_of(tx, query);  // checks the limit
    std::vector<SearchTerm> out;
    search::each_count(tx, query.limit,
                       [&](std::string text, std::int64_t searches, std::int64_t results) {
                         out.push_back({std::move(text), searches, results});
                       });
    return out;
  });
}

}  // namespace shop
