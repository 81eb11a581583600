#include "core/encoding.hpp"
#include "orders/orders_sql.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"

#include <algorithm>

namespace shop::orders::store {

std::int64_t next_return_number(db::Tx& tx, std::int64_t day) {
  const auto first = day * k_numbers_per_day;
  return tx.integer(sql::k_return_last_number, first, first + k_numbers_per_day).value_or(first) +
         1;
}

void add_return(db::Tx& tx, const Session& session, const ReturnRow& row, std::int64_t number,
                const std::vector<ReturnLineIds>& ids) {
  const auto& r = row.order_return;
  tx.exec(sql::k_return_add, r.id, number, r.order_id.value_or(0), row.owner_id, row.guest, r.at,
          r.country, r.region, r.reason, r.value.minor, r.refunded.minor, core::as_bytes(row.key),
          session.role(), session.user_id());
  for (std::size_t i = 0; i < r.lines.size(); ++i) {
    const auto& l = r.lines[i];
    tx.exec(sql::k_return_line_add, r.id, l.line_no, l.order_line_no.value_or(0), l.variant_id,
            ids[i].product_id, ids[i].seller_id, ids[i].category_id, l.sku, l.title, l.quantity,
            l.value.minor, l.restocked, l.reason);
  }
}

std::optional<Id> return_by_key(db::Tx& tx, std::string_view key) {
  return tx.integer(sql::k_return_by_key, core::as_bytes(key));
}

std::optional<ReturnRow> return_by_id(db::Tx& tx, Id id) {
  const auto& currency = tx.env().currency;
  auto query = tx.query(sql::k_return_by_id, id);
  if (!query.next()) return std::nullopt;
  ReturnRow row;
  auto& r = row.order_return;
  r.id = query.integer(0);
  r.number = number_text("RET", query.integer(1));
  if (query.integer(2) != 0) r.order_id = query.integer(2);
  row.owner_id = query.integer(3);
  row.guest = query.boolean(4);
  if (row.owner_id != 0 && !row.guest) r.customer_id = row.owner_id;
  r.at = query.integer(5);
  r.country = query.text(6);
  r.region = query.text(7);
  r.reason = query.text(8);
  r.value = {query.integer(9), currency};
  r.refunded = {query.integer(10), currency};
  auto lines = tx.query(sql::k_return_lines_of, id);
  while (lines.next()) {
    auto& l = r.lines.emplace_back();
    l.line_no = lines.integer(0);
    if (lines.integer(1) != 0) l.order_line_no = lines.integer(1);
    l.variant_id = lines.integer(2);
    l.sku = lines.text(3);
    l.title = lines.text(4);
    l.quantity = lines.integer(5);
    l.value = {lines.integer(6), currency};
    l.restocked = lines.boolean(7);
    l.reason = lines.text(8);
  }
  return row;
}

std::int64_t returns_refunded(db::Tx& tx, const Order& order) {
  const bool any = std::any_of(order.lines.begin(), order.lines.end(),
                               [](const OrderLine& line) { return line.returned != 0; });
  return any ? tx.integer(sql::k_returns_refunded, order.id).value_or(0) : 0;
}

std::int64_t loose_refunds(db::Tx& tx, std::int64_t day, Id actor_id) {
  const auto first = day * k_numbers_per_day;
  return tx.integer(sql::k_return_loose_sum, first, first + k_numbers_per_day, actor_id)
      .value_or(0);
}

std::vector<Id> returns_of(db::Tx& tx, Id order_id) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_returns_of, order_id);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

}  // namespace shop::orders::store
