#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "accounts/throttle.hpp"
#include "audit/audit.hpp"
#include "core/digest.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "payments/payments.hpp"
#include "payments/payments_sql.hpp"
#include "payments/rules.hpp"
#include "payments/store.hpp"
#include "payments/wallet_store.hpp"
#include "shop/error.hpp"

#include <array>

#include <fmt/format.h>

// Gift cards and store credit: balances that the shop owes, each cent of them in the ledger.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

namespace store = payments::store;

[[noreturn]] void no_wallet() {
  throw Error(Code::not_found, "there is no such gift card or credit");
}

// 16 letters that cannot be mistaken for one another when read aloud: 80 bits.
std::string new_code(db::Tx& tx) {
  constexpr std::string_view alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  std::array<std::byte, 16> chance{};
  tx.env().random->fill(chance);
  std::string out;
  for (std::size_t i = 0; i < chance.size(); ++i) {
    if (i != 0 && i % 4 == 0) out += '-';
    out += alphabet[static_cast<std::size_t>(chance[i]) % alphabet.size()];
  }
  return out;
}

struct Funding {
  std::int64_t minor = 0;
  MoneyAccount from = MoneyAccount::given;
  std::string_view reference;
  std::string_view key;
};

void fund(db::Tx& tx, const Session& session, Id wallet_id, const Funding& funding) {
  store::Movement movement;
  movement.owner_id = wallet_id;
  movement.kind = MoneyEntryKind::issue;
  movement.debit = funding.from;
  movement.credit = MoneyAccount::wallet;
  movement.credit_id = wallet_id;
  movement.minor = funding.minor;
  movement.reference = funding.reference;
  movement.key = funding.key;
  store::add_entry(tx, session, movement);
}

void note(db::Tx& tx, const Session& session, std::string_view action, const Wallet& wallet) {
  const auto after = core::Json{}
                         .begin_object()
                         .field("balance", wallet.balance)
                         .field("active", wallet.active)
                         .end()
                         .take();
  audit::record(tx, session, {action, "wallet", wallet.id, {}, after});
}

}  // namespace

GiftCard Payments::issue_gift_card(const Session& session, const GiftCardInput& input) {
  core::Fields fields;
  const auto key = fields.text("idempotency_key", input.idempotency_key, {.min = 1, .max = 200});
  const auto amount = fields.price("amount", input.amount, db_->env().currency);
  fields.range("amount", amount.minor, 1);
  const auto wanted = fields.text("code", input.code, {.max = 100});
  fields.check(wanted.empty() || wanted.size() >= 8, "code", "too_short", "at least 8 characters");
  fields.check(input.given || !payments::is_wallet(input.paid_with), "paid_with", "unsupported",
               "a gift card is not bought with a gift card");
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_issue_gift_card);
    const auto digest = core::digest16("gift_card", key);
    const auto from = input.given ? MoneyAccount::given : payments::account_of(input.paid_with);
    if (const auto made = store::written_with(tx, digest)) {
      const bool same = made->minor == amount.minor && made->debit == from;
      if (!same) payments::refuse_key("another gift card");
      return GiftCard{store::wallet_by_id(tx, made->owner_id).value(), {}};
    }
    GiftCard out;
    out.code = wanted.empty() ? new_code(tx) : wanted;
    if (store::wallet_by_code(tx, out.code)) {
      throw Error(Code::already_exists, "code: is taken", {{"code", "taken", "is taken", {}}});
    }
    auto& wallet = out.wallet;
    wallet.id = tx.next_id();
    wallet.hint = out.code.substr(out.code.size() - 4);
    wallet.balance = amount;
    wallet.created_at = tx.now();
    wallet.expires_at = input.expires_at;
    store::add_wallet(tx, wallet, out.code);
    fund(tx, session, wallet.id, {amount.minor, from, {}, digest});
    note(tx, session, "gift_card.issue", wallet);
    return out;
  });
}

