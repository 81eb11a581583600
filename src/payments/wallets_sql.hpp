#pragma once

#include "db/sql.hpp"

namespace shop::payments::sql {

#define SHOP_WALLET_COLUMNS \
  "id, kind, hint, customer_id, balance, active, created_at, expires_at, code_hash, mac"

inline const db::Sql k_wallet_add{"wallet_add",
                                  "INSERT INTO wallet (" SHOP_WALLET_COLUMNS
                                  ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
inline const db::Sql k_wallet_by_id{"wallet_by_id",
                                    "SELECT " SHOP_WALLET_COLUMNS " FROM wallet WHERE id = $1"};
inline const db::Sql k_wallet_by_code{
    "wallet_by_code", "SELECT " SHOP_WALLET_COLUMNS " FROM wallet WHERE code_hash = $1"};
inline const db::Sql k_wallet_of_customer{"wallet_of_customer",
                                          "SELECT " SHOP_WALLET_COLUMNS
                                          " FROM wallet WHERE customer_id = $1 AND kind = 2"};
inline const db::Sql k_wallets_after{"wallets_after",
                                     "SELECT " SHOP_WALLET_COLUMNS
                                     " FROM wallet WHERE id > $1 ORDER BY id LIMIT $2"};
/// Only what was read is changed: $5 and $6 are what it was.
inline const db::Sql k_wallet_set{"wallet_set",
                                  "UPDATE wallet SET balance = $2, active = $3, mac = $4 "
                                  "WHERE id = $1 AND balance = $5 AND active = $6"};

#undef SHOP_WALLET_COLUMNS

inline const db::Sql k_wallet_entries{
    "wallet_entries",
    "SELECT owner_id, entry_no, payment_no, kind, debit, debit_id, credit, credit_id, minor, at, "
    "actor_role, actor_id, reference FROM money_entry WHERE debit_id = $1 AND debit_id <> 0 "
    "UNION ALL SELECT owner_id, entry_no, payment_no, kind, debit, debit_id, credit, credit_id, "
    "minor, at, actor_role, actor_id, reference FROM money_entry WHERE credit_id = $1 AND "
    "credit_id <> 0 "
    "ORDER BY 10, 1, 2"};
inline const db::Sql k_verify_wallets{
    "wallets_verify",
    "SELECT w.id, w.balance, (SELECT coalesce(sum(minor), 0) FROM money_entry "
    "WHERE credit_id = w.id AND credit_id <> 0) - (SELECT coalesce(sum(minor), 0) "
    "FROM money_entry WHERE debit_id = w.id AND debit_id <> 0) FROM wallet w",
    "verify adds up every wallet"};

}  // namespace shop::payments::sql
