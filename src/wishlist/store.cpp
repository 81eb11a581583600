#include "wishlist/store.hpp"

#include "shop/error.hpp"
#include "wishlist/wishlist.hpp"
#include "wishlist/wishlist_sql.hpp"

#include <unordered_set>

#include <fmt/format.h>

namespace shop::wishlist {
namespace store {
namespace {

Wishlist list_row(const db::Query& query) {
  return {query.integer(0),  query.text(1),    query.boolean(2),
          !query.is_null(3), query.integer(5), query.integer(4)};
}

ItemRow item_row(const db::Query& query) {
  return {query.integer(0), query.integer(1), query.integer(2), query.integer(3),
          query.integer(4), query.integer(5), query.integer(6), query.text(7),
          query.boolean(8), query.boolean(9), query.integer(10)};
}

bool wishes_for(db::Tx& tx, Id customer_id, Id product_id) {
  return tx.integer(sql::k_has_other, product_id, customer_id).has_value();
}

// After a wish of the customer's was removed: was it the last one for the product?
void count_removed(db::Tx& tx, Id customer_id, Id product_id) {
  if (wishes_for(tx, customer_id, product_id)) return;
  if (tx.exec(sql::k_wished_gone, product_id) == 0) tx.exec(sql::k_wished_down, product_id);
}

}  // namespace

void add(db::Tx& tx, Id customer_id, const Wishlist& wishlist, std::string_view name_folded) {
  tx.exec(sql::k_add, wishlist.id, customer_id, wishlist.name, name_folded, wishlist.is_default,
          wishlist.created_at);
}

void rename(db::Tx& tx, Id customer_id, Id id, std::string_view name,
            std::string_view name_folded) {
  tx.exec(sql::k_rename, id, customer_id, name, name_folded);
}

void remove(db::Tx& tx, Id customer_id, Id id) {
  std::vector<Id> products;
  {
    auto query = tx.query(sql::k_products_of_list, id);
    while (query.next()) products.push_back(query.integer(0));
  }
  for (const Id product : products) remove_item(tx, customer_id, id, product);
  tx.exec(sql::k_remove, id, customer_id);
}

std::vector<Wishlist> of_customer(db::Tx& tx, Id customer_id) {
  std::vector<Wishlist> out;
  auto query = tx.query(sql::k_of_customer, customer_id);
  while (query.next()) out.push_back(list_row(query));
  return out;
}

std::optional<Wishlist> by_id(db::Tx& tx, Id customer_id, Id id) {
  auto query = tx.query(sql::k_by_id, id, customer_id);
  return query.next() ? std::optional{list_row(query)} : std::nullopt;
}

std::optional<Id> by_name(db::Tx& tx, Id customer_id, std::string_view name_folded) {
  return tx.integer(sql::k_by_name, customer_id, name_folded);
}

std::optional<Id> default_list(db::Tx& tx, Id customer_id) {
  return tx.integer(sql::k_default, customer_id);
}

std::int64_t count(db::Tx& tx, Id customer_id) {
  return tx.integer(sql::k_count, customer_id).value_or(0);
}

void set_share(db::Tx& tx, Id customer_id, Id id, const std::optional<std::string>& hash) {
  tx.exec(sql::k_share, id, customer_id, hash);
}

std::optional<Shared> by_share(db::Tx& tx, std::string_view hash) {
  auto query = tx.query(sql::k_by_share, hash);
  return query.next() ? std::optional{Shared{query.integer(0), query.text(1)}} : std::nullopt;
}

void put_item(db::Tx& tx, const ItemRow& row) {
  if (!wishes_for(tx, row.customer_id, row.product_id)) tx.exec(sql::k_wished_up, row.product_id);
  tx.exec(sql::k_item_put, row.wishlist_id, row.product_id, row.id, row.customer_id, row.variant_id,
          row.price_added_minor, row.price_seen_minor, row.note, row.notify_price_drop,
          row.notify_back_in_stock, row.added_at);
}

std::optional<ItemRow> item(db::Tx& tx, Id wishlist_id, Id product_id) {
  auto query = tx.query(sql::k_item, wishlist_id, product_id);
  return query.next() ? std::optional{item_row(query)} : std::nullopt;
}

bool remove_item(db::Tx& tx, Id customer_id, Id wishlist_id, Id product_id) {
  if (tx.exec(sql::k_item_remove, wishlist_id, product_id) == 0) return false;
  count_removed(tx, customer_id, product_id);
  return true;
}

std::vector<ItemRow> items(db::Tx& tx, Id wishlist_id, Id before, std::int64_t limit) {
  std::vector<ItemRow> out;
  auto query = tx.query(sql::k_items, wishlist_id, before, limit);
  while (query.next()) out.push_back(item_row(query));
  return out;
}

std::int64_t item_count(db::Tx& tx, Id wishlist_id) {
  return tx.integer(sql::k_item_count, wishlist_id).value_or(0);
}

std::int64_t wished(db::Tx& tx, Id product_id) {
  return tx.integer(sql::k_wished, product_id).value_or(0);
}

std::vector<WishedProduct> most_wished(db::Tx& tx, const WishedProduct& after, std::int64_t limit) {
  std::vector<WishedProduct> out;
  auto query = tx.query(sql::k_most_wished, after.customers, after.product_id, limit);
  while (query.next()) out.push_back({query.integer(1), query.integer(0)});
  return out;
}

std::int64_t wished_products(db::Tx& tx) {
  return tx.integer(sql::k_wished_products).value_or(0);
}

void add_wait(db::Tx& tx, Id customer_id, Id variant_id) {
  tx.exec(sql::k_wait_add, variant_id, tx.next_id(), customer_id, tx.now());
}

bool remove_wait(db::Tx& tx, Id customer_id, Id variant_id) {
  return tx.exec(sql::k_wait_remove, customer_id, variant_id) > 0;
}

std::vector<StockWait> waits(db::Tx& tx, Id customer_id) {
  std::vector<StockWait> out;
  auto query = tx.query(sql::k_wait_of_customer, customer_id);
  while (query.next()) out.push_back({query.integer(0), query.integer(1), query.integer(2)});
  return out;
}

}  // namespace store

std::vector<PriceWatcher> take_price_watchers(db::Tx& tx, Id product_id, std::int64_t price_minor) {
  std::vector<PriceWatcher> out;
  {
    auto query = tx.query(sql::k_price_watchers, product_id, price_minor);
    while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  }
  if (!out.empty()) tx.exec(sql::k_price_seen, product_id, price_minor);
  return out;
}

std::vector<Id> take_stock_watchers(db::Tx& tx, Id variant_id, Id product_id) {
  std::vector<Id> out;
  std::unordered_set<Id> told;
  const auto add = [&](Id customer_id) {
    if (told.insert(customer_id).second) out.push_back(customer_id);
  };
  {
    auto waiting = tx.query(sql::k_wait_of_variant, variant_id);
    while (waiting.next()) add(waiting.integer(0));
  }
  if (!out.empty()) tx.exec(sql::k_wait_clear, variant_id);
  auto wishing = tx.query(sql::k_stock_watchers, product_id, variant_id);
  while (wishing.next()) add(wishing.integer(0));
  return out;
}

bool anybody_waits(db::Tx& tx, Id variant_id) {
  return tx.query(sql::k_wait_of_variant, variant_id).next();
}

std::vector<Wish> wishes(db::Tx& tx, Id customer_id, std::int64_t most) {
  std::vector<Wish> out;
  auto query = tx.query(sql::k_wishes_of_customer, customer_id, most);
  while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  return out;
}

std::optional<Id> take_off(db::Tx& tx, Id customer_id, Id wishlist_id, Id product_id) {
  const auto list = store::by_id(tx, customer_id, wishlist_id);
  const auto item = list ? store::item(tx, wishlist_id, product_id) : std::nullopt;
  if (!item) throw Error(Code::not_found, "that product is not on that wishlist");
  store::remove_item(tx, customer_id, wishlist_id, product_id);
  return item->variant_id == 0 ? std::nullopt : std::optional{item->variant_id};
}

void erase_customer(db::Tx& tx, Id customer_id) {
  for (const auto& list : store::of_customer(tx, customer_id)) {
    store::remove(tx, customer_id, list.id);
  }
  tx.exec(sql::k_wait_erase, customer_id);
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto counts = tx.query(sql::k_verify_counts);
  while (counts.next()) {
    findings.add("wishlist.count", fmt::format("product {}", counts.integer(0)),
                 fmt::format("wished for by {}, counted {}", counts.integer(1), counts.integer(2)));
  }
  auto missing = tx.query(sql::k_verify_missing);
  while (missing.next()) {
    findings.add("wishlist.count", fmt::format("product {}", missing.integer(0)),
                 "is wished for but not counted");
  }
  findings.checked();
  auto owners = tx.query(sql::k_verify_owner);
  while (owners.next()) {
    findings.add("wishlist.owner", fmt::format("wishlist {}", owners.integer(0)),
                 fmt::format("product {} belongs to another customer", owners.integer(1)));
  }
}

}  // namespace shop::wishlist
