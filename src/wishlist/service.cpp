#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "catalog/facts.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "inventory/inventory.hpp"
#include "inventory/on_sale.hpp"
#include "shop/error.hpp"
#include "wishlist/rules.hpp"
#include "wishlist/store.hpp"
#include "wishlist/wishlist.hpp"

namespace shop {

using accounts::authorize;
using accounts::Operation;
namespace store = wishlist::store;

namespace {

constexpr std::string_view k_items_tag = "wishlist.items";
constexpr std::string_view k_most_tag = "wishlist.most";
constexpr std::string_view k_default_name = "Wishlist";

/// The customer who acts; wishes belong to somebody, so the host has none.
Id customer(db::Tx& tx, const Session& session, Operation operation) {
  const auto actor = authorize(tx, session, operation);
  if (actor.user_id == 0) throw Error(Code::unauthenticated, "only an account has wishlists");
  return actor.user_id;
}

Wishlist must_find(db::Tx& tx, Id customer_id, Id id) {
  auto list = store::by_id(tx, customer_id, id);
  if (!list) throw Error(Code::not_found, "there is no such wishlist");
  return *list;
}

void check_name_free(db::Tx& tx, Id customer_id, std::string_view folded, Id except) {
  const auto taken = store::by_name(tx, customer_id, folded);
  if (taken && *taken != except) {
    throw Error(Code::already_exists, "name: there is a wishlist of that name",
                {{"name", "taken", "there is a wishlist of that name", {}}});
  }
}

Wishlist make_list(db::Tx& tx, Id customer_id, std::string_view name, bool is_default) {
  if (store::count(tx, customer_id) >= store::max_lists) {
    throw Error(Code::limit_reached, "a customer has at most 50 wishlists");
  }
  Wishlist list{tx.next_id(), std::string{name}, is_default, false, 0, tx.now()};
  store::add(tx, customer_id, list, core::fold(name));
  return list;
}

// The list that is meant when none is named: the default one, which a list of its name becomes.
Id default_list(db::Tx& tx, Id customer_id) {
  if (const auto id = store::default_list(tx, customer_id)) return *id;
  if (const auto id = store::by_name(tx, customer_id, core::fold(k_default_name))) return *id;
  return make_list(tx, customer_id, k_default_name, true).id;
}

/// Whether customers may see a product, on sale or not any more.
bool on_view(const catalog::ProductFacts& facts) {
  return facts.status != ProductStatus::draft && !facts.withheld;
}

catalog::ProductFacts product_on_view(db::Tx& tx, Id product_id) {
  auto facts = catalog::product_facts(tx, product_id);
  if (!facts || !on_view(*facts)) {
    throw Error(Code::not_found, "there is no such product",
                {{"product_id", "unknown", "there is no such product", {}}});
  }
  return *facts;
}

WishlistItem shown(db::Tx& tx, const store::ItemRow& row) {
  WishlistItem out;
  out.wishlist_id = row.wishlist_id;
  out.product_id = row.product_id;
  out.price_added = {row.price_added_minor, tx.env().currency};
  out.price = {0, tx.env().currency};
  out.note = row.note;
  out.notify_price_drop = row.notify_price_drop;
  out.notify_back_in_stock = row.notify_back_in_stock;
  out.added_at = row.added_at;
  const auto facts = catalog::product_facts(tx, row.product_id);
  if (!facts || !on_view(*facts)) return out;
  out.slug = facts->slug;
  out.title = facts->title;
  out.price = facts->price;
  out.on_sale = facts->for_sale();
  if (row.variant_id != 0) {
    out.variant_id = row.variant_id;
    if (const auto variant = catalog::sale_item(tx, row.variant_id)) out.price = variant->price;
    out.in_stock = inventory::can_sell(tx, row.variant_id);
  } else {
    out.in_stock = facts->in_stock;
  }
  return out;
}

Page<WishlistItem> page_of(db::Tx& tx, Id wishlist_id, Id before, const PageQuery& page) {
  Page<WishlistItem> out;
  const auto rows = store::items(tx, wishlist_id, before, page.limit + 1);
  for (const auto& row : rows) {
    if (std::ssize(out.items) == page.limit) {
      out.next_cursor = core::CursorWriter{k_items_tag}.add(rows[out.items.size() - 1].id).take();
      break;
    }
    out.items.push_back(shown(tx, row));
  }
  if (page.with_total) out.total = store::item_count(tx, wishlist_id);
  return out;
}

void check_page(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
}

}  // namespace

Wishlist Wishlists::create(const Session& session, const std::string& name) {
  core::Fields fields;
  const auto trimmed = fields.text("name", name, {.min = 1, .max = 100, .name = true});
  return db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_create);
    auto problems = fields;
    problems.throw_if_any();
    check_name_free(tx, owner, core::fold(trimmed), 0);
    return make_list(tx, owner, trimmed, store::count(tx, owner) == 0);
  });
}

