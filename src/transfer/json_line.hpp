#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The lines of a dump: JSON arrays and objects of plain values. Pure.
namespace shop::transfer {

struct Blob {
  std::string bytes;
};
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, Blob>;

/// Appends a row as a JSON array; bytes become {"base64url":"…"}.
void append_row(std::string& out, const std::vector<Value>& row);

/// Reads such an array. False: it is none.
bool parse_row(std::string_view line, std::vector<Value>& row);

/// Reads `{"table":"…","columns":["…",…]}`, `{"libshop":"dump","schema":n}` or the last line,
/// `{"libshop":"end","rows":n}`.
struct Heading {
  std::string table;
  std::vector<std::string> columns;
  std::int64_t schema = -1;
  std::int64_t rows = -1;
};
bool parse_heading(std::string_view line, Heading& out);

}  // namespace shop::transfer
