#include "accounts/guard.hpp"
#include "catalog/lookup.hpp"
#include "db/database.hpp"
#include "reports/access.hpp"
#include "reports/calendar.hpp"
#include "reports/read_sql.hpp"
#include "shop/reports.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

using reports::Sums;

// By step (or 0), country and region.
using RegionKey = std::tuple<std::int64_t, std::string, std::string>;

template <class KeyOf>
std::map<RegionKey, Sums> region_sums(db::Tx& tx, Id scope, const reports::DaySpan& span,
                                      KeyOf key_of) {
  std::map<RegionKey, Sums> out;
  for (const auto* sql : {&reports::sql::k_regions, &reports::sql::k_regions_unfolded}) {
    auto query = tx.query(*sql, scope, span.first, span.last);
    while (query.next()) {
      out[key_of(query.integer(0), query.text(1), query.text(2))] += Sums{
          query.integer(3), query.integer(4), query.integer(5), query.integer(6), query.integer(7)};
    }
  }
  std::erase_if(out, [](const auto& row) { return row.second == Sums{}; });
  return out;
}

RegionFigures region_row(const RegionKey& key, const Sums& sums, const Currency& currency) {
  RegionFigures row;
  row.country = std::get<1>(key);
  row.region = std::get<2>(key);
  row.orders = sums.orders;
  row.units = sums.units;
  row.revenue = {sums.revenue, currency};
  row.returned_units = sums.returned_units;
  row.returned = {sums.returned, currency};
  row.net = {sums.revenue - sums.returned, currency};
  return row;
}

void add_category_names(db::Tx& tx, std::vector<CategoryFigures>& rows) {
  std::unordered_map<Id, Category> categories;
  for (auto& category : catalog::all_categories(tx)) categories.emplace(category.id, category);
  std::unordered_map<Id, std::int64_t> below;
  for (const auto& row : rows) {
    for (std::optional<Id> id = row.category_id; id && *id != 0;) {
      below[*id] += row.net.minor;
      const auto found = categories.find(*id);
      id = found == categories.end() ? std::nullopt : found->second.parent_id;
    }
  }
  for (auto& row : rows) {
    const auto found = categories.find(row.category_id);
    if (found == categories.end()) {
      row.net_below = row.net;
      continue;
    }
    row.name = found->second.name;
    row.slug = found->second.slug;
    row.net_below = {below[row.category_id], row.net.currency};
  }
}

}  // namespace

std::vector<RegionFigures> Reports::regions(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_regions);
    const auto scope = reports::scope_of(reports::seller_of(actor, query.seller_id));
    const auto sums =
        region_sums(tx, scope, reports::span_of(tx, query),
                    [](std::int64_t, const std::string& country, const std::string& region) {
                      return RegionKey{0, country, region};
                    });
    std::vector<RegionFigures> out;
    for (const auto& [key, row] : sums) out.push_back(region_row(key, row, tx.env().currency));
    std::stable_sort(out.begin(), out.end(), [](const RegionFigures& a, const RegionFigures& b) {
      return a.net.minor > b.net.minor;
    });
    return out;
  });
}

std::vector<RegionFigures> Reports::countries(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_countries);
    const auto scope = reports::scope_of(reports::seller_of(actor, query.seller_id));
    const auto sums =
        region_sums(tx, scope, reports::span_of(tx, query),
                    [&](std::int64_t day, const std::string& country, const std::string&) {
                      return RegionKey{reports::step_start(query.step, day), country, {}};
                    });
    std::vector<RegionFigures> out;
    for (const auto& [key, row] : sums) {
      out.push_back(region_row(key, row, tx.env().currency));
      out.back().label = reports::step_label(query.step, std::get<0>(key));
    }
    return out;
  });
}

std::vector<CategoryFigures> Reports::categories(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::reports_categories);
    const auto span = reports::span_of(tx, query);
    std::map<Id, Sums> sums;
    for (const auto* sql : {&reports::sql::k_categories, &reports::sql::k_categories_unfolded}) {
      auto row = tx.query(*sql, span.first, span.last);
      while (row.next()) {
        sums[row.integer(0)] +=
            Sums{row.integer(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5)};
      }
    }
    const auto currency = tx.env().currency;
    std::vector<CategoryFigures> out;
    for (const auto& [id, row] : sums) {
      if (row == Sums{}) continue;
      CategoryFigures figures;
      figures.category_id = id;
      figures.orders = row.orders;
      figures.units = row.units;
      figures.revenue = {row.revenue, currency};
      figures.returned_units = row.returned_units;
      figures.returned = {row.returned, currency};
      figures.net = {row.revenue - row.returned, currency};
      out.push_back(std::move(figures));
    }
    add_category_names(tx, out);
    std::stable_sort(out.begin(), out.end(),
                     [](const CategoryFigures& a, const CategoryFigures& b) {
                       return a.net.minor > b.net.minor;
                     });
    return out;
  });
}

std::vector<HourFigures> Reports::hours(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_hours);
    const auto scope = reports::scope_of(reports::seller_of(actor, query.seller_id));
    const auto span = reports::span_of(tx, query);
    std::array<HourFigures, 7 * 24> all{};
    for (const auto* sql : {&reports::sql::k_hours, &reports::sql::k_hours_unfolded}) {
      auto row = tx.query(*sql, scope, span.first, span.last);
      while (row.next()) {
        const auto weekday = row.integer(0) - reports::week_start(row.integer(0));
        auto& hour = all.at(static_cast<std::size_t>(weekday * 24 + row.integer(1)));
        hour.orders += row.integer(2);
        hour.units += row.integer(3);
        hour.revenue.minor += row.integer(4);
      }
    }
    std::vector<HourFigures> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].orders == 0 && all[i].units == 0 && all[i].revenue.minor == 0) continue;
      all[i].weekday = static_cast<std::int64_t>(i / 24) + 1;
      all[i].hour = static_cast<std::int64_t>(i % 24);
      all[i].revenue.currency = tx.env().currency;
      out.push_back(all[i]);
    }
    return out;
  });
}

}  // namespace shop
