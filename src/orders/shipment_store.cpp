#include "orders/orders_sql.hpp"
#include "orders/store.hpp"

namespace shop::orders::store {

std::vector<OrderStep> history_of(db::Tx& tx, Id order_id) {
  std::vector<OrderStep> out;
  auto query = tx.query(sql::k_history_of, order_id);
  while (query.next()) {
    out.push_back({query.maybe_integer(7), query.integer(0), query.as<OrderAxis>(1),
                   query.integer(2), query.integer(3), query.as<Role>(4), query.integer(5),
                   query.text(6)});
  }
  return out;
}

bool add_shipped(db::Tx& tx, Id order_id, std::int64_t line_no, std::int64_t quantity) {
  return tx.exec(sql::k_line_ship, order_id, line_no, quantity) == 1;
}

void add_shipment(db::Tx& tx, Id order_id, const Shipment& s) {
  tx.exec(sql::k_shipment_add, s.id, order_id, s.at, s.carrier, s.tracking_code, s.seller_id);
  for (const auto& line : s.lines) {
    tx.exec(sql::k_shipment_line_add, s.id, line.line_no, line.quantity);
  }
}

std::vector<Shipment> shipments_of(db::Tx& tx, Id order_id) {
  std::vector<Shipment> out;
  auto query = tx.query(sql::k_shipments_of, order_id);
  while (query.next()) {
    auto& shipment = out.emplace_back();
    shipment.id = query.integer(0);
    shipment.at = query.integer(1);
    shipment.carrier = query.text(2);
    shipment.tracking_code = query.text(3);
    shipment.delivered_at = query.maybe_integer(4);
    shipment.seller_id = query.integer(5);
    auto lines = tx.query(sql::k_shipment_lines_of, shipment.id);
    while (lines.next()) shipment.lines.push_back({lines.integer(0), lines.integer(1)});
  }
  return out;
}

void mark_delivered(db::Tx& tx, Id order_id) {
  tx.exec(sql::k_shipments_deliver, order_id, tx.now());
}
void mark_part_delivered(db::Tx& tx, Id order_id, Id seller_id) {
  tx.exec(sql::k_shipments_deliver_part, order_id, seller_id, tx.now());
}

}  // namespace shop::orders::store
