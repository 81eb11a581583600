#pragma once

#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop {

/// A span of the shop's calendar that ends now. @since 1.0
enum class ReportPeriod : std::int32_t {
  day = 1,    ///< today
  week = 2,   ///< since Monday
  month = 3,  ///< since the first
  all = 4,    ///< everything
};

/// How a series divides its span. @since 1.0
enum class ReportStep : std::int32_t {
  day = 1,
  week = 2,  ///< from Monday
  month = 3,
};

/// The order of products in a report. @since 1.0
enum class ReportOrder : std::int32_t {
  most_units = 1,
  least_units = 2,
  most_revenue = 3,
  least_revenue = 4,
  most_returned = 5,  ///< by returned units
};

/// What a report is of. Each report names the members that it looks at; the others do not matter to
/// it. Without a span it is of everything. @since 1.0
struct ReportQuery {
  std::optional<Timestamp> from;  ///< from the day of this moment …
  std::optional<Timestamp> to;    ///< … to the day before this moment's, or its own past midnight
  std::optional<ReportPeriod> period;   ///< instead of from and to
  std::optional<Id> seller_id;          ///< of this seller alone; a seller gets its own anyway
  std::optional<std::string> category;  ///< slug; with everything below it
  ReportOrder order = ReportOrder::most_units;
  ReportStep step = ReportStep::day;
  std::int64_t limit = 10;  ///< rows of a list that is not paged, 1–1000
};

/// What a product sold, and what came back of it. Revenue is what its lines cost after all
/// discounts, as prices are shown; net is revenue − returned. @since 1.0
struct ProductFigures {
  Id product_id = 0;
  std::string title;
  std::string slug;
  Id seller_id = 0;         ///< 0: the shop's own
  std::int64_t orders = 0;  ///< times ordered
  std::int64_t units = 0;
  Money revenue;
  std::int64_t returned_units = 0;
  Money returned;
  Money net;
};

/// What was sold in a span. Canceled orders are not in it, but for what had come back of them; what
/// came back counts where it came back. @since 1.0
struct SalesFigures {
  std::int64_t orders = 0;
  std::int64_t new_orders = 0;        ///< first orders of customers
  std::int64_t returning_orders = 0;  ///< later orders of customers; the rest is guests'
  std::int64_t units = 0;
  Money revenue;   ///< of the goods after all discounts, as prices are shown
  Money discount;  ///< given; 0 for a single seller
  Money tax;       ///< 0 for a single seller
  Money shipping;  ///< 0 for a single seller
  std::int64_t returns = 0;
  std::int64_t returned_units = 0;
  Money returned;
  Money net;            ///< revenue − returned
  Money average_order;  ///< revenue ÷ orders, rounded half up; 0 without orders
};

/// One step of a series. @since 1.0
struct SalesStep {
  std::string label;        ///< `2026-11-22`, `2026-W47` or `2026-11`
  Timestamp starts_at = 0;  ///< its first moment
  SalesFigures figures;
};

/// A shop or a seller at a glance. @since 1.0
struct Dashboard {
  SalesFigures total;                       ///< of the span
  SalesFigures before;                      ///< of as many days before it; empty for everything
  std::vector<SalesStep> series;            ///< by the chosen step, oldest first, at most 1,000
  std::vector<ProductFigures> top_units;    ///< most sold of the span
  std::vector<ProductFigures> top_revenue;  ///< best earning of the span
};

/// What a country or region bought. @since 1.0
struct RegionFigures {
  std::string label;    ///< of the step, when a series was asked for; empty otherwise
  std::string country;  ///< ISO 3166-1 or as it was given; empty: not known
  std::string region;
  std::int64_t orders = 0;
  std::int64_t units = 0;
  Money revenue;
  std::int64_t returned_units = 0;
  Money returned;
  Money net;
};

/// What was sold of a category: by what the products' main category was when they were ordered.
/// @since 1.0
struct CategoryFigures {
  Id category_id = 0;  ///< 0: none
  std::string name;
  std::string slug;
  std::int64_t orders = 0;  ///< with anything of it
  std::int64_t units = 0;
  Money revenue;
  std::int64_t returned_units = 0;
  Money returned;
  Money net;
  Money net_below;  ///< net with everything below it
};

/// What was sold at an hour of a weekday. @since 1.0
struct HourFigures {
  std::int64_t weekday = 1;  ///< 1 Monday – 7 Sunday
  std::int64_t hour = 0;     ///< 0–23
  std::int64_t orders = 0;
  std::int64_t units = 0;
  Money revenue;
};

