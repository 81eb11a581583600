#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shop::core {

std::string to_hex(std::span<const std::byte> bytes);

/// URL-safe base64 without padding.
std::string to_base64url(std::span<const std::byte> bytes);
/// Strict: one spelling per value; nullopt for anything else.
std::optional<std::vector<std::byte>> from_base64url(std::string_view text);

std::span<const std::byte> as_bytes(std::string_view text) noexcept;
std::string_view as_text(std::span<const std::byte> bytes) noexcept;

/// RFC 9562 UUIDv7 text from a time in microseconds and ten random bytes.
std::string uuid7(std::int64_t microseconds, std::span<const std::byte, 10> chance);

/// A keyset position as an opaque cursor: a tag that names the list and its order, then the
/// values of the last row. A cursor of another list or from elsewhere is Error{validation} at
/// path `cursor`.
class CursorWriter {
 public:
  explicit CursorWriter(std::string_view tag);
  CursorWriter& add(std::int64_t value);
  CursorWriter& add(std::string_view value);
  [[nodiscard]] std::string take() const;

 private:
  std::string bytes_;
};

class CursorReader {
 public:
  CursorReader(std::string_view cursor, std::string_view tag);
  std::int64_t integer();
  std::string text();

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace shop::core
