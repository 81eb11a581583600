#include "catalog/catalog.hpp"
#include "catalog/hooks.hpp"
#include "catalog/listing_store.hpp"
#include "catalog/product_sql.hpp"
#include "catalog/product_store.hpp"
#include "catalog/store.hpp"

#include <algorithm>
#include <iterator>
#include <map>

// What other modules know of a product and its lists are ordered by.
namespace shop::catalog {
namespace {

// A part of a fold: so many products, or such a share of what is left when that is more.
constexpr std::ptrdiff_t k_products_at_once = 1'024;
constexpr std::ptrdiff_t k_parts = 8;
constexpr std::int64_t k_deltas_most = 512;
constexpr Id k_ids_apart = 1024;
constexpr Id k_look_every = 32;

std::vector<Id> scopes(db::Tx& tx, const store::ProductRow& row) {
  const auto& card = row.card;
  std::vector<Id> out;
  if (row.listed()) {
    out = categories_of(tx, card.id);
    out.push_back(store::scope_all);
    if (card.seller_id != 0) out.push_back(card.seller_id);
  } else {
    if (card.status != ProductStatus::active) {
      const bool draft = card.status == ProductStatus::draft;
      out.push_back(draft ? store::scope_drafts : store::scope_archived);
    }
    if (card.seller_id != 0) out.push_back(-card.seller_id);
  }
  return out;
}

struct SoldCounted {
  Id order_id = 0;
  Id until_id = 0;
  Id product_id = 0;
};

SoldCounted sold_counted(db::Tx& tx) {
  auto query = tx.query(sql::k_sold_counted);
  if (!query.next()) return {};
  return {query.integer(0), query.integer(1), query.integer(2)};
}

/// Adds what the orders up to one sold and is not counted.
void add_uncounted(db::Tx& tx, const SoldCounted& counted, Id last,
                   std::map<Id, std::int64_t>& units) {
  each_sold(tx, counted.order_id, last, [&](const Sold& sold) {
    const bool is_counted =
        sold.order_id <= counted.until_id && sold.product_id <= counted.product_id;
    if (!is_counted) units[sold.product_id] += sold.units;
  });
}

void count_sold(db::Tx& tx, Id product_id, std::int64_t units) {
  if (tx.exec(sql::k_product_sold, product_id, units) == 0) return;  // removed since
  const auto row = store::product_by_id(tx, product_id);
  if (!row) return;
  for (const auto scope : scopes(tx, *row)) {
    store::save_listing_sold(tx, scope, product_id, row->card.sold);
  }
}

}  // namespace

void set_rating(db::Tx& tx, Id product_id, std::int64_t rating_milli, std::int64_t count) {
  const auto row = store::product_by_id(tx, product_id);
  if (!row) return;
  tx.exec(sql::k_product_rating, product_id, rating_milli, count);
  if (row->card.rating_milli == rating_milli) return;
  for (const auto scope : scopes(tx, *row)) {
    store::save_listing_rating(tx, scope, product_id, rating_milli);
  }
}

void add_sold(db::Tx& tx, Id product_id, std::int64_t units) {
  const auto id = tx.next_id();
  tx.exec(sql::k_sold_delta_add, id, product_id, units);
  // Counting the rows at each sale would cost more than the sale: look now and then.
  const bool look = id / k_ids_apart % k_look_every == 0;
  if (look && tx.integer(sql::k_sold_delta_count).value_or(0) >= k_deltas_most) fold_sold(tx);
}

bool has_unfolded(db::Tx& tx) {
  // One statement: each list by sales asks.
  const auto until = tx.integer(sql::k_sold_unfolded);
  return !until || last_sale(tx) > *until;
}

void fold_sold(db::Tx& tx) {
  std::map<Id, std::int64_t> units;
  {
    auto query = tx.query(sql::k_sold_deltas);
    while (query.next()) units.emplace(query.integer(0), query.integer(1));
  }
  const auto last = last_sale(tx);
  add_uncounted(tx, sold_counted(tx), last, units);
  for (const auto& [product_id, more] : units) count_sold(tx, product_id, more);
  tx.exec(sql::k_sold_deltas_remove);
  tx.exec(sql::k_sold_counted_put, last, last, 0);
}

void fold_some_sold(db::Tx& tx, bool begin) {
  auto counted = sold_counted(tx);
  if (counted.until_id == counted.order_id) {
    if (begin) counted.until_id = last_sale(tx);
    if (counted.until_id <= counted.order_id) return;
  }
  std::map<Id, std::int64_t> units;
  add_uncounted(tx, counted, counted.until_id, units);
  auto left = std::max(k_products_at_once, std::ssize(units) / k_parts);
  for (const auto& [product_id, more] : units) {
    if (left == 0) {
      tx.exec(sql::k_sold_counted_put, counted.order_id, counted.until_id, counted.product_id);
      return;
    }
    count_sold(tx, product_id, more);
    counted.product_id = product_id;
    --left;
  }
  tx.exec(sql::k_sold_counted_put, counted.until_id, counted.until_id, 0);
}

}  // namespace shop::catalog
