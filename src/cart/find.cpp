#include "cart/cart.hpp"
#include "cart/store.hpp"
#include "core/keyring.hpp"
#include "inventory/inventory.hpp"
#include "shop/error.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace shop::cart {
namespace {

// A packed address is its fields with the unit separator between them, which no field may hold.
constexpr char k_separator = '\x1f';

template <class A>
auto fields_of(A& address) {
  return std::array{&address.name,   &address.company,     &address.line1,
                    &address.line2,  &address.postal_code, &address.city,
                    &address.region, &address.country,     &address.phone};
}

}  // namespace

std::string pack_address(const Address& address) {
  std::string out;
  for (const auto* field : fields_of(address)) {
    if (field != &address.name) out += k_separator;
    out += *field;
  }
  return out;
}

std::optional<Address> unpack_address(std::string_view packed) {
  if (packed.empty()) return std::nullopt;
  Address out;
  for (auto* field : fields_of(out)) {
    const auto end = packed.find(k_separator);
    *field = std::string{packed.substr(0, end)};
    packed.remove_prefix(end == std::string_view::npos ? packed.size() : end + 1);
  }
  return out;
}

namespace {

std::string context_of(std::string_view table, Id id) {
  return fmt::format("{}.address:{}", table, id);
}

}  // namespace

std::vector<std::byte> seal_address(db::Tx& tx, std::string_view packed, std::string_view table,
                                    Id id) {
  if (packed.empty()) return {};
  return tx.env().keys->seal(packed, context_of(table, id), *tx.env().random);
}

std::string open_address(db::Tx& tx, std::span<const std::byte> sealed, std::string_view table,
                         Id id) {
  if (sealed.empty()) return {};
  return tx.env().keys->open(sealed, context_of(table, id));
}

void reseal(db::Tx& tx) {
  for (Id after = 0;;) {
    const auto some = store::addressed_after(tx, after, 500);
    if (some.empty()) return;
    for (const auto& cart : some) store::update_cart(tx, cart);
    after = some.back().id;
  }
}

namespace {

bool may_touch_any(const accounts::Actor& actor) {
  return actor.can(accounts::Permission::order_manage) || actor.can(accounts::Permission::till_use);
}

void require_identity(const accounts::Actor& actor) {
  if (owner_of(actor) == 0 && !may_touch_any(actor)) {
    throw Error(Code::unauthenticated, "this guest has no identity");
  }
}

Stored with_contents(db::Tx& tx, Stored cart, Contents contents) {
  cart.lines = store::lines_of(tx, cart.id);
  if (contents == Contents::all) cart.coupons = store::coupons_of(tx, cart.id);
  return cart;
}

Stored find_with(db::Tx& tx, const accounts::Actor& actor, Id cart_id, Contents contents) {
  require_identity(actor);
  const Id owner = owner_of(actor);
  auto cart = cart_id == 0 ? store::current_cart(tx, owner) : store::cart_by_id(tx, cart_id);
  if (!cart || (cart->owner_id != owner && !may_touch_any(actor))) {
    throw Error(Code::not_found, "there is no such cart");
  }
  return with_contents(tx, std::move(*cart), contents);
}

}  // namespace

Id owner_of(const accounts::Actor& actor) {
  return actor.user_id != 0 ? actor.user_id : actor.guest_id;
}

Stored find(db::Tx& tx, const accounts::Actor& actor, Id cart_id) {
  return find_with(tx, actor, cart_id, Contents::all);
}

Stored find_or_start(db::Tx& tx, const accounts::Actor& actor, Id cart_id, Contents contents) {
  require_identity(actor);
  const Id owner = owner_of(actor);
  if (cart_id != 0 || owner == 0) return find_with(tx, actor, cart_id, contents);
  if (auto current = store::current_cart(tx, owner)) {
    return with_contents(tx, std::move(*current), contents);
  }
  Stored cart;
  cart.owner_id = owner;
  cart.guest = actor.user_id == 0;
  return start(tx, std::move(cart));
}

Stored start(db::Tx& tx, Stored cart) {
  cart.id = tx.next_id();
  cart.created_at = tx.now();
  store::add_cart(tx, cart);
  return cart;
}

namespace {

void release(db::Tx& tx, Id cart_id, const Session& session) {
  std::vector<Id> back;
  inventory::release(tx, cart_id, session, &back);
  inventory::tell_back(tx, back);
}

}  // namespace

void give_up_reserved(db::Tx& tx, Stored& cart, const Session& session) {
  if (cart.reserved_until == 0) return;
  release(tx, cart.id, session);
  cart.reserved_until = 0;
}

void consume(db::Tx& tx, const Stored& cart) {
  if (cart.reserved_until != 0) release(tx, cart.id, Session::host());
  store::delete_lines(tx, cart.id);
  if (!cart.coupons.empty()) store::delete_coupons(tx, cart.id);
  const bool of_customer = cart.owner_id != 0 && !cart.guest;  // who will want another one
  if (of_customer && cart.name.empty()) {
    store::vacate_cart(tx, cart.id);
  } else {
    store::delete_cart(tx, cart.id);
  }
}

void erase_owner(db::Tx& tx, Id owner_id) {
  for (auto some = store::carts_of(tx, owner_id); !some.empty();
       some = store::carts_of(tx, owner_id)) {
    for (const auto& cart : some) {
      release(tx, cart.id, Session::host());
      store::delete_lines(tx, cart.id);
      store::delete_coupons(tx, cart.id);
      store::delete_cart(tx, cart.id);
    }
  }
  store::free_place(tx, owner_id);
}

void verify(db::Tx& /*tx*/, core::Findings& findings) {
  findings.checked();
}

}  // namespace shop::cart
