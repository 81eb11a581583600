#pragma once

#include "db/sql.hpp"

namespace shop::orders::sql {

#define SHOP_ORDER_COLUMNS                                                                         \
  "id, number, uuid_chance, owner_id, guest, actor_role, placed_at, status, payment_status, "      \
  "fulfilment_status, country, region, address, note, tax_included, units, subtotal, discount, "   \
  "shipping_method_id, shipping_name, shipping, shipping_discount, shipping_tax, shipping_total, " \
  "tax, cash_rounding, total, paid, refunded, points, edit_refunded, exchange_of"

inline const db::Sql k_order_add{
    "order_add",
    "INSERT INTO orders (" SHOP_ORDER_COLUMNS
    ", key, fingerprint, cart_id, actor_id, rounding, line_count, month, hour) VALUES ($1, $2, $3, "
    "$4, $5, $6, "
    "$7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, "
    "$26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40)"};
inline const db::Sql k_order_by_id{"order_by_id",
                                   "SELECT " SHOP_ORDER_COLUMNS " FROM orders WHERE id = $1"};
inline const db::Sql k_order_by_number{
    "order_by_number", "SELECT " SHOP_ORDER_COLUMNS " FROM orders WHERE number = $1"};
inline const db::Sql k_order_by_key{"order_by_key",
                                    "SELECT id, fingerprint FROM orders WHERE key = $1"};
inline const db::Sql k_order_last_number{
    "order_last_number", "SELECT max(number) FROM orders WHERE number >= $1 AND number < $2"};
inline const db::Sql k_order_any_of_owner{
    "order_any_of_owner",
    "SELECT id FROM orders WHERE owner_id = $1 AND owner_id <> 0 AND status <> 4 LIMIT 1"};
inline const db::Sql k_order_round{
    "order_round",
    "UPDATE orders SET cash_rounding = cash_rounding + $2, total = total + $2 WHERE id = $1"};
inline const db::Sql k_order_set_states{
    "order_set_states",
    "UPDATE orders SET status = $2, payment_status = $3, fulfilment_status = $4, paid = $5, "
    "refunded = $6, edit_refunded = $7 WHERE id = $1"};

#undef SHOP_ORDER_COLUMNS

#define SHOP_ORDER_LINE_COLUMNS                                                                  \
  "variant_id, product_id, seller_id, category_id, sku, title, variant_title, note, "            \
  "by_measure, quantity, list_minor, unit_minor, price_source, price_name, subtotal, discount, " \
  "tax, total, shipped, price_source_id, returned, refunded"

inline const db::Sql k_line_add{
    "order_line_add",
    "INSERT INTO order_line (id, " SHOP_ORDER_LINE_COLUMNS
    ", first_of_product, first_of_category) VALUES ($1 * 1024 + $2, $3, $4, $5, $6, $7, $8, $9, "
    "$10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 0, 0, $23, $24)"};
inline const db::Sql k_lines_of{
    "order_lines_of",
    "SELECT id % 1024, " SHOP_ORDER_LINE_COLUMNS
    " FROM order_line WHERE id BETWEEN $1 * 1024 AND $1 * 1024 + 1023 ORDER BY id"};
inline const db::Sql k_line_return{
    "order_line_return",
    "UPDATE order_line SET returned = returned + $3, refunded = refunded + $4 "
    "WHERE id = $1 * 1024 + $2 AND returned + $3 <= quantity"};

#undef SHOP_ORDER_LINE_COLUMNS

inline const db::Sql k_adjustment_add{
    "order_adjustment_add",
    "INSERT INTO order_adjustment (order_id, seq, kind, source_id, name, code, line_no, minor) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
inline const db::Sql k_adjustments_of{
    "order_adjustments_of",
    "SELECT kind, source_id, name, code, line_no, minor FROM order_adjustment "
    "WHERE order_id = $1 ORDER BY seq"};
inline const db::Sql k_tax_add{"order_tax_add",
                               "INSERT INTO order_tax (order_id, seq, name, rate_ppm, base, minor) "
                               "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_taxes_of{
    "order_taxes_of",
    "SELECT name, rate_ppm, base, minor FROM order_tax WHERE order_id = $1 ORDER BY seq"};
inline const db::Sql k_history_next{
    "order_history_next",
    "SELECT coalesce(max(seq), 0) + 1 FROM order_history WHERE order_id = $1"};
inline const db::Sql k_history_add{
    "order_history_add",
    "INSERT INTO order_history (order_id, seq, at, axis, before, after, actor_role, actor_id, "
    "note, seller_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};

inline const db::Sql k_history_of{
    "order_history_of",
    "SELECT at, axis, before, after, actor_role, actor_id, note, seller_id FROM order_history "
    "WHERE order_id = $1 ORDER BY seq"};
inline const db::Sql k_line_ship{
    "order_line_ship",
    "UPDATE order_line SET shipped = shipped + $3 WHERE id = $1 * 1024 + $2 "
    "AND shipped + $3 <= quantity"};
inline const db::Sql k_shipment_add{
    "shipment_add",
    "INSERT INTO shipment (id, order_id, at, carrier, tracking_code, seller_id) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
inline const db::Sql k_shipment_line_add{
    "shipment_line_add",
    "INSERT INTO shipment_line (shipment_id, line_no, quantity) VALUES ($1, $2, $3)"};
inline const db::Sql k_shipments_of{
    "shipments_of",
    "SELECT id, at, carrier, tracking_code, delivered_at, seller_id FROM shipment "
    "WHERE order_id = $1 "
    "ORDER BY id"};
inline const db::Sql k_shipment_lines_of{
    "shipment_lines_of",
    "SELECT line_no, quantity FROM shipment_line WHERE shipment_id = $1 ORDER BY line_no"};
inline const db::Sql k_shipments_deliver{
    "shipments_deliver",
    "UPDATE shipment SET delivered_at = $2 WHERE order_id = $1 AND delivered_at IS NULL"};

inline const db::Sql k_shipments_deliver_part{
    "shipments_deliver_part",
    "UPDATE shipment SET delivered_at = $3 WHERE order_id = $1 AND seller_id = $2 "
    "AND delivered_at IS NULL"};

inline const db::Sql k_today{"orders_today",
                             "SELECT count(*), coalesce(sum(total - refunded), 0) FROM orders "
                             "WHERE number >= $1 AND number < $2 AND status <> 4"};

// Lists are put together from these parts; see list_store.cpp.
inline constexpr const char* k_list_head =
    "SELECT id, number, owner_id, guest, placed_at, status, payment_status, fulfilment_status, "
    "country, region, line_count, units, total, paid, refunded FROM orders WHERE ";
inline constexpr const char* k_count_head = "SELECT count(*) FROM orders WHERE ";

#define SHOP_RETURN_COLUMNS \
  "id, number, order_id, owner_id, guest, at, country, region, reason, value, refunded"

inline const db::Sql k_return_add{
    "order_return_add",
    "INSERT INTO order_return (" SHOP_RETURN_COLUMNS
    ", key, actor_role, actor_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
    "$14)"};
inline const db::Sql k_return_by_id{
    "order_return_by_id", "SELECT " SHOP_RETURN_COLUMNS " FROM order_return WHERE id = $1"};
inline const db::Sql k_return_by_key{"order_return_by_key",
                                     "SELECT id FROM order_return WHERE key = $1"};
inline const db::Sql k_returns_of{
    "order_returns_of",
    "SELECT id FROM order_return WHERE order_id = $1 AND order_id <> 0 ORDER BY id"};
inline const db::Sql k_returns_refunded{
    "order_returns_refunded",
    "SELECT coalesce(sum(refunded), 0) FROM order_return WHERE order_id = $1 AND order_id <> 0"};
inline const db::Sql k_return_last_number{
    "order_return_last_number",
    "SELECT max(number) FROM order_return WHERE number >= $1 AND number < $2"};
inline const db::Sql k_return_loose_sum{
    "order_return_loose_sum",
    "SELECT coalesce(sum(refunded), 0) FROM order_return WHERE number >= $1 AND number < $2 "
    "AND order_id = 0 AND actor_id = $3"};

#undef SHOP_RETURN_COLUMNS

inline const db::Sql k_return_line_add{
    "order_return_line_add",
    "INSERT INTO order_return_line (return_id, line_no, order_line_no, variant_id, product_id, "
    "seller_id, category_id, sku, title, quantity, value, restocked, reason) VALUES ($1, $2, $3, "
    "$4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
inline const db::Sql k_return_lines_of{
    "order_return_lines_of",
    "SELECT line_no, order_line_no, variant_id, sku, title, quantity, value, restocked, reason "
    "FROM order_return_line WHERE return_id = $1 ORDER BY line_no"};

#define SHOP_LINES_OF_O "WHERE l.id BETWEEN o.id * 1024 AND o.id * 1024 + 1023"
inline const db::Sql k_verify_totals{
    "orders_verify_totals",
    "SELECT o.id, o.total, o.cash_rounding + o.shipping_total + "
    "(SELECT coalesce(sum(l.total), 0) FROM order_line l " SHOP_LINES_OF_O
    "), "
    "o.discount, (SELECT coalesce(sum(l.discount), 0) FROM order_line l " SHOP_LINES_OF_O
    "), "
    "(SELECT -coalesce(sum(a.minor), 0) FROM order_adjustment a WHERE a.order_id = o.id "
    "AND a.line_no IS NOT NULL), "
    "o.tax, (SELECT coalesce(sum(t.minor), 0) FROM order_tax t WHERE t.order_id = o.id), "
    "o.line_count, (SELECT count(*) FROM order_line l " SHOP_LINES_OF_O ") FROM orders o",
    "verify adds up every order"};
#undef SHOP_LINES_OF_O
inline const db::Sql k_verify_history{
    "orders_verify_history",
    "SELECT h.order_id, h.axis, coalesce(h.seller_id, -1), h.before, h.after, "
    "CASE WHEN h.seller_id IS NOT NULL THEN coalesce(p.fulfilment_status, 0) "
    "WHEN h.axis = 1 THEN o.status WHEN h.axis = 2 THEN o.payment_status "
    "ELSE o.fulfilment_status END FROM order_history h JOIN orders o ON o.id = h.order_id "
    "LEFT JOIN order_part p ON p.order_id = h.order_id AND p.seller_id = h.seller_id "
    "ORDER BY h.order_id, h.axis, coalesce(h.seller_id, -1), h.seq",
    "verify walks every history"};
inline const db::Sql k_verify_numbers{
    "orders_verify_numbers",
    "SELECT number / 10000000, count(*), min(number % 10000000), max(number % 10000000) "
    "FROM orders GROUP BY 1 HAVING count(*) <> max(number % 10000000) "
    "OR min(number % 10000000) <> 1",
    "verify looks at every order number"};
inline const db::Sql k_verify_carts{
    "orders_verify_carts",
    "SELECT cart_id, count(*) FROM orders GROUP BY cart_id HAVING count(*) > 1",
    "verify looks at every cart that became an order"};

inline const db::Sql k_verify_bundles{
    "orders_verify_bundles",
    "SELECT b.line_id, b.variant_id FROM order_line_bundle b "
    "WHERE NOT EXISTS (SELECT 1 FROM order_line l WHERE l.id = b.line_id)",
    "verify looks at every bundle that was ordered"};

inline const db::Sql k_order_rounding{"order_rounding",
                                      "SELECT rounding FROM orders WHERE id = $1"};
inline const db::Sql k_order_rewrite{
    "order_rewrite",
    "UPDATE orders SET country = $2, region = $3, address = $4, line_count = $5, units = $6, "
    "subtotal = $7, discount = $8, shipping_method_id = $9, shipping_name = $10, shipping = $11, "
    "shipping_discount = $12, shipping_tax = $13, shipping_total = $14, tax = $15, "
    "cash_rounding = $16, total = $17, points = $18, paid = 0, refunded = 0 WHERE id = $1"};
inline const db::Sql k_bundle_add{
    "order_line_bundle_add",
    "INSERT INTO order_line_bundle (line_id, variant_id, quantity) VALUES ($1 * 1024 + $2, $3, "
    "$4)"};
inline const db::Sql k_bundle_of{"order_line_bundle_of",
                                 "SELECT variant_id, quantity FROM order_line_bundle "
                                 "WHERE line_id = $1 * 1024 + $2 ORDER BY variant_id"};
inline const db::Sql k_bundles_gone{
    "order_line_bundles_gone",
    "DELETE FROM order_line_bundle WHERE line_id BETWEEN $1 * 1024 AND $1 * 1024 + 1023 "
    "AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.id = order_line_bundle.line_id)"};
inline const db::Sql k_lines_delete{"order_lines_delete",
                                    "DELETE FROM order_line "
                                    "WHERE id BETWEEN $1 * 1024 AND $1 * 1024 + 1023"};
inline const db::Sql k_adjustments_delete{"order_adjustments_delete",
                                          "DELETE FROM order_adjustment WHERE order_id = $1"};
inline const db::Sql k_taxes_delete{"order_taxes_delete",
                                    "DELETE FROM order_tax WHERE order_id = $1"};
inline const db::Sql k_edit_add{
    "order_edit_add",
    "INSERT INTO order_edit (order_id, seq, key, fingerprint, at, actor_role, actor_id, "
    "total_before, total_after, refunded, reason) SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, "
    "$4, $5, $6, $7, $8, $9, $10 FROM order_edit WHERE order_id = $1"};
inline const db::Sql k_edit_by_key{"order_edit_by_key",
                                   "SELECT order_id, fingerprint FROM order_edit WHERE key = $1"};
inline const db::Sql k_edits_of{
    "order_edits_of",
    "SELECT at, actor_role, actor_id, total_before, total_after, refunded, reason FROM order_edit "
    "WHERE order_id = $1 ORDER BY seq"};
inline const db::Sql k_ordered_before{
    "order_any_before",
    "SELECT id FROM orders WHERE owner_id = $1 AND owner_id <> 0 AND status <> 4 AND id < $2 "
    "LIMIT 1"};

inline const db::Sql k_addresses_after{
    "orders_addresses_after",
    "SELECT id, address FROM orders WHERE id > $1 AND length(address) > 0 ORDER BY id LIMIT 500"};
inline const db::Sql k_address_set{"orders_address_set",
                                   "UPDATE orders SET address = $2 WHERE id = $1"};
inline const db::Sql k_ids_of_customer{
    "orders_ids_of_customer",
    "SELECT id FROM orders WHERE owner_id = $1 AND owner_id <> 0 AND guest = 0"};
inline const db::Sql k_history_forget{
    "order_history_forget",
    "UPDATE order_history SET note = '' WHERE order_id = $1 AND note <> ''"};
inline const db::Sql k_lines_forget{
    "order_lines_forget",
    "UPDATE order_line SET note = '' WHERE id BETWEEN $1 * 1024 AND $1 * 1024 + 1023 "
    "AND note <> ''"};
inline const db::Sql k_edits_forget{
    "order_edits_forget", "UPDATE order_edit SET reason = '' WHERE order_id = $1 AND reason <> ''"};
inline const db::Sql k_return_lines_forget{
    "order_return_lines_forget",
    "UPDATE order_return_line SET reason = '' WHERE return_id IN "
    "(SELECT id FROM order_return WHERE order_id = $1 AND order_id <> 0) AND reason <> ''"};
inline const db::Sql k_returns_forget{
    "order_returns_forget",
    "UPDATE order_return SET reason = '' WHERE order_id = $1 AND order_id <> 0 AND reason <> ''"};
#define SHOP_LOOSE_OF_CUSTOMER "order_id = 0 AND owner_id = $1 AND owner_id <> 0 AND guest = 0"
inline const db::Sql k_loose_lines_forget{
    "order_loose_lines_forget",
    "UPDATE order_return_line SET reason = '' WHERE return_id IN "
    "(SELECT id FROM order_return WHERE " SHOP_LOOSE_OF_CUSTOMER ") AND reason <> ''"};
inline const db::Sql k_loose_forget{"order_loose_forget",
                                    "UPDATE order_return SET reason = '' "
                                    "WHERE " SHOP_LOOSE_OF_CUSTOMER " AND reason <> ''"};
#undef SHOP_LOOSE_OF_CUSTOMER
inline const db::Sql k_erase_customer{"orders_erase_customer",
                                      "UPDATE orders SET address = $2, note = '' WHERE owner_id = "
                                      "$1 AND owner_id <> 0 AND guest = 0"};

}  // namespace shop::orders::sql
