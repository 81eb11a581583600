#include "cart/cart.hpp"
#include "cart/hooks.hpp"
#include "cart/store.hpp"
#include "catalog/catalog.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "inventory/inventory.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::int64_t k_most_quantity = 1'000'000;

[[noreturn]] void no_line() {
  throw Error(Code::not_found, "line_no: there is no such line",
              {{"line_no", "not_found", "there is no such line", {}}});
}

catalog::SaleItem item_on_sale(db::Tx& tx, Id variant_id, const std::string& path) {
  auto item = catalog::sale_item(tx, variant_id);
  if (!item) {
    throw Error(Code::not_found, path + ": there is no such variant",
                {{path, "not_found", "there is no such variant", {}}});
  }
  if (item->status != ProductStatus::active) {
    throw Error(Code::not_for_sale, path + ": is not on sale",
                {{path, "not_for_sale", "is not on sale", {}}});
  }
  if (item->withheld) {
    throw Error(Code::not_for_sale, path + ": its seller may not sell at the moment",
                {{path, "seller_suspended", "its seller may not sell at the moment", {}}});
  }
  return std::move(*item);
}

/// Puts items into one cart; the lines are read once.
class Filler {
 public:
  Filler(db::Tx& tx, cart::Stored& cart)
      : tx_(tx),
        cart_(cart),
        rules_(pricing::rules(tx)),
        who_(pricing::situation_of(tx, *rules_, cart.customer_id())) {}

  CartLine add(const CartItem& item, const std::string& path) {
    if (cart_.lines.empty()) cart::filled(tx_);
    const auto lines_before = cart_.lines.size();
    auto& line = line_for(item, path);
    line.quantity += item.quantity;
    if (line.quantity > k_most_quantity) {
      throw Error(Code::validation, path + "quantity: too many of one thing",
                  {{path + "quantity",
                    "out_of_range",
                    "too many of one thing",
                    {{"max", std::to_string(k_most_quantity)}}}});
    }
    price(line, item_on_sale(tx_, line.variant_id, path + "variant_id"), path);
    if (cart_.lines.size() > lines_before) {
      cart::store::add_line(tx_, cart_.id, line);
    } else {
      cart::store::put_line(tx_, cart_.id, line);
    }
    return line;
  }

  void price(CartLine& line, const catalog::SaleItem& sale, const std::string& path = {}) {
    const auto item = pricing::item_of(tx_, *rules_, sale, line.quantity);
    const auto minor = pricing::unit_price(item, who_, path + "quantity");
    line.seen_price = {minor, tx_.env().currency};
  }

 private:
  CartLine& line_for(const CartItem& item, const std::string& path) {
    auto& lines = cart_.lines;
    if (item.note.empty()) {
      const auto same = std::find_if(lines.begin(), lines.end(), [&](const CartLine& line) {
        return line.variant_id == item.variant_id && line.note.empty() && !line.manual_price &&
               line.manual_discount.minor == 0;
      });
      if (same != lines.end()) return *same;
    }
    if (lines.size() >= cart::k_most_lines) {
      const auto message = fmt::format("a cart has at most {} lines", cart::k_most_lines);
      throw Error(Code::limit_reached, path + "variant_id: " + message,
                  {{path + "variant_id", "too_many", message, {}}});
    }
    CartLine line;
    line.line_no = lines.empty() ? 1 : lines.back().line_no + 1;
    line.variant_id = item.variant_id;
    line.note = item.note;
    line.manual_discount.currency = tx_.env().currency;
    return lines.emplace_back(std::move(line));
  }

  db::Tx& tx_;
  cart::Stored& cart_;
  std::shared_ptr<const pricing::RuleSet> rules_;
  pricing::Situation who_;
};

// What is put aside for a cart is never more than it holds.
void fit_reserved(db::Tx& tx, const Session& session, const cart::Stored& cart, Id variant_id) {
  if (cart.reserved_until == 0) return;
  std::int64_t wanted = 0;
  for (const auto& line : cart.lines) {
    if (line.variant_id == variant_id) wanted += line.quantity;
  }
  inventory::release_beyond(tx, cart.id, variant_id, wanted, cart.reserved_until, session);
}

