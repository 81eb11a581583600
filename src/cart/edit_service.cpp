#include "accounts/auth_clock.hpp"
#include "accounts/throttle.hpp"
#include "audit/audit.hpp"
#include "cart/cart.hpp"
#include "cart/store.hpp"
#include "catalog/catalog.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "inventory/inventory.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <map>
#include <utility>

// What can be done to a cart besides putting things in: notes, discounts, codes, where it goes,
// parking and joining.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

namespace store = cart::store;

constexpr std::size_t k_most_coupons = 10;

CartLine& line_of(cart::Stored& cart, std::int64_t line_no) {
  for (auto& line : cart.lines) {
    if (line.line_no == line_no) return line;
  }
  throw Error(Code::not_found, "line_no: there is no such line",
              {{"line_no", "not_found", "there is no such line", {}}});
}

/// What came of trying a code.
struct Tried {
  std::int64_t wait_s = 0;
  bool known = false;
};

// Lines of one variant are put aside together, as there is one reservation per variant and cart.
void reserve_lines(db::Tx& tx, const Session& session, const cart::Stored& cart,
                   std::vector<Id>& back) {
  std::map<Id, std::pair<std::int64_t, std::size_t>> wanted;
  for (std::size_t i = 0; i < cart.lines.size(); ++i) {
    const auto& line = cart.lines[i];
    const auto sale = catalog::sale_item(tx, line.variant_id);
    if (!sale || sale->is_bundle || sale->policy != StockPolicy::deny) continue;
    auto& [quantity, index] = wanted[line.variant_id];
    quantity += line.quantity;
    index = i;
  }
  for (const auto& [variant_id, want] : wanted) {
    auto available = inventory::available(tx, variant_id);
    if (available < want.first) {
      const auto freed = inventory::free_expired(tx, variant_id);
      back.insert(back.end(), freed.begin(), freed.end());
      available = inventory::available(tx, variant_id);
    }
    if (available < want.first) {
      const auto path = core::path_at("lines", want.second, "quantity");
      throw Error(Code::out_of_stock, path + ": there is not enough in stock",
                  {{path,
                    "out_of_stock",
                    "there is not enough in stock",
                    {{"requested", std::to_string(want.first)},
                     {"available", std::to_string(available)}}}});
    }
    inventory::reserve(tx, cart.id, variant_id, want.first, cart.reserved_until, session);
  }
}

}  // namespace

Address cart::checked(const Address& address) {
  core::Fields fields;
  const auto text = [&](const char* path, const std::string& value, std::size_t max) {
    return fields.text(path, value, {.max = max});
  };
  Address out;
  out.name = text("address.name", address.name, 100);
  out.company = text("address.company", address.company, 100);
  out.line1 = text("address.line1", address.line1, 200);
  out.line2 = text("address.line2", address.line2, 200);
  out.postal_code = text("address.postal_code", address.postal_code, 20);
  out.city = text("address.city", address.city, 100);
  out.region = text("address.region", address.region, 60);
  out.country = fields.text("address.country", address.country, {.min = 1, .max = 60});
  out.phone = text("address.phone", address.phone, 40);
  fields.throw_if_any();
  return out;
}

void Carts::set_discount(const Session& session, Id cart_id, std::int64_t line_no,
                         const Money& discount, const std::string& reason) {
  core::Fields fields;
  const auto given = fields.price("discount", discount, db_->env().currency);
  const auto why = fields.text("reason", reason, {.min = given.minor > 0 ? 1U : 0U, .max = 200});
  fields.throw_if_any();
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_set_discount);
    auto cart = cart::find(tx, actor, cart_id);
    auto& line = line_of(cart, line_no);
    line.manual_discount = given;
    if (given.minor > 0 || !line.manual_price) line.manual_reason = why;
    store::put_line(tx, cart.id, line);
  });
}

CartLine Carts::set_note(const Session& session, Id cart_id, std::int64_t line_no,
                         const std::string& note) {
  core::Fields fields;
  const auto text = fields.text("note", note, {.max = 500, .multiline = true});
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_set_note);
    auto cart = cart::find(tx, actor, cart_id);
    auto& line = line_of(cart, line_no);
    line.note = text;
    store::put_line(tx, cart.id, line);
    return line;
  });
}

