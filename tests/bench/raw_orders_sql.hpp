#pragma once

#include "bench/raw_orders.hpp"

namespace shop::bench {

/// What RawOrders prepares once per connection.
struct RawOrders::Statements {
  explicit Statements(RawDb& db)
      : begin(db, "BEGIN IMMEDIATE"),
        commit(db, "COMMIT"),
        session(db,
                "SELECT s.account_id, s.expires_at, s.ended_at, a.role, a.status, "
                "s.auth_epoch = a.auth_epoch, s.last_seen_at, s.idle_us FROM login_session s "
                "JOIN account a ON a.id = s.account_id WHERE s.id = ?1"),
        by_key(db, "SELECT id, fingerprint FROM orders WHERE key = ?1"),
        cart(db,
             "SELECT id, country, region, shipping_method_id, address, reserved_until FROM cart "
             "WHERE owner_id = ?1 AND name = '' AND owner_id <> 0 AND created_at <> 0"),
        cart_lines(db,
                   "SELECT line_no, variant_id, quantity, seen_minor, manual_minor, "
                   "manual_discount, note FROM cart_line WHERE cart_id = ?1 ORDER BY line_no"),
        coupons(db, "SELECT code FROM cart_coupon WHERE cart_id = ?1 ORDER BY code_folded"),
        rules(db, "SELECT version FROM pricing_state WHERE one = 1"),
        sale(db,
             "SELECT p.id, p.seller_id, p.category_id, v.sku, p.title, v.options, v.price_minor, "
             "p.tax_class_id, p.minimum_age, p.status, v.policy, p.sold_by, p.parts FROM variant v "
             "JOIN product p ON p.id = v.product_id WHERE v.id = ?1"),
        ids(db, "SELECT next FROM id_sequence WHERE site = 0"),
        ids_save(db, "UPDATE id_sequence SET next = ?1 WHERE site = 0"),
        last_number(db, "SELECT max(number) FROM orders WHERE number >= ?1 AND number < ?2"),
        take(db,
             "UPDATE stock SET on_hand = on_hand - ?2, previous_id = last_id, last_id = ?3 "
             "WHERE variant_id = ?1 AND location_id = 0 AND on_hand - reserved >= ?2"),
        balance(db,
                "SELECT on_hand, reserved, previous_id, low FROM stock "
                "WHERE variant_id = ?1 AND location_id = 0"),
        movement(db,
                 "INSERT INTO stock_movement (id, previous_id, at, variant_id, location_id, kind, "
                 "reason, quantity, on_hand, order_id, actor_id, note) "
                 "VALUES (?1, ?2, ?3, ?4, 0, 2, 2, ?5, ?6, ?7, ?8, '')"),
        payment(db,
                "INSERT INTO payment (order_id, payment_no, tender, authorized, captured, "
                "refunded, voided, tendered, wallet_id, reference, at) "
                "VALUES (?1, 1, 2, ?2, ?2, 0, 0, 0, 0, '', ?3)"),
        entry(db,
              "INSERT INTO money_entry (owner_id, entry_no, payment_no, kind, debit, debit_id, "
              "credit, credit_id, minor, at, actor_role, actor_id, reference, key) "
              "VALUES (?1, 1, 1, 2, 3, 0, 1, 0, ?2, ?3, 2, ?4, '', NULL)"),
        order(db,
              "INSERT INTO orders (id, number, uuid_chance, owner_id, guest, actor_role, "
              "placed_at, status, payment_status, fulfilment_status, country, region, address, "
              "note, tax_included, units, subtotal, discount, shipping_method_id, shipping_name, "
              "shipping, shipping_discount, shipping_tax, shipping_total, tax, cash_rounding, "
              "total, paid, refunded, points, key, fingerprint, cart_id, actor_id, rounding, "
              "line_count, edit_refunded, exchange_of, month, hour) VALUES (?1, ?2, ?3, ?4, 0, 2, "
              "?5, 2, 4, 1, "
              "?6, ?7, ?8, '', 1, ?9, ?10, "
              "0, NULL, '', 0, 0, 0, 0, 0, 0, ?10, ?10, 0, 0, ?11, ?12, ?13, ?4, 1, ?14, 0, 0, "
              "?15, ?16)"),
        line(db,
             "INSERT INTO order_line (id, variant_id, product_id, seller_id, "
             "category_id, sku, title, variant_title, note, by_measure, quantity, list_minor, "
             "unit_minor, price_source, price_name, subtotal, discount, tax, total, shipped, "
             "price_source_id, returned, refunded, first_of_product, first_of_category) VALUES "
             "(?1 * 1024 + ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
             "?10, 0, ?11, ?12, ?12, 1, '', ?13, 0, 0, ?13, 0, 0, 0, 0, ?14, ?15)"),
        event(db,
              "INSERT INTO event (id, at, type, version, aggregate, aggregate_id, payload) "
              "VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)"),
        wants(db,
              "SELECT "
              "(SELECT in_app FROM notification_preference WHERE user_id = ?1 AND kind = 1), "
              "(SELECT value FROM setting WHERE name = 'notification_days'), "
              "(SELECT value FROM setting WHERE name = 'notification_per_user'), "
              "(SELECT id FROM notification WHERE user_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET "
              "499), (SELECT created_at FROM notification WHERE user_id = ?1 ORDER BY id LIMIT 1), "
              "(SELECT balance FROM points_account WHERE customer_id = ?1)"),
        rule(db, "SELECT id, kind, points, per_minor FROM loyalty_rule ORDER BY kind, id"),
        notification(db,
                     "INSERT INTO notification (user_id, id, uuid, kind, title, body, object, "
                     "object_id, data, created_at, read_at) VALUES (?1, ?2, ?3, 1, ?4, '', "
                     "'order', ?5, ?6, ?7, NULL)"),
        drop_lines(db, "DELETE FROM cart_line WHERE cart_id = ?1"),
        drop_coupons(db, "DELETE FROM cart_coupon WHERE cart_id = ?1"),
        drop_cart(db,
                  "UPDATE cart SET country = '', region = '', shipping_method_id = NULL, "
                  "address = x'', reserved_until = 0, created_at = 0 WHERE id = ?1"),
        add_cart(db,
                 "INSERT INTO cart (id, owner_id, guest, name, country, region, "
                 "shipping_method_id, address, reserved_until, created_at) "
                 "VALUES (?1, ?2, 0, '', '', '', NULL, x'', 0, ?3) "
                 "ON CONFLICT (owner_id) WHERE name = '' AND owner_id <> 0 DO UPDATE SET "
                 "id = excluded.id, created_at = excluded.created_at"),
        add_line(db,
                 "INSERT INTO cart_line (cart_id, line_no, variant_id, quantity, seen_minor, "
                 "manual_minor, manual_discount, manual_reason, note, changed_at) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, NULL, 0, '', '', ?6)"),
        more(db,
             "UPDATE cart_line SET quantity = ?3, seen_minor = ?4, changed_at = ?5 "
             "WHERE cart_id = ?1 AND line_no = ?2") {}

  RawStatement begin, commit, session, by_key, cart, cart_lines, coupons, rules, sale, ids,
      ids_save, last_number, take, balance, movement, payment, entry, order, line, event, wants,
      rule, notification, drop_lines, drop_coupons, drop_cart, add_cart, add_line, more;
};

}  // namespace shop::bench
