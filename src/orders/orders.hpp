#pragma once

#include "accounts/guard.hpp"
#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/orders.hpp"
#include "shop/pricing.hpp"
#include "shop/product.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What flows and later modules may ask of the orders inside their own transaction.
namespace shop::orders {

/// What an order is written with beyond what it shows.
struct Placing {
  std::string key;          ///< digest of the idempotency key and who used it
  std::string fingerprint;  ///< digest of what was asked for
  Id cart_id = 0;
  Id owner_id = 0;
  bool guest = false;
  std::string address;  ///< packed
  RoundingMode rounding = RoundingMode::half_up;
};

/// The digest under which an idempotency key is kept: the same text of two people differs.
std::string key_of(const accounts::Actor& actor, std::string_view use, std::string_view key);

/// An order that was placed with this key. Throws Error{idempotency_mismatch} when it was asked
/// for with something else.
std::optional<Id> placed_with(db::Tx& tx, std::string_view key, std::string_view fingerprint);

/// Gives the order its id, number, UUID and time. Its other members are set already.
void begin(db::Tx& tx, Order& order);
/// The same for an order of the past.
void begin_at(db::Tx& tx, Order& order, Timestamp at);
/// Writes a complete order.
void write(db::Tx& tx, const Session& session, const Order& order, const Placing& placing);

/// Keeps what one of the bundle on a line is made of, as it is today.
void keep_bundle(db::Tx& tx, Id order_id, std::int64_t line_no, std::span<const BundlePart> parts);
/// What one of the bundle on a line was made of when it was ordered; empty: it was none.
std::vector<BundlePart> bundle_of(db::Tx& tx, Id order_id, std::int64_t line_no);

/// Takes address, notes and reasons from the orders of a person who is being erased, and from
/// their events; the books stay.
void erase_customer(db::Tx& tx, Id customer_id);

/// Seals every address of an order anew, under the newest key. Cost: the orders with an address.
void reseal(db::Tx& tx);

/// Whether this customer has an order that was not canceled.
bool has_ordered(db::Tx& tx, Id owner_id);

/// The whole order, payments excepted. Throws Error{not_found} when it is not there, or the actor
/// neither owns it nor may see all.
Order find(db::Tx& tx, const accounts::Actor& actor, Id order_id);

/// Writes where an order stands, with a row of history per axis that changed. Throws
/// Error{illegal_transition} when the tables of rules.cpp do not allow a step.
void move(db::Tx& tx, const Session& session, const Order& before, Order& after,
          std::string_view note);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::orders
