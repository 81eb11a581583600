#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// What somebody pays with. @since 1.0
enum class Tender : std::int32_t {
  cash = 1,
  card = 2,  ///< the host talks to the acquirer and gives its reference
  gift_card = 3,
  store_credit = 4,
  points = 5,
  other = 6,
  exchange = 7,  ///< goods that came back; only Orders::exchange pays with it
};

/// One tender of a payment; an order may be paid with several. @since 1.0
struct PaymentInput {
  Tender tender = Tender::cash;
  std::optional<Money> amount;    ///< absent: all that is left to pay
  std::optional<Money> tendered;  ///< cash that was handed over, at least the amount
  bool authorize_only = false;    ///< reserve it, capture later
  std::string reference;          ///< the acquirer's, at most 200 bytes
  std::string code;               ///< of the gift card
};

/// What was paid with one tender. @since 1.0
struct Payment {
  Id order_id = 0;
  std::int64_t payment_no = 0;  ///< 1, 2 … within the order
  Tender tender = Tender::cash;
  Money authorized;
  Money captured;  ///< ≤ authorized
  Money refunded;  ///< ≤ captured
  bool voided = false;
  Money tendered;  ///< cash that was handed over
  Money change;    ///< cash that was given back
  std::string reference;
  Timestamp at = 0;
};

/// What an entry of the ledger is. @since 1.0
enum class MoneyEntryKind : std::int32_t {
  authorize = 1,
  capture = 2,
  void_ = 3,  ///< an authorization that was given up
  refund = 4,
  issue = 5,         ///< a gift card was sold or credit was granted
  redeem = 6,        ///< a gift card, credit or points paid
  expire = 7,        ///< a gift card's rest was taken back
  loose_refund = 8,  ///< money for goods that came back without their receipt
};

/// Where money can be. @since 1.0
enum class MoneyAccount : std::int32_t {
  sales = 1,   ///< what customers owe and pay for orders
  cash = 2,    ///< the drawers
  card = 3,    ///< at the acquirer
  wallet = 4,  ///< owed to holders of gift cards and credit
  points = 5,
  other = 6,
  holds = 7,      ///< authorized, not captured
  promises = 8,   ///< the other side of holds
  given = 9,      ///< credit that was granted for nothing
  exchange = 10,  ///< between an order whose goods came back and the one that replaces them
};

/// One movement of money. The ledger is never changed, only added to. @since 1.0
struct MoneyEntry {
  Id owner_id = 0;  ///< the order; the wallet or the return when there is none
  std::int64_t entry_no = 0;
  std::int64_t payment_no = 0;
  MoneyEntryKind kind = MoneyEntryKind::capture;
  MoneyAccount debit = MoneyAccount::cash;    ///< where the amount went
  MoneyAccount credit = MoneyAccount::sales;  ///< where it came from
  Money amount;
  Timestamp at = 0;
  Role actor_role = Role::host;
  Id actor_id = 0;
  std::string reference;
};

/// What a wallet is. @since 1.0
enum class WalletKind : std::int32_t {
  gift_card = 1,     ///< whoever knows the code may pay with it
  store_credit = 2,  ///< of one customer
};

/// A balance that the shop owes to somebody. @since 1.0
struct Wallet {
  Id id = 0;
  WalletKind kind = WalletKind::gift_card;
  std::string hint;               ///< the last characters of the code
  std::optional<Id> customer_id;  ///< whose credit it is
  Money balance;
  bool active = true;
  Timestamp created_at = 0;
  std::optional<Timestamp> expires_at;
};

/// A gift card that is sold or given. @since 1.0
struct GiftCardInput {
  std::string idempotency_key;  ///< 1–200 bytes
  Money amount;
  std::string code;  ///< 8–100 bytes; empty: a new one is made
  std::optional<Timestamp> expires_at;
  Tender paid_with = Tender::cash;  ///< where its money lies
  bool given = false;               ///< nobody paid for it
};

/// A gift card with its code, which only this once is known. @since 1.0
struct GiftCard {
  Wallet wallet;
  std::string code;  ///< empty when the same key had made it before
};

/// What lies in an account of the ledger. @since 1.0
struct MoneyBalance {
  MoneyAccount account = MoneyAccount::sales;
  Money balance;  ///< debits less credits; all balances sum to zero
};

