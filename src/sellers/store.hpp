#pragma once

#include "db/tx.hpp"
#include "shop/sellers.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace shop::sellers::store {

void add(db::Tx& tx, const Seller& seller, std::string_view name_folded);
void apply_again(db::Tx& tx, const Seller& seller, std::string_view name_folded);
std::optional<Seller> get(db::Tx& tx, Id id);
std::optional<Seller> by_account(db::Tx& tx, Id account_id);
std::optional<Seller> by_slug(db::Tx& tx, std::string_view slug);
std::optional<Id> id_by_name(db::Tx& tx, std::string_view name_folded);
void set_status(db::Tx& tx, Id id, SellerStatus status, std::string_view reason);
/// False when the version is another.
bool update(db::Tx& tx, const Seller& seller, std::string_view name_folded);
/// Sellers below an id in descending order, until `want` is false.
void each(db::Tx& tx, Id below, const std::optional<SellerStatus>& status,
          const std::function<bool(const Seller&)>& want);

}  // namespace shop::sellers::store
