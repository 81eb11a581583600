#pragma once

#include "shop/report_types.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"

#include <string>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// A report for Reports::csv. @since 1.0
enum class ReportKind : std::int32_t {
  products = 1,
  top_selling = 2,
  never_sold = 3,
  sales = 4,
  regions = 5,
  categories = 6,
  hours = 7,
  trending = 8,
  cohorts = 9,
  customers = 10,
  low_stock = 11,
  stock_outs = 12,
  stock_turn = 13,
  countries = 14,
  my_products = 15,
  funnel = 16,
  search_terms = 17,
};

/// The figures a shop is run by. They come from sums that are kept in the transaction of each sale,
/// return, cancellation and edit, so that they are exact at every moment and cost the same whatever
/// the number of orders. Days are those of the shop's UTC offset. Who may view reports sees the
/// whole shop or any seller; a seller sees its own. Each throws Error: `validation` (span, limit,
/// page), `not_found` (category, another's seller), `forbidden`. Reached by Engine::reports(); may
/// be used from any thread. @since 1.0
class Reports {
 public:
  explicit Reports(db::Database& db) : db_(&db) {}

  /// Every product with what it sold, those never sold included, in the order of the query.
  /// Looks at: span, seller, category, order. Cost: the products of the report. @since 1.0
  Page<ProductFigures> products(const Session& session, const ReportQuery& query,
                                const PageQuery& page);

  /// The products that sold best. Looks at: span, seller, category, order, limit. @since 1.0
  std::vector<ProductFigures> top_selling(const Session& session, const ReportQuery& query);

  /// The products that were not sold in the span, the oldest first. Looks at: span, seller,
  /// category. Cost: the products of the report. @since 1.0
  Page<ProductFigures> never_sold(const Session& session, const ReportQuery& query,
                                  const PageQuery& page);

  /// A shop, or a seller, at a glance. Looks at: span, seller, step, limit (of the top lists).
  /// @since 1.0
  Dashboard dashboard(const Session& session, const ReportQuery& query);

  /// Sales by day, week or month, those without any included, oldest first.
  /// Looks at: span, seller, step. @since 1.0
  std::vector<SalesStep> sales(const Session& session, const ReportQuery& query);

  /// Sales by country and region, best net first. Looks at: span, seller. @since 1.0
  std::vector<RegionFigures> regions(const Session& session, const ReportQuery& query);

  /// Sales by country and step, oldest first. Looks at: span, seller, step. @since 1.0
  std::vector<RegionFigures> countries(const Session& session, const ReportQuery& query);

  /// Sales by category, best net first. Looks at: span. @since 1.0
  std::vector<CategoryFigures> categories(const Session& session, const ReportQuery& query);

  /// Sales by weekday and hour. Looks at: span, seller. @since 1.0
  std::vector<HourFigures> hours(const Session& session, const ReportQuery& query);

  /// The products that gained most against as many days before; without a span, the last seven
  /// days. Looks at: span, seller, category, limit. @since 1.0
  std::vector<TrendingProduct> trending(const Session& session, const ReportQuery& query);

  /// Which part of the customers who came in a month ordered again in each later one.
  /// Looks at: span (of the first orders), seller. @since 1.0
  std::vector<CohortCell> cohorts(const Session& session, const ReportQuery& query);

  /// Every customer with an order by what they are worth, best first. Looks at: seller.
  /// Cost: the customers. @since 1.0
  Page<CustomerValue> customers(const Session& session, const ReportQuery& query,
                                const PageQuery& page);

  /// What is low or sold out and not archived, the most urgent first. Looks at: seller, category.
  /// Cost: all stock, and the movements of 28 days. @since 1.0
  Page<LowStock> low_stock(const Session& session, const ReportQuery& query, const PageQuery& page);

  /// What is sold out, of that. @since 1.0
  Page<LowStock> stock_outs(const Session& session, const ReportQuery& query,
                            const PageQuery& page);

  /// How often stock was sold in a span, the fastest first. Looks at: span (without one, the last
  /// 28 days), seller, category. Cost: all stock, and the movements since then. @since 1.0
  Page<StockTurn> stock_turn(const Session& session, const ReportQuery& query,
                             const PageQuery& page);

  /// From looking at things to having paid for them, oldest first, of the whole shop. Looks at:
  /// span, step. Cost: the orders of the span. Throws also Error{forbidden} for a seller.
  /// @since 1.0
  std::vector<FunnelStep> funnel(const Session& session, const ReportQuery& query);

  /// What is searched for most, fruitless searches included; the latest searches join when enough
  /// of them came together, or when Search::popular is asked. Looks at: limit. Cost: all that was
  /// ever searched for. @since 1.0
  std::vector<SearchTerm> search_terms(const Session& session, const ReportQuery& query);

  /// A seller's own products with stock, sales and rating; the shop's own for those who may view
  /// reports. Looks at: span (of the sales), seller, category. Cost: those products. @since 1.0
  Page<MyProduct> my_products(const Session& session, const ReportQuery& query,
                              MyProductOrder order, const PageQuery& page);

  /// Any of these reports as CSV (RFC 4180, UTF-8, header row; amounts in decimals of the shop's
  /// currency), all its rows. @since 1.0
  std::string csv(const Session& session, ReportKind kind, const ReportQuery& query);

 private:
  db::Database* db_;
};

}  // namespace shop
