#include "payments/wallet_store.hpp"

#include "core/encoding.hpp"
#include "core/keyring.hpp"
#include "core/money.hpp"
#include "payments/wallets_sql.hpp"
#include "shop/error.hpp"

#include <utility>

#include <fmt/format.h>

namespace shop::payments::store {
namespace {

using core::KeyRing;
using core::Purpose;

constexpr std::int64_t k_wallets_per_step = 500;

struct Row {
  Wallet wallet;
  std::string code_hash;  // empty for store credit
};

/// What makes a wallet worth something, for its MAC.
struct Worth {
  std::string id, kind, customer, balance, active, expires;

  explicit Worth(const Wallet& wallet)
      : id(core::number_part(wallet.id)),
        kind(core::number_part(static_cast<std::int64_t>(wallet.kind))),
        customer(core::number_part(wallet.customer_id.value_or(0))),
        balance(core::number_part(wallet.balance.minor)),
        active(core::number_part(wallet.active ? 1 : 0)),
        expires(wallet.expires_at ? core::number_part(*wallet.expires_at) : std::string{}) {}
};

std::vector<std::byte> mac_of(const db::Tx& tx, const Row& row) {
  const Worth worth{row.wallet};
  return tx.env().keys->mac(Purpose::balance,
                            {"wallet", worth.id, worth.kind, worth.customer, worth.balance,
                             worth.active, worth.expires, row.code_hash});
}

void check_mac(const db::Tx& tx, const Row& row, core::Bytes mac, KeyRing::Under under) {
  const Worth worth{row.wallet};
  tx.env().keys->check_mac(Purpose::balance, mac,
                           {"wallet", worth.id, worth.kind, worth.customer, worth.balance,
                            worth.active, worth.expires, row.code_hash},
                           "wallet", row.wallet.id, under);
}

Row read(const db::Tx& tx, const db::Query& query, KeyRing::Under under = KeyRing::Under::newest) {
  Row out;
  auto& wallet = out.wallet;
  wallet.id = query.integer(0);
  wallet.kind = query.as<WalletKind>(1);
  wallet.hint = query.text(2);
  if (query.integer(3) != 0) wallet.customer_id = query.integer(3);
  wallet.balance = {query.integer(4), tx.env().currency};
  wallet.active = query.boolean(5);
  wallet.created_at = query.integer(6);
  wallet.expires_at = query.maybe_integer(7);
  out.code_hash = core::as_text(query.blob(8));
  check_mac(tx, out, query.blob(9), under);
  return out;
}

std::optional<Row> one(const db::Tx& tx, db::Query query) {
  return query.next() ? std::optional{read(tx, query)} : std::nullopt;
}

std::optional<Wallet> wallet_of(std::optional<Row> row) {
  return row ? std::optional{std::move(row->wallet)} : std::nullopt;
}

std::string hash_code(const db::Tx& tx, std::string_view code, std::int64_t key_id) {
  std::string plain;
  for (const char c : code) {  // as people type it: spaces and dashes do not matter
    if (c == ' ' || c == '-') continue;
    plain += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  }
  const auto hash =
      core::keyed_hash(tx.env().keys->key(Purpose::lookup, key_id), {"wallet", plain});
  return std::string{core::as_text(hash)};
}

/// Writes what may change of a row. Result: whether it still was as `before` says.
bool put(db::Tx& tx, const Row& row, const Wallet& before) {
  return tx.exec(sql::k_wallet_set, row.wallet.id, row.wallet.balance.minor, row.wallet.active,
                 mac_of(tx, row), before.balance.minor, before.active) == 1;
}

template <class Change>
bool change(db::Tx& tx, Id id, Change&& change_it) {
  auto row = one(tx, tx.query(sql::k_wallet_by_id, id));
  if (!row) return false;
  const auto before = row->wallet;
  return change_it(row->wallet) && put(tx, *row, before);
}

/// The rows after one, each as `use` wants it. Result: the last, 0 when there was none.
template <class Use>
Id some_after(db::Tx& tx, Id after, Use&& use) {
  Id last = 0;
  auto query = tx.query(sql::k_wallets_after, after, k_wallets_per_step);
  while (query.next()) {
    last = query.integer(0);
    use(query);
  }
  return last;
}

}  // namespace

void add_wallet(db::Tx& tx, const Wallet& wallet, std::optional<std::string_view> code) {
  Row row{wallet, {}};
  std::optional<std::span<const std::byte>> hash;
  if (code) {
    row.code_hash = hash_code(tx, *code, tx.env().keys->newest());
    hash = core::as_bytes(row.code_hash);
  }
  tx.exec(sql::k_wallet_add, wallet.id, wallet.kind, wallet.hint, wallet.customer_id.value_or(0),
          wallet.balance.minor, wallet.active, wallet.created_at, wallet.expires_at, hash,
          mac_of(tx, row));
}

std::optional<Wallet> wallet_by_id(db::Tx& tx, Id id) {
  return wallet_of(one(tx, tx.query(sql::k_wallet_by_id, id)));
}

// Nobody knows the codes when the data key changes: each stays under the key of its time.
std::optional<Wallet> wallet_by_code(db::Tx& tx, std::string_view code) {
  for (const auto key_id : tx.env().keys->ids()) {
    const auto hash = hash_code(tx, code, key_id);
    if (auto row = one(tx, tx.query(sql::k_wallet_by_code, core::as_bytes(hash)))) {
      return std::move(row->wallet);
    }
  }
  return std::nullopt;
}

std::optional<Wallet> wallet_of_customer(db::Tx& tx, Id customer_id) {
  return wallet_of(one(tx, tx.query(sql::k_wallet_of_customer, customer_id)));
}

bool take_from_wallet(db::Tx& tx, Id id, std::int64_t minor) {
  return change(tx, id, [&](Wallet& wallet) {
    const bool over = wallet.expires_at && *wallet.expires_at <= tx.now();
    if (!wallet.active || over || wallet.balance.minor < minor) return false;
    wallet.balance.minor -= minor;
    return true;
  });
}

void give_to_wallet(db::Tx& tx, Id id, std::int64_t minor) {
  change(tx, id, [&](Wallet& wallet) {
    wallet.balance.minor = core::add(wallet.balance.minor, minor);
    return true;
  });
}

void set_active(db::Tx& tx, Id id, bool active) {
  change(tx, id, [&](Wallet& wallet) {
    wallet.active = active;
    return true;
  });
}

void reseal_wallets(db::Tx& tx) {
  for (Id after = 0;;) {
    std::vector<Row> some;
    after = some_after(tx, after, [&](const db::Query& query) {
      some.push_back(read(tx, query, KeyRing::Under::one_before));
    });
    if (after == 0) return;
    for (const auto& row : some) put(tx, row, row.wallet);
  }
}

void verify_wallets(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  for (Id after = 0;;) {
    after = some_after(tx, after, [&](const db::Query& query) {
      try {
        (void)read(tx, query);
      } catch (const Error& error) {
        findings.add("payments.wallet_mac", fmt::format("wallet {}", query.integer(0)),
                     error.message());
      }
    });
    if (after == 0) return;
  }
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
