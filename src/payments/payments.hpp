#pragma once

#include "accounts/guard.hpp"
#include "core/findings.hpp"
#include "core/function_ref.hpp"
#include "db/tx.hpp"
#include "shop/payments.hpp"
#include "shop/session.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shop::db {
class Database;
}

/// What flows may ask of the payments inside their own transaction. Amounts are minor units.
namespace shop::payments {

/// Throws Error{idempotency_mismatch}: the key was used for `what`.
[[noreturn]] void refuse_key(const char* what);

/// What an order's payments come to.
struct Sums {
  std::int64_t authorized = 0;  ///< and neither voided nor captured
  std::int64_t captured = 0;
  std::int64_t refunded = 0;
};
Sums sums_of(std::span<const Payment> payments);

/// Checks the form of tenders; the failing fields are `payments[i].…`.
void check(std::span<const PaymentInput> inputs, const Currency& currency);

/// Counts a try of each gift card's code, in a transaction of its own, before anybody learns
/// whether it was right. Throws Error{rate_limited}.
void count_codes(db::Database& db, const Session& session, accounts::Operation operation,
                 std::span<const std::string> codes);
/// The same of tenders.
void count_codes(db::Database& db, const Session& session, accounts::Operation operation,
                 std::span<const PaymentInput> inputs);

/// Whether cash is among the tenders, so that the total is rounded to the smallest coin.
bool any_cash(std::span<const PaymentInput> inputs);

/// Takes so much in points from the customer, or throws an error of the field `path`.
using RedeemPoints = core::FunctionRef<void(std::int64_t minor, const std::string& path)>;

/// What tells tenders from others, for the fingerprint of the key that they came with.
std::string text_of(db::Tx& tx, std::span<const PaymentInput> inputs);

/// An idempotency key with what it was used for; both are digests.
struct KeyUse {
  std::string_view key;
  std::string_view fingerprint;
};

/// Takes the tenders of an order in their order until `due` is paid; `redeem` is called with what
/// each tender of points really pays. Result: what was recorded. Throws Error: `payment_mismatch`
/// (more than is due, too little cash handed over), `insufficient_funds` (gift card, credit).
/// @pre due ≥ 0
std::vector<Payment> take(db::Tx& tx, const Session& session, Id order_id, Id customer_id,
                          std::int64_t due, std::span<const PaymentInput> inputs,
                          RedeemPoints redeem, const KeyUse& key = {});

std::vector<Payment> of_order(db::Tx& tx, Id order_id);

/// Stands before money that a person of the shop gives back: the fresh proof and the second person
/// that the policy asks for. `order_id` 0: goods without their receipt, of which the same person
/// gave `earlier` back already. Nothing for the host, and for customers who cancel what is theirs.
/// Throws Error: `step_up_required`, `forbidden`.
void guard_refund(db::Tx& tx, const Session& session, const accounts::Actor& actor, Id order_id,
                  std::int64_t minor, std::int64_t earlier = 0);

/// Gives money back, latest payment first.
/// Result: what was refunded, at most what was captured.
std::int64_t refund(db::Tx& tx, const Session& session, Id order_id, std::int64_t minor,
                    std::string_view reference);
/// Turns what was paid, points excepted, over to an order that replaces goods; its payment is a
/// PaymentInput with Tender::exchange. Result: how much, at most what was captured.
std::int64_t turn_over(db::Tx& tx, const Session& session, Id order_id, std::int64_t minor,
                       std::string_view reference);

/// A payment with the wallet that it came from; 0 for other tenders.
struct Paid {
  Payment payment;
  Id wallet_id = 0;
};
/// Gives so much of one payment back. @pre minor ≤ captured − refunded
void refund_one(db::Tx& tx, const Session& session, const Paid& paid, std::int64_t minor,
                std::string_view reference, std::string_view key);
/// Gives up what is authorized and not captured; nothing when there is none.
void void_one(db::Tx& tx, const Session& session, const Payment& payment);

/// Gives up what is on hold beyond `most`; the oldest hold is kept first. Result: what is on hold
/// then.
std::int64_t hold_at_most(db::Tx& tx, const Session& session, Id order_id, std::int64_t most);

/// Gives up every authorization of an order.
void void_all(db::Tx& tx, const Session& session, Id order_id);

/// Books money that leaves for goods without an order.
void refund_loose(db::Tx& tx, const Session& session, Id return_id, Tender tender,
                  std::int64_t minor, std::string_view reference);

/// A customer's store credit, if there ever was any.
std::optional<Wallet> credit_of(db::Tx& tx, Id customer_id);

void verify(db::Tx& tx, core::Findings& findings);

/// Puts what is under the data key before the newest under the newest.
void reseal(db::Tx& tx);

}  // namespace shop::payments
