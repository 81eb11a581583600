#include "recommend/store.hpp"

#include "core/encoding.hpp"
#include "db/settings.hpp"
#include "orders/facts.hpp"
#include "recommend/recommend_sql.hpp"
#include "recommend/rules.hpp"

#include <algorithm>

namespace shop::recommend::store {
namespace {

constexpr std::string_view k_views_setting = "recommend_views";
constexpr std::string_view k_profiling_setting = "recommend_profiling";
constexpr std::int64_t k_kept_views = 50;
constexpr std::int64_t k_ranked = 400;
constexpr std::int64_t k_ranked_most = 500;

std::vector<Id> ids_of(const db::Query& query, int column) {
  return unpack_ids(core::as_text(query.blob(column)));
}

std::span<const std::byte> blob(const std::string& bytes) {
  return core::as_bytes(bytes);
}

}  // namespace

void add_basket(db::Tx& tx, const Basket& basket, std::int64_t cost) {
  const auto cum = tx.integer(sql::k_basket_last).value_or(0) + cost;
  const auto products = pack_ids(basket.products);
  tx.exec(sql::k_basket_add, tx.next_id(), basket.sign, basket.at, basket.customer_id,
          blob(products), cost, cum);
}

std::int64_t waiting_cost(db::Tx& tx) {
  return tx.integer(sql::k_basket_last).value_or(0) - tx.integer(sql::k_basket_first).value_or(0);
}

Id counted(db::Tx& tx) {
  return tx.integer(sql::k_counted).value_or(0);
}

void set_counted(db::Tx& tx, Id order_id) {
  tx.exec(sql::k_counted_put, order_id);
}

std::vector<Basket> baskets(db::Tx& tx, std::int64_t limit) {
  std::vector<Basket> out;
  auto query = tx.query(sql::k_baskets, limit);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.integer(2), query.integer(3),
                   ids_of(query, 4), query.integer(5)});
  }
  return out;
}

void note_progress(db::Tx& tx, Id basket_id, std::int64_t row_done) {
  tx.exec(sql::k_basket_progress, basket_id, row_done);
}

void remove_baskets(db::Tx& tx, Id up_to) {
  tx.exec(sql::k_baskets_done, up_to);
}

std::int64_t basket_count(db::Tx& tx) {
  return tx.integer(sql::k_basket_count).value_or(0);
}

std::optional<Timestamp> waiting_since(db::Tx& tx) {
  auto query = tx.query(sql::k_basket_first);
  if (query.next()) return query.integer(1);
  return orders::first_placed_after(tx, counted(tx));
}

Taste taste(db::Tx& tx, Id product_id) {
  auto query = tx.query(sql::k_taste, product_id);
  if (!query.next()) return {};
  return {query.integer(0), query.real(1)};
}

std::int64_t orders_of(db::Tx& tx, Id product_id) {
  return tx.integer(sql::k_taste_orders, product_id).value_or(0);
}

void put_taste(db::Tx& tx, Id product_id, const Taste& taste) {
  tx.exec(sql::k_taste_put, product_id, taste.orders, taste.heat);
}

std::vector<Id> buyers(db::Tx& tx, Id product_id) {
  auto query = tx.query(sql::k_buyers, product_id);
  return query.next() ? ids_of(query, 0) : std::vector<Id>{};
}

void put_buyers(db::Tx& tx, Id product_id, const std::vector<Id>& buyers) {
  if (buyers.empty()) {
    tx.exec(sql::k_buyers_remove, product_id);
    return;
  }
  const auto bytes = pack_ids(buyers);
  tx.exec(sql::k_buyers_put, product_id, blob(bytes));
}

std::int64_t all_orders(db::Tx& tx) {
  return tx.integer(sql::k_total).value_or(0);
}

void add_orders(db::Tx& tx, std::int64_t change) {
  tx.exec(sql::k_total_add, change);
}

void change_pair(db::Tx& tx, Id a, Id b, std::int64_t change) {
  if (change > 0) {
    tx.exec(sql::k_pair_add, a, b, change);
  } else if (change < 0 && tx.exec(sql::k_pair_remove, a, b, -change) == 0) {
    tx.exec(sql::k_pair_take, a, b, -change);
  }
}

std::vector<Partner> partners(db::Tx& tx, Id product_id, std::int64_t min_support,
                              std::int64_t most) {
  std::vector<Partner> out;
  for (const auto* sql : {&sql::k_partners_after, &sql::k_partners_before}) {
    auto query = tx.query(*sql, product_id, min_support, most);
    while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  }
  return out;
}

std::vector<Hot> trending(db::Tx& tx, std::int64_t limit) {
  std::vector<Hot> out;
  auto query = tx.query(sql::k_trending, limit);
  while (query.next()) out.push_back({query.integer(0), query.real(1)});
  return out;
}

void rank(db::Tx& tx, const std::vector<Hot>& changed) {
  double least = 0;
  std::int64_t count = 0;
  {
    auto query = tx.query(sql::k_trending_least);
    if (query.next() && !query.is_null(0)) least = query.real(0);
    count = query.integer(1);
  }
  for (const auto& hot : changed) {
    if (hot.heat > 0 && (hot.heat > least || count < k_ranked)) {
      tx.exec(sql::k_trending_put, hot.product_id, hot.heat);
    } else {
      tx.exec(sql::k_trending_remove, hot.product_id);
    }
  }
  if (count + std::ssize(changed) > k_ranked_most) tx.exec(sql::k_trending_surplus, k_ranked);
}

void add_view(db::Tx& tx, Id viewer_id, Id product_id) {
  tx.exec(sql::k_view_put, viewer_id, product_id, tx.next_id(), tx.now());
  tx.exec(sql::k_view_surplus, viewer_id, k_kept_views);
}

std::vector<Id> views(db::Tx& tx, Id viewer_id, std::int64_t limit) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_views, viewer_id, limit);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

std::int64_t erase_views(db::Tx& tx, Id viewer_id) {
  return tx.exec(sql::k_views_erase, viewer_id);
}

RecommendPrivacy privacy(db::Tx& tx, Id customer_id) {
  auto query = tx.query(sql::k_privacy, customer_id);
  if (!query.next()) return {};
  return {query.boolean(0), query.boolean(1)};
}

void put_privacy(db::Tx& tx, Id customer_id, const RecommendPrivacy& privacy) {
  tx.exec(sql::k_privacy_put, customer_id, privacy.views, privacy.profiling);
}

RecommendPrivacy settings(db::Tx& tx) {
  return {db::number_setting(tx, k_views_setting, 1) != 0,
          db::number_setting(tx, k_profiling_setting, 1) != 0};
}

void put_settings(db::Tx& tx, const RecommendPrivacy& settings) {
  db::put_number_setting(tx, k_views_setting, settings.views ? 1 : 0);
  db::put_number_setting(tx, k_profiling_setting, settings.profiling ? 1 : 0);
  if (!settings.views) tx.exec(sql::k_views_clear);
  if (settings.profiling) return;
  tx.exec(sql::k_baskets_anonymous);
  tx.exec(sql::k_buyers_clear);
}

void forget_buyers(db::Tx& tx, Id customer_id, const std::vector<Id>& products) {
  tx.exec(sql::k_basket_anonymous, customer_id);
  for (const Id product_id : products) {
    auto known = buyers(tx, product_id);
    if (std::erase(known, customer_id) > 0) put_buyers(tx, product_id, known);
  }
}

}  // namespace shop::recommend::store
