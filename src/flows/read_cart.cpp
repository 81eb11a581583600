#include "accounts/guard.hpp"
#include "cart/store.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "flows/price_cart.hpp"
#include "inventory/inventory.hpp"
#include "pricing/working.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

// A cart is read with what it costs now, and with what is different since the customer looked.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

void note_price(const CartLine& line, const Money& now, Cart& out) {
  if (now == line.seen_price || line.manual_price) return;
  const auto kind =
      now.minor > line.seen_price.minor ? CartChangeKind::price_rose : CartChangeKind::price_fell;
  out.changes.push_back({line.line_no, kind, line.seen_price, now, line.quantity, 0});
}

/// What there is of the lines that may not sell what is not there, looked up together.
class Stocked {
 public:
  Stocked(db::Tx& tx, const flows::PricedCart& priced) {
    for (const auto& sale : priced.sales) {
      if (counts(sale)) variants_.push_back(sale.variant_id);
    }
    available_ = inventory::available_of(tx, variants_);
  }

  /// Of each line in turn.
  void note(const CartLine& line, const catalog::SaleItem& sale, Cart& out) {
    if (!counts(sale)) return;
    const auto available = std::max<std::int64_t>(0, available_[next_++]);
    if (available >= line.quantity) return;
    out.changes.push_back({line.line_no, CartChangeKind::short_stock, line.seen_price,
                           line.seen_price, line.quantity, available});
  }

 private:
  static bool counts(const catalog::SaleItem& sale) {
    return sale.policy == StockPolicy::deny && !sale.is_bundle;
  }

  std::vector<Id> variants_;
  std::vector<std::int64_t> available_;
  std::size_t next_ = 0;
};

Cart shown(db::Tx& tx, cart::Stored stored) {
  auto priced = flows::price_cart(tx, stored, {});
  Cart out;
  out.id = stored.id;
  if (stored.customer_id() != 0) out.customer_id = stored.customer_id();
  out.name = std::move(stored.name);
  out.country = std::move(stored.country);
  out.region = std::move(stored.region);
  out.shipping_method_id = stored.shipping_method_id;
  out.address = cart::unpack_address(stored.address);
  out.coupons = std::move(stored.coupons);
  out.lines = std::move(stored.lines);
  out.created_at = stored.created_at;
  Stocked stocked{tx, priced};
  for (std::size_t i = 0; i < priced.cart_lines.size(); ++i) {
    auto& line = out.lines[priced.cart_lines[i]];
    line.quote_line = static_cast<std::int64_t>(i);
    note_price(line, priced.quote.lines[i].unit_price, out);
    stocked.note(line, priced.sales[i], out);
  }
  for (const auto i : priced.withdrawn) {
    const auto& line = out.lines[i];
    out.changes.push_back({line.line_no, CartChangeKind::withdrawn, line.seen_price,
                           line.seen_price, line.quantity, 0});
  }
  out.quote = std::move(priced.quote);
  return out;
}

void require_free_place(db::Tx& tx, const cart::Stored& cart) {
  if (!cart.name.empty() || cart.owner_id == 0) return;
  if (!cart::store::current_cart(tx, cart.owner_id)) return;
  throw Error(Code::already_exists, "name: there is a current cart already",
              {{"name", "taken", "there is a current cart already", {}}});
}

}  // namespace

Cart Carts::create(const Session& session, const CartInput& input) {
  core::Fields fields;
  cart::Stored wanted;
  wanted.name = fields.text("name", input.name, {.max = 100});
  wanted.country = fields.text("country", input.country, {.max = 60});
  wanted.region = fields.text("region", input.region, {.max = 60});
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_create);
    auto cart = wanted;
    cart.owner_id = cart::owner_of(actor);
    cart.guest = actor.user_id == 0 && cart.owner_id != 0;
    if (input.customer_id && *input.customer_id != actor.user_id) {
      if (!actor.can(accounts::Permission::order_manage)) {
        throw Error(Code::forbidden, "customer_id: only staff may fill somebody else's cart");
      }
      cart.owner_id = *input.customer_id;
      cart.guest = false;
    } else if (cart.owner_id == 0 && !actor.can(accounts::Permission::till_use)) {
      throw Error(Code::unauthenticated, "this guest has no identity");
    }
    require_free_place(tx, cart);
    return shown(tx, cart::start(tx, std::move(cart)));
  });
}

Cart Carts::read(const Session& session, Id cart_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_read);
    return shown(tx, cart::find(tx, actor, cart_id));
  });
}

Cart Carts::look(const Session& session, Id cart_id) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_look);
    auto cart = cart::find(tx, actor, cart_id);
    const auto priced = flows::price_cart(tx, cart, {});
    for (std::size_t i = 0; i < priced.cart_lines.size(); ++i) {
      auto& line = cart.lines[priced.cart_lines[i]];
      const auto& now = priced.quote.lines[i].unit_price;
      if (line.manual_price || line.seen_price == now) continue;
      line.seen_price = now;
      cart::store::put_line(tx, cart.id, line);
    }
    return shown(tx, std::move(cart));
  });
}

std::string Carts::explain(const Session& session, Id cart_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_explain);
    const auto cart = cart::find(tx, actor, cart_id);
    return pricing::explain_text(flows::price_cart(tx, cart, {}).quote);
  });
}

}  // namespace shop
