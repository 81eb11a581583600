#include "core/csv.hpp"

#include "core/money.hpp"

#include <fmt/format.h>

namespace shop::core {

void CsvWriter::separate() {
  if (row_started_) out_ += ',';
  row_started_ = true;
}

CsvWriter& CsvWriter::field(std::string_view text) {
  separate();
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += text;
    return *this;
  }
  out_ += '"';
  for (const char c : text) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
  return *this;
}

CsvWriter& CsvWriter::field(std::int64_t number) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{}", number);
  return *this;
}

CsvWriter& CsvWriter::field(double number) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{:.6g}", number);
  return *this;
}

CsvWriter& CsvWriter::field(const Money& money) {
  separate();
  out_ += format_amount(money);
  return *this;
}

void CsvWriter::end_row() {
  out_ += "\r\n";
  row_started_ = false;
}

}  // namespace shop::core