namespace payments {

void refuse_key(const char* what) {
  const auto message = fmt::format("was used for {}", what);
  throw Error(Code::idempotency_mismatch, "idempotency_key: " + message,
              {{"idempotency_key", "idempotency_mismatch", message, {}}});
}

void count_codes(db::Database& db, const Session& session, Operation operation,
                 std::span<const std::string> codes) {
  if (codes.empty() || session.role() == Role::host) return;
  constexpr std::string_view k_kind = "gift card";
  const auto wait_s = db.write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, operation);
    for (const auto& code : codes) {
      if (const auto wait = accounts::count_try(tx, actor, k_kind)) return wait;
      if (!store::wallet_by_code(tx, code)) accounts::count_wrong(tx, actor, k_kind);
    }
    return std::int64_t{0};
  });
  if (wait_s != 0) accounts::throw_rate_limited(wait_s);
}

void count_codes(db::Database& db, const Session& session, Operation operation,
                 std::span<const PaymentInput> inputs) {
  std::vector<std::string> codes;
  for (const auto& input : inputs) {
    if (input.tender == Tender::gift_card) codes.push_back(input.code);
  }
  count_codes(db, session, operation, codes);
}

}  // namespace payments

Wallet Payments::gift_card(const Session& session, const std::string& code) {
  payments::count_codes(*db_, session, Operation::payments_gift_card, std::span{&code, 1});
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_gift_card);
    const auto wallet = store::wallet_by_code(tx, code);
    if (!wallet) no_wallet();
    return *wallet;
  });
}

Wallet Payments::grant_credit(const Session& session, Id customer_id, const std::string& key,
                              const Money& amount, const std::string& reference) {
  core::Fields fields;
  const auto good = fields.text("idempotency_key", key, {.min = 1, .max = 200});
  const auto given = fields.price("amount", amount, db_->env().currency);
  fields.range("amount", given.minor, 1);
  fields.range("customer_id", customer_id, 1);
  const auto why = fields.text("reference", reference, {.max = 200});
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_grant_credit);
    const auto digest = core::digest16("credit", good);
    if (const auto made = store::written_with(tx, digest)) {
      auto wallet = store::wallet_by_id(tx, made->owner_id).value();
      const bool same = made->minor == given.minor && wallet.customer_id == customer_id;
      if (!same) payments::refuse_key("another credit");
      return wallet;
    }
    accounts::require_user(tx, customer_id, "customer_id");
    auto wallet = store::wallet_of_customer(tx, customer_id);
    if (!wallet) {
      wallet.emplace();
      wallet->id = tx.next_id();
      wallet->kind = WalletKind::store_credit;
      wallet->customer_id = customer_id;
      wallet->balance = {0, given.currency};
      wallet->created_at = tx.now();
      store::add_wallet(tx, *wallet, std::nullopt);
    }
    store::give_to_wallet(tx, wallet->id, given.minor);
    wallet->balance.minor += given.minor;
    fund(tx, session, wallet->id, {given.minor, MoneyAccount::given, why, digest});
    note(tx, session, "credit.grant", *wallet);
    return *wallet;
  });
}

Wallet Payments::credit(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::payments_credit);
    const auto wallet = store::wallet_of_customer(tx, actor.user_id);
    if (actor.user_id == 0 || !wallet) no_wallet();
    return *wallet;
  });
}

Wallet Payments::block_wallet(const Session& session, Id wallet_id, bool blocked) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_block_wallet);
    auto wallet = store::wallet_by_id(tx, wallet_id);
    if (!wallet) no_wallet();
    store::set_active(tx, wallet_id, !blocked);
    wallet->active = !blocked;
    note(tx, session, "wallet.block", *wallet);
    return *wallet;
  });
}

std::vector<MoneyEntry> Payments::wallet_entries(const Session& session, Id wallet_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_wallet_entries);
    if (!store::wallet_by_id(tx, wallet_id)) no_wallet();
    return store::wallet_entries(tx, wallet_id);
  });
}

std::vector<MoneyEntry> Payments::entries(const Session& session, Id owner_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_entries);
    return store::entries_of(tx, owner_id);
  });
}

std::vector<MoneyBalance> Payments::balances(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_balances);
    return store::balances(tx);
  });
}

}  // namespace shop

namespace shop::payments {

std::optional<Wallet> credit_of(db::Tx& tx, Id customer_id) {
  return store::wallet_of_customer(tx, customer_id);
}

}  // namespace shop::payments
