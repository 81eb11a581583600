#pragma once

#include "db/tx.hpp"
#include "shop/payments.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::payments::store {

/// What a code is kept as: the file never holds the code of a gift card itself.
std::string hash_code(std::string_view code);

void add_wallet(db::Tx& tx, const Wallet& wallet, std::optional<std::string_view> code_hash);
std::optional<Wallet> wallet_by_id(db::Tx& tx, Id id);
std::optional<Wallet> wallet_by_code(db::Tx& tx, std::string_view code);
std::optional<Wallet> wallet_of_customer(db::Tx& tx, Id customer_id);
/// False when there is not enough on it, or it is blocked or over.
bool take_from_wallet(db::Tx& tx, Id id, std::int64_t minor);
void give_to_wallet(db::Tx& tx, Id id, std::int64_t minor);
void set_active(db::Tx& tx, Id id, bool active);
std::vector<MoneyEntry> wallet_entries(db::Tx& tx, Id id);

}  // namespace shop::payments::store
