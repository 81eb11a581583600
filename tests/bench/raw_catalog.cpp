#include "bench/raw_catalog.hpp"

#include <stdexcept>

#include <sqlite3.h>

namespace shop::bench {
namespace {

constexpr const char* k_card =
    "p.id, p.seller_id, p.status, p.slug, p.title, p.price_minor, p.price_max_minor, "
    "p.compare_at_minor, p.image, p.variant_count, p.in_stock, p.rating_milli, p.rating_count, "
    "p.sold";
const Currency k_currency{"GBP"};

std::string text(sqlite3_stmt* statement, int column) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return data == nullptr
             ? std::string{}
             : std::string{data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

std::int64_t integer(sqlite3_stmt* statement, int column) {
  return sqlite3_column_int64(statement, column);
}

void bind(sqlite3_stmt* statement, int place, const std::string& value) {
  sqlite3_bind_text(statement, place, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
}

ProductCard card(sqlite3_stmt* statement) {
  ProductCard out;
  out.id = integer(statement, 0);
  out.seller_id = integer(statement, 1);
  out.status = static_cast<ProductStatus>(integer(statement, 2));
  out.slug = text(statement, 3);
  out.title = text(statement, 4);
  out.price = {integer(statement, 5), k_currency};
  out.price_max = {integer(statement, 6), k_currency};
  if (sqlite3_column_type(statement, 7) != SQLITE_NULL) {
    out.compare_at = Money{integer(statement, 7), k_currency};
  }
  out.image = text(statement, 8);
  out.variant_count = integer(statement, 9);
  out.in_stock = integer(statement, 10) > 0;
  out.rating_milli = integer(statement, 11);
  out.rating_count = integer(statement, 12);
  out.sold = integer(statement, 13);
  return out;
}

std::vector<ProductCard> cards(sqlite3_stmt* statement) {
  std::vector<ProductCard> out;
  out.reserve(21);
  while (sqlite3_step(statement) == SQLITE_ROW) out.push_back(card(statement));
  sqlite3_reset(statement);
  return out;
}

std::string order_by(ProductOrder order) {
  switch (order) {
    case ProductOrder::price_up:
      return "l.price_minor, l.product_id";
    case ProductOrder::price_down:
      return "l.price_minor DESC, l.product_id DESC";
    case ProductOrder::best_sold:
      return "l.sold DESC, l.product_id DESC";
    case ProductOrder::least_sold:
      return "l.sold, l.product_id";
    case ProductOrder::rating:
      return "l.rating DESC, l.product_id DESC";
    case ProductOrder::title:
      return "l.title_folded, l.product_id";
    default:
      return "l.product_id DESC";
  }
}

}  // namespace

RawCatalog::RawCatalog(const std::string& path, const std::string& folder) : folder_(folder) {
  if (sqlite3_open_v2(path.c_str(), &db_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    throw std::runtime_error("cannot open " + path);
  }
  run("PRAGMA cache_size = -16384");
}

RawCatalog::~RawCatalog() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
  std::remove((folder_ + "/fts.db").c_str());
}

void RawCatalog::run(const char* sql) {
  char* message = nullptr;
  if (sqlite3_exec(db_, sql, nullptr, nullptr, &message) != SQLITE_OK) {
    throw std::runtime_error(std::string{sql} + ": " + message);
  }
}

sqlite3_stmt* RawCatalog::prepare(const std::string& sql) {
  auto& statement = statements_[sql];
  if (statement == nullptr && sqlite3_prepare_v3(db_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT,
                                                 &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(db_));
  }
  return statement;
}

Product RawCatalog::read(sqlite3_stmt* by_key, const std::string& key) {
  static const std::string variants_sql =
      "SELECT id, position, options, sku, barcode, price_minor, compare_at_minor, weight_grams, "
      "policy, image_position, in_stock, price_since FROM variant WHERE product_id = ?1 "
      "ORDER BY position";
  static const std::string labels_sql =
      "SELECT kind, name, value, type FROM product_label WHERE product_id = ?1 ORDER BY position";
  auto* begin = prepare("BEGIN");
  auto* commit = prepare("COMMIT");
  auto* variants = prepare(variants_sql);
  auto* labels = prepare(labels_sql);
  sqlite3_step(begin);
  sqlite3_reset(begin);
  Product out;
  bind(by_key, 1, key);
  if (sqlite3_step(by_key) == SQLITE_ROW) {
    auto shown = card(by_key);
    out.id = shown.id;
    out.slug = std::move(shown.slug);
    out.title = std::move(shown.title);
    out.price = shown.price;
    out.price_max = shown.price_max;
    out.version = integer(by_key, 14);
    out.category_ids = {integer(by_key, 15)};
    out.tax_class_id = integer(by_key, 16);
    out.created_at = integer(by_key, 17);
    out.updated_at = integer(by_key, 18);
    out.description = text(by_key, 19);
    out.brand = text(by_key, 20);
  }
  sqlite3_reset(by_key);
  sqlite3_bind_int64(variants, 1, out.id);
  while (sqlite3_step(variants) == SQLITE_ROW) {
    auto& variant = out.variants.emplace_back();
    variant.id = integer(variants, 0);
    variant.position = integer(variants, 1);
    variant.title = text(variants, 2);
    variant.sku = text(variants, 3);
    variant.barcode = text(variants, 4);
    variant.price = {integer(variants, 5), k_currency};
    variant.weight_grams = integer(variants, 7);
    variant.price_since = integer(variants, 11);
  }
  sqlite3_reset(variants);
  sqlite3_bind_int64(labels, 1, out.id);
  while (sqlite3_step(labels) == SQLITE_ROW) {
    if (integer(labels, 0) == 2) {
      out.tags.push_back(text(labels, 2));
    } else {
      out.attributes.push_back({text(labels, 1), text(labels, 2), AttributeType::text});
    }
  }
  sqlite3_reset(labels);
  sqlite3_step(commit);
  sqlite3_reset(commit);
  return out;
}

Product RawCatalog::by_slug(const std::string& slug) {
  static const std::string sql = std::string{"SELECT "} + k_card +
                                 ", p.version, p.category_id, p.tax_class_id, p.created_at, "
                                 "p.updated_at, d.description, f.value FROM product p "
                                 "LEFT JOIN product_description d ON d.product_id = p.id "
                                 "LEFT JOIN facet f ON f.id = p.brand_id WHERE p.slug = ?1";
  return read(prepare(sql), slug);
}

Product RawCatalog::by_barcode(const std::string& barcode) {
  static const std::string sql =
      std::string{"SELECT "} + k_card +
      ", p.version, p.category_id, p.tax_class_id, p.created_at, p.updated_at, d.description, "
      "f.value FROM variant v JOIN product p ON p.id = v.product_id "
      "LEFT JOIN product_description d ON d.product_id = p.id "
      "LEFT JOIN facet f ON f.id = p.brand_id WHERE v.barcode = ?1";
  return read(prepare(sql), barcode);
}

std::vector<ProductCard> RawCatalog::page(const std::string& category, ProductOrder order) {
  auto* by_slug = prepare("SELECT id FROM category WHERE slug = ?1");
  auto* count = prepare("SELECT products FROM scope_count WHERE scope_id = ?1");
  auto* list = prepare(std::string{"SELECT "} + k_card +
                       " FROM listing l CROSS JOIN product p WHERE p.id = l.product_id "
                       "AND l.scope_id = ?1 ORDER BY " +
                       order_by(order) + " LIMIT 21");  // one more: is there a next page?
  auto* begin = prepare("BEGIN");
  auto* commit = prepare("COMMIT");
  sqlite3_step(begin);
  sqlite3_reset(begin);
  bind(by_slug, 1, category);
  sqlite3_step(by_slug);
  const auto id = integer(by_slug, 0);
  sqlite3_reset(by_slug);
  sqlite3_bind_int64(count, 1, id);
  sqlite3_step(count);
  sqlite3_reset(count);
  sqlite3_bind_int64(list, 1, id);
  auto out = cards(list);
  if (out.size() > 20) out.pop_back();
  sqlite3_step(commit);
  sqlite3_reset(commit);
  return out;
}

std::vector<ProductCard> RawCatalog::page_after(std::int64_t price_minor, Id id) {
  auto* list = prepare(std::string{"SELECT "} + k_card +
                       " FROM listing l CROSS JOIN product p WHERE p.id = l.product_id "
                       "AND l.scope_id = 0 AND (l.price_minor, l.product_id) > (?1, ?2) "
                       "ORDER BY l.price_minor, l.product_id LIMIT 21");
  sqlite3_bind_int64(list, 1, price_minor);
  sqlite3_bind_int64(list, 2, id);
  auto out = cards(list);
  if (out.size() > 20) out.pop_back();
  return out;
}

void RawCatalog::build_fts() {
  run(("ATTACH '" + folder_ + "/fts.db' AS f").c_str());
  run("PRAGMA f.journal_mode = OFF; PRAGMA f.synchronous = OFF;"
      "CREATE VIRTUAL TABLE f.words USING fts5(title, brand, tags, description, content='', "
      "prefix='2 3', tokenize=\"unicode61 remove_diacritics 2\");"
      "INSERT INTO f.words (rowid, title, brand, tags, description) "
      "SELECT p.id, p.title, f.value, coalesce((SELECT group_concat(value, ' ') FROM "
      "product_label WHERE product_id = p.id), ''), d.description FROM product p "
      "LEFT JOIN facet f ON f.id = p.brand_id "
      "LEFT JOIN product_description d ON d.product_id = p.id;"
      "INSERT INTO f.words (words) VALUES ('optimize');");
}

std::vector<ProductCard> RawCatalog::search(const std::string& word, const std::string& category,
                                            std::int64_t low, std::int64_t high) {
  const bool everywhere = category.empty();
  auto* statement = prepare(
      std::string{"SELECT "} + k_card +
      " FROM f.words w CROSS JOIN product p WHERE w.words MATCH ?1 AND p.id = w.rowid "
      "AND p.status = 2 AND p.price_minor BETWEEN ?2 AND ?3" +
      (everywhere ? ""
                  : " AND EXISTS (SELECT 1 FROM listing l WHERE l.scope_id = (SELECT id FROM "
                    "category WHERE slug = ?4) AND l.product_id = p.id)") +
      " ORDER BY bm25(w.words, 10.0, 5.0, 5.0, 1.0) LIMIT 20");
  bind(statement, 1, word);
  sqlite3_bind_int64(statement, 2, low);
  sqlite3_bind_int64(statement, 3, high);
  if (!everywhere) bind(statement, 4, category);
  return cards(statement);
}

namespace {

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

std::size_t RawCatalog::titles_from(const std::string& prefix) {
  auto* statement = prepare(
      "SELECT product_id FROM listing WHERE scope_id = 0 AND title_folded >= ?1 "
      "AND title_folded < ?2 ORDER BY title_folded LIMIT 10");
  const auto from = lower(prefix);
  const auto below = from + "\xF4\x8F\xBF\xBF";
  bind(statement, 1, from);
  bind(statement, 2, below);
  std::size_t count = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) ++count;
  sqlite3_reset(statement);
  return count;
}

std::size_t RawCatalog::suggest(const std::string& prefix) {
  const auto from = lower(prefix);
  const auto below = from + "\xF4\x8F\xBF\xBF";
  std::vector<std::string> out;
  auto* begin = prepare("BEGIN");
  auto* commit = prepare("COMMIT");
  sqlite3_step(begin);
  sqlite3_reset(begin);
  for (const char* sql :
       {"SELECT p.id, p.slug, p.title FROM listing l CROSS JOIN product p WHERE l.scope_id = 0 "
        "AND l.title_folded >= ?1 AND l.title_folded < ?2 AND p.id = l.product_id "
        "ORDER BY l.title_folded, l.product_id LIMIT 10",
        "SELECT id, slug, name, parent_id, position FROM category WHERE name_folded >= ?1 "
        "AND name_folded < ?2 ORDER BY name_folded, id LIMIT 10",
        "SELECT searches, query, query FROM search_count WHERE query >= ?1 AND query < ?2 "
        "AND results > 0 ORDER BY query LIMIT 200"}) {
    auto* statement = prepare(sql);
    bind(statement, 1, from);
    bind(statement, 2, below);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      out.push_back(text(statement, 1));
      out.push_back(text(statement, 2));
    }
    sqlite3_reset(statement);
  }
  sqlite3_step(commit);
  sqlite3_reset(commit);
  return out.size();
}

std::string RawCatalog::slug_of_sku(const std::string& sku) {
  auto* statement = prepare(
      "SELECT p.slug FROM variant v JOIN product p ON p.id = v.product_id WHERE v.sku = ?1");
  bind(statement, 1, sku);
  sqlite3_step(statement);
  auto out = text(statement, 0);
  sqlite3_reset(statement);
  return out;
}

std::vector<std::string> RawCatalog::lower_categories() {
  std::vector<std::string> out;
  auto* statement = prepare("SELECT slug FROM category WHERE parent_id IS NOT NULL ORDER BY id");
  while (sqlite3_step(statement) == SQLITE_ROW) out.push_back(text(statement, 0));
  sqlite3_reset(statement);
  return out;
}

}  // namespace shop::bench
