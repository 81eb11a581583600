#include "payments/payments.hpp"
#include "payments/payments_sql.hpp"
#include "payments/rules.hpp"
#include "payments/store.hpp"
#include "payments/wallet_store.hpp"
#include "payments/wallets_sql.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shop::payments {

std::vector<Payment> of_order(db::Tx& tx, Id order_id) {
  std::vector<Payment> out;
  for (auto& row : store::payments_of(tx, order_id)) out.push_back(std::move(row.payment));
  return out;
}

std::int64_t refund(db::Tx& tx, const Session& session, Id order_id, std::int64_t minor,
                    std::string_view reference) {
  auto rows = store::payments_of(tx, order_id);
  std::int64_t left = minor;
  for (auto row = rows.rbegin(); row != rows.rend() && left > 0; ++row) {
    const auto& p = row->payment;
    const auto part = std::min(left, p.captured.minor - p.refunded.minor);
    if (part <= 0) continue;
    if (!store::add_refund(tx, order_id, p.payment_no, part)) {
      throw Error(Code::internal, "a refund was more than what had been captured");
    }
    if (row->wallet_id != 0) store::give_to_wallet(tx, row->wallet_id, part);
    store::add_entry(tx, session,
                     {.owner_id = order_id,
                      .payment_no = p.payment_no,
                      .kind = MoneyEntryKind::refund,
                      .debit = MoneyAccount::sales,
                      .credit = account_of(p.tender),
                      .credit_id = row->wallet_id,
                      .minor = part,
                      .reference = reference});
    left -= part;
  }
  return minor - left;
}

void void_all(db::Tx& tx, const Session& session, Id order_id) {
  for (const auto& row : store::payments_of(tx, order_id)) {
    const auto& p = row.payment;
    const auto open = p.authorized.minor - p.captured.minor;
    if (p.voided || open == 0) continue;
    if (!store::mark_void(tx, order_id, p.payment_no)) continue;
    store::add_entry(tx, session,
                     {.owner_id = order_id,
                      .payment_no = p.payment_no,
                      .kind = MoneyEntryKind::void_,
                      .debit = MoneyAccount::promises,
                      .credit = MoneyAccount::holds,
                      .minor = open});
  }
}

void refund_loose(db::Tx& tx, const Session& session, Id return_id, Tender tender,
                  std::int64_t minor, std::string_view reference) {
  store::add_entry(tx, session,
                   {.owner_id = return_id,
                    .kind = MoneyEntryKind::loose_refund,
                    .debit = MoneyAccount::sales,
                    .credit = account_of(tender),
                    .minor = minor,
                    .reference = reference},
                   1);
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto payments = tx.query(sql::k_verify_payments);
  while (payments.next()) {
    const auto where = fmt::format("order {} payment {}", payments.integer(0), payments.integer(1));
    const auto authorized = payments.integer(2);
    const auto captured = payments.integer(3);
    const auto refunded = payments.integer(4);
    const auto expect = [&](const char* what, std::int64_t kept, std::int64_t entries) {
      if (kept == entries) return;
      findings.add("payments.ledger", where,
                   fmt::format("{} is {}, its entries say {}", what, kept, entries));
    };
    expect("on hold", authorized - captured, payments.integer(5));
    expect("captured", captured, payments.integer(6));
    expect("refunded", refunded, payments.integer(7));
  }
  findings.checked();
  auto wallets = tx.query(sql::k_verify_wallets);
  while (wallets.next()) {
    if (wallets.integer(1) == wallets.integer(2)) continue;
    findings.add(
        "payments.wallet", fmt::format("wallet {}", wallets.integer(0)),
        fmt::format("holds {}, its entries say {}", wallets.integer(1), wallets.integer(2)));
  }
}

}  // namespace shop::payments