CartLine& line_of(cart::Stored& cart, std::int64_t line_no) {
  for (auto& line : cart.lines) {
    if (line.line_no == line_no) return line;
  }
  no_line();
}

}  // namespace

void cart::check_items(std::span<const CartItem> items, const std::string& list) {
  core::Fields fields;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto at = [&](std::string_view member) {
      return list.empty() ? std::string{member} : core::path_at(list, i, member);
    };
    fields.range(at("quantity"), items[i].quantity, 1, k_most_quantity);
    (void)fields.text(at("note"), items[i].note, {.max = 500, .multiline = true});
  }
  fields.check(items.size() <= cart::k_most_lines, list, "too_many", "too many items at once");
  fields.throw_if_any();
}

std::vector<CartSummary> Carts::list(const Session& session) {
  return db_->peek([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_list);
    return cart::store::carts_of(tx, cart::owner_of(actor));
  });
}

CartLine Carts::add(const Session& session, Id cart_id, const CartItem& item) {
  cart::check_items({&item, 1}, {});
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_add);
    auto cart = cart::find_or_start(tx, actor, cart_id, cart::Contents::lines);
    return Filler{tx, cart}.add(item, {});
  });
}

std::vector<CartLine> Carts::add_all(const Session& session, Id cart_id,
                                     const std::vector<CartItem>& items) {
  cart::check_items(items, "items");
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_add_all);
    auto cart = cart::find_or_start(tx, actor, cart_id, cart::Contents::lines);
    Filler filler{tx, cart};
    std::vector<CartLine> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
      out.push_back(filler.add(items[i], core::path_at("items", i) + "."));
    }
    return out;
  });
}

CartLine Carts::set_quantity(const Session& session, Id cart_id, std::int64_t line_no,
                             std::int64_t quantity) {
  core::Fields fields;
  fields.range("quantity", quantity, 1, k_most_quantity);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_set_quantity);
    auto cart = cart::find(tx, actor, cart_id);
    auto& line = line_of(cart, line_no);
    line.quantity = quantity;
    Filler{tx, cart}.price(line, item_on_sale(tx, line.variant_id, "line_no"));
    cart::store::put_line(tx, cart.id, line);
    fit_reserved(tx, session, cart, line.variant_id);
    return line;
  });
}

void Carts::remove(const Session& session, Id cart_id, std::int64_t line_no) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_remove);
    auto cart = cart::find(tx, actor, cart_id);
    const auto variant_id = line_of(cart, line_no).variant_id;
    cart::store::delete_line(tx, cart.id, line_no);
    std::erase_if(cart.lines, [&](const CartLine& line) { return line.line_no == line_no; });
    fit_reserved(tx, session, cart, variant_id);
  });
}

void Carts::clear(const Session& session, Id cart_id) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_clear);
    auto cart = cart::find(tx, actor, cart_id);
    cart::store::delete_lines(tx, cart.id);
    cart::store::delete_coupons(tx, cart.id);
    if (cart.reserved_until == 0) return;
    cart::give_up_reserved(tx, cart, session);
    cart::store::update_cart(tx, cart);
  });
}

void Carts::set_price(const Session& session, Id cart_id, std::int64_t line_no,
                      std::optional<Money> price, const std::string& reason) {
  core::Fields fields;
  const auto why = fields.text("reason", reason, {.min = price ? 1U : 0U, .max = 200});
  const auto given =
      price ? std::optional{fields.price("price", *price, db_->env().currency)} : std::nullopt;
  fields.throw_if_any();
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::cart_set_price);
    auto cart = cart::find(tx, actor, cart_id);
    auto& line = line_of(cart, line_no);
    line.manual_price = given;
    line.manual_reason = given ? why : std::string{};
    if (given) line.seen_price = *given;
    cart::store::put_line(tx, cart.id, line);
  });
}

CartLine cart::put_in(db::Tx& tx, const accounts::Actor& actor, Id cart_id, const CartItem& item) {
  cart::check_items({&item, 1}, {});
  auto into = find_or_start(tx, actor, cart_id, Contents::lines);
  return Filler{tx, into}.add(item, {});
}

}  // namespace shop