void Carts::add_coupon(const Session& session, Id cart_id, const std::string& code) {
  core::Fields fields;
  const auto text = fields.text("code", code, {.min = 1, .max = 60});
  fields.throw_if_any();
  const auto folded = core::fold(text);
  // A wrong code is counted, and that is committed, before anybody learns that it was wrong.
  const auto tried = db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_add_coupon);
    const auto cart = cart::find_or_start(tx, actor, cart_id);
    Tried out;
    out.wait_s = accounts::count_try(tx, actor, "coupon");
    if (out.wait_s != 0) return out;
    out.known = pricing::knows_code(tx, folded);
    if (!out.known) {
      accounts::count_wrong(tx, actor, "coupon");
      return out;
    }
    if (cart.coupons.size() >= k_most_coupons) {
      throw Error(Code::limit_reached, "a cart takes at most 10 codes");
    }
    store::put_coupon(tx, cart.id, folded, text);
    return out;
  });
  if (tried.wait_s != 0) accounts::throw_rate_limited(tried.wait_s);
  if (!tried.known) {
    throw Error(Code::coupon_rejected, "code: is not a code of this shop",
                {{"code", "coupon_unknown", "is not a code of this shop", {}}});
  }
}

void Carts::remove_coupon(const Session& session, Id cart_id, const std::string& code) {
  core::Fields fields;
  const auto text = fields.text("code", code, {.min = 1, .max = 60});
  fields.throw_if_any();
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_remove_coupon);
    const auto cart = cart::find(tx, actor, cart_id);
    if (!store::delete_coupon(tx, cart.id, core::fold(text))) {
      throw Error(Code::not_found, "code: is not in the cart");
    }
  });
}

void Carts::deliver_to(const Session& session, Id cart_id, const Address& address) {
  const auto good = cart::checked(address);
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_deliver_to);
    auto cart = cart::find_or_start(tx, actor, cart_id);
    cart.country = good.country;
    cart.region = good.region;
    cart.address = cart::pack_address(good);
    store::update_cart(tx, cart);
  });
}

void Carts::set_shipping(const Session& session, Id cart_id, std::optional<Id> method_id) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_set_shipping);
    auto cart = cart::find_or_start(tx, actor, cart_id);
    const auto rules = pricing::rules(tx);
    const auto& methods = rules->shipping_methods;
    const bool known = std::any_of(methods.begin(), methods.end(), [&](const auto& method) {
      return method.active && method.id == method_id;
    });
    if (method_id && !known) throw Error(Code::not_found, "there is no such shipping method");
    cart.shipping_method_id = method_id;
    store::update_cart(tx, cart);
  });
}

void Carts::park(const Session& session, const std::string& name) {
  core::Fields fields;
  const auto text = fields.text("name", name, {.min = 1, .max = 100, .name = true});
  fields.throw_if_any();
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_park);
    auto cart = cart::find(tx, actor, 0);
    for (const auto& other : store::carts_of(tx, cart.owner_id)) {
      if (core::fold(other.name) == core::fold(text)) {
        throw Error(Code::already_exists, "name: there is a cart of that name",
                    {{"name", "taken", "there is a cart of that name", {}}});
      }
    }
    cart.name = text;
    store::update_cart(tx, cart);
  });
}

void Carts::resume(const Session& session, Id cart_id) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_resume);
    auto cart = cart::find(tx, actor, cart_id);
    if (cart.name.empty()) return;
    if (const auto current = store::current_cart(tx, cart.owner_id)) {
      if (!store::lines_of(tx, current->id).empty()) {
        throw Error(Code::already_exists, "the current cart has lines: park it first");
      }
      cart::consume(tx, cart::find(tx, actor, current->id));
    }
    store::free_place(tx, cart.owner_id);
    cart.name.clear();
    store::update_cart(tx, cart);
  });
}

void Carts::drop(const Session& session, Id cart_id) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_drop);
    auto cart = cart::find(tx, actor, cart_id);
    cart::give_up_reserved(tx, cart, session);
    cart::consume(tx, cart);
  });
}