Wishlist Wishlists::rename(const Session& session, Id wishlist_id, const std::string& name) {
  core::Fields fields;
  const auto trimmed = fields.text("name", name, {.min = 1, .max = 100, .name = true});
  return db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_rename);
    auto problems = fields;
    problems.throw_if_any();
    must_find(tx, owner, wishlist_id);
    check_name_free(tx, owner, core::fold(trimmed), wishlist_id);
    store::rename(tx, owner, wishlist_id, trimmed, core::fold(trimmed));
    return must_find(tx, owner, wishlist_id);
  });
}

void Wishlists::remove(const Session& session, Id wishlist_id) {
  db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_remove);
    must_find(tx, owner, wishlist_id);
    store::remove(tx, owner, wishlist_id);
  });
}

std::vector<Wishlist> Wishlists::lists(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    return store::of_customer(tx, customer(tx, session, Operation::wishlist_lists));
  });
}

WishlistItem Wishlists::add(const Session& session, const WishInput& input) {
  core::Fields fields;
  const auto note = fields.text("note", input.note, {.max = 500, .multiline = true});
  return db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_add);
    auto problems = fields;
    const auto facts = product_on_view(tx, input.product_id);
    auto price = facts.price;
    if (input.variant_id) {
      const auto variant = catalog::sale_item(tx, *input.variant_id);
      problems.check(variant && variant->product_id == facts.id, "variant_id", "unknown",
                     "is no variant of that product");
      if (variant) price = variant->price;
    }
    problems.throw_if_any();
    const Id list =
        input.wishlist_id ? must_find(tx, owner, *input.wishlist_id).id : default_list(tx, owner);
    if (!store::item(tx, list, facts.id) && store::item_count(tx, list) >= store::max_items) {
      throw Error(Code::limit_reached, "a wishlist has at most 1,000 products");
    }
    store::put_item(
        tx, {list, facts.id, tx.next_id(), owner, input.variant_id.value_or(0), price.minor,
             price.minor, note, input.notify_price_drop, input.notify_back_in_stock, tx.now()});
    return shown(tx, *store::item(tx, list, facts.id));
  });
}

void Wishlists::take_off(const Session& session, Id wishlist_id, Id product_id) {
  db_->write([&](db::Tx& tx) {
    wishlist::take_off(tx, customer(tx, session, Operation::wishlist_take_off), wishlist_id,
                       product_id);
  });
}

void Wishlists::move(const Session& session, Id wishlist_id, Id product_id, Id to_wishlist_id) {
  db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_move);
    must_find(tx, owner, wishlist_id);
    must_find(tx, owner, to_wishlist_id);
    auto row = store::item(tx, wishlist_id, product_id);
    if (!row) throw Error(Code::not_found, "that product is not on that wishlist");
    if (wishlist_id == to_wishlist_id) return;
    if (!store::item(tx, to_wishlist_id, product_id)) {
      if (store::item_count(tx, to_wishlist_id) >= store::max_items) {
        throw Error(Code::limit_reached, "a wishlist has at most 1,000 products");
      }
      row->wishlist_id = to_wishlist_id;
      store::put_item(tx, *row);
    }
    store::remove_item(tx, owner, wishlist_id, product_id);
  });
}

