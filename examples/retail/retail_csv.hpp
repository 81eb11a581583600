#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace retail {

/// One line item of the file, as it stands there.
struct Row {
  int number = 0;  ///< in the file, the header being row 1
  std::string invoice;
  std::string code;  ///< upper-cased: the shop wrote the same code both ways
  std::string description;
  std::int64_t quantity = 0;
  std::int64_t at = 0;  ///< microseconds UTC
  std::int64_t price_minor = 0;
  std::string customer;  ///< empty for a guest
  std::string country;   ///< as the file spells it

  [[nodiscard]] bool credit() const { return invoice.front() == 'C'; }
  [[nodiscard]] std::int64_t amount_minor() const { return quantity * price_minor; }
};

/// Reads the whole file. Throws std::runtime_error with the row's number when a row cannot be read.
std::vector<Row> read_csv(const std::string& path);

/// The ISO 3166 code of a country as the file spells it; empty for "Unspecified" and the like.
std::string country_code(const std::string& name);

}  // namespace retail
