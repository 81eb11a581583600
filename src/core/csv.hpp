#pragma once

#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shop::core {

/// Writes RFC 4180 CSV: fields in quotes where they need them, lines ended by CRLF.
///
///     CsvWriter csv;
///     csv.field("sku").field("units").end_row();
class CsvWriter {
 public:
  CsvWriter& field(std::string_view text);
  CsvWriter& field(const char* text) { return field(std::string_view{text}); }
  CsvWriter& field(const std::string& text) { return field(std::string_view{text}); }
  CsvWriter& field(std::int64_t number);
  CsvWriter& field(int number) { return field(std::int64_t{number}); }
  CsvWriter& field(bool truth) { return field(std::int64_t{truth ? 1 : 0}); }
  CsvWriter& field(double number);
  /// The amount in its currency's decimals, without the code.
  CsvWriter& field(const Money& money);
  template <class T>
  CsvWriter& field(const std::optional<T>& maybe) {
    return maybe ? field(*maybe) : field(std::string_view{});
  }
  void end_row();

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void separate();

  std::string out_;
  bool row_started_ = false;
};

}  // namespace shop::core
