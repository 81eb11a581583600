#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "catalog/lookup.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "inventory/inventory.hpp"
#include "inventory/store.hpp"
#include "reports/access.hpp"
#include "reports/figures.hpp"
#include "shop/reports.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::int64_t k_rate_days = 28;

void check_page(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
}

// A page of rows that are in order already; the cursor is how many were given out.
template <class Row>
Page<Row> slice(std::vector<Row> rows, const PageQuery& page, std::string_view tag) {
  std::size_t from = 0;
  if (!page.cursor.empty()) {
    const auto given = core::CursorReader{page.cursor, tag}.integer();
    from = std::min(rows.size(), static_cast<std::size_t>(std::max<std::int64_t>(given, 0)));
  }
  const auto until = std::min(rows.size(), from + static_cast<std::size_t>(page.limit));
  Page<Row> out;
  if (page.with_total) out.total = static_cast<std::int64_t>(rows.size());
  if (until < rows.size()) {
    out.next_cursor = core::CursorWriter{tag}.add(static_cast<std::int64_t>(until)).take();
  }
  out.items.assign(std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(from)),
                   std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(until)));
  return out;
}

// Which variants a report is of.
class Scope {
 public:
  Scope(db::Tx& tx, const std::optional<Id>& seller_id, const std::optional<Id>& category_id)
      : tx_(&tx), seller_id_(seller_id), by_category_(category_id.has_value()) {
    if (!category_id) return;
    catalog::each_product(tx, {category_id, {}}, [&](Id product) { products_.insert(product); });
  }

  [[nodiscard]] bool has(Id variant_id) const {
    if (seller_id_ && catalog::seller_of(*tx_, variant_id) != seller_id_) return false;
    if (!by_category_) return true;
    const auto product = catalog::product_of(*tx_, variant_id);
    return product && products_.contains(*product);
  }

 private:
  db::Tx* tx_;
  std::optional<Id> seller_id_;
  bool by_category_;
  std::unordered_set<Id> products_;
};

std::int64_t rounded_up(double value) {
  return static_cast<std::int64_t>(std::ceil(value - 1e-9));
}

// The figures of a variant, or nothing when there is enough of it.
std::optional<LowStock> low_row(const inventory::StockState& state, double rate) {
  LowStock row;
  row.variant_id = state.level.variant_id;
  row.on_hand = state.level.on_hand;
  row.held = state.level.held;
  row.available = state.level.available;
  row.threshold = state.threshold.low;
  row.daily_rate = rate;
  const auto lead = static_cast<double>(state.threshold.lead_time_days);
  const auto cover = static_cast<double>(state.threshold.cover_days);
  const auto reorder_at = rounded_up(rate * lead) + state.threshold.safety_stock;
  if (row.available > row.threshold && row.available > reorder_at) return std::nullopt;
  const auto wanted = rounded_up(rate * (lead + cover)) + state.threshold.safety_stock;
  row.suggested = std::max<std::int64_t>(0, wanted - row.available);
  row.days_left = rate > 0
                      ? static_cast<std::int64_t>(
                            static_cast<double>(std::max<std::int64_t>(row.available, 0)) / rate)
                      : -1;
  return row;
}

// Result: whether it is offered at all; nobody reorders what is archived.
bool describe(db::Tx& tx, LowStock& row) {
  const auto item = catalog::sale_item(tx, row.variant_id);
  if (!item || item->status == ProductStatus::archived) return false;
  row.product_id = item->product_id;
  row.title = item->title;
  row.variant_title = item->variant_title;
  row.sku = item->sku;
  return true;
}

// The most urgent first: what is out, then what lasts the fewest days.
bool more_urgent(const LowStock& a, const LowStock& b) {
  const auto days = [](const LowStock& row) {
    return row.days_left < 0 ? max_magnitude : row.days_left;
  };
  const bool a_out = a.available <= 0;
  const bool b_out = b.available <= 0;
  if (a_out != b_out) return a_out;
  if (a.daily_rate != b.daily_rate && a_out) return a.daily_rate > b.daily_rate;
  if (days(a) != days(b)) return days(a) < days(b);
  return a.variant_id < b.variant_id;
}

Page<LowStock> low(db::Tx& tx, const accounts::Actor& actor, const ReportQuery& query,
                   const PageQuery& page, bool only_out) {
  check_page(page);
  const Scope scope{tx, reports::seller_of(actor, query.seller_id),
                    reports::category_of(tx, query)};
  const auto moved =
      inventory::moved_since(tx, tx.now() - k_rate_days * core::microseconds_per_day);
  std::vector<LowStock> rows;
  for (const auto& state : inventory::all_stock(tx)) {
    if (only_out && state.level.available > 0) continue;
    const auto found = moved.find(state.level.variant_id);
    const auto sold = found == moved.end() ? 0 : std::max<std::int64_t>(found->second.sold, 0);
    auto row = low_row(state, static_cast<double>(sold) / static_cast<double>(k_rate_days));
    if (!row || !scope.has(row->variant_id) || !describe(tx, *row)) continue;
    const auto last = inventory::store::movement(tx, state.last_movement_id);
    if (last) row->moved_at = last->movement.at;
    rows.push_back(std::move(*row));
  }
  std::sort(rows.begin(), rows.end(), more_urgent);
  return slice(std::move(rows), page, only_out ? "stock_outs" : "low_stock");
}