/// What people have to do before they give much money back. The host does not. @since 1.0
struct RefundPolicy {
  Money step_up_above;                       ///< more than this needs a fresh proof of identity
  std::optional<Money> second_person_above;  ///< more than this somebody else approves; absent: no
};

/// Somebody agrees that money is given back by another. @since 1.0
struct RefundApproval {
  Id order_id = 0;
  Money amount;  ///< at most
  Id approved_by = 0;
  Timestamp expires_at = 0;  ///< an hour later; it is good for one refund
};

/// Payments after an order was placed, gift cards and store credit, and the ledger of all money.
/// The engine keeps the books; the program talks to the acquirer. Reached by Engine::payments();
/// may be used from any thread. @since 1.0
class Payments {
 public:
  explicit Payments(db::Database& db) : db_(&db) {}

  /// Pays what is left of an order with further tenders. The same key does nothing again. Result:
  /// all payments of the order. Throws Error: `not_found`, `validation`, `payment_mismatch`,
  /// `insufficient_funds`, `illegal_transition` (canceled), `idempotency_mismatch` (the key
  /// of another order or other tenders). What came back is not due. Cash rounds
  /// what is due to the smallest coin, and with it the total.
  std::vector<Payment> pay(const Session& session, Id order_id, const std::string& idempotency_key,
                           const std::vector<PaymentInput>& payments);
  std::vector<Payment> of_order(const Session& session, Id order_id);

  /// Captures of an authorization; without an amount all that is still due of it. The same key does
  /// nothing again. Throws Error: `not_found` (order, payment_no), `limit_reached` (more than is
  /// authorized, or due: what came back is not), `idempotency_mismatch` (the key of another order,
  /// payment or amount).
  Payment capture(const Session& session, Id order_id, std::int64_t payment_no,
                  const std::string& idempotency_key, std::optional<Money> amount);
  /// Gives up what is authorized and not captured; doing it again is fine.
  Payment void_(const Session& session, Id order_id, std::int64_t payment_no);
  /// Gives captured money back; without an amount all of it. The same key does nothing again.
  /// Throws Error: `not_found`, `limit_reached` (more than was captured and not given back),
  /// `idempotency_mismatch` (the key of another order, payment or amount), `step_up_required`,
  /// `forbidden` (amount: nobody else has approved it), see RefundPolicy.
  Payment refund(const Session& session, Id order_id, std::int64_t payment_no,
                 const std::string& idempotency_key, std::optional<Money> amount,
                 const std::string& reference);

  /// What large refunds need, wherever money is given back: refund, returns, edits, exchanges and
  /// cancellations by the people of the shop.
  RefundPolicy refund_policy(const Session& session);
  /// Throws Error: `validation` (amounts), `forbidden`.
  RefundPolicy set_refund_policy(const Session& session, const RefundPolicy& policy);
  /// Approves one refund of an order by somebody else, up to an amount, for an hour. `order_id` 0:
  /// of goods without their receipt. Throws Error: `validation`, `not_found`, `unauthenticated`
  /// (the host is nobody in particular).
  RefundApproval approve_refund(const Session& session, Id order_id, const Money& amount);

  /// The ledger of an order, or of a wallet's own movements.
  std::vector<MoneyEntry> entries(const Session& session, Id owner_id);
  /// Every account; they sum to zero. Cost: the ledger.
  std::vector<MoneyBalance> balances(const Session& session);

  /// Throws Error: `validation`, `already_exists` (code), `idempotency_mismatch` (another amount).
  GiftCard issue_gift_card(const Session& session, const GiftCardInput& input);
  /// What is on a card. Throws Error: `not_found`, `rate_limited` (too many tries).
  Wallet gift_card(const Session& session, const std::string& code);
  /// Adds to a customer's store credit. The same key does nothing again. Throws Error:
  /// `validation`, `not_found`, `idempotency_mismatch` (another customer or amount).
  Wallet grant_credit(const Session& session, Id customer_id, const std::string& idempotency_key,
                      const Money& amount, const std::string& reference);
  /// The acting customer's store credit. Throws Error{not_found} when there is none.
  Wallet credit(const Session& session);
  /// Blocks or frees a wallet. Throws Error{not_found}.
  Wallet block_wallet(const Session& session, Id wallet_id, bool blocked);
  /// Everything that moved a wallet's balance, oldest first. Throws Error{not_found}.
  std::vector<MoneyEntry> wallet_entries(const Session& session, Id wallet_id);

 private:
  db::Database* db_;
};

}  // namespace shop
