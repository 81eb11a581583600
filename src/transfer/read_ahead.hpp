#pragma once

#include "shop/transfer.hpp"
#include "transfer/importer.hpp"
#include "transfer/product_rows.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace shop::transfer {

/// Reads and checks the products of a file on a thread of its own, a few portions ahead of whoever
/// writes them. Without a thread (the system has none left) each portion is read when it is asked
/// for. One thread at a time calls.
class ReadAhead {
 public:
  struct Portion {
    std::vector<CheckedProduct> products;
    std::vector<ImportProblem> problems;  ///< of rows that make no product
    std::int64_t bytes_read = 0;
    FileCounts counts;  ///< up to its end
  };

  /// The reader stands behind the header.
  ReadAhead(CsvReader& reader, const Columns& columns, const Currency& currency);
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// False at the end. Throws what reading threw: Error{io}.
  bool next(Portion& out);

 private:
  void run() noexcept;
  Portion read();

  CsvReader* reader_;
  Currency currency_;
  std::vector<ImportProblem> problems_;  // of the portion that is being read
  ProductRows rows_;
  bool at_end_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Portion> ready_;
  bool done_ = false;  // nothing more will be ready
  bool stop_ = false;
  std::exception_ptr error_;
  std::thread thread_;
};

}  // namespace shop::transfer
