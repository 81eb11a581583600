#include "payments/wallet_store.hpp"

#include "core/digest.hpp"
#include "core/encoding.hpp"
#include "payments/wallets_sql.hpp"

namespace shop::payments::store {
namespace {

std::optional<Wallet> one(db::Query query, const Currency& currency) {
  if (!query.next()) return std::nullopt;
  Wallet out;
  out.id = query.integer(0);
  out.kind = query.as<WalletKind>(1);
  out.hint = query.text(2);
  if (query.integer(3) != 0) out.customer_id = query.integer(3);
  out.balance = {query.integer(4), currency};
  out.active = query.boolean(5);
  out.created_at = query.integer(6);
  out.expires_at = query.maybe_integer(7);
  return out;
}

}  // namespace

std::string hash_code(std::string_view code) {
  std::string plain;
  for (const char c : code) {  // as people type it: spaces and dashes do not matter
    if (c == ' ' || c == '-') continue;
    plain += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return core::digest16("wallet", plain);
}

void add_wallet(db::Tx& tx, const Wallet& wallet, std::optional<std::string_view> code_hash) {
  std::optional<std::span<const std::byte>> hash;
  if (code_hash) hash = core::as_bytes(*code_hash);
  tx.exec(sql::k_wallet_add, wallet.id, wallet.kind, hash, wallet.hint,
          wallet.customer_id.value_or(0), wallet.balance.minor, wallet.created_at,
          wallet.expires_at);
}

std::optional<Wallet> wallet_by_id(db::Tx& tx, Id id) {
  return one(tx.query(sql::k_wallet_by_id, id), tx.env().currency);
}
std::optional<Wallet> wallet_by_code(db::Tx& tx, std::string_view code) {
  const auto hash = hash_code(code);
  return one(tx.query(sql::k_wallet_by_code, core::as_bytes(hash)), tx.env().currency);
}
std::optional<Wallet> wallet_of_customer(db::Tx& tx, Id customer_id) {
  return one(tx.query(sql::k_wallet_of_customer, customer_id), tx.env().currency);
}
bool take_from_wallet(db::Tx& tx, Id id, std::int64_t minor) {
  return tx.exec(sql::k_wallet_take, id, minor, tx.now()) == 1;
}
void give_to_wallet(db::Tx& tx, Id id, std::int64_t minor) {
  tx.exec(sql::k_wallet_give, id, minor);
}
void set_active(db::Tx& tx, Id id, bool active) {
  tx.exec(sql::k_wallet_set_active, id, active);
}

std::vector<MoneyEntry> wallet_entries(db::Tx& tx, Id id) {
  std::vector<MoneyEntry> out;
  auto query = tx.query(sql::k_wallet_entries, id);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.integer(2),
                   query.as<MoneyEntryKind>(3), query.as<MoneyAccount>(4),
                   query.as<MoneyAccount>(6), Money{query.integer(8), tx.env().currency},
                   query.integer(9), query.as<Role>(10), query.integer(11), query.text(12)});
  }
  return out;
}

}  // namespace shop::payments::store
