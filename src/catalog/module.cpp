#include "catalog/catalog.hpp"
#include "catalog/hooks.hpp"
#include "catalog/listing_sql.hpp"
#include "catalog/listing_store.hpp"
#include "catalog/product_sql.hpp"
#include "catalog/product_store.hpp"
#include "catalog/store.hpp"
#include "catalog/writer.hpp"
#include "db/portions.hpp"

#include <algorithm>
#include <map>

namespace shop::catalog {
namespace {

// Behind every text that begins in the same way: the last code point.
constexpr const char* behind_all = "\xF4\x8F\xBF\xBF";

}  // namespace

std::optional<Category> find_category(db::Tx& tx, std::string_view slug) {
  return store::category_by_slug(tx, slug);
}

namespace {

SaleItem read_sale_item(db::Tx& tx, const db::Query& query) {
  const auto& currency = tx.env().currency;
  SaleItem item;
  item.variant_id = query.integer(0);
  item.product_id = query.integer(1);
  item.seller_id = query.integer(2);
  item.category_id = query.integer(3);
  item.sku = query.text(4);
  item.title = query.text(5);
  item.variant_title = variant_title(query.view(6));
  item.price = {query.integer(7), currency};
  if (!query.is_null(8)) item.compare_at = Money{query.integer(8), currency};
  item.tax_class_id = query.integer(9);
  item.weight_grams = query.integer(10);
  item.minimum_age = query.integer(11);
  item.status = query.as<ProductStatus>(12);
  item.policy = query.as<StockPolicy>(13);
  item.by_measure = query.as<SoldBy>(14) != SoldBy::piece;
  item.is_bundle = (query.integer(15) & part_bundle) != 0;
  item.withheld = (query.integer(15) & part_withheld) != 0;
  return item;
}

}  // namespace

std::optional<SaleItem> sale_item(db::Tx& tx, Id variant_id) {
  auto query = tx.query(sql::k_sale_item, variant_id);
  if (!query.next()) return std::nullopt;
  return read_sale_item(tx, query);
}

std::vector<std::optional<SaleItem>> sale_items(db::Tx& tx, std::span<const Id> variant_ids) {
  std::vector<std::optional<SaleItem>> out(variant_ids.size());
  db::in_portions(
      tx, variant_ids, sql::k_sale_items_4, sql::k_sale_items_8,
      [&](const db::Query& query, std::size_t i) { out[i] = read_sale_item(tx, query); });
  return out;
}

std::optional<Id> variant_by_sku(db::Tx& tx, std::string_view sku) {
  const auto key = store::variant_by_sku(tx, sku);
  return key ? std::optional{key->variant_id} : std::nullopt;
}

std::optional<Id> variant_by_barcode(db::Tx& tx, std::string_view barcode) {
  const auto key = store::variant_by_barcode(tx, barcode);
  return key ? std::optional{key->variant_id} : std::nullopt;
}

std::vector<BundlePart> bundle_parts(db::Tx& tx, Id product_id) {
  return store::bundle(tx, product_id);
}

std::vector<Id> categories_of(db::Tx& tx, Id product_id) {
  std::vector<Id> out;
  for (const auto category : store::product_categories(tx, product_id)) {
    for (const auto ancestor : store::ancestors(tx, category)) out.push_back(ancestor);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::optional<Id> product_by_code(db::Tx& tx, std::string_view code) {
  std::string capitals{code};
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  for (const std::string_view wanted : {code, std::string_view{capitals}}) {
    if (const auto key = store::variant_by_sku(tx, wanted)) return key->product_id;
    if (const auto key = store::variant_by_barcode(tx, wanted)) return key->product_id;
  }
  return std::nullopt;
}

std::vector<TitleMatch> titles_from(db::Tx& tx, std::string_view folded, std::int64_t limit) {
  std::vector<TitleMatch> out;
  auto query = tx.query(sql::k_listed_titles, folded, std::string{folded} + behind_all, limit);
  while (query.next()) out.push_back({query.integer(0), query.text(1), query.text(2)});
  return out;
}

std::vector<Category> categories_from(db::Tx& tx, std::string_view folded, std::int64_t limit) {
  return store::categories_from(tx, folded, std::string{folded} + behind_all, limit);
}

std::vector<Id> products_after(db::Tx& tx, Id after, std::int64_t limit) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_products_after, after, limit);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

std::int64_t listed_count(db::Tx& tx) {
  return store::scope_count(tx, store::scope_all);
}

std::vector<Id> listed_products(db::Tx& tx, Id after, std::int64_t limit) {
  return store::listed(tx, after, limit);
}

ProductText text_of_product(db::Tx& tx, Id product_id) {
  auto row = store::product_by_id(tx, product_id);
  return row ? load_whole(tx, std::move(*row)).text : ProductText{};
}

namespace {

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

}  // namespace

void withhold_seller(db::Tx& tx, Id seller_id, bool withhold) {
  std::vector<Id> ids;
  for (const auto scope : {seller_id, -seller_id}) {
    const auto some = store::scope_ids(tx, scope);
    ids.insert(ids.end(), some.begin(), some.end());
  }
  std::sort(ids.begin(), ids.end());
  Writer writer{tx};
  for (const auto id : ids) {
    auto row = store::product_by_id(tx, id);
    if (!row || row->withheld() == withhold) continue;
    const auto before = load_whole(tx, std::move(*row));
    auto after = before;
    after.row.parts ^= part_withheld;
    store::save_product(tx, after.row);
    writer.relist(before, after);
  }
  writer.finish();
}

void set_in_stock(db::Tx& tx, Id variant_id, bool in_stock) {
  if (tx.exec(sql::k_variant_stock, variant_id, in_stock) == 0) return;
  const auto variant = store::variant_by_id(tx, variant_id);
  if (variant) tx.exec(sql::k_product_stock, variant->product_id, in_stock ? 1 : -1);
}

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
  return last_sale(tx) > tx.integer(sql::k_sold_counted).value_or(0) ||
         tx.integer(sql::k_sold_delta_any).has_value();
}

void fold_sold(db::Tx& tx) {
  std::map<Id, std::int64_t> deltas;
  {
    auto query = tx.query(sql::k_sold_deltas);
    while (query.next()) deltas.emplace(query.integer(0), query.integer(1));
  }
  each_sold_after(tx, tx.integer(sql::k_sold_counted).value_or(0),
                  [&](Id product_id, std::int64_t units) { deltas[product_id] += units; });
  for (const auto& [product_id, units] : deltas) {
    if (tx.exec(sql::k_product_sold, product_id, units) == 0) continue;
    const auto row = store::product_by_id(tx, product_id);
    if (!row) continue;
    for (const auto scope : scopes(tx, *row)) {
      store::save_listing_sold(tx, scope, product_id, row->card.sold);
    }
  }
  tx.exec(sql::k_sold_deltas_remove);
  tx.exec(sql::k_sold_counted_put, last_sale(tx));
}

}  // namespace shop::catalog
