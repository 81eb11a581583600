#pragma once

#include "shop/product.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

/// What a careful programmer would write by hand for one question: prepared statements on the
/// sqlite3 C API over libshop's own file, with the same results as C++ objects. For searches, where
/// libshop has an index of its own, an FTS5 table of the same texts in a file beside it.
namespace shop::bench {

class RawCatalog {
 public:
  RawCatalog(const std::string& path, const std::string& folder);
  ~RawCatalog();
  RawCatalog(const RawCatalog&) = delete;
  RawCatalog& operator=(const RawCatalog&) = delete;

  Product by_slug(const std::string& slug);
  Product by_barcode(const std::string& barcode);
  /// The first 20 of a category, and the total.
  std::vector<ProductCard> page(const std::string& category, ProductOrder order);
  /// The 20 after this place in the whole catalog by price.
  std::vector<ProductCard> page_after(std::int64_t price_minor, Id id);
  void build_fts();
  std::vector<ProductCard> search(const std::string& word, const std::string& category,
                                  std::int64_t low, std::int64_t high);
  /// Ten titles, categories and searches that begin so.
  std::size_t suggest(const std::string& prefix);
  /// How many titles begin so, up to ten.
  std::size_t titles_from(const std::string& prefix);

  std::string slug_of_sku(const std::string& sku);
  std::vector<std::string> lower_categories();

 private:
  sqlite3_stmt* prepare(const std::string& sql);
  void run(const char* sql);
  Product read(sqlite3_stmt* by_key, const std::string& key);

  sqlite3* db_ = nullptr;
  std::string folder_;
  std::map<std::string, sqlite3_stmt*> statements_;
};

}  // namespace shop::bench
