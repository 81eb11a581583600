#include "accounts/guard.hpp"
#include "core/money.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "reports/access.hpp"
#include "reports/calendar.hpp"
#include "reports/products.hpp"
#include "reports/read_sql.hpp"
#include "shop/reports.hpp"

#include <algorithm>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace reports {
namespace {

constexpr std::size_t k_most_steps = 1000;

// What a row of sales_day holds, added up.
struct DaySums {
  std::int64_t orders = 0;
  std::int64_t new_orders = 0;
  std::int64_t repeat_orders = 0;
  std::int64_t units = 0;
  std::int64_t revenue = 0;
  std::int64_t discount = 0;
  std::int64_t tax = 0;
  std::int64_t shipping = 0;
  std::int64_t returns = 0;
  std::int64_t returned_units = 0;
  std::int64_t returned = 0;

  void add(const db::Query& row) {
    orders += row.integer(1);
    new_orders += row.integer(2);
    repeat_orders += row.integer(3);
    units += row.integer(4);
    revenue += row.integer(5);
    discount += row.integer(6);
    tax += row.integer(7);
    shipping += row.integer(8);
    returns += row.integer(9);
    returned_units += row.integer(10);
    returned += row.integer(11);
  }

  [[nodiscard]] SalesFigures figures(const Currency& currency) const {
    SalesFigures out;
    out.orders = orders;
    out.new_orders = new_orders;
    out.returning_orders = repeat_orders;
    out.units = units;
    out.revenue = {revenue, currency};
    out.discount = {discount, currency};
    out.tax = {tax, currency};
    out.shipping = {shipping, currency};
    out.returns = returns;
    out.returned_units = returned_units;
    out.returned = {returned, currency};
    out.net = {revenue - returned, currency};
    out.average_order = {orders > 0 ? core::mul_div(revenue, 1, orders) : 0, currency};
    return out;
  }
};

template <class Use>
void each_day(db::Tx& tx, Id scope, const DaySpan& span, Use use) {
  for (const auto* sql : {&sql::k_days, &sql::k_days_unfolded}) {
    auto query = tx.query(*sql, scope, span.first, span.last);
    while (query.next()) use(query.integer(0), query);
  }
}

// A span as a whole and by steps, in one walk.
struct Series {
  SalesFigures total;
  std::vector<SalesStep> steps;
};

Series series(db::Tx& tx, Id scope, const DaySpan& span, ReportStep step) {
  Series out;
  const auto& currency = tx.env().currency;
  out.total = DaySums{}.figures(currency);
  if (span.last < span.first) return out;
  std::vector<std::int64_t> starts;
  auto start = step_start(step, span.first);
  for (; start <= span.last && starts.size() < k_most_steps; start = next_step(step, start)) {
    starts.push_back(start);
  }
  DaySums total;
  std::vector<DaySums> sums(starts.size());
  each_day(tx, scope, span, [&](std::int64_t day, const db::Query& row) {
    total.add(row);
    if (day >= start) return;  // beyond the last step
    const auto after = std::upper_bound(starts.begin(), starts.end(), day);
    sums[static_cast<std::size_t>(after - starts.begin()) - 1].add(row);
  });
  out.total = total.figures(currency);
  const auto offset = tx.env().utc_offset_minutes;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    out.steps.push_back({step_label(step, starts[i]), core::day_start(starts[i], offset),
                         sums[i].figures(currency)});
  }
  return out;
}

SalesFigures total(db::Tx& tx, Id scope, const DaySpan& span) {
  DaySums sums;
  if (span.first <= span.last) {
    each_day(tx, scope, span, [&](std::int64_t, const db::Query& row) { sums.add(row); });
  }
  return sums.figures(tx.env().currency);
}

}  // namespace

DaySpan days_with_sales(db::Tx& tx, Id scope, const DaySpan& asked) {
  auto first = asked.last + 1;
  auto last = asked.first - 1;
  for (const auto* sql : {&sql::k_day_bounds, &sql::k_unfolded_bounds}) {
    auto query = tx.query(*sql, scope);
    if (!query.next() || query.is_null(0)) continue;
    first = std::min(first, query.integer(0));
    last = std::max(last, query.integer(1));
  }
  return {std::max(asked.first, first), std::min(asked.last, last)};
}

}  // namespace reports

std::vector<SalesStep> Reports::sales(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_sales);
    const auto scope = reports::scope_of(reports::seller_of(actor, query.seller_id));
    const auto span = reports::days_with_sales(tx, scope, reports::span_of(tx, query));
    return reports::series(tx, scope, span, query.step).steps;
  });
}

Dashboard Reports::dashboard(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_dashboard);
    const auto seller = reports::seller_of(actor, query.seller_id);
    const auto scope = reports::scope_of(seller);
    const auto asked = reports::span_of(tx, query);
    const auto span = reports::days_with_sales(tx, scope, asked);
    Dashboard out;
    auto series = reports::series(tx, scope, span, query.step);
    out.total = std::move(series.total);
    out.series = std::move(series.steps);
    const bool everything = !query.from && (!query.period || *query.period == ReportPeriod::all);
    const auto earlier = everything ? reports::DaySpan{0, -1} : reports::before(asked);
    out.before = reports::total(tx, scope, earlier);
    out.top_units =
        reports::top_products(tx, asked, seller, {}, ReportOrder::most_units, query.limit);
    out.top_revenue =
        reports::top_products(tx, asked, seller, {}, ReportOrder::most_revenue, query.limit);
    return out;
  });
}

}  // namespace shop
