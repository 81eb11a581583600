#pragma once

#include "shop/quote.hpp"
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

/// Where an order goes. Everything but the country may be empty. @since 1.0
struct Address {
  std::string name;
  std::string company;
  std::string line1;
  std::string line2;
  std::string postal_code;
  std::string city;
  std::string region;
  std::string country;  ///< as tax and shipping zones write it, e.g. an ISO 3166 code
  std::string phone;
};

/// What to put into a cart. @since 1.0
struct CartItem {
  Id variant_id = 0;
  std::int64_t quantity = 1;  ///< 1–1,000,000; thousandths of the measure for goods by measure
  std::string note;           ///< at most 500 bytes
};

/// One line of a cart. @since 1.0
struct CartLine {
  std::int64_t line_no = 0;  ///< stays with the line
  Id variant_id = 0;
  std::int64_t quantity = 0;
  Money seen_price;                   ///< of a unit, when the customer last looked
  std::optional<Money> manual_price;  ///< of a unit, set by somebody who may
  Money manual_discount;              ///< off the line, given by somebody who may
  std::string manual_reason;
  std::string note;
  std::optional<std::int64_t> quote_line;  ///< its index in the quote; absent when not for sale
};

/// What is different since the customer last looked. @since 1.0
enum class CartChangeKind : std::int32_t {
  price_rose = 1,
  price_fell = 2,
  short_stock = 3,  ///< less is there than the line wants
  withdrawn = 4,    ///< not for sale any more
};

/// One difference. @since 1.0
struct CartChange {
  std::int64_t line_no = 0;
  CartChangeKind kind = CartChangeKind::price_rose;
  Money old_price;
  Money new_price;
  std::int64_t requested = 0;
  std::int64_t available = 0;
};

/// A cart with what it costs now. @since 1.0
struct Cart {
  Id id = 0;
  std::optional<Id> customer_id;  ///< absent for guests and at the till
  std::string name;               ///< of a parked cart; empty for the current one
  std::string country;
  std::string region;
  std::optional<Id> shipping_method_id;
  std::optional<Address> address;
  std::vector<std::string> coupons;  ///< as they were entered
  std::vector<CartLine> lines;
  Quote quote;
  std::vector<CartChange> changes;
  Timestamp created_at = 0;
};

/// A cart in a list. @since 1.0
struct CartSummary {
  Id id = 0;
  std::string name;  ///< empty for the current one
  std::int64_t lines = 0;
  Timestamp created_at = 0;
};

/// A cart that somebody starts. @since 1.0
struct CartInput {
  std::string name;               ///< parks it under this name; empty makes it the current one
  std::optional<Id> customer_id;  ///< for somebody else: needs `order_manage`
  std::string country;            ///< at most 60 bytes; empty: the customer's own
  std::string region;
};

/// What becomes of two carts when a guest logs in. @since 1.0
enum class CartJoin : std::int32_t {
  add_up = 1,   ///< the same things add up
  larger = 2,   ///< of the same things the larger quantity stays
  replace = 3,  ///< the guest's cart takes the place of the customer's
  keep = 4,     ///< the customer's stays; the guest's is dropped if there is one
};

/// Carts. Where a cart's id is asked for, 0 is the acting person's current cart, which is made when
/// it is first needed. Somebody else's cart is not found. Reached by Engine::cart(); may be used
/// from any thread. @since 1.0
class Carts {
 public:
  explicit Carts(db::Database& db) : db_(&db) {}

  /// Starts a cart. Throws Error: `validation` (name, country), `already_exists` (there is a
  /// current cart), `unauthenticated` (a guest without identity), `forbidden` (customer_id).
  Cart create(const Session& session, const CartInput& input);

  /// The cart with current prices and what has changed. Throws Error{not_found}.
  Cart read(const Session& session, Id cart_id);

  /// The acting person's carts, the current one first. At most 100.
  std::vector<CartSummary> list(const Session& session);

  /// Puts something in; the same variant without a note adds up. Result: its line.
  /// Throws Error: `not_found` (cart, variant_id), `validation` (quantity, note), `not_for_sale`,
  /// `limit_reached` (1,000 lines).
  CartLine add(const Session& session, Id cart_id, const CartItem& item);

  /// Puts several things in: all or none; errors name `items[i].…`.
  std::vector<CartLine> add_all(const Session& session, Id cart_id,
                                const std::vector<CartItem>& items);

  /// Throws Error: `not_found` (cart, line_no), `validation` (quantity), `not_for_sale`.
  CartLine set_quantity(const Session& session, Id cart_id, std::int64_t line_no,
                        std::int64_t quantity);

  /// Throws Error{not_found}.
  void remove(const Session& session, Id cart_id, std::int64_t line_no);

  /// Takes every line and coupon out.
  void clear(const Session& session, Id cart_id);

  /// Sets or, without `price`, unsets a line's unit price by hand. Needs `till_use`.
  /// Throws Error: `not_found`, `validation` (price, reason is required).
  void set_price(const Session& session, Id cart_id, std::int64_t line_no,
                 std::optional<Money> price, const std::string& reason);
  /// Takes an amount off a line by hand; 0 takes it back. Needs `till_use`.
  /// Throws Error: `not_found`, `validation` (discount, reason is required).
  void set_discount(const Session& session, Id cart_id, std::int64_t line_no, const Money& discount,
                    const std::string& reason);
  /// Throws Error: `not_found`, `validation` (note).
  CartLine set_note(const Session& session, Id cart_id, std::int64_t line_no,
                    const std::string& note);

  /// Enters a code. It stays in the cart even when it does not apply yet; the quote says why.
  /// Throws Error: `coupon_rejected` (no such code), `limit_reached` (10), `rate_limited`.
  void add_coupon(const Session& session, Id cart_id, const std::string& code);
  /// Throws Error{not_found}.
  void remove_coupon(const Session& session, Id cart_id, const std::string& code);

  /// Where the goods go; its country and region decide taxes and delivery.
  /// Throws Error{validation} (`address.…`).
  void deliver_to(const Session& session, Id cart_id, const Address& address);
  /// Chooses the delivery; absent: none. Throws Error{not_found} (method).
  void set_shipping(const Session& session, Id cart_id, std::optional<Id> method_id);

  /// Puts the current cart aside under a name. Throws Error: `not_found`, `validation` (name),
  /// `already_exists`.
  void park(const Session& session, const std::string& name);
  /// Makes a parked cart the current one; an empty current one is dropped. Throws Error:
  /// `not_found`, `already_exists` (the current one has lines: park it first).
  void resume(const Session& session, Id cart_id);
  /// Throws a cart away. Throws Error{not_found}.
  void drop(const Session& session, Id cart_id);

  /// Puts what is in the cart aside for some minutes, in place of what was put aside before; 0
  /// frees it. Result: until when. Throws Error: `not_found`, `validation` (minutes, 0–1440),
  /// `out_of_stock` (`lines[i].quantity`).
  Timestamp reserve(const Session& session, Id cart_id, std::int64_t minutes);

  /// The customer has seen today's prices: the changes of read() are accepted.
  Cart look(const Session& session, Id cart_id);
  /// How every cent of the total comes about, for a shopkeeper, and what would unlock more.
  std::string explain(const Session& session, Id cart_id);

  /// What becomes of a guest's cart when its owner logs in; CartJoin::add_up unless set.
  CartJoin join_rule(const Session& session);
  /// Throws Error{validation} (rule).
  CartJoin set_join_rule(const Session& session, CartJoin rule);

 private:
  db::Database* db_;
};

}  // namespace shop
