#include "orders/store.hpp"

#include "cart/cart.hpp"
#include "core/encoding.hpp"
#include "core/time.hpp"
#include "orders/edit_store.hpp"
#include "orders/orders_sql.hpp"
#include "orders/rules.hpp"
#include "shop/error.hpp"

namespace shop::orders::store {
namespace {

std::optional<Row> one(db::Tx& tx, db::Query query) {
  if (!query.next()) return std::nullopt;
  const auto& currency = tx.env().currency;
  const auto money = [&](int column) { return Money{query.integer(column), currency}; };
  Row row;
  auto& o = row.order;
  o.id = query.integer(0);
  o.number = number_text("ORD", query.integer(1));
  row.uuid_chance = query.integer(2);
  o.uuid = uuid_text(o.id, row.uuid_chance);
  row.owner_id = query.integer(3);
  if (row.owner_id != 0 && !query.boolean(4)) o.customer_id = row.owner_id;
  o.placed_by = query.as<Role>(5);
  o.placed_at = query.integer(6);
  o.status = query.as<OrderStatus>(7);
  o.payment_status = query.as<PaymentStatus>(8);
  o.fulfilment_status = query.as<FulfilmentStatus>(9);
  o.summary = summary_of(o.status, o.payment_status, o.fulfilment_status);
  o.country = query.text(10);
  o.region = query.text(11);
  o.address = cart::unpack_address(cart::open_address(tx, query.blob(12), "orders", o.id));
  o.note = query.text(13);
  o.tax_included = query.boolean(14);
  o.units = query.integer(15);
  o.subtotal = money(16);
  o.discount = money(17);
  o.shipping_method_id = query.maybe_integer(18);
  o.shipping_name = query.text(19);
  o.shipping = money(20);
  o.shipping_discount = money(21);
  o.shipping_tax = money(22);
  o.shipping_total = money(23);
  o.tax = money(24);
  o.cash_rounding = money(25);
  o.total = money(26);
  o.paid = money(27);
  o.refunded = money(28);
  o.points = query.integer(29);
  o.edit_refunded = money(30);
  if (query.integer(31) != 0) o.exchange_of = query.integer(31);
  return row;
}

// Whether no earlier line of the order has the same `what`.
bool first_with(std::span<const OrderLine> lines, std::size_t at, Id OrderLine::*what) {
  for (std::size_t i = 0; i < at; ++i) {
    if (lines[i].*what == lines[at].*what) return false;
  }
  return true;
}

void add_line(db::Tx& tx, Id order_id, std::span<const OrderLine> lines, std::size_t at) {
  const auto& l = lines[at];
  // It would lie among the lines of another order.
  if (l.line_no < 1 || l.line_no > k_last_line_no) {
    throw Error(Code::limit_reached, "an order has at most 1,023 lines");
  }
  tx.exec(sql::k_line_add, order_id, l.line_no, l.variant_id, l.product_id, l.seller_id,
          l.category_id, l.sku, l.title, l.variant_title, l.note, l.by_measure, l.quantity,
          l.list_price.minor, l.unit_price.minor, l.price_source, l.price_name, l.subtotal.minor,
          l.discount.minor, l.tax.minor, l.total.minor, l.shipped, l.price_source_id,
          first_with(lines, at, &OrderLine::product_id),
          first_with(lines, at, &OrderLine::category_id));
}

std::vector<OrderLine> lines_of(db::Tx& tx, Id order_id) {
  std::vector<OrderLine> out;
  auto query = tx.query(sql::k_lines_of, order_id);
  const auto money = [&](int column) { return Money{query.integer(column), tx.env().currency}; };
  while (query.next()) {
    auto& l = out.emplace_back();
    l.line_no = query.integer(0);
    l.variant_id = query.integer(1);
    l.product_id = query.integer(2);
    l.seller_id = query.integer(3);
    l.category_id = query.integer(4);
    l.sku = query.text(5);
    l.title = query.text(6);
    l.variant_title = query.text(7);
    l.note = query.text(8);
    l.by_measure = query.boolean(9);
    l.quantity = query.integer(10);
    l.list_price = money(11);
    l.unit_price = money(12);
    l.price_source = query.as<PriceSource>(13);
    l.price_name = query.text(14);
    l.subtotal = money(15);
    l.discount = money(16);
    l.tax = money(17);
    l.total = money(18);
    l.shipped = query.integer(19);
    l.price_source_id = query.integer(20);
    l.returned = query.integer(21);
    l.refunded = money(22);
  }
  return out;
}

}  // namespace

std::int64_t next_number(db::Tx& tx, std::int64_t day) {
  const auto first = day * k_numbers_per_day;
  return tx.integer(sql::k_order_last_number, first, first + k_numbers_per_day).value_or(first) + 1;
}

void add_order(db::Tx& tx, const Session& session, const Order& o, const Placing& placing) {
  const auto number = parse_number("ORD", o.number).value_or(0);
  const auto uuid = parse_uuid(o.uuid).value_or(UuidParts{});
  const auto civil = core::to_civil(o.placed_at, tx.env().utc_offset_minutes);
  tx.exec(sql::k_order_add, o.id, number, uuid.chance, placing.owner_id, placing.guest,
          session.role(), o.placed_at, o.status, o.payment_status, o.fulfilment_status, o.country,
          o.region, cart::seal_address(tx, placing.address, "orders", o.id), o.note, o.tax_included,
          o.units, o.subtotal.minor, o.discount.minor, o.shipping_method_id, o.shipping_name,
          o.shipping.minor, o.shipping_discount.minor, o.shipping_tax.minor, o.shipping_total.minor,
          o.tax.minor, o.cash_rounding.minor, o.total.minor, o.paid.minor, o.refunded.minor,
          o.points, o.edit_refunded.minor, o.exchange_of.value_or(0), core::as_bytes(placing.key),
          core::as_bytes(placing.fingerprint), placing.cart_id, session.user_id(), placing.rounding,
          o.lines.size(), civil.year * 12 + civil.month - 1, civil.hour);
  add_contents(tx, o);
}

void add_contents(db::Tx& tx, const Order& o) {
  for (std::size_t i = 0; i < o.lines.size(); ++i) add_line(tx, o.id, o.lines, i);
  std::int64_t seq = 0;
  for (const auto& a : o.adjustments) {
    tx.exec(sql::k_adjustment_add, o.id, ++seq, a.kind, a.source_id, a.name, a.code, a.line_no,
            a.amount.minor);
  }
  seq = 0;
  for (const auto& t : o.taxes) {
    tx.exec(sql::k_tax_add, o.id, ++seq, t.name, t.rate_ppm, t.base.minor, t.amount.minor);
  }
}

std::optional<Row> order_by_id(db::Tx& tx, Id id) {
  return one(tx, tx.query(sql::k_order_by_id, id));
}
std::optional<Row> order_by_number(db::Tx& tx, std::int64_t number) {
  return one(tx, tx.query(sql::k_order_by_number, number));
}

void load_parts(db::Tx& tx, Order& order) {
  const auto& currency = tx.env().currency;
  order.lines = lines_of(tx, order.id);
  auto adjustments = tx.query(sql::k_adjustments_of, order.id);
  while (adjustments.next()) {
    order.adjustments.push_back({adjustments.as<AdjustmentKind>(0), adjustments.integer(1),
                                 adjustments.text(2), adjustments.text(3),
                                 adjustments.maybe_integer(4),
                                 Money{adjustments.integer(5), currency}});
  }
  auto taxes = tx.query(sql::k_taxes_of, order.id);
  while (taxes.next()) {
    order.taxes.push_back({taxes.text(0), taxes.integer(1), Money{taxes.integer(2), currency},
                           Money{taxes.integer(3), currency}});
  }
}

std::optional<Keyed> order_by_key(db::Tx& tx, std::string_view key) {
  auto query = tx.query(sql::k_order_by_key, core::as_bytes(key));
  if (!query.next()) return std::nullopt;
  return Keyed{query.integer(0), std::string{core::as_text(query.blob(1))}};
}

bool any_of_owner(db::Tx& tx, Id owner_id) {
  return tx.integer(sql::k_order_any_of_owner, owner_id).has_value();
}

void set_states(db::Tx& tx, const Order& o) {
  tx.exec(sql::k_order_set_states, o.id, o.status, o.payment_status, o.fulfilment_status,
          o.paid.minor, o.refunded.minor, o.edit_refunded.minor);
}

void round_total(db::Tx& tx, Order& order, std::int64_t minor) {
  order.cash_rounding.minor += minor;
  order.total.minor += minor;
  tx.exec(sql::k_order_round, order.id, minor);
}

void add_history(db::Tx& tx, const Session& session, Id order_id, int axis, std::int64_t before,
                 std::int64_t after, std::string_view note, const std::optional<Id>& seller_id) {
  const auto seq = tx.integer(sql::k_history_next, order_id).value_or(1);
  tx.exec(sql::k_history_add, order_id, seq, tx.now(), axis, before, after, session.role(),
          session.user_id(), note, seller_id);
}

bool add_returned(db::Tx& tx, Id order_id, std::int64_t line_no, std::int64_t quantity,
                  std::int64_t minor) {
  return tx.exec(sql::k_line_return, order_id, line_no, quantity, minor) == 1;
}

}  // namespace shop::orders::store
