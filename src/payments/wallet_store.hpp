#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/payments.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::payments::store {

// What is read was checked against its MAC, what is written gets a new one. Each reading function
// throws Error{tampered} when the row was edited in the file.

/// @param code Of a gift card; the file holds a keyed hash of it.
void add_wallet(db::Tx& tx, const Wallet& wallet, std::optional<std::string_view> code);
std::optional<Wallet> wallet_by_id(db::Tx& tx, Id id);
std::optional<Wallet> wallet_by_code(db::Tx& tx, std::string_view code);
std::optional<Wallet> wallet_of_customer(db::Tx& tx, Id customer_id);
/// False when there is not enough on it, or it is blocked or over.
bool take_from_wallet(db::Tx& tx, Id id, std::int64_t minor);
void give_to_wallet(db::Tx& tx, Id id, std::int64_t minor);
void set_active(db::Tx& tx, Id id, bool active);
/// Writes every MAC anew after the data key has changed.
void reseal_wallets(db::Tx& tx);
void verify_wallets(db::Tx& tx, core::Findings& findings);
std::vector<MoneyEntry> wallet_entries(db::Tx& tx, Id id);

}  // namespace shop::payments::store
