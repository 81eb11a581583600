#pragma once

#include "catalog/filling.hpp"
#include "core/function_ref.hpp"
#include "shop/transfer.hpp"
#include "transfer/importer.hpp"
#include "transfer/read_ahead.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <string>

namespace shop::transfer {

/// So many products share a title, a slug, a SKU or a barcode that all are better written one by
/// one.
struct TooManyClash {};

/// Writes the products of a file into a shop that has none, in one transaction: see
/// catalog::Filling.
///
/// Products that share what only one may have are taken out again and written one by one, in the
/// order of the file, when all others are there: the first of them is kept, as always.
class Filler {
 public:
  /// Asked now and then; false: stop here.
  using GoOn = std::function<bool(std::int64_t bytes_done, std::int64_t rows)>;

  Filler(db::Tx& tx, const Session& session, const ImportFile& file, Id seller_id);

  /// Adds to the tally and says in `counts` how far it read, which is to where `go_on` said false.
  /// Throws TooManyClash and what writing and `go_on` throw; then nothing of it may be kept.
  void write(CsvReader& reader, const GoOn& go_on, Tally& tally, FileCounts& counts);
  /// Makes what write() left for the end. Needed only to keep the products.
  void finish() { filling_.finish(); }

 private:
  using Visit = core::FunctionRef<void(CheckedProduct&)>;
  void each(CsvReader& reader, core::FunctionRef<bool(const ReadAhead::Portion&)> go_on,
            Visit visit);
  void take_out_clashing(ProductSink& sink, Tally& tally);

  db::Tx* tx_;
  const Session* session_;
  ImportFile file_;
  Id seller_id_;
  catalog::Filling filling_;
  std::set<std::string, std::less<>> clashing_;  // folded titles
  std::int64_t taken_out_ = 0;                   // and not seen again
};

}  // namespace shop::transfer