Timestamp Carts::reserve(const Session& session, Id cart_id, std::int64_t minutes) {
  core::Fields fields;
  fields.range("minutes", minutes, 0, 1440);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_reserve);
    auto cart = cart::find(tx, actor, cart_id);
    std::vector<Id> back;
    if (cart.reserved_until != 0) inventory::release(tx, cart.id, session, &back);
    cart.reserved_until = minutes == 0 ? 0 : tx.now() + minutes * core::microseconds_per_minute;
    if (minutes != 0) reserve_lines(tx, session, cart, back);
    inventory::tell_back(tx, back);
    store::update_cart(tx, cart);
    return cart.reserved_until;
  });
}

CartJoin Carts::join_rule(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::cart_join_rule);
    return cart::join_rule(tx);
  });
}

CartJoin Carts::set_join_rule(const Session& session, CartJoin rule) {
  core::Fields fields;
  fields.range("rule", static_cast<std::int64_t>(rule), 1, 4);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::cart_set_join_rule);
    store::set_join_rule(tx, rule);
    const auto after =
        core::Json{}.begin_object().field("rule", static_cast<std::int64_t>(rule)).end().take();
    audit::record(tx, session, {"cart.join_rule", "cart", 0, {}, after});
    return rule;
  });
}

namespace cart {
namespace {

void take_over(db::Tx& tx, Stored cart, Id customer_id) {
  store::free_place(tx, customer_id);
  cart.owner_id = customer_id;
  cart.guest = false;
  store::update_cart(tx, cart);
}

// False: there is no room for it.
bool join_line(db::Tx& tx, Stored& to, const CartLine& line, CartJoin rule) {
  const auto same = std::find_if(to.lines.begin(), to.lines.end(), [&](const CartLine& l) {
    return l.variant_id == line.variant_id && l.note == line.note && !l.manual_price;
  });
  if (same == to.lines.end()) {
    if (to.lines.size() >= k_most_lines) return false;
    auto moved = line;
    moved.line_no = to.lines.empty() ? 1 : to.lines.back().line_no + 1;
    store::add_line(tx, to.id, moved);
    to.lines.push_back(std::move(moved));
    return true;
  }
  constexpr std::int64_t k_most = 1'000'000;
  same->quantity = rule == CartJoin::add_up ? std::min(k_most, same->quantity + line.quantity)
                                            : std::max(same->quantity, line.quantity);
  store::put_line(tx, to.id, *same);
  return true;
}

void join_code(db::Tx& tx, Stored& to, const std::string& code) {
  const auto folded = core::fold(code);
  const bool has = std::any_of(to.coupons.begin(), to.coupons.end(),
                               [&](const auto& other) { return core::fold(other) == folded; });
  if (has || to.coupons.size() >= k_most_coupons) return;
  store::put_coupon(tx, to.id, folded, code);
  to.coupons.push_back(code);
}

// Moves what there is room for; lines that there is none for stay where they were.
void join_contents(db::Tx& tx, Stored& to, Stored& from, CartJoin rule) {
  give_up_reserved(tx, from, Session::host());  // it would stand in the customer's own way
  const auto lines = std::exchange(from.lines, {});
  for (const auto& line : lines) {
    if (!join_line(tx, to, line, rule)) from.lines.push_back(line);
  }
  for (const auto& code : from.coupons) join_code(tx, to, code);
  if (from.lines.empty()) return consume(tx, from);
  store::delete_lines(tx, from.id);
  for (const auto& line : from.lines) store::add_line(tx, from.id, line);
  store::update_cart(tx, from);
}

}  // namespace

CartJoin join_rule(db::Tx& tx) {
  return store::join_rule(tx);
}

void join(db::Tx& tx, Id customer_id, Id guest_id) {
  const auto rule = join_rule(tx);
  auto from = store::current_cart(tx, guest_id);
  if (!from || !from->guest || customer_id == 0) return;
  from->lines = store::lines_of(tx, from->id);
  from->coupons = store::coupons_of(tx, from->id);
  auto to = store::current_cart(tx, customer_id);
  if (!to) return take_over(tx, std::move(*from), customer_id);
  to->lines = store::lines_of(tx, to->id);
  to->coupons = store::coupons_of(tx, to->id);
  if (rule == CartJoin::keep) return consume(tx, *from);
  if (rule == CartJoin::replace) {
    consume(tx, *to);
    return take_over(tx, std::move(*from), customer_id);
  }
  join_contents(tx, *to, *from, rule);
}

}  // namespace cart
}  // namespace shop
