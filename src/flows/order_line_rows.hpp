#pragma once

#include "core/fields.hpp"
#include "shop/orders.hpp"
#include "shop/transfer.hpp"
#include "transfer/csv_reader.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reading orders line by line off a CSV file. Knows nothing of the shop but its currency.
namespace shop::flows {

enum class OrderColumn : std::size_t {
  order,
  placed_at,
  sku,
  quantity,
  unit_price,
  discount,
  country,
  region,
  tax,
  customer,
  returned,
  summary
};
/// As the header has it.
std::string_view name_of(OrderColumn column);

/// The rows of one order.
struct OrderRows {
  std::string order;
  Timestamp at = 0;
  std::string country;
  std::string region;
  std::string customer;  ///< username or e-mail; empty: nobody known
  std::optional<Id> customer_id;
  bool canceled = false;
  std::vector<OrderLine> lines;
  std::vector<ImportProblem> rows;  ///< where they stand; of a bad one also why
  bool bad = false;
};

/// Reads orders off a file, one after the other.
class OrderRowsReader {
 public:
  /// Reads the header. Throws Error{validation}: the file is empty, or columns are missing.
  OrderRowsReader(transfer::ByteSource& source, const Currency& currency);

  /// Starts again at the first order; none may be of later than `now`.
  void start(Timestamp now);
  /// False at the end of the file.
  bool next(OrderRows& out);
  /// Records read since the start.
  [[nodiscard]] std::int64_t rows() const { return rows_; }

 private:
  void read_header();
  bool read();
  [[nodiscard]] std::string_view get(OrderColumn column) const;
  static void blame(OrderRows& group, OrderColumn column, std::string_view code,
                    std::string_view reason);
  std::int64_t amount(OrderRows& group, OrderColumn column);
  std::string text(OrderRows& group, OrderColumn column, const core::TextRule& rule);
  void add_row(OrderRows& group);

  transfer::CsvReader reader_;
  Currency currency_;
  transfer::Record record_;
  std::array<std::size_t, 12> at_{};
  bool waiting_ = false;  // record_ was read and not used yet
  Timestamp now_ = 0;
  std::int64_t rows_ = 0;
};

}  // namespace shop::flows
