#include "accounts/guard.hpp"
#include "catalog/lookup.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "reports/access.hpp"
#include "reports/figures.hpp"
#include "reports/products.hpp"
#include "reports/ranking.hpp"
#include "shop/error.hpp"
#include "shop/reports.hpp"

#include <algorithm>
#include <cmath>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace reports {
namespace {

constexpr std::string_view k_cursor = "report_products";

// Whether `a` comes before `b`; the older product of equals.
bool comes_before(const ProductSums& a, const ProductSums& b, ReportOrder order) {
  const auto& x = a.sums;
  const auto& y = b.sums;
  switch (order) {
    case ReportOrder::most_units:
      if (x.units != y.units) return x.units > y.units;
      break;
    case ReportOrder::least_units:
      if (x.units != y.units) return x.units < y.units;
      break;
    case ReportOrder::most_revenue:
      if (x.revenue != y.revenue) return x.revenue > y.revenue;
      break;
    case ReportOrder::least_revenue:
      if (x.revenue != y.revenue) return x.revenue < y.revenue;
      break;
    case ReportOrder::most_returned:
      if (x.returned_units != y.returned_units) return x.returned_units > y.returned_units;
      break;
  }
  return a.product_id < b.product_id;
}

// Where a page begins: the values of the last row of the page before, in any order.
ProductSums read_cursor(const std::string& cursor) {
  core::CursorReader reader{cursor, k_cursor};
  ProductSums row;
  row.product_id = reader.integer();
  row.sums.units = reader.integer();
  row.sums.revenue = reader.integer();
  row.sums.returned_units = reader.integer();
  return row;
}

std::string write_cursor(const ProductSums& row) {
  return core::CursorWriter{k_cursor}
      .add(row.product_id)
      .add(row.sums.units)
      .add(row.sums.revenue)
      .add(row.sums.returned_units)
      .take();
}

// Every product of a scope with its sums; those without a sale have none.
std::vector<ProductSums> with_unsold(db::Tx& tx, const catalog::ProductScope& scope,
                                     const std::vector<ProductSums>& sold) {
  std::vector<ProductSums> out;
  auto next = sold.begin();
  catalog::each_product(tx, scope, [&](Id product_id) {
    while (next != sold.end() && next->product_id < product_id) ++next;
    const bool has = next != sold.end() && next->product_id == product_id;
    out.push_back(has ? *next : ProductSums{product_id, {}});
  });
  return out;
}

bool is_sold(const ProductSums& row) {
  return row.sums.orders != 0 || row.sums.units != 0;
}

void keep_category(db::Tx& tx, std::vector<ProductSums>& rows, Id category_id) {
  auto wanted = with_unsold(tx, {category_id, {}}, rows);
  std::erase_if(wanted, [](const ProductSums& row) { return row.sums == Sums{}; });
  rows = std::move(wanted);
}

Page<ProductFigures> page_of(db::Tx& tx, std::vector<ProductSums> rows, ReportOrder order,
                             const PageQuery& page) {
  Page<ProductFigures> out;
  if (page.with_total) out.total = static_cast<std::int64_t>(rows.size());
  const auto before = [&](const ProductSums& a, const ProductSums& b) {
    return comes_before(a, b, order);
  };
  if (!page.cursor.empty()) {
    const auto last = read_cursor(page.cursor);
    std::erase_if(rows, [&](const ProductSums& row) { return !before(last, row); });
  }
  const auto limit = std::min(rows.size(), static_cast<std::size_t>(page.limit));
  const auto end = rows.begin() + static_cast<std::ptrdiff_t>(limit);
  std::partial_sort(rows.begin(), end, rows.end(), before);
  for (auto row = rows.begin(); row != end; ++row) out.items.push_back(figures_of(tx, *row));
  if (limit < rows.size()) out.next_cursor = write_cursor(rows[limit - 1]);
  return out;
}

void check_page(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
}

}  // namespace

ProductFigures figures_of(db::Tx& tx, const ProductSums& row) {
  const auto currency = tx.env().currency;
  ProductFigures out;
  out.product_id = row.product_id;
  if (auto card = catalog::product_card(tx, row.product_id)) {
    out.title = std::move(card->title);
    out.slug = std::move(card->slug);
    out.seller_id = card->seller_id;
  }
  out.orders = row.sums.orders;
  out.units = row.sums.units;
  out.revenue = {row.sums.revenue, currency};
  out.returned_units = row.sums.returned_units;
  out.returned = {row.sums.returned, currency};
  out.net = {row.sums.revenue - row.sums.returned, currency};
  return out;
}

