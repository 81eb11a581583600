#pragma once

#include "shop/types.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace shop::core {

/// Writes one JSON object or array, compact, in the order of the calls; for event payloads, audit
/// rows and exports. Text must be valid UTF-8.
///
///     Json json;
///     json.begin_object().key("order").value(number).key("total").value(total).end();
class Json {
 public:
  Json& begin_object() { return open('{'); }
  Json& begin_array() { return open('['); }
  Json& end();
  Json& key(std::string_view name);
  Json& value(std::string_view text);
  Json& value(const char* text) { return value(std::string_view{text}); }
  Json& value(std::int64_t number);
  Json& value(int number) { return value(std::int64_t{number}); }
  Json& value(bool truth);
  Json& value(double number);
  /// {"minor":1999,"currency":"GBP"}
  Json& value(const Money& money);
  Json& null();
  /// A value that is JSON already.
  Json& raw(std::string_view json);

  template <class T>
  Json& field(std::string_view name, const T& what) {
    return key(name).value(what);
  }

  [[nodiscard]] const std::string& text() const { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  Json& open(char bracket);
  void separate();
  void quote(std::string_view text);

  std::string out_;
  std::string open_;  // the closing brackets still owed
};

}  // namespace shop::core
