#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/time.hpp"
#include "orders/orders_sql.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "shop/error.hpp"

#include <functional>
#include <variant>

#include <fmt/format.h>

namespace shop::orders::store {
namespace {

constexpr std::string_view k_cursor_tag = "orders";

/// The conditions of a list with their parameters, put together once for the page and the count.
class Where {
 public:
  using Value = std::variant<std::int64_t, std::string>;

  void add(std::string_view condition, Value value) {
    values_.push_back(std::move(value));
    if (!text_.empty()) text_ += " AND ";
    text_ += fmt::format("{} ${}", condition, values_.size());
  }
  void bind(db::Query& query) const {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      std::visit([&](const auto& value) { query.bind(static_cast<int>(i) + 1, value); },
                 values_[i]);
    }
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::vector<Value> values_;
};

// The planner takes the partial indexes only where it sees their condition in the text.
Where conditions(db::Tx& tx, const OrderFilter& filter, std::optional<Id> owner_id) {
  Where where;
  const auto add = [&](const auto& what, std::string_view condition) {
    if (what) where.add(condition, static_cast<std::int64_t>(*what));
  };
  const auto offset = tx.env().utc_offset_minutes;
  add(owner_id, "owner_id <> 0 AND owner_id =");
  add(filter.customer_id, "owner_id <> 0 AND guest = 0 AND owner_id =");
  const bool waiting =
      filter.status == OrderStatus::pending || filter.status == OrderStatus::canceled;
  add(filter.status, waiting ? "status IN (1, 4) AND status =" : "status =");
  add(filter.payment_status, "payment_status =");
  add(filter.fulfilment_status, "fulfilment_status =");
  if (!filter.country.empty()) where.add("country =", filter.country);
  if (!filter.region.empty()) where.add("region =", filter.region);
  if (filter.placed_from) {
    where.add("placed_at >=", *filter.placed_from);
    where.add("number >=", core::day_number(*filter.placed_from, offset) * k_numbers_per_day);
  }
  if (filter.placed_until) {
    where.add("placed_at <", *filter.placed_until);
    where.add("number <", (core::day_number(*filter.placed_until, offset) + 1) * k_numbers_per_day);
  }
  return where;
}

OrderSummary summary_row(const db::Query& query, const Currency& currency) {
  OrderSummary out;
  out.id = query.integer(0);
  out.number = number_text("ORD", query.integer(1));
  if (query.integer(2) != 0 && !query.boolean(3)) out.customer_id = query.integer(2);
  out.placed_at = query.integer(4);
  out.status = query.as<OrderStatus>(5);
  out.payment_status = query.as<PaymentStatus>(6);
  out.fulfilment_status = query.as<FulfilmentStatus>(7);
  out.summary = summary_of(out.status, out.payment_status, out.fulfilment_status);
  out.country = query.text(8);
  out.region = query.text(9);
  out.lines = query.integer(10);
  out.units = query.integer(11);
  out.total = {query.integer(12), currency};
  out.paid = {query.integer(13), currency};
  out.refunded = {query.integer(14), currency};
  return out;
}

}  // namespace

Page<OrderSummary> list(db::Tx& tx, const OrderFilter& filter, std::optional<Id> owner_id,
                        const PageQuery& page) {
  auto where = conditions(tx, filter, owner_id);
  Page<OrderSummary> out;
  if (page.with_total) {
    auto count = tx.query_text(sql::k_count_head +
                               (where.text().empty() ? std::string{"number > 0"} : where.text()));
    where.bind(count);
    if (count.next()) out.total = count.integer(0);
  }
  std::int64_t before = max_magnitude;
  if (!page.cursor.empty()) before = core::CursorReader{page.cursor, k_cursor_tag}.integer();
  where.add("number <", before);
  auto query = tx.query_text(fmt::format("{}{} ORDER BY number DESC LIMIT {}", sql::k_list_head,
                                         where.text(), page.limit + 1));
  where.bind(query);
  std::int64_t last = 0;
  while (query.next()) {
    if (static_cast<std::int64_t>(out.items.size()) == page.limit) {
      out.next_cursor = core::CursorWriter{k_cursor_tag}.add(last).take();
      break;
    }
    last = query.integer(1);
    out.items.push_back(summary_row(query, tx.env().currency));
  }
  return out;
}

OrdersToday today(db::Tx& tx) {
  const auto offset = tx.env().utc_offset_minutes;
  const auto first = core::day_number(tx.now(), offset) * k_numbers_per_day;
  OrdersToday out;
  auto sums = tx.query(sql::k_today, first, first + k_numbers_per_day);
  if (sums.next()) {
    out.count = sums.integer(0);
    out.revenue = {sums.integer(1), tx.env().currency};
  }
  OrderFilter filter;
  filter.placed_from = core::day_start(core::day_number(tx.now(), offset), offset);
  out.orders = list(tx, filter, std::nullopt, {{}, 100, false}).items;
  return out;
}

}  // namespace shop::orders::store
