#include "payments/store.hpp"

#include "core/encoding.hpp"
#include "payments/payments_sql.hpp"

#include <algorithm>

namespace shop::payments::store {

void add_payment(db::Tx& tx, const Row& row) {
  const auto& p = row.payment;
  tx.exec(sql::k_payment_add, p.order_id, p.payment_no, p.tender, p.authorized.minor,
          p.captured.minor, p.tendered.minor, row.wallet_id, p.reference, p.at);
}

std::vector<Row> payments_of(db::Tx& tx, Id order_id) {
  const auto& currency = tx.env().currency;
  std::vector<Row> out;
  auto query = tx.query(sql::k_payments_of, order_id);
  while (query.next()) {
    auto& row = out.emplace_back();
    auto& p = row.payment;
    p.order_id = order_id;
    p.payment_no = query.integer(0);
    p.tender = query.as<Tender>(1);
    p.authorized = {query.integer(2), currency};
    p.captured = {query.integer(3), currency};
    p.refunded = {query.integer(4), currency};
    p.voided = query.boolean(5);
    p.tendered = {query.integer(6), currency};
    const auto taken = std::max<std::int64_t>(p.captured.minor, 0);
    p.change = {std::max<std::int64_t>(0, p.tendered.minor - taken), currency};
    row.wallet_id = query.integer(7);
    p.reference = query.text(8);
    p.at = query.integer(9);
  }
  return out;
}

bool add_refund(db::Tx& tx, Id order_id, std::int64_t payment_no, std::int64_t minor) {
  return tx.exec(sql::k_payment_refund, order_id, payment_no, minor) == 1;
}
bool add_capture(db::Tx& tx, Id order_id, std::int64_t payment_no, std::int64_t minor) {
  return tx.exec(sql::k_payment_capture, order_id, payment_no, minor) == 1;
}
bool hold_less(db::Tx& tx, Id order_id, std::int64_t payment_no, std::int64_t minor) {
  return tx.exec(sql::k_payment_hold_less, order_id, payment_no, minor) == 1;
}
bool mark_void(db::Tx& tx, Id order_id, std::int64_t payment_no) {
  return tx.exec(sql::k_payment_void, order_id, payment_no) == 1;
}

std::int64_t next_entry_no(db::Tx& tx, Id owner_id) {
  return tx.integer(sql::k_entry_next, owner_id).value_or(1);
}

void add_entry(db::Tx& tx, const Session& session, const Movement& m, std::int64_t entry_no) {
  if (entry_no == 0) entry_no = next_entry_no(tx, m.owner_id);
  const auto bytes = [](std::string_view text) -> std::optional<std::span<const std::byte>> {
    if (text.empty()) return std::nullopt;
    return core::as_bytes(text);
  };
  tx.exec(sql::k_entry_add, m.owner_id, entry_no, m.payment_no, m.kind, m.debit, m.debit_id,
          m.credit, m.credit_id, m.minor, tx.now(), session.role(), session.user_id(), m.reference,
          bytes(m.key), bytes(m.fingerprint));
}

std::vector<MoneyEntry> entries_of(db::Tx& tx, Id owner_id) {
  std::vector<MoneyEntry> out;
  auto query = tx.query(sql::k_entries_of, owner_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.integer(2),
                   query.as<MoneyEntryKind>(3), query.as<MoneyAccount>(4),
                   query.as<MoneyAccount>(6), Money{query.integer(8), tx.env().currency},
                   query.integer(9), query.as<Role>(10), query.integer(11), query.text(12)});
  }
  return out;
}

std::optional<Keyed> written_with(db::Tx& tx, std::string_view key) {
  auto query = tx.query(sql::k_entry_by_key, core::as_bytes(key));
  if (!query.next()) return std::nullopt;
  return Keyed{query.integer(0), query.integer(1), query.as<MoneyAccount>(2), query.integer(3),
               std::string{core::as_text(query.blob(4))}};
}

std::vector<MoneyBalance> balances(db::Tx& tx) {
  std::vector<MoneyBalance> out;
  auto query = tx.query(sql::k_balances);
  while (query.next()) {
    out.push_back({query.as<MoneyAccount>(0), Money{query.integer(1), tx.env().currency}});
  }
  return out;
}

}  // namespace shop::payments::store
