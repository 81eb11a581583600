#pragma once

#include "catalog/listing_store.hpp"
#include "catalog/product_store.hpp"
#include "catalog/text_follower.hpp"
#include "db/tx.hpp"
#include "shop/product.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shop::catalog {

/// A product with all that its place in lists, facets and the text index follows from.
struct Whole {
  store::ProductRow row;
  std::vector<Id> categories;
  std::vector<store::Label> labels;
  ProductText text;  ///< brand and tags included
};

Whole load_whole(db::Tx& tx, store::ProductRow row);

/// fill: the lists, and what only one product may have, are left to Filling; fill_rest: only the
/// lists, what only one may have is known by now.
enum class Writing { one_by_one, fill, fill_rest };

/// The writing of products in one transaction, shared by single calls, bulk calls and imports:
/// remembers what it looked up, and gathers counts and texts until finish().
class Writer {
 public:
  explicit Writer(db::Tx& tx, Writing writing = Writing::one_by_one)
      : tx_(&tx), fills_(writing != Writing::one_by_one), checks_(writing != Writing::fill) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Writes a checked product: slug made where there is none, rows of all tables, lists, facets.
  /// Throws Error: `already_exists`, `not_found`, `conflict`, with the paths behind `prefix`,
  /// before anything is written.
  Id add(const ProductInput& input, Id seller_id, std::string_view prefix = {});

  /// Brings lists, facets and texts from one state of a product to another.
  void relist(const Whole& before, const Whole& after);
  /// Takes a product out of all of them, and away.
  void remove(store::ProductRow row);

  Id facet(FacetKind kind, std::string_view name, std::string_view value);
  /// Writes the tags and attributes of a product that has none.
  std::vector<store::Label> write_labels(Id product_id, const std::vector<std::string>& tags,
                                         const std::vector<ProductAttribute>& attributes);

  /// Writes what was gathered. Must be called last.
  void finish();

 private:
  struct Place {
    std::vector<Id> scopes;
    std::vector<Id> facets;
  };
  Place place_of(const Whole& whole);
  void unlist(const Whole& before);
  const std::vector<Id>& ancestors(Id category_id);
  store::ProductRow new_row(const ProductInput& input, Id seller_id);
  std::string slug_of(const ProductInput& input);
  void enter(const Whole& whole, const Place& place);
  void note_text(TextChange change);
  void check(const ProductInput& input, const store::ProductRow& row, const std::string& prefix);
  void check_alone(const ProductInput& input, const store::ProductRow& row,
                   const std::string& prefix);
  void write_parts(const ProductInput& input, Id product_id);
  void flush_texts();

  /// What there is to know of a seller, looked up once.
  struct SellerStanding {
    bool exists = false;
    bool may_sell = false;
  };
  SellerStanding standing(Id seller_id);

  db::Tx* tx_;
  bool fills_;
  bool checks_;
  std::unordered_map<Id, SellerStanding> sellers_;
  std::unordered_map<Id, std::vector<Id>> ancestors_;
  std::unordered_map<std::string, Id> facets_;
  std::unordered_map<Id, std::int64_t> counts_;
  std::unique_ptr<TextFollower> follower_;
  std::size_t texts_ = 0;  // that it was told of and has not written
  std::size_t text_bytes_ = 0;
  std::string key_;
};

/// A slug that is free: the wanted one, or that with a number.
std::string free_product_slug(db::Tx& tx, std::string_view title);

[[noreturn]] void refuse_taken(const std::string& path, const char* what);

}  // namespace shop::catalog
