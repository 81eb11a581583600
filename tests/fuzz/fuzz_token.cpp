// Any bytes as a cursor or as base64: they are refused, or have exactly one spelling.

#include "core/encoding.hpp"
#include "fuzz/need.hpp"
#include "shop/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shop;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto bytes = core::from_base64url(text)) {
    fuzz::need(core::to_base64url(*bytes) == text, "base64 has one spelling");
  }
  fuzz::need(core::from_base64url(core::to_base64url(core::as_bytes(text))).has_value(),
             "what was written can be read");
  const auto refused = [&](auto&& read) {
    try {
      read();
    } catch (const Error& error) {
      fuzz::need(error.code() == Code::validation, "a bad cursor is refused as such");
    }
  };
  refused([&] {
    core::CursorReader cursor{text, "list"};
    (void)cursor.integer();
    (void)cursor.text();
  });
  const auto own = core::CursorWriter{"list"}.add(text).add(std::int64_t{-7}).take();
  core::CursorReader cursor{own, "list"};
  fuzz::need(cursor.text() == text && cursor.integer() == -7, "a cursor gives back its values");
  return 0;
}
