#include "catalog/catalog.hpp"
#include "catalog/catalog_sql.hpp"
#include "catalog/hooks.hpp"
#include "catalog/listing_sql.hpp"
#include "catalog/listing_store.hpp"
#include "catalog/product_sql.hpp"
#include "catalog/product_store.hpp"
#include "catalog/store.hpp"
#include "catalog/writer.hpp"
#include "db/portions.hpp"

#include <algorithm>

namespace shop::catalog {
namespace {

// Behind every text that begins in the same way: the last code point.
constexpr const char* behind_all = "\xF4\x8F\xBF\xBF";

}  // namespace

Id named_category(db::Tx& tx, std::string_view slug) {
  if (const auto found = tx.integer(sql::k_category_id, slug)) return *found;
  throw Error(Code::not_found, "category: there is no such category",
              {{"category", "not_found", "there is no such category", {}}});
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
  if (const auto key = store::variant_by_sku(tx, code)) return key->product_id;
  if (const auto key = store::variant_by_barcode(tx, code)) return key->product_id;
  if (auto query = tx.query(sql::k_variant_by_sku_any_case, code); query.next()) {
    return query.integer(1);
  }
  std::string capitals{code};
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (const auto key = store::variant_by_barcode(tx, capitals)) return key->product_id;
  return std::nullopt;
}

bool products_by_code(db::Tx& tx, std::string_view prefix, core::FunctionRef<bool(Id)> visit) {
  const auto end = std::string{prefix} + behind_all;
  for (const auto* sql : {&sql::k_products_by_sku, &sql::k_products_by_barcode}) {
    Id last = 0;  // variants of a product mostly have codes that follow each other
    auto query = tx.query(*sql, prefix, end);
    while (query.next()) {
      if (query.integer(0) != last && !visit(query.integer(0))) return false;
      last = query.integer(0);
    }
  }
  return true;
}

void titles_from(db::Tx& tx, std::string_view folded, std::int64_t limit,
                 core::FunctionRef<void(Id, std::string_view, std::string_view)> visit) {
  auto query = tx.query(sql::k_listed_titles, folded, std::string{folded} + behind_all, limit);
  while (query.next()) visit(query.integer(0), query.view(1), query.view(2));
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
    if (after.row.listed()) went_on_sale(tx, id);
  }
  writer.finish();
}

bool follow_stock(db::Tx& tx, Id variant_id) {
  const bool in_stock = can_be_sold(tx, variant_id);
  if (tx.exec(sql::k_variant_stock, variant_id, in_stock) == 0) return false;
  const auto variant = store::variant_by_id(tx, variant_id);
  if (variant) tx.exec(sql::k_product_stock, variant->product_id, in_stock ? 1 : -1);
  return in_stock;
}

std::vector<Id> follow_bundle(db::Tx& tx, Id product_id) {
  std::vector<Id> back;
  for (const auto& variant : store::variants(tx, product_id)) {
    if (follow_stock(tx, variant.id)) back.push_back(variant.id);
  }
  return back;
}

std::vector<BundleUse> bundles_with(db::Tx& tx, Id variant_id) {
  std::vector<BundleUse> out;
  auto query = tx.query(sql::k_bundle_uses, variant_id);
  while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  return out;
}

void each_stock_flag(db::Tx& tx, core::FunctionRef<void(const StockFlag&)> visit) {
  auto query = tx.query(sql::k_stock_flags);
  while (query.next()) {
    visit({query.integer(0), query.as<StockPolicy>(1), (query.integer(2) & part_bundle) != 0,
           query.boolean(3)});
  }
}

}  // namespace shop::catalog
