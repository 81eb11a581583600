#pragma once

#include "shop/product.hpp"
#include "shop/transfer.hpp"
#include "transfer/csv_reader.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Between the rows of a product file and products. Pure.
namespace shop::transfer {

/// Where a record was in the file.
struct RowPlace {
  std::int64_t row = 0;
  std::int64_t line = 0;
};

/// A product as the file has it.
struct RowProduct {
  ProductInput input;
  std::string category;                         ///< `Home > Lamps`; empty: none
  std::vector<RowPlace> places;                 ///< of its records
  std::vector<std::size_t> variant_records;     ///< which record each variant came from
  std::vector<std::int64_t> stock;              ///< Shopify's: of each variant, ≤ 0 for none
  std::vector<std::size_t> image_records;       ///< and each picture
  std::vector<std::vector<std::string>> cells;  ///< Shopify's: the records as they were
};

/// What became of a file's records.
struct FileCounts {
  std::int64_t rows = 0;
  std::int64_t bad_rows = 0;
  bool latin1 = false;  ///< some were not UTF-8
};

using Complain = std::function<void(const ImportProblem&)>;

/// The columns of a file. Throws Error{validation}: columns missing or there twice.
class Columns {
 public:
  Columns(const Record& header, ProductFormat wanted);
  [[nodiscard]] ProductFormat format() const { return format_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::vector<std::string>& unknown() const { return unknown_; }
  /// The field of a column; empty when the file has no such column.
  [[nodiscard]] std::string_view get(const Record& record, std::string_view column) const;

 private:
  ProductFormat format_ = ProductFormat::simple;
  std::vector<std::string> names_;
  std::vector<std::string> unknown_;
  std::map<std::string, std::size_t, std::less<>> at_;  // folded name
};

/// What was read: a product, records that make none (somebody was told), or the end.
enum class Step { product, bad, end };

/// Reads products off a file, one after the other.
class ProductRows {
 public:
  ProductRows(CsvReader& reader, const Columns& columns, const Currency& currency,
              Complain complain);
  /// Reads the next product, or past what is none.
  Step next(RowProduct& out);
  [[nodiscard]] const FileCounts& counts() const { return counts_; }

 private:
  bool read();
  bool sound();
  void bad(std::string_view column, std::string_view code, std::string_view reason);
  Step next_simple(RowProduct& out);
  Step next_shopify(RowProduct& out);
  bool shopify_head(RowProduct& out);
  void shopify_more(RowProduct& out);
  bool shopify_variant(RowProduct& out, VariantInput& variant, std::int64_t& stock);
  bool money(std::string_view column, Money& out);
  bool whole_number(std::string_view column, std::int64_t& out);
  bool grams(std::string_view column, std::int64_t& out);
  [[nodiscard]] std::string_view get(std::string_view column) const {
    return columns_->get(record_, column);
  }

  CsvReader* reader_;
  const Columns* columns_;
  Currency currency_;
  Complain complain_;
  Record record_;
  std::vector<std::string> variant_images_;  // url of each variant of the present product
  bool waiting_ = false;                     // record_ was read and not used yet
  bool any_bad_ = false;                     // something was wrong with the present record
  FileCounts counts_;
};

/// The header of an export.
std::vector<std::string> shopify_columns();
std::vector<std::string> simple_columns();

/// Names of columns, A to Z in any case.
struct ColumnOrder {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};

/// The rows of a product: column to cell, empty cells left out. `category`: as in RowProduct;
/// `stock`: what is there of each variant.
using Cells = std::map<std::string, std::string, ColumnOrder>;
std::vector<Cells> shopify_rows(const Product& product, const std::string& category,
                                std::span<const std::int64_t> stock);
Cells simple_row(const Product& product, const std::string& category);

/// The record and the column that a path of a refused product means (`variants[1].price`).
struct Blame {
  std::size_t record = 0;
  std::string column;
};
Blame blame(const RowProduct& product, std::string_view path, ProductFormat format);

}  // namespace shop::transfer
