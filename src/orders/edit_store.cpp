#include "orders/edit_store.hpp"

#include "cart/cart.hpp"
#include "core/encoding.hpp"
#include "orders/orders_sql.hpp"
#include "orders/store.hpp"

namespace shop::orders::store {

RoundingMode rounding_of(db::Tx& tx, Id order_id) {
  const auto kept = tx.integer(sql::k_order_rounding, order_id);
  return kept ? static_cast<RoundingMode>(*kept) : RoundingMode::half_up;
}

bool ordered_before(db::Tx& tx, Id owner_id, Id order_id) {
  return tx.integer(sql::k_ordered_before, owner_id, order_id).has_value();
}

void rewrite(db::Tx& tx, const Order& o, std::string_view packed_address) {
  tx.exec(sql::k_lines_delete, o.id);
  tx.exec(sql::k_adjustments_delete, o.id);
  tx.exec(sql::k_taxes_delete, o.id);
  tx.exec(sql::k_order_rewrite, o.id, o.country, o.region,
          cart::seal_address(tx, packed_address, "orders", o.id), o.lines.size(), o.units,
          o.subtotal.minor, o.discount.minor, o.shipping_method_id, o.shipping_name,
          o.shipping.minor, o.shipping_discount.minor, o.shipping_tax.minor, o.shipping_total.minor,
          o.tax.minor, o.cash_rounding.minor, o.total.minor, o.points);
  add_contents(tx, o);
  tx.exec(sql::k_bundles_gone, o.id);  // a later line may have the number of one that is gone
}

std::optional<Keyed> edited_with(db::Tx& tx, std::string_view key) {
  auto query = tx.query(sql::k_edit_by_key, core::as_bytes(key));
  if (!query.next()) return std::nullopt;
  return Keyed{query.integer(0), std::string{core::as_text(query.blob(1))}};
}

void add_edit(db::Tx& tx, const Session& session, std::string_view key, const Keyed& edited,
              const OrderEdit& edit) {
  tx.exec(sql::k_edit_add, edited.order_id, core::as_bytes(key), core::as_bytes(edited.fingerprint),
          tx.now(), session.role(), session.user_id(), edit.total_before.minor,
          edit.total_after.minor, edit.refunded.minor, edit.reason);
}

std::vector<OrderEdit> edits_of(db::Tx& tx, Id order_id) {
  const auto& currency = tx.env().currency;
  std::vector<OrderEdit> out;
  auto query = tx.query(sql::k_edits_of, order_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.as<Role>(1), query.integer(2),
                   Money{query.integer(3), currency}, Money{query.integer(4), currency},
                   Money{query.integer(5), currency}, query.text(6)});
  }
  return out;
}

}  // namespace shop::orders::store
