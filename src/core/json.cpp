#include "core/json.hpp"

#include <fmt/format.h>

namespace shop::core {

Json& Json::open(char bracket) {
  separate();
  out_ += bracket;
  open_ += bracket == '{' ? '}' : ']';
  return *this;
}

Json& Json::end() {
  out_ += open_.back();
  open_.pop_back();
  return *this;
}

void Json::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

Json& Json::key(std::string_view name) {
  separate();
  quote(name);
  out_ += ':';
  return *this;
}

void Json::quote(std::string_view text) {
  out_ += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (byte < 0x20) {
      fmt::format_to(std::back_inserter(out_), "\\u{:04x}", byte);
    } else {
      out_ += c;
    }
  }
  out_ += '"';
}

Json& Json::value(std::string_view text) {
  separate();
  quote(text);
  return *this;
}

Json& Json::value(std::int64_t number) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{}", number);
  return *this;
}

Json& Json::value(bool truth) {
  return raw(truth ? "true" : "false");
}

Json& Json::value(double number) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{}", number);
  return *this;
}

Json& Json::value(const Money& money) {
  return begin_object().field("minor", money.minor).field("currency", money.currency.view()).end();
}

Json& Json::null() {
  return raw("null");
}

Json& Json::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace shop::core
