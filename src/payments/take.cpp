#include "core/fields.hpp"
#include "core/money.hpp"
#include "payments/payments.hpp"
#include "payments/rules.hpp"
#include "payments/store.hpp"
#include "payments/wallet_store.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace shop::payments {
namespace {

constexpr std::size_t k_most_tenders = 20;

[[noreturn]] void mismatch(std::size_t index, std::string_view member, std::string_view code,
                           const std::string& message) {
  const auto path = core::path_at("payments", index, member);
  throw Error(Code::payment_mismatch, path + ": " + message,
              {{path, std::string{code}, message, {}}});
}

}  // namespace

void check(std::span<const PaymentInput> inputs, const Currency& currency) {
  core::Fields fields;
  fields.check(inputs.size() <= k_most_tenders, "payments", "too_many", "at most 20 tenders");
  for (std::size_t i = 0; i < inputs.size() && i < k_most_tenders; ++i) {
    const auto& input = inputs[i];
    const auto at = [&](std::string_view member) { return core::path_at("payments", i, member); };
    fields.check(input.tender >= Tender::cash && input.tender <= Tender::other, at("tender"),
                 "unknown", "is not a tender");
    if (input.amount) fields.price(at("amount"), *input.amount, currency);
    if (input.tendered) {
      fields.price(at("tendered"), *input.tendered, currency);
      fields.check(input.tender == Tender::cash, at("tendered"), "not_cash",
                   "only cash is handed over");
    }
    (void)fields.text(at("reference"), input.reference, {.max = 200});
    (void)fields.text(at("code"), input.code, {.max = 100});
    fields.check(input.tender != Tender::gift_card || !input.code.empty(), at("code"), "required",
                 "the gift card's code is required");
  }
  fields.throw_if_any();
}

bool any_cash(std::span<const PaymentInput> inputs) {
  return std::any_of(inputs.begin(), inputs.end(),
                     [](const PaymentInput& input) { return input.tender == Tender::cash; });
}

std::string text_of(db::Tx& tx, std::span<const PaymentInput> inputs) {
  std::string out;
  for (const auto& input : inputs) {
    // A gift card by its id: digests of what people type could be guessed.
    const auto card = input.code.empty() ? std::nullopt : store::wallet_by_code(tx, input.code);
    out += fmt::format(" {} {} {} {} {} {}:{}", static_cast<int>(input.tender),
                       input.amount ? input.amount->minor : -1,
                       input.tendered ? input.tendered->minor : -1, input.authorize_only,
                       card ? card->id : 0, input.reference.size(), input.reference);
  }
  return out;
}

Sums sums_of(std::span<const Payment> payments) {
  Sums out;
  for (const auto& payment : payments) {
    if (!payment.voided) out.authorized += payment.authorized.minor - payment.captured.minor;
    out.captured += payment.captured.minor;
    out.refunded += payment.refunded.minor;
  }
  return out;
}

namespace {

/// Takes one tender after the other.
class Taker {
 public:
  Taker(db::Tx& tx, const Session& session, Id order_id, Id customer_id, std::int64_t due)
      : tx_(tx), session_(session), order_id_(order_id), customer_id_(customer_id), due_(due) {}

  /// Goes on after what an order has already, and keeps the key that it is paid with.
  void go_on(const KeyUse& key) {
    before_ = static_cast<std::int64_t>(store::payments_of(tx_, order_id_).size());
    entry_no_ = store::next_entry_no(tx_, order_id_) - 1;
    key_ = key;
  }

