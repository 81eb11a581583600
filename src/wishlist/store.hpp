#pragma once

#include "db/tx.hpp"
#include "shop/wishlist.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::wishlist::store {

inline constexpr std::int64_t max_lists = 50;
inline constexpr std::int64_t max_items = 1'000;

/// A row of wishlist_item.
struct ItemRow {
  Id wishlist_id = 0;
  Id product_id = 0;
  Id id = 0;
  Id customer_id = 0;
  Id variant_id = 0;  ///< 0: any
  std::int64_t price_added_minor = 0;
  std::int64_t price_seen_minor = 0;
  std::string note;
  bool notify_price_drop = true;
  bool notify_back_in_stock = true;
  Timestamp added_at = 0;
};

void add(db::Tx& tx, Id customer_id, const Wishlist& wishlist, std::string_view name_folded);
void rename(db::Tx& tx, Id customer_id, Id id, std::string_view name, std::string_view name_folded);
void remove(db::Tx& tx, Id customer_id, Id id);
std::vector<Wishlist> of_customer(db::Tx& tx, Id customer_id);
std::optional<Wishlist> by_id(db::Tx& tx, Id customer_id, Id id);
std::optional<Id> by_name(db::Tx& tx, Id customer_id, std::string_view name_folded);
std::optional<Id> default_list(db::Tx& tx, Id customer_id);
std::int64_t count(db::Tx& tx, Id customer_id);
void set_share(db::Tx& tx, Id customer_id, Id id, const std::optional<std::string>& hash);
struct Shared {
  Id id = 0;
  std::string name;
};
std::optional<Shared> by_share(db::Tx& tx, std::string_view hash);

/// Adds or changes an item, and counts the customer's wish if it is the first for the product.
void put_item(db::Tx& tx, const ItemRow& row);
std::optional<ItemRow> item(db::Tx& tx, Id wishlist_id, Id product_id);
bool remove_item(db::Tx& tx, Id customer_id, Id wishlist_id, Id product_id);
/// Newest first, those with an id below `before`.
std::vector<ItemRow> items(db::Tx& tx, Id wishlist_id, Id before, std::int64_t limit);
std::int64_t item_count(db::Tx& tx, Id wishlist_id);

std::int64_t wished(db::Tx& tx, Id product_id);
std::vector<WishedProduct> most_wished(db::Tx& tx, const WishedProduct& after, std::int64_t limit);
std::int64_t wished_products(db::Tx& tx);

void add_wait(db::Tx& tx, Id customer_id, Id variant_id);
bool remove_wait(db::Tx& tx, Id customer_id, Id variant_id);
std::vector<StockWait> waits(db::Tx& tx, Id customer_id);

}  // namespace shop::wishlist::store
