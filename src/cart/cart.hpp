#pragma once

#include "accounts/guard.hpp"
#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/cart.hpp"
#include "shop/session.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What flows may ask of the carts inside their own transaction.
namespace shop::cart {

/// A cart as the file has it.
struct Stored {
  Id id = 0;
  Id owner_id = 0;     ///< the customer or the guest; 0: the till
  bool guest = false;  ///< the owner is a guest
  std::string name;
  std::string country;
  std::string region;
  std::optional<Id> shipping_method_id;
  std::string address;           ///< packed; empty: none
  Timestamp reserved_until = 0;  ///< goods are put aside for it; 0: not
  Timestamp created_at = 0;
  std::vector<CartLine> lines;
  std::vector<std::string> coupons;

  [[nodiscard]] Id customer_id() const { return guest ? 0 : owner_id; }
};

/// The cart with its lines and coupons. 0 is the actor's current cart. Throws Error{not_found}
/// for a cart that is not there or somebody else's, and `unauthenticated` for nobody in particular.
Stored find(db::Tx& tx, const accounts::Actor& actor, Id cart_id);

/// What is read of a cart besides itself.
enum class Contents { all, lines };
/// The same, but an actor without a current cart gets one.
Stored find_or_start(db::Tx& tx, const accounts::Actor& actor, Id cart_id,
                     Contents contents = Contents::all);

/// The id under which an actor owns carts: the account's or the guest's; 0 for the host.
Id owner_of(const accounts::Actor& actor);

/// Starts a cart for its owner.
Stored start(db::Tx& tx, Stored cart);

/// Forgets all carts of a person who is being erased.
void erase_owner(db::Tx& tx, Id owner_id);
/// Puts something into a cart (0: the actor's current one), for another flow. Throws as Carts::add.
CartLine put_in(db::Tx& tx, const accounts::Actor& actor, Id cart_id, const CartItem& item);

inline constexpr std::size_t k_most_lines = 1000;

/// Removes a cart that has become an order, or is given up; nothing stays put aside for it.
void consume(db::Tx& tx, const Stored& cart);

/// Frees what is put aside for a cart and tells who waits for it.
void give_up_reserved(db::Tx& tx, Stored& cart, const Session& session);

/// Gives a guest's current cart to a customer, by the shop's rule. Lines that the customer's
/// cart has no room for stay in the guest's; codes that it has none for are left out.
void join(db::Tx& tx, Id customer_id, Id guest_id);
CartJoin join_rule(db::Tx& tx);

/// Throws Error{validation} (`address.…`).
Address checked(const Address& address);
/// Throws Error{validation} (`list[i].quantity`, `note`).
void check_items(std::span<const CartItem> items, const std::string& list);

std::string pack_address(const Address& address);
std::optional<Address> unpack_address(std::string_view packed);

/// A packed address as it lies in the file, sealed for one row of a table (`cart`, `orders`); no
/// bytes for none.
std::vector<std::byte> seal_address(db::Tx& tx, std::string_view packed, std::string_view table,
                                    Id id);
/// The packed address of such bytes. Throws Error{tampered}.
std::string open_address(db::Tx& tx, std::span<const std::byte> sealed, std::string_view table,
                         Id id);
/// Seals every address in a cart anew, under the newest key. Cost: the carts with an address.
void reseal(db::Tx& tx);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::cart
