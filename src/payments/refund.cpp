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

namespace {

// What was paid with returned goods is given back in whatever way the shop finds.
MoneyAccount refund_account(Tender tender) {
  return tender == Tender::exchange ? MoneyAccount::other : account_of(tender);
}

void give_back(db::Tx& tx, const Session& session, const Paid& paid, std::int64_t minor,
               std::string_view reference, std::string_view key, MoneyAccount into) {
  const auto& p = paid.payment;
  if (!store::add_refund(tx, p.order_id, p.payment_no, minor)) {
    throw Error(Code::internal, "a refund was more than what had been captured");
  }
  const auto wallet_id = into == MoneyAccount::wallet ? paid.wallet_id : 0;
  if (wallet_id != 0) store::give_to_wallet(tx, wallet_id, minor);
  store::add_entry(tx, session,
                   {.owner_id = p.order_id,
                    .payment_no = p.payment_no,
                    .kind = MoneyEntryKind::refund,
                    .debit = MoneyAccount::sales,
                    .credit = into,
                    .credit_id = wallet_id,
                    .minor = minor,
                    .reference = reference,
                    .key = key});
}

}  // namespace

void refund_one(db::Tx& tx, const Session& session, const Paid& paid, std::int64_t minor,
                std::string_view reference, std::string_view key) {
  give_back(tx, session, paid, minor, reference, key, refund_account(paid.payment.tender));
}

namespace {

template <class Give>
std::int64_t latest_first(db::Tx& tx, Id order_id, std::int64_t minor, Give&& give) {
  auto rows = store::payments_of(tx, order_id);
  std::int64_t left = minor;
  for (auto row = rows.rbegin(); row != rows.rend() && left > 0; ++row) {
    const auto part = std::min(left, row->payment.captured.minor - row->payment.refunded.minor);
    if (part > 0 && give(Paid{row->payment, row->wallet_id}, part)) left -= part;
  }
  return minor - left;
}

}  // namespace

std::int64_t refund(db::Tx& tx, const Session& session, Id order_id, std::int64_t minor,
                    std::string_view reference) {
  return latest_first(tx, order_id, minor, [&](const Paid& paid, std::int64_t part) {
    refund_one(tx, session, paid, part, reference, {});
    return true;
  });
}

std::int64_t turn_over(db::Tx& tx, const Session& session, Id order_id, std::int64_t minor,
                       std::string_view reference) {
  return latest_first(tx, order_id, minor, [&](const Paid& paid, std::int64_t part) {
    if (paid.payment.tender == Tender::points) return false;
    give_back(tx, session, paid, part, reference, {}, MoneyAccount::exchange);
    return true;
  });
}

namespace {

void book_void(db::Tx& tx, const Session& session, const Payment& p, std::int64_t minor) {
  store::add_entry(tx, session,
                   {.owner_id = p.order_id,
                    .payment_no = p.payment_no,
                    .kind = MoneyEntryKind::void_,
                    .debit = MoneyAccount::promises,
                    .credit = MoneyAccount::holds,
                    .minor = minor});
}

}  // namespace

void void_one(db::Tx& tx, const Session& session, const Payment& p) {
  const auto open = p.authorized.minor - p.captured.minor;
  if (p.voided || open == 0) return;
  if (store::mark_void(tx, p.order_id, p.payment_no)) book_void(tx, session, p, open);
}

std::int64_t hold_at_most(db::Tx& tx, const Session& session, Id order_id, std::int64_t most) {
  std::int64_t held = 0;
  for (const auto& row : store::payments_of(tx, order_id)) {
    const auto& p = row.payment;
    const auto open = p.voided ? 0 : p.authorized.minor - p.captured.minor;
    const auto keep = std::min(open, most - held);
    held += keep;
    if (keep == 0) {
      void_one(tx, session, p);
    } else if (keep < open && store::hold_less(tx, order_id, p.payment_no, open - keep)) {
      book_void(tx, session, p, open - keep);
    }
  }
  return held;
}

void void_all(db::Tx& tx, const Session& session, Id order_id) {
  for (const auto& row : store::payments_of(tx, order_id)) void_one(tx, session, row.payment);
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
  store::verify_wallets(tx, findings);
}

void reseal(db::Tx& tx) {
  store::reseal_wallets(tx);
}

}  // namespace shop::payments