Page<WishlistItem> Wishlists::items(const Session& session, Id wishlist_id, const PageQuery& page) {
  check_page(page);
  Id before = max_magnitude;
  if (!page.cursor.empty()) before = core::CursorReader{page.cursor, k_items_tag}.integer();
  return db_->read([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_items);
    must_find(tx, owner, wishlist_id);
    return page_of(tx, wishlist_id, before, page);
  });
}

std::string Wishlists::share(const Session& session, Id wishlist_id) {
  return db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_share);
    must_find(tx, owner, wishlist_id);
    const auto token = wishlist::new_share_token(*tx.env().random);
    store::set_share(tx, owner, wishlist_id, wishlist::share_hash(token));
    return token;
  });
}

void Wishlists::unshare(const Session& session, Id wishlist_id) {
  db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_unshare);
    must_find(tx, owner, wishlist_id);
    store::set_share(tx, owner, wishlist_id, std::nullopt);
  });
}

SharedWishlist Wishlists::shared(const Session& session, const std::string& token) {
  const auto hash = wishlist::share_hash(token);
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::wishlist_shared);
    const auto list = store::by_share(tx, hash);
    if (!list) throw Error(Code::not_found, "there is no such wishlist");
    SharedWishlist out{list->name, {}};
    for (const auto& row : store::items(tx, list->id, max_magnitude, store::max_items)) {
      auto item = shown(tx, row);
      if (!item.on_sale) continue;
      item.note.clear();
      out.items.push_back(std::move(item));
    }
    return out;
  });
}

std::int64_t Wishlists::wished(const Session& session, Id product_id) {
  return db_->peek([&](db::Tx& tx) {
    authorize(tx, session, Operation::wishlist_wished);
    return store::wished(tx, product_id);
  });
}

Page<WishedProduct> Wishlists::most_wished(const Session& session, const PageQuery& page) {
  check_page(page);
  WishedProduct after{max_magnitude, max_magnitude};
  if (!page.cursor.empty()) {
    core::CursorReader reader{page.cursor, k_most_tag};
    after.customers = reader.integer();
    after.product_id = reader.integer();
  }
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::wishlist_most_wished);
    Page<WishedProduct> out;
    out.items = store::most_wished(tx, after, page.limit + 1);
    if (std::ssize(out.items) > page.limit) {
      out.items.pop_back();
      const auto& last = out.items.back();
      out.next_cursor =
          core::CursorWriter{k_most_tag}.add(last.customers).add(last.product_id).take();
    }
    if (page.with_total) out.total = store::wished_products(tx);
    return out;
  });
}

StockWait Wishlists::wait_for(const Session& session, Id variant_id) {
  return db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_wait_for);
    const auto variant = catalog::sale_item(tx, variant_id);
    if (!variant || !variant->for_sale()) {
      throw Error(Code::not_found, "there is no such variant");
    }
    if (inventory::can_sell(tx, variant_id)) {
      throw Error(Code::conflict, "it is in stock: nobody needs to wait");
    }
    store::add_wait(tx, owner, variant_id);
    for (const auto& wait : store::waits(tx, owner)) {
      if (wait.variant_id == variant_id) return wait;
    }
    throw Error(Code::internal, "the wait is gone");
  });
}

void Wishlists::stop_waiting(const Session& session, Id variant_id) {
  db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::wishlist_stop_waiting);
    if (!store::remove_wait(tx, owner, variant_id)) {
      throw Error(Code::not_found, "nobody waits for that here");
    }
  });
}

std::vector<StockWait> Wishlists::waiting(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    return store::waits(tx, customer(tx, session, Operation::wishlist_waiting));
  });
}

}  // namespace shop