StockTurn turn_row(Id variant_id, std::int64_t sold, std::int64_t first, std::int64_t last,
                   std::int64_t days) {
  StockTurn row;
  row.variant_id = variant_id;
  row.sold = sold;
  row.on_hand_first = first;
  row.on_hand_last = last;
  const auto twice_mean = std::max<std::int64_t>(first, 0) + std::max<std::int64_t>(last, 0);
  if (twice_mean > 0) row.turn_milli = sold * 2000 / twice_mean;
  if (sold > 0) row.days_of_stock = twice_mean * days / (2 * sold);
  return row;
}

bool listed_before(const MyProduct& a, const MyProduct& b, MyProductOrder order) {
  switch (order) {
    case MyProductOrder::newest:
      return a.product_id > b.product_id;
    case MyProductOrder::most_sold:
      if (a.sold != b.sold) return a.sold > b.sold;
      break;
    case MyProductOrder::most_revenue:
      if (a.revenue.minor != b.revenue.minor) return a.revenue.minor > b.revenue.minor;
      break;
    case MyProductOrder::least_stock:
      if (a.available != b.available) return a.available < b.available;
      break;
    case MyProductOrder::best_rated:
      if (a.rating_milli != b.rating_milli) return a.rating_milli > b.rating_milli;
      break;
    case MyProductOrder::title:
      if (a.title != b.title) return a.title < b.title;
      break;
  }
  return a.product_id < b.product_id;
}

}  // namespace

Page<LowStock> Reports::low_stock(const Session& session, const ReportQuery& query,
                                  const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    return low(tx, authorize(tx, session, Operation::reports_low_stock), query, page, false);
  });
}

Page<LowStock> Reports::stock_outs(const Session& session, const ReportQuery& query,
                                   const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    return low(tx, authorize(tx, session, Operation::reports_stock_outs), query, page, true);
  });
}

Page<StockTurn> Reports::stock_turn(const Session& session, const ReportQuery& query,
                                    const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_stock_turn);
    check_page(page);
    const Scope scope{tx, reports::seller_of(actor, query.seller_id),
                      reports::category_of(tx, query)};
    auto span = reports::span_of(tx, query);
    const auto today = reports::last_days(tx, 1).last;
    if (!query.from && !query.period) span = reports::last_days(tx, k_rate_days);
    span.last = std::min(span.last, today);
    const auto offset = tx.env().utc_offset_minutes;
    const auto since_first = inventory::moved_since(tx, core::day_start(span.first, offset));
    const auto since_last = inventory::moved_since(tx, core::day_start(span.last + 1, offset));
    const auto moved = [](const auto& map, Id variant) {
      const auto found = map.find(variant);
      return found == map.end() ? inventory::Moved{} : found->second;
    };
    std::vector<StockTurn> rows;
    for (const auto& state : inventory::all_stock(tx)) {
      const auto variant = state.level.variant_id;
      if (!scope.has(variant)) continue;
      const auto begin = moved(since_first, variant);
      const auto end = moved(since_last, variant);
      rows.push_back(turn_row(variant, std::max<std::int64_t>(begin.sold - end.sold, 0),
                              state.level.on_hand - begin.change, state.level.on_hand - end.change,
                              span.last - span.first + 1));
    }
    std::sort(rows.begin(), rows.end(), [](const StockTurn& a, const StockTurn& b) {
      if (a.turn_milli != b.turn_milli) return a.turn_milli > b.turn_milli;
      return a.variant_id < b.variant_id;
    });
    auto out = slice(std::move(rows), page, "stock_turn");
    for (auto& row : out.items) {
      const auto item = catalog::sale_item(tx, row.variant_id);
      if (!item) continue;
      row.product_id = item->product_id;
      row.title = item->title;
      row.sku = item->sku;
    }
    return out;
  });
}

Page<MyProduct> Reports::my_products(const Session& session, const ReportQuery& query,
                                     MyProductOrder order, const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reports_my_products);
    check_page(page);
    const Id seller = reports::seller_of(actor, query.seller_id).value_or(0);
    const auto sold = reports::product_sums(tx, reports::span_of(tx, query), seller);
    const auto currency = tx.env().currency;
    std::vector<MyProduct> rows;
    auto next = sold.begin();
    catalog::each_product(tx, {reports::category_of(tx, query), seller}, [&](Id product_id) {
      while (next != sold.end() && next->product_id < product_id) ++next;
      const bool has = next != sold.end() && next->product_id == product_id;
      const auto sums = has ? next->sums : reports::Sums{};
      MyProduct row;
      row.product_id = product_id;
      row.orders = sums.orders;
      row.sold = sums.units;
      row.revenue = {sums.revenue, currency};
      row.net = {sums.revenue - sums.returned, currency};
      if (auto card = catalog::product_card(tx, product_id)) {
        row.title = std::move(card->title);
        row.slug = std::move(card->slug);
        row.price = card->price;
        row.rating_milli = card->rating_milli;
        row.rating_count = card->rating_count;
      }
      for (const auto variant : catalog::variants_of(tx, product_id)) {
        row.available += inventory::available(tx, variant);
      }
      rows.push_back(std::move(row));
    });
    std::sort(rows.begin(), rows.end(),
              [&](const MyProduct& a, const MyProduct& b) { return listed_before(a, b, order); });
    return slice(std::move(rows), page, "my_products");
  });
}

}  // namespace shop