std::vector<std::vector<ProductFigures>> top_lists(db::Tx& tx, const DaySpan& span,
                                                   const std::optional<Id>& seller_id,
                                                   const std::optional<Id>& category_id,
                                                   std::int64_t limit,
                                                   std::initializer_list<ReportOrder> orders) {
  std::vector<std::vector<ProductFigures>> out;
  Ranking ranking{tx, span, seller_id};
  for (const auto order : orders) {
    auto& list = out.emplace_back();
    if (const auto best = ranking.best(order, limit, category_id)) {
      for (const auto& row : *best) list.push_back(figures_of(tx, row));
      continue;
    }
    auto rows = product_sums(tx, span, seller_id);
    if (category_id) keep_category(tx, rows, *category_id);
    std::erase_if(rows, [](const ProductSums& row) { return row.sums == Sums{}; });
    list = page_of(tx, std::move(rows), order, {.limit = limit}).items;
  }
  return out;
}

}  // namespace reports

Page<ProductFigures> Reports::products(const Session& session, const ReportQuery& query,
                                       const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_products);
    const auto seller = reports::seller_of(actor, query.seller_id);
    reports::check_page(page);
    const auto span = reports::span_of(tx, query);
    const auto category = reports::category_of(tx, query);
    const auto sold = reports::product_sums(tx, span, seller);
    auto rows = reports::with_unsold(tx, {category, seller}, sold);
    return reports::page_of(tx, std::move(rows), query.order, page);
  });
}

std::vector<ProductFigures> Reports::top_selling(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_top_selling);
    const auto seller = reports::seller_of(actor, query.seller_id);
    const auto span = reports::span_of(tx, query);
    const auto category = reports::category_of(tx, query);
    return std::move(
        reports::top_lists(tx, span, seller, category, query.limit, {query.order}).front());
  });
}

Page<ProductFigures> Reports::never_sold(const Session& session, const ReportQuery& query,
                                         const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_never_sold);
    const auto seller = reports::seller_of(actor, query.seller_id);
    reports::check_page(page);
    const auto span = reports::span_of(tx, query);
    const auto category = reports::category_of(tx, query);
    const auto sold = reports::product_sums(tx, span, seller);
    auto rows = reports::with_unsold(tx, {category, seller}, sold);
    std::erase_if(rows, [](const auto& row) { return reports::is_sold(row); });
    return reports::page_of(tx, std::move(rows), ReportOrder::least_units, page);
  });
}

std::vector<TrendingProduct> Reports::trending(const Session& session, const ReportQuery& query) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_trending);
    const auto seller = reports::seller_of(actor, query.seller_id);
    auto span = reports::span_of(tx, query);
    if (!query.from && !query.to && !query.period) span = reports::last_days(tx, 7);
    const auto category = reports::category_of(tx, query);
    auto now = reports::product_sums(tx, span, seller);
    if (category) reports::keep_category(tx, now, *category);
    const auto then = reports::product_sums(tx, reports::before(span), seller);
    std::vector<TrendingProduct> out;
    auto old = then.begin();
    for (const auto& row : now) {
      while (old != then.end() && old->product_id < row.product_id) ++old;
      TrendingProduct product;
      product.product_id = row.product_id;
      product.units = row.sums.units;
      if (old != then.end() && old->product_id == row.product_id) {
        product.units_before = old->sums.units;
      }
      if (product.units <= product.units_before) continue;
      product.score =
          static_cast<double>(product.units - product.units_before) /
          std::sqrt(static_cast<double>(std::max<std::int64_t>(product.units_before, 0)) + 1);
      out.push_back(std::move(product));
    }
    const auto limit = std::min(out.size(), static_cast<std::size_t>(query.limit));
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(limit);
    std::partial_sort(out.begin(), end, out.end(),
                      [](const TrendingProduct& a, const TrendingProduct& b) {
                        return a.score != b.score ? a.score > b.score : a.product_id < b.product_id;
                      });
    out.resize(limit);
    for (auto& product : out) {
      if (auto card = catalog::product_card(tx, product.product_id)) {
        product.title = std::move(card->title);
        product.slug = std::move(card->slug);
      }
    }
    return out;
  });
}

}  // namespace shop
