#include "transfer/json_line.hpp"

#include "core/encoding.hpp"
#include "core/json.hpp"
#include "core/text.hpp"

#include <charconv>

#include <fmt/format.h>

namespace shop::transfer {
namespace {

/// Reads the little JSON that a dump has, strictly.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }

  bool string(std::string& out) {
    out.clear();
    if (!take('"')) return false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (c != '\\') {
        out += c;
        continue;
      }
      if (at_ >= text_.size()) return false;
      const char escaped = text_[at_++];
      if (escaped == 'u') {
        unsigned point = 0;
        const auto digits = text_.substr(at_, 4);
        const auto parsed =
            std::from_chars(digits.data(), digits.data() + digits.size(), point, 16);
        if (digits.size() != 4 || parsed.ptr != digits.data() + 4 || point >= 0x80) return false;
        out += static_cast<char>(point);
        at_ += 4;
      } else if (escaped == '"' || escaped == '\\' || escaped == '/') {
        out += escaped;
      } else {
        return false;
      }
    }
    return false;
  }

  bool value(Value& out) {
    if (take("null")) {
      out = nullptr;
      return true;
    }
    if (at_ < text_.size() && text_[at_] == '"') {
      std::string text;
      if (!string(text)) return false;
      out = std::move(text);
      return true;
    }
    if (take("{\"base64url\":")) {
      std::string text;
      if (!string(text) || !take('}')) return false;
      const auto bytes = core::from_base64url(text);
      if (!bytes) return false;
      out = Blob{std::string{core::as_text(*bytes)}};
      return true;
    }
    return number(out);
  }

  bool number(Value& out) {
    const auto* begin = text_.data() + at_;
    const auto* end = text_.data() + text_.size();
    std::int64_t whole = 0;
    const auto as_whole = std::from_chars(begin, end, whole);
    double real = 0;
    const auto as_real = std::from_chars(begin, end, real);
    if (as_real.ec != std::errc{} && as_whole.ec != std::errc{}) return false;
    const bool is_whole = as_whole.ec == std::errc{} && as_whole.ptr == as_real.ptr;
    at_ += static_cast<std::size_t>((is_whole ? as_whole.ptr : as_real.ptr) - begin);
    if (is_whole) {
      out = whole;
    } else {
      out = real;
    }
    return true;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

void append_row(std::string& out, const std::vector<Value>& row) {
  core::Json json;
  json.begin_array();
  for (const auto& value : row) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      json.value(*whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
      auto text = fmt::format("{}", *real);
      if (text.find_first_of(".e") == std::string::npos) text += ".0";
      json.raw(text);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      json.value(std::string_view{*text});
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
      const auto coded = core::to_base64url(core::as_bytes(blob->bytes));
      json.begin_object().field("base64url", std::string_view{coded}).end();
    } else {
      json.null();
    }
  }
  json.end();
  out += json.text();
  out += '\n';
}

bool parse_row(std::string_view line, std::vector<Value>& row) {
  row.clear();
  Parser parser{line};
  if (!parser.take('[')) return false;
  if (parser.take(']')) return parser.at_end();
  do {
    if (!parser.value(row.emplace_back())) return false;
  } while (parser.take(','));
  return parser.take(']') && parser.at_end();
}

bool parse_heading(std::string_view line, Heading& out) {
  Parser parser{line};
  const auto last_number = [&](std::int64_t& number) {
    Value value;
    if (!parser.number(value) || !std::holds_alternative<std::int64_t>(value)) return false;
    number = std::get<std::int64_t>(value);
    return parser.take('}') && parser.at_end();
  };
  if (parser.take("{\"libshop\":\"dump\",\"schema\":")) return last_number(out.schema);
  if (parser.take("{\"libshop\":\"end\",\"rows\":")) return last_number(out.rows);
  out.columns.clear();
  if (!parser.take("{\"table\":") || !parser.string(out.table)) return false;
  if (!parser.take(",\"columns\":[")) return false;
  do {
    if (!parser.string(out.columns.emplace_back())) return false;
  } while (parser.take(','));
  return parser.take("]}") && parser.at_end();
}

}  // namespace shop::transfer
