#include "accounts/guard.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "reports/access.hpp"
#include "reports/calendar.hpp"
#include "reports/read_sql.hpp"
#include "shop/reports.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::string_view k_cursor = "report_customers";
constexpr std::int64_t k_million = 1'000'000;

struct Activity {
  std::int64_t orders = 0;
  std::int64_t net = 0;
};

// When each customer came: the month of the first order.
std::unordered_map<Id, std::int64_t> first_months(db::Tx& tx, Id scope) {
  std::unordered_map<Id, std::int64_t> out;
  for (const auto* sql : {&reports::sql::k_first_months, &reports::sql::k_first_months_unfolded}) {
    auto row = tx.query(*sql, scope);
    while (row.next()) out.try_emplace(row.integer(0), row.integer(1));
  }
  return out;
}

// What each customer did in each month.
std::map<std::pair<Id, std::int64_t>, Activity> activities(db::Tx& tx, Id scope,
                                                           std::int64_t first_month) {
  std::map<std::pair<Id, std::int64_t>, Activity> out;
  for (const auto* sql :
       {&reports::sql::k_customer_months, &reports::sql::k_customer_months_unfolded}) {
    auto row = tx.query(*sql, scope, first_month);
    while (row.next()) {
      auto& activity = out[{row.integer(0), row.integer(1)}];
      activity.orders += row.integer(2);
      activity.net += row.integer(3);
    }
  }
  return out;
}

std::vector<CustomerValue> with_orders(db::Tx& tx, Id scope) {
  std::unordered_map<Id, std::size_t> places;
  std::vector<CustomerValue> out;
  for (const auto* sql : {&reports::sql::k_customers, &reports::sql::k_customers_unfolded}) {
    auto row = tx.query(*sql, scope);
    while (row.next()) {
      const auto [place, added] = places.try_emplace(row.integer(0), out.size());
      if (added) {
        out.emplace_back();
        out.back().customer_id = row.integer(0);
      }
      auto& customer = out[place->second];
      customer.last_order_at = std::max(customer.last_order_at, row.integer(1));
      customer.orders += row.integer(2);
      customer.net.minor += row.integer(3);
    }
  }
  std::erase_if(out, [](const CustomerValue& customer) { return customer.orders <= 0; });
  for (auto& customer : out) customer.net.currency = tx.env().currency;
  return out;
}

// Fifths by a value; equal values get the score of the middle of their ranks.
template <class Value>
void score(std::vector<CustomerValue>& rows, std::int64_t CustomerValue::*target, Value value) {
  std::vector<std::int64_t> values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.push_back(value(row));
  std::sort(values.begin(), values.end());
  for (auto& row : rows) {
    const auto [low, high] = std::equal_range(values.begin(), values.end(), value(row));
    const auto twice_rank = (low - values.begin()) + (high - values.begin());
    row.*target = 1 + static_cast<std::int64_t>(twice_rank) * 5 /
                          (2 * static_cast<std::int64_t>(rows.size()));
  }
}

std::string segment_of(const CustomerValue& row) {
  const auto habit = std::max(row.frequency_score, row.money_score);
  if (row.recency_score >= 4 && row.frequency_score >= 4 && row.money_score >= 4) {
    return "champions";
  }
  if (row.recency_score >= 4 && row.orders == 1) return "new";
  if (row.recency_score >= 3 && row.frequency_score >= 4) return "loyal";
  if (row.recency_score >= 4) return "promising";
  if (row.recency_score <= 2 && habit >= 4) return "at_risk";
  if (row.recency_score <= 2) return "lost";
  return "regular";
}

auto rank(const CustomerValue& row) {
  return std::make_tuple(-(row.recency_score + row.frequency_score + row.money_score),
                         -row.net.minor, row.customer_id);
}

}  // namespace

std::vector<CohortCell> Reports::cohorts(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_cohorts);
    const auto scope = reports::scope_of(reports::seller_of(actor, query.seller_id));
    const auto span = reports::span_of(tx, query);
    const auto first_month = reports::month_of_day(span.first);
    const auto last_month = reports::month_of_day(span.last);
    const auto came = first_months(tx, scope);
    std::map<std::int64_t, std::int64_t> sizes;
    for (const auto& [customer, month] : came) ++sizes[month];
    std::map<std::pair<std::int64_t, std::int64_t>, Activity> cells;  // orders: who ordered
    for (const auto& [key, activity] : activities(tx, scope, first_month)) {
      const auto cohort = came.find(key.first);
      if (cohort == came.end() || cohort->second < first_month || cohort->second > last_month) {
        continue;
      }
      if (key.second < cohort->second) continue;  // all that was ordered then was canceled
      auto& cell = cells[{cohort->second, key.second - cohort->second}];
      cell.orders += activity.orders > 0 ? 1 : 0;
      cell.net += activity.net;
    }
    std::vector<CohortCell> out;
    for (const auto& [key, cell] : cells) {
      const auto size = sizes[key.first];
      out.push_back({reports::month_label(key.first), key.second, cell.orders, size,
                     cell.orders * k_million / size, Money{cell.net, tx.env().currency}});
    }
    return out;
  });
}

Page<CustomerValue> Reports::customers(const Session& session, const ReportQuery& query,
                                       const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_customers);
    const auto scope = reports::scope_of(reports::seller_of(actor, query.seller_id));
    core::Fields fields;
    fields.range("limit", page.limit, 1, 500);
    fields.throw_if_any();
    auto rows = with_orders(tx, scope);
    score(rows, &CustomerValue::recency_score, [](const auto& row) { return row.last_order_at; });
    score(rows, &CustomerValue::frequency_score, [](const auto& row) { return row.orders; });
    score(rows, &CustomerValue::money_score, [](const auto& row) { return row.net.minor; });
    for (auto& row : rows) row.segment = segment_of(row);
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return rank(a) < rank(b); });
    Page<CustomerValue> out;
    if (page.with_total) out.total = static_cast<std::int64_t>(rows.size());
    auto from = rows.begin();
    if (!page.cursor.empty()) {
      const auto last = core::CursorReader{page.cursor, k_cursor}.integer();
      from = std::find_if(rows.begin(), rows.end(),
                          [&](const auto& row) { return row.customer_id == last; });
      if (from != rows.end()) ++from;
    }
    const auto left = std::min<std::ptrdiff_t>(rows.end() - from, page.limit);
    out.items.assign(std::make_move_iterator(from), std::make_move_iterator(from + left));
    if (from + left != rows.end()) {
      out.next_cursor = core::CursorWriter{k_cursor}.add(out.items.back().customer_id).take();
    }
    return out;
  });
}

}  // namespace shop