  void take(const PaymentInput& input, std::size_t index, RedeemPoints redeem) {
    store::Row row;
    const auto minor = amount_of(input, index, row.wallet_id);
    if (minor > due_) mismatch(index, "amount", "too_much", "more than what is left to pay");
    if (input.tender == Tender::points && minor > 0) {
      redeem(minor, core::path_at("payments", index, "amount"));
    }
    auto& p = row.payment;
    p.order_id = order_id_;
    p.payment_no = before_ + static_cast<std::int64_t>(taken_.size()) + 1;
    p.tender = input.tender;
    p.authorized = money(minor);
    p.captured = money(input.authorize_only ? 0 : minor);
    p.refunded = money(0);
    p.tendered = input.tendered ? *input.tendered : money(0);
    p.reference = input.reference;
    p.at = tx_.now();
    if (input.tendered && input.tendered->minor < minor) {
      mismatch(index, "tendered", "too_little", "less than the amount was handed over");
    }
    p.change = money(input.tendered ? input.tendered->minor - minor : 0);
    store::add_payment(tx_, row);
    book(row);
    due_ -= minor;
    taken_.push_back(std::move(p));
  }

  std::vector<Payment> result() { return std::move(taken_); }

 private:
  [[nodiscard]] Money money(std::int64_t minor) const { return {minor, tx_.env().currency}; }

  /// What a tender pays; takes it from the wallet when it is one.
  std::int64_t amount_of(const PaymentInput& input, std::size_t index, Id& wallet_id) {
    const bool at_once = is_wallet(input.tender) || input.tender == Tender::points;
    if (at_once && input.authorize_only) {
      mismatch(index, "authorize_only", "unsupported", "this tender is taken at once");
    }
    if (!is_wallet(input.tender)) return input.amount ? input.amount->minor : due_;
    const auto wallet = input.tender == Tender::gift_card
                            ? store::wallet_by_code(tx_, input.code)
                            : store::wallet_of_customer(tx_, customer_id_);
    if (!wallet || wallet->kind != (input.tender == Tender::gift_card ? WalletKind::gift_card
                                                                      : WalletKind::store_credit)) {
      mismatch(index, "code", "unknown", "there is no such gift card or credit");
    }
    const auto minor = input.amount ? input.amount->minor : std::min(due_, wallet->balance.minor);
    if (minor > due_) mismatch(index, "amount", "too_much", "more than what is left to pay");
    if (!store::take_from_wallet(tx_, wallet->id, minor)) {
      auto path = core::path_at("payments", index, "amount");
      const auto available = std::to_string(wallet->active ? wallet->balance.minor : 0);
      throw Error(Code::insufficient_funds, path + ": there is not enough on it",
                  {{path,
                    "insufficient_funds",
                    "there is not enough on it",
                    {{"available", available}, {"requested", std::to_string(minor)}}}});
    }
    wallet_id = wallet->id;
    return minor;
  }

  void book(const store::Row& row) {
    const auto& p = row.payment;
    store::Movement movement;
    movement.owner_id = order_id_;
    movement.payment_no = p.payment_no;
    movement.reference = p.reference;
    movement.minor = p.authorized.minor;
    const auto use = std::exchange(key_, {});
    movement.key = use.key;
    movement.fingerprint = use.fingerprint;
    if (p.captured.minor == p.authorized.minor) {
      movement.kind = is_wallet(p.tender) ? MoneyEntryKind::redeem : MoneyEntryKind::capture;
      movement.debit = account_of(p.tender);
      movement.debit_id = row.wallet_id;
      movement.credit = MoneyAccount::sales;
    } else {
      movement.kind = MoneyEntryKind::authorize;
      movement.debit = MoneyAccount::holds;
      movement.credit = MoneyAccount::promises;
    }
    store::add_entry(tx_, session_, movement, ++entry_no_);
  }

  db::Tx& tx_;
  const Session& session_;
  Id order_id_;
  Id customer_id_;
  std::int64_t due_;
  std::int64_t entry_no_ = 0;
  std::int64_t before_ = 0;
  KeyUse key_;
  std::vector<Payment> taken_;
};

}  // namespace

std::vector<Payment> take(db::Tx& tx, const Session& session, Id order_id, Id customer_id,
                          std::int64_t due, std::span<const PaymentInput> inputs,
                          RedeemPoints redeem, const KeyUse& key) {
  Taker taker{tx, session, order_id, customer_id, due};
  if (!key.key.empty()) taker.go_on(key);
  for (std::size_t i = 0; i < inputs.size(); ++i) taker.take(inputs[i], i, redeem);
  return taker.result();
}

}  // namespace shop::payments
