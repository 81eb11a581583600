#pragma once

#include "catalog/access.hpp"
#include "catalog/writer.hpp"
#include "db/tx.hpp"
#include "shop/transfer.hpp"
#include "transfer/product_rows.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace shop::transfer {

inline constexpr std::size_t problems_max = 1000;

/// Gathers what becomes of a file's rows.
struct Tally {
  std::int64_t products = 0;
  std::int64_t variants = 0;
  std::int64_t bad_rows = 0;
  std::vector<ImportProblem> problems;

  void complain(const ImportProblem& problem) {
    if (problems.size() < problems_max) problems.push_back(problem);
  }
  void add(Tally&& other);
};

/// Writes products of a file in one transaction.
class ProductSink {
 public:
  ProductSink(db::Tx& tx, const Session& session, const Columns& columns, bool final_newline,
              Id seller_id)
      : tx_(&tx),
        session_(&session),
        columns_(&columns),
        final_newline_(final_newline),
        seller_id_(seller_id),
        writer_(tx) {}

  /// Writes the product, or tells the tally why not.
  void write(RowProduct& product, Tally& tally);
  void finish() { writer_.finish(); }

 private:
  Id category(const std::string& path);
  void blame_all(const RowProduct& product, const std::vector<ErrorDetail>& details,
                 const std::string& message, Tally& tally);
  void keep_extra(const RowProduct& product, Id product_id);

  void receive(const RowProduct& product, Id product_id);

  db::Tx* tx_;
  const Session* session_;
  const Columns* columns_;
  bool final_newline_;
  Id seller_id_;
  catalog::Writer writer_;
  std::map<std::string, Id> categories_;
  Id header_id_ = 0;
};

/// A CSV line of these fields, without its end.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace shop::transfer
