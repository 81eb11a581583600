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
  holds = 7,     ///< authorized, not captured
  promises = 8,  ///< the other side of holds
  given = 9,     ///< credit that was granted for nothing
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

}  // namespace shop
