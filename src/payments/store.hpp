#pragma once

#include "db/tx.hpp"
#include "shop/payments.hpp"
#include "shop/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::payments::store {

/// A payment with the wallet that it came from; 0 for other tenders.
struct Row {
  Payment payment;
  Id wallet_id = 0;
};

/// A movement to be written.
struct Movement {
  Id owner_id = 0;
  std::int64_t payment_no = 0;
  MoneyEntryKind kind = MoneyEntryKind::capture;
  MoneyAccount debit = MoneyAccount::cash;
  Id debit_id = 0;  ///< the wallet, when it is one
  MoneyAccount credit = MoneyAccount::sales;
  Id credit_id = 0;
  std::int64_t minor = 0;
  std::string_view reference;
  std::string_view key;          ///< 16 bytes, or empty
  std::string_view fingerprint;  ///< of what the key was used for: 16 bytes, or empty
};

void add_payment(db::Tx& tx, const Row& row);
std::vector<Row> payments_of(db::Tx& tx, Id order_id);
bool add_refund(db::Tx& tx, Id order_id, std::int64_t payment_no, std::int64_t minor);
bool add_capture(db::Tx& tx, Id order_id, std::int64_t payment_no, std::int64_t minor);
/// Gives so much of a hold up.
bool hold_less(db::Tx& tx, Id order_id, std::int64_t payment_no, std::int64_t minor);
bool mark_void(db::Tx& tx, Id order_id, std::int64_t payment_no);

std::int64_t next_entry_no(db::Tx& tx, Id owner_id);
/// Appends a movement; `entry_no` 0 finds the next one.
void add_entry(db::Tx& tx, const Session& session, const Movement& movement,
               std::int64_t entry_no = 0);
std::vector<MoneyEntry> entries_of(db::Tx& tx, Id owner_id);
/// What an entry says that was written with a key.
struct Keyed {
  Id owner_id = 0;
  std::int64_t payment_no = 0;
  MoneyAccount debit = MoneyAccount::cash;
  std::int64_t minor = 0;
  std::string fingerprint;  ///< empty: the rest says it all
};
std::optional<Keyed> written_with(db::Tx& tx, std::string_view key);
std::vector<MoneyBalance> balances(db::Tx& tx);

}  // namespace shop::payments::store
