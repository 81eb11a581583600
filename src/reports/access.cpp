#include "reports/access.hpp"

#include "catalog/catalog.hpp"
#include "core/fields.hpp"
#include "reports/calendar.hpp"
#include "reports/read_sql.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop::reports {
namespace {

constexpr std::int64_t k_most_rows = 1000;

std::int64_t start_of(ReportPeriod period, std::int64_t today) {
  switch (period) {
    case ReportPeriod::day:
      return today;
    case ReportPeriod::week:
      return week_start(today);
    case ReportPeriod::month:
      return first_day_of_month(month_of_day(today));
    case ReportPeriod::all:
      break;
  }
  return min_day;
}

void check(const ReportQuery& query) {
  core::Fields fields;
  fields.range("limit", query.limit, 1, k_most_rows);
  const auto known = [](auto value, auto last) {
    return static_cast<std::int32_t>(value) >= 1 && value <= last;
  };
  fields.check(!query.period || known(*query.period, ReportPeriod::all), "period", "unknown",
               "is not a period");
  fields.check(known(query.order, ReportOrder::most_returned), "order", "unknown",
               "is not an order");
  fields.check(known(query.step, ReportStep::month), "step", "unknown", "is not a step");
  fields.check(!query.from || !query.to || *query.from < *query.to, "to", "before_from",
               "the span ends before it begins");
  fields.throw_if_any();
}

}  // namespace

std::optional<Id> seller_of(const accounts::Actor& actor, const std::optional<Id>& asked) {
  using accounts::Permission;
  if (actor.can(Permission::report_view)) {
    return asked && *asked != 0 ? asked : std::nullopt;
  }
  if (!actor.can(Permission::seller_own) || actor.seller_id == 0) {
    throw Error(Code::forbidden, "this account may not see the figures");
  }
  if (asked && *asked != actor.seller_id) {
    throw Error(Code::not_found, "there is no such seller");
  }
  return actor.seller_id;
}

DaySpan span_of(db::Tx& tx, const ReportQuery& query) {
  check(query);
  const auto offset = tx.env().utc_offset_minutes;
  if (query.period) {
    const auto today = core::day_number(tx.now(), offset);
    return {start_of(*query.period, today), *query.period == ReportPeriod::all ? max_day : today};
  }
  DaySpan span{min_day, max_day};
  if (query.from) span.first = core::day_number(*query.from, offset);
  if (query.to) span.last = core::day_number(*query.to - 1, offset);
  return span;
}

DaySpan last_days(db::Tx& tx, std::int64_t days) {
  const auto today = core::day_number(tx.now(), tx.env().utc_offset_minutes);
  return {today - days + 1, today};
}

std::optional<Id> category_of(db::Tx& tx, const ReportQuery& query) {
  if (!query.category) return std::nullopt;
  return catalog::named_category(tx, *query.category);
}

}  // namespace shop::reports