/// A product that sells more than it did. @since 1.0
struct TrendingProduct {
  Id product_id = 0;
  std::string title;
  std::string slug;
  std::int64_t units = 0;         ///< of the span
  std::int64_t units_before = 0;  ///< of as many days before it
  double score = 0;               ///< (units − units_before) ÷ √(units_before + 1)
};

/// What became of the customers who came in a month. @since 1.0
struct CohortCell {
  std::string cohort;              ///< month of the first order, `2026-11`
  std::int64_t months_later = 0;   ///< 0: the month itself
  std::int64_t customers = 0;      ///< who ordered in that month
  std::int64_t of_customers = 0;   ///< size of the cohort
  std::int64_t retention_ppm = 0;  ///< customers ÷ of_customers, in millionths
  Money net;                       ///< what they spent in that month, less returns
};

/// A customer by recency, frequency and money. Scores are fifths of all customers, 5 the best.
/// @since 1.0
struct CustomerValue {
  Id customer_id = 0;
  Timestamp last_order_at = 0;
  std::int64_t orders = 0;
  Money net;  ///< spent, less returns
  std::int64_t recency_score = 1;
  std::int64_t frequency_score = 1;
  std::int64_t money_score = 1;
  std::string segment;  ///< champions, loyal, promising, new, at_risk, lost or regular
};

/// A variant that is low or sold out, and how much to order. @since 1.0
///
/// daily_rate is what was sold less what came back in the last 28 days, ÷ 28. A variant is low when
/// available ≤ its threshold, or ≤ daily_rate × lead_time_days + safety_stock, rounded up.
/// suggested is daily_rate × (lead_time_days + cover_days) + safety_stock, rounded up, less what is
/// available; at least 0.
struct LowStock {
  Id variant_id = 0;
  Id product_id = 0;
  std::string title;
  std::string variant_title;  ///< empty for a simple product
  std::string sku;
  std::int64_t on_hand = 0;
  std::int64_t held = 0;
  std::int64_t available = 0;
  std::int64_t threshold = 0;
  double daily_rate = 0;
  std::int64_t days_left = 0;  ///< available ÷ daily_rate, whole days; −1 when nothing is sold
  std::int64_t suggested = 0;
  Timestamp moved_at = 0;  ///< of the last movement; for what is sold out, about since when
};

/// How often the stock of a variant was sold in a span. @since 1.0
struct StockTurn {
  Id variant_id = 0;
  Id product_id = 0;
  std::string title;
  std::string sku;
  std::int64_t sold = 0;            ///< less what came back
  std::int64_t on_hand_first = 0;   ///< at the beginning of the span
  std::int64_t on_hand_last = 0;    ///< at its end
  std::int64_t turn_milli = 0;      ///< sold ÷ the mean of both × 1,000; 0 when there was none
  std::int64_t days_of_stock = -1;  ///< the mean ÷ what is sold a day; −1 when nothing is sold
};

/// How many came how far in a step of a series: product views (where customers allow them to be
/// remembered), carts that got their first line, orders placed, orders paid. @since 1.0
struct FunnelStep {
  std::string label;        ///< `2026-11-22`, `2026-W47` or `2026-11`
  Timestamp starts_at = 0;  ///< its first moment
  std::int64_t views = 0;
  std::int64_t carts = 0;
  std::int64_t checkouts = 0;     ///< not canceled since
  std::int64_t paid = 0;          ///< of those, paid in full or in part given back since
  std::int64_t cart_ppm = 0;      ///< carts ÷ views, in millionths; 0 without views
  std::int64_t checkout_ppm = 0;  ///< checkouts ÷ carts
  std::int64_t paid_ppm = 0;      ///< paid ÷ checkouts
};

/// What was searched for, by nobody in particular. @since 1.0
struct SearchTerm {
  std::string text;           ///< folded
  std::int64_t searches = 0;  ///< how often, since the shop was made
  std::int64_t results = 0;   ///< found the last time; 0: fruitless
};

/// One of a seller's own products. @since 1.0
struct MyProduct {
  Id product_id = 0;
  std::string title;
  std::string slug;
  Money price;                 ///< the lowest of its variants
  std::int64_t available = 0;  ///< over its variants
  std::int64_t orders = 0;
  std::int64_t sold = 0;  ///< units
  Money revenue;
  Money net;                      ///< revenue − returned
  std::int64_t rating_milli = 0;  ///< mean stars × 1,000; 0 without reviews
  std::int64_t rating_count = 0;
};

/// What one's own products are sorted by. @since 1.0
enum class MyProductOrder : std::int32_t {
  newest = 1,
  most_sold = 2,
  most_revenue = 3,
  least_stock = 4,
  best_rated = 5,
  title = 6,
};

}  // namespace shop
