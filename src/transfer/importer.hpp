#pragma once

#include "catalog/access.hpp"
#include "catalog/writer.hpp"
#include "db/tx.hpp"
#include "shop/error.hpp"
#include "shop/transfer.hpp"
#include "transfer/product_rows.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::transfer {

inline constexpr std::size_t problems_max = 1000;

/// Gathers what becomes of a file's rows.
struct Tally {
  std::int64_t products = 0;
  std::int64_t variants = 0;
  std::int64_t bad_rows = 0;
  std::vector<ImportProblem> problems;

  void complain(const ImportProblem& problem);
  void add(Tally&& other);
  /// The first of the problems by their rows, problems_max at most.
  std::vector<ImportProblem> first_problems();
};

/// A product of a file, and why it is none when something is wrong with it.
struct CheckedProduct {
  RowProduct product;
  std::optional<Error> refused;
};

/// Looks at all that a product's own fields say.
CheckedProduct check(RowProduct&& product, const Currency& currency);

/// What to know of a file to write its products.
struct ImportFile {
  const Columns* columns = nullptr;
  bool final_newline = true;
};

/// Writes products of a file in one transaction.
class ProductSink {
 public:
  ProductSink(db::Tx& tx, const Session& session, const ImportFile& file, Id seller_id,
              catalog::Writing writing = catalog::Writing::one_by_one);

  /// Writes the product, or tells the tally why not. Again is the same.
  void write(CheckedProduct& product, Tally& tally);
  /// Takes out again what this sink wrote.
  void take_out(catalog::store::ProductRow row) { writer_.remove(std::move(row)); }
  void finish() { writer_.finish(); }

 private:
  Id category(const std::string& path);
  Id category_in(Id parent, std::string_view name);
  void blame_all(const RowProduct& product, const std::vector<ErrorDetail>& details,
                 const std::string& message, Tally& tally);
  void keep_extra(const RowProduct& product, Id product_id);

  void receive(const RowProduct& product, Id product_id);
  const std::string& name_of(const Product& product);

  db::Tx* tx_;
  const Session* session_;
  ImportFile file_;
  Id seller_id_;
  bool makes_categories_;
  catalog::Writer writer_;

  std::map<std::string, Id> categories_;
  std::map<Id, std::string> names_;
  Id header_id_ = 0;
};

/// A CSV line of these fields, without its end.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace shop::transfer
