#include "flows/sales.hpp"

#include "catalog/catalog.hpp"
#include "catalog/hooks.hpp"
#include "loyalty/loyalty.hpp"
#include "orders/facts.hpp"
#include "orders/orders.hpp"
#include "orders/rules.hpp"
#include "payments/payments.hpp"
#include "recommend/recommend.hpp"

#include <set>

namespace shop::flows {

namespace {

// Orders of a day that are counted at once: the more, the more often they sell the same, and the
// more a reader has to add by itself. The kinds of figures take turns, so that no order waits for
// all of them.
constexpr std::int64_t k_sums_every = 256;
// At this pace orders of up to ten lines are paired as fast as they come.
constexpr std::int64_t k_taste_every = 256;
constexpr std::int64_t k_taste_turn = 64;
// A product's place in the lists by sales costs more than its sums: those are counted in parts, by
// the first orders of a day what the day before has left.
constexpr std::int64_t k_sold_every = 4'096;
constexpr std::int64_t k_part_every = 256;
constexpr std::int64_t k_part_turn = 128;
constexpr std::int64_t k_parts_first = 16;

reports::SaleLine sale_line(const OrderLine& line, std::int64_t units, std::int64_t minor) {
  return {line.variant_id, line.product_id, line.category_id, line.seller_id, units, minor};
}

void count_lines(db::Tx& tx, const Order& order, reports::SaleKind kind,
                 const std::vector<reports::SaleLine>& lines) {
  reports::SaleRecord sale;
  sale.kind = kind;
  sale.at = order.placed_at;
  sale.order_id = order.id;
  sale.customer_id = order.customer_id.value_or(0);
  sale.country = order.country;
  sale.region = order.region;
  sale.discount_minor = order.discount.minor;
  sale.tax_minor = order.tax.minor;
  sale.shipping_minor = order.shipping_total.minor;
  sale.lines = lines;
  reports::record_sale(tx, sale);
  const int sign = kind == reports::SaleKind::taken_out ? -1 : 1;
  for (const auto& line : lines) catalog::add_sold(tx, line.product_id, sign * line.units);
}

// What was erased since has no stock to be put back to.
void add_one(db::Tx& tx, Id variant_id, std::int64_t quantity, std::size_t line,
             std::vector<inventory::Take>& takes) {
  const auto sale = catalog::sale_item(tx, variant_id);
  if (sale) takes.push_back({variant_id, quantity, line, sale->policy != StockPolicy::deny});
}

}  // namespace

void add_takes(db::Tx& tx, Id variant_id, std::int64_t quantity, std::size_t line,
               std::vector<inventory::Take>& takes) {
  const auto sale = catalog::sale_item(tx, variant_id);
  if (!sale || !sale->is_bundle) return add_one(tx, variant_id, quantity, line, takes);
  for (const auto& part : catalog::bundle_parts(tx, sale->product_id)) {
    add_one(tx, part.variant_id, quantity * part.quantity, line, takes);
  }
}

void add_takes_of(db::Tx& tx, const SoldLine& from, std::int64_t quantity, std::size_t line,
                  std::vector<inventory::Take>& takes) {
  const auto parts = orders::bundle_of(tx, from.order_id, from.line_no);
  if (parts.empty()) return add_one(tx, from.variant_id, quantity, line, takes);
  for (const auto& part : parts) {
    add_one(tx, part.variant_id, quantity * part.quantity, line, takes);
  }
}

void keep_bundles(db::Tx& tx, Id order_id, std::span<const OrderLine> lines) {
  for (const auto& line : lines) {
    const auto sale = catalog::sale_item(tx, line.variant_id);
    if (!sale || !sale->is_bundle) continue;
    orders::keep_bundle(tx, order_id, line.line_no, catalog::bundle_parts(tx, sale->product_id));
  }
}

void count_placed(db::Tx& tx, const Order& order) {
  count_due(tx, orders::parse_number("ORD", order.number).value_or(0) % orders::k_numbers_per_day);
}

DueCounts due_counts(std::int64_t place) {
  const bool first = place == 1;  // counts what the day before has left
  DueCounts due;
  due.sums = first || place % k_sums_every == 0;
  due.taste = first || place % k_taste_every == k_taste_turn;
  due.sold = place <= k_parts_first || place % k_part_every == k_part_turn;
  due.sold_begins = first || place % k_sold_every == k_part_turn;
  return due;
}

void count_due(db::Tx& tx, std::int64_t place) {
  const auto due = due_counts(place);
  if (due.sums) reports::fold(tx);
  if (due.taste) recommend::take_in(tx);
  if (due.sold) catalog::fold_some_sold(tx, due.sold_begins);
}

void count_all_placed(db::Tx& tx) {
  reports::fold(tx);
  catalog::fold_sold(tx);
  recommend::take_in(tx);
}

void count_order(db::Tx& tx, const Order& order, reports::SaleKind kind) {
  std::vector<reports::SaleLine> lines;
  lines.reserve(order.lines.size());
  for (const auto& line : order.lines) {
    lines.push_back(sale_line(line, line.by_measure ? 1 : line.quantity, line.total.minor));
  }
  count_lines(tx, order, kind, lines);
}

void count_canceled(db::Tx& tx, const Order& order) {
  std::vector<reports::SaleLine> lines;
  lines.reserve(order.lines.size());
  for (const auto& line : order.lines) {
    const auto of_measure = line.returned == 0 ? 1 : 0;
    lines.push_back(sale_line(line, line.by_measure ? of_measure : line.quantity - line.returned,
                              line.total.minor - line.refunded.minor));
  }
  count_lines(tx, order, reports::SaleKind::taken_out, lines);
  settle_first(tx, order, {});
}

void settle_first(db::Tx& tx, const Order& order, std::span<const OrderLine> before) {
  std::set<Id> scopes{0};
  for (const auto& line : order.lines) scopes.insert(line.seller_id);
  for (const auto& line : before) scopes.insert(line.seller_id);
  const std::vector<Id> all{scopes.begin(), scopes.end()};
  reports::settle_first(tx, order.id, order.customer_id.value_or(0), all);
}

void count_return(db::Tx& tx, const OrderReturn& order_return,
                  const std::vector<reports::SaleLine>& lines) {
  reports::SaleRecord sale;
  sale.kind = reports::SaleKind::returned;
  sale.at = order_return.at;
  sale.order_id = order_return.order_id.value_or(0);
  sale.customer_id = order_return.customer_id.value_or(0);
  sale.country = order_return.country;
  sale.region = order_return.region;
  sale.lines = lines;
  reports::record_sale(tx, sale);
  if (!order_return.order_id) return;  // what it was counted with is not known, if it ever was
  for (const auto& line : lines) catalog::add_sold(tx, line.product_id, -line.units);
}

std::vector<Payment> take_payments(db::Tx& tx, const Session& session, Id order_id, Id customer_id,
                                   std::int64_t due, std::span<const PaymentInput> inputs,
                                   const payments::KeyUse& key) {
  const auto redeem = [&](std::int64_t minor, const std::string& path) {
    loyalty::redeem(tx, customer_id, order_id, minor, path);
  };
  return payments::take(tx, session, order_id, customer_id, due, inputs, redeem, key);
}

void give_back_points(db::Tx& tx, Id order_id) {
  std::int64_t captured = 0;
  std::int64_t refunded = 0;
  for (const auto& payment : payments::of_order(tx, order_id)) {
    if (payment.tender != Tender::points) continue;
    captured += payment.captured.minor;
    refunded += payment.refunded.minor;
  }
  if (refunded != 0) loyalty::give_back(tx, order_id, refunded, captured);
}

}  // namespace shop::flows

namespace shop::catalog {

Id last_sale(db::Tx& tx) {
  return orders::last_placed(tx);
}

void each_sold(db::Tx& tx, Id after, Id last, core::FunctionRef<void(const Sold&)> visit) {
  orders::each_placed(tx, after, last, [&](const orders::SaleFact& fact) {
    for (const auto& line : fact.lines) {
      const auto units = line.by_measure.value_or(false) ? 1 : line.quantity;
      visit({fact.order_id, line.product_id, units});
    }
  });
}

}  // namespace shop::catalog
