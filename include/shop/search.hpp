#pragma once

#include "shop/catalog.hpp"
#include "shop/product.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// What to search for. Any text is a legal query: words that must all occur, the last one as the
/// beginning of a word (a blank after it makes it whole), any other one too with `*` behind it,
/// "a phrase" in quotes, an SKU or a barcode, or its beginning (three bytes or more with a digit or
/// one of `-_./`). Accents and case do not matter, and a word that no product has may be one letter
/// off. @since 1.0
struct SearchQuery {
  std::string text;  ///< at most 1,000 bytes of UTF-8; empty: everything
  ProductFilter filter;
  ProductOrder order = ProductOrder::relevance;
  bool uncounted = false;  ///< leave it out of the popular searches, e.g. while typing
};

/// A page of what was found. @since 1.0
struct SearchResult {
  std::vector<ProductCard> items;
  std::string next_cursor;            ///< empty on the last page
  std::optional<std::int64_t> total;  ///< present when asked for
  /// False when there was more than was looked at, and `total` counts what was: relevance looks at
  /// the newest 65,536 products that have the rarest word, a search for drafts or archived products
  /// at the newest 2,000 of them, the beginning of a code at 2,000 products, of which it takes 100.
  bool complete = true;
  std::string corrected;  ///< what was searched instead, if a word was one letter off
};

/// A product that begins like what was typed. @since 1.0
struct ProductSuggestion {
  Id id = 0;
  std::string slug;
  std::string title;
};

/// What to offer while somebody types. @since 1.0
struct Suggestions {
  std::vector<ProductSuggestion> products;
  std::vector<Category> categories;
  std::vector<std::string> searches;  ///< popular ones, the most frequent first
};

/// How often something was searched for; nobody knows by whom. @since 1.0
struct SearchCount {
  std::string text;           ///< folded
  std::int64_t searches = 0;  ///< how often
  std::int64_t results = 0;   ///< how many it found the last time
};

/// Full text over title, description, brand, tags and codes of what is on sale. Reached by
/// Engine::search(); may be used from any thread. The index follows each change of a product in the
/// same transaction. @since 1.0
class Search {
 public:
  explicit Search(db::Database& db);
  ~Search();
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  /// A page of the products that match, by keyset. Throws Error: `validation` (text, filter,
  /// cursor, limit), `not_found` (category), `forbidden`. Cost: bounded by the rarest word, see
  /// SearchResult::complete. @since 1.0
  SearchResult products(const Session& session, const SearchQuery& query, const PageQuery& page);

  /// How what was found spreads over categories, brands, tags, attributes, prices and stars; of
  /// the best 5,000. @since 1.0
  Facets facets(const Session& session, const SearchQuery& query);

  /// Products, categories and popular searches that begin with `text`. `limit`: 1–50 of each.
  /// @since 1.0
  Suggestions suggest(const Session& session, std::string_view text, std::int64_t limit);

  /// The most frequent searches that found something. @since 1.0
  std::vector<SearchCount> popular(const Session& session, std::int64_t limit);
  /// The most frequent searches that found nothing. @since 1.0
  std::vector<SearchCount> fruitless(const Session& session, std::int64_t limit);

  /// Makes the index anew from the products. Cost: all products. @since 1.0
  void rebuild(const Session& session);

 private:
  class Counter;
  void flush_counts() noexcept;

  db::Database* db_;
  std::unique_ptr<Counter> counter_;
};

}  // namespace shop
