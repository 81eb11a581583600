#include "reports/calendar.hpp"
#include "reports/figures.hpp"
#include "reports/record_sql.hpp"
#include "reports/reports.hpp"

namespace shop::reports {
namespace {

// So many rows a reader may have to add to the sums.
constexpr std::int64_t k_fold_every = 256;

struct Moment {
  std::int64_t day;
  std::int64_t month;
  std::int64_t hour;
};

Moment moment_of(Timestamp at, int offset_minutes) {
  const auto civil = core::to_civil(at, offset_minutes);
  return {core::day_number(at, offset_minutes), month_number(civil), civil.hour};
}

// The sign of a cancellation is in what its row adds to the sums.
void add(Sums& sums, const SaleLine& line, SaleKind kind) {
  if (kind == SaleKind::returned) {
    sums.returned_units += line.units;
    sums.returned += line.minor;
    return;
  }
  const std::int64_t sign = kind == SaleKind::placed ? 1 : -1;
  sums.units += sign * line.units;
  sums.revenue += sign * line.minor;
}

std::int64_t order_sign(SaleKind kind) {
  switch (kind) {
    case SaleKind::placed:
      return 1;
    case SaleKind::taken_out:
      return -1;
    case SaleKind::returned:
      return 0;
  }
  return 0;
}

// Whether no earlier line of the order has the same `what`.
bool first_with(std::span<const SaleLine> lines, std::size_t at, Id SaleLine::*what) {
  for (std::size_t i = 0; i < at; ++i) {
    if (lines[i].*what == lines[at].*what) return false;
  }
  return true;
}

void add_lines(db::Tx& tx, const SaleRecord& sale, const Moment& moment) {
  const auto sign = order_sign(sale.kind);
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    const auto& line = sale.lines[i];
    Sums sums;
    add(sums, line, sale.kind);
    const auto orders = first_with(sale.lines, i, &SaleLine::product_id) ? sign : 0;
    const auto of_category = first_with(sale.lines, i, &SaleLine::category_id) ? sign : 0;
    tx.exec(sql::k_line_add, moment.day, line.product_id, line.variant_id, line.category_id,
            line.seller_id, orders, of_category, sums.units, sums.revenue, sums.returned_units,
            sums.returned);
  }
}

// One row for a scope; amounts of the order as a whole are the whole shop's alone.
std::int64_t add_order(db::Tx& tx, const SaleRecord& sale, const Moment& moment, Id scope) {
  Sums sums;
  for (const auto& line : sale.lines) {
    if (scope == 0 || line.seller_id == scope) add(sums, line, sale.kind);
  }
  const auto sign = order_sign(sale.kind);
  const auto whole = scope == 0 ? sign : 0;
  auto query = tx.query(sql::k_order_add, scope, moment.day, moment.month, moment.hour, sale.at,
                        sale.order_id, sale.customer_id, sale.country, sale.region, sign,
                        sums.units, sums.revenue, whole * sale.discount_minor,
                        whole * sale.tax_minor, whole * sale.shipping_minor,
                        sale.kind == SaleKind::returned, sums.returned_units, sums.returned);
  query.next();
  return query.integer(0);
}

}  // namespace

void record_sale(db::Tx& tx, const SaleRecord& sale) {
  if (sale.lines.empty()) return;
  const auto moment = moment_of(sale.at, tx.env().utc_offset_minutes);
  add_lines(tx, sale, moment);
  auto pending = add_order(tx, sale, moment, 0);
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    const auto seller = sale.lines[i].seller_id;
    if (seller == 0 || !first_with(sale.lines, i, &SaleLine::seller_id)) continue;
    pending = add_order(tx, sale, moment, seller);
  }
  if (pending >= k_fold_every) fold(tx);
}

}  // namespace shop::reports
