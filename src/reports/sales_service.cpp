#include "accounts/guard.hpp"
#include "core/money.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "reports/access.hpp"
#include "reports/calendar.hpp"
#include "reports/figures.hpp"
#include "reports/products.hpp"
#include "reports/read_sql.hpp"
#include "shop/reports.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace reports {
namespace {

constexpr std::size_t k_most_steps = 1000;

SalesFigures figures_of(const DaySums& sums, const Currency& currency) {
  SalesFigures out;
  out.orders = sums.orders;
  out.new_orders = sums.new_orders;
  out.returning_orders = sums.repeat_orders;
  out.units = sums.units;
  out.revenue = {sums.revenue, currency};
  out.discount = {sums.discount, currency};
  out.tax = {sums.tax, currency};
  out.shipping = {sums.shipping, currency};
  out.returns = sums.returns;
  out.returned_units = sums.returned_units;
  out.returned = {sums.returned, currency};
  out.net = {sums.revenue - sums.returned, currency};
  out.average_order = {sums.orders > 0 ? core::mul_div(sums.revenue, 1, sums.orders) : 0, currency};
  return out;
}

// A row of days: the day and then the sums.
DaySums day_sums_at(const db::Query& row) {
  return {row.integer(1), row.integer(2),  row.integer(3), row.integer(4),
          row.integer(5), row.integer(6),  row.integer(7), row.integer(8),
          row.integer(9), row.integer(10), row.integer(11)};
}

using Days = std::vector<std::pair<std::int64_t, DaySums>>;

// What is not folded yet, by day. Read once for an answer: it is put together from the orders.
Days unfolded_days(db::Tx& tx, Id scope) {
  Days out;
  auto query = tx.query(sql::k_days_unfolded, scope, min_day, max_day);
  while (query.next()) {
    const auto day = query.integer(0);
    if (out.empty() || out.back().first != day) out.emplace_back(day, DaySums{});
    out.back().second += day_sums_at(query);
  }
  return out;
}

// Its part of a span for which there are sales at all.
DaySpan days_with_sales(db::Tx& tx, Id scope, const DaySpan& asked, const Days& unfolded) {
  auto first = asked.last + 1;
  auto last = asked.first - 1;
  auto query = tx.query(sql::k_day_bounds, scope);
  if (query.next() && !query.is_null(0)) {
    first = std::min(first, query.integer(0));
    last = std::max(last, query.integer(1));
  }
  for (const auto& [day, sums] : unfolded) {
    first = std::min(first, day);
    last = std::max(last, day);
  }
  return {std::max(asked.first, first), std::min(asked.last, last)};
}

template <class Use>
void each_day(db::Tx& tx, Id scope, const DaySpan& span, const Days& unfolded, Use use) {
  auto query = tx.query(sql::k_days, scope, span.first, span.last);
  while (query.next()) {
    use(query.integer(0), day_sums_at(query));
  }
  for (const auto& [day, sums] : unfolded) {
    if (day >= span.first && day <= span.last) use(day, sums);
  }
}

// A span as a whole and by steps, in one walk.
struct Series {
  SalesFigures total;
  std::vector<SalesStep> steps;
};

Series series(db::Tx& tx, Id scope, const DaySpan& span, ReportStep step, const Days& unfolded) {
  Series out;
  const auto& currency = tx.env().currency;
  out.total = figures_of({}, currency);
  if (span.last < span.first) return out;
  std::vector<std::int64_t> starts;
  auto start = step_start(step, span.first);
  for (; start <= span.last && starts.size() < k_most_steps; start = next_step(step, start)) {
    starts.push_back(start);
  }
  DaySums total;
  std::vector<DaySums> sums(starts.size());
  each_day(tx, scope, span, unfolded, [&](std::int64_t day, const DaySums& row) {
    total += row;
    if (day >= start) return;  // beyond the last step
    const auto after = std::upper_bound(starts.begin(), starts.end(), day);
    sums[static_cast<std::size_t>(after - starts.begin()) - 1] += row;
  });
  out.total = figures_of(total, currency);
  const auto offset = tx.env().utc_offset_minutes;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    out.steps.push_back({step_label(step, starts[i]), core::day_start(starts[i], offset),
                         figures_of(sums[i], currency)});
  }
  return out;
}

SalesFigures total(db::Tx& tx, Id scope, const DaySpan& span, const Days& unfolded) {
  DaySums sums;
  if (span.first <= span.last) {
    each_day(tx, scope, span, unfolded, [&](std::int64_t, const DaySums& row) { sums += row; });
  }
  return figures_of(sums, tx.env().currency);
}

}  // namespace

}  // namespace reports

std::vector<SalesStep> Reports::sales(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_sales);
    const auto scope = reports::scope_of(reports::seller_of(actor, query.seller_id));
    const auto asked = reports::span_of(tx, query);
    const auto unfolded = reports::unfolded_days(tx, scope);
    const auto span = reports::days_with_sales(tx, scope, asked, unfolded);
    return reports::series(tx, scope, span, query.step, unfolded).steps;
  });
}

Dashboard Reports::dashboard(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_dashboard);
    const auto seller = reports::seller_of(actor, query.seller_id);
    const auto scope = reports::scope_of(seller);
    const auto asked = reports::span_of(tx, query);
    const auto unfolded = reports::unfolded_days(tx, scope);
    const auto span = reports::days_with_sales(tx, scope, asked, unfolded);
    Dashboard out;
    auto series = reports::series(tx, scope, span, query.step, unfolded);
    out.total = std::move(series.total);
    out.series = std::move(series.steps);
    const bool everything = !query.from && (!query.period || *query.period == ReportPeriod::all);
    const auto earlier = everything ? reports::DaySpan{0, -1} : reports::before(asked);
    out.before = reports::total(tx, scope, earlier, unfolded);
    auto tops = reports::top_lists(tx, asked, seller, {}, query.limit,
                                   {ReportOrder::most_units, ReportOrder::most_revenue});
    out.top_units = std::move(tops.at(0));
    out.top_revenue = std::move(tops.at(1));
    return out;
  });
}

}  // namespace shop
