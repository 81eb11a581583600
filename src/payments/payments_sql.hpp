#pragma once

#include "db/sql.hpp"

namespace shop::payments::sql {

inline const db::Sql k_payment_add{
    "payment_add",
    "INSERT INTO payment (order_id, payment_no, tender, authorized, captured, refunded, voided, "
    "tendered, wallet_id, reference, at) VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7, $8, $9)"};
inline const db::Sql k_payments_of{
    "payments_of",
    "SELECT payment_no, tender, authorized, captured, refunded, voided, tendered, wallet_id, "
    "reference, at FROM payment WHERE order_id = $1 ORDER BY payment_no"};
inline const db::Sql k_payment_refund{
    "payment_refund",
    "UPDATE payment SET refunded = refunded + $3 "
    "WHERE order_id = $1 AND payment_no = $2 AND refunded + $3 <= captured"};
inline const db::Sql k_payment_capture{
    "payment_capture",
    "UPDATE payment SET captured = captured + $3 WHERE order_id = $1 AND payment_no = $2 "
    "AND voided = 0 AND captured + $3 <= authorized"};
inline const db::Sql k_payment_hold_less{
    "payment_hold_less",
    "UPDATE payment SET authorized = authorized - $3 WHERE order_id = $1 AND payment_no = $2 "
    "AND voided = 0 AND authorized - $3 >= captured"};
inline const db::Sql k_payment_void{"payment_void",
                                    "UPDATE payment SET voided = 1, authorized = captured "
                                    "WHERE order_id = $1 AND payment_no = $2 AND voided = 0"};

#define SHOP_ENTRY_COLUMNS                                                                \
  "owner_id, entry_no, payment_no, kind, debit, debit_id, credit, credit_id, minor, at, " \
  "actor_role, actor_id, reference"

inline const db::Sql k_entry_next{
    "money_entry_next",
    "SELECT coalesce(max(entry_no), 0) + 1 FROM money_entry WHERE owner_id = $1"};
inline const db::Sql k_entry_add{"money_entry_add",
                                 "INSERT INTO money_entry (" SHOP_ENTRY_COLUMNS
                                 ", key, fingerprint) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                                 "$10, $11, $12, $13, $14, $15)"};
inline const db::Sql k_entries_of{"money_entries_of",
                                  "SELECT " SHOP_ENTRY_COLUMNS
                                  " FROM money_entry WHERE owner_id = $1 ORDER BY entry_no"};

#undef SHOP_ENTRY_COLUMNS

inline const db::Sql k_entry_by_key{
    "money_entry_by_key",
    "SELECT owner_id, payment_no, debit, minor, fingerprint FROM money_entry "
    "WHERE key = $1 AND key IS NOT NULL"};
inline const db::Sql k_balances{
    "money_balances",
    "SELECT account, sum(minor) FROM (SELECT debit AS account, minor FROM money_entry "
    "UNION ALL SELECT credit, -minor FROM money_entry) AS moved GROUP BY account ORDER BY account",
    "the balances are the sums of the whole ledger"};

inline const db::Sql k_approval_put{
    "refund_approval_put",
    "INSERT INTO refund_approval (order_id, minor, approved_by, expires_at) VALUES ($1, $2, $3, "
    "$4) "
    "ON CONFLICT (order_id) DO UPDATE SET minor = excluded.minor, "
    "approved_by = excluded.approved_by, expires_at = excluded.expires_at"};
inline const db::Sql k_approval_take{
    "refund_approval_take",
    "DELETE FROM refund_approval WHERE order_id = $1 AND minor >= $2 AND approved_by <> $3 "
    "AND expires_at > $4"};

inline const db::Sql k_verify_payments{
    "payments_verify",
    "SELECT p.order_id, p.payment_no, p.authorized, p.captured, p.refunded, "
    "(SELECT coalesce(sum(CASE WHEN e.kind = 1 THEN e.minor WHEN e.kind = 3 THEN -e.minor ELSE 0 "
    "END), 0) FROM money_entry e WHERE e.owner_id = p.order_id AND e.payment_no = p.payment_no), "
    "(SELECT coalesce(sum(CASE WHEN e.kind IN (2, 6) THEN e.minor ELSE 0 END), 0) "
    "FROM money_entry e WHERE e.owner_id = p.order_id AND e.payment_no = p.payment_no), "
    "(SELECT coalesce(sum(CASE WHEN e.kind = 4 THEN e.minor ELSE 0 END), 0) "
    "FROM money_entry e WHERE e.owner_id = p.order_id AND e.payment_no = p.payment_no) "
    "FROM payment p",
    "verify adds up every payment"};

}  // namespace shop::payments::sql
