#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop {

/// Identifier of a stored object: positive, below 2^53, unique over the whole shop. @since 1.0
using Id = std::int64_t;

/// Microseconds since 1970-01-01T00:00:00Z, UTC. @since 1.0
using Timestamp = std::int64_t;

/// Largest magnitude of an amount, a quantity or an id: 2^53 − 1, exact in JavaScript. @since 1.0
inline constexpr std::int64_t max_magnitude = (std::int64_t{1} << 53) - 1;

/// An ISO 4217 code of three capital letters. @since 1.0
struct Currency {
  std::array<char, 4> code{};  ///< NUL-terminated

  constexpr Currency() = default;
  /// From a literal such as "GBP"; text of another length gives the empty currency.
  constexpr Currency(std::string_view text) {  // NOLINT(google-explicit-constructor)
    if (text.size() == 3) code = {text[0], text[1], text[2], '\0'};
  }
  constexpr Currency(const char* text) : Currency(std::string_view{text}) {}  // NOLINT
  [[nodiscard]] constexpr std::string_view view() const {
    return code[0] == '\0' ? std::string_view{} : std::string_view{code.data(), 3};
  }
  [[nodiscard]] constexpr bool empty() const { return code[0] == '\0'; }
  friend constexpr bool operator==(const Currency&, const Currency&) = default;
};

/// An exact amount: integer minor units (pence, cents, yen) and their currency. @since 1.0
struct Money {
  std::int64_t minor = 0;
  Currency currency;
  friend constexpr bool operator==(const Money&, const Money&) = default;
};

/// How much of a power cut a commit survives. @since 1.0
enum class Durability : std::int32_t {
  full = 1,    ///< every acknowledged change is on the disk; the default
  normal = 2,  ///< a power cut may lose the last changes, never the consistency
};

/// Which page of a list to read. @since 1.0
struct PageQuery {
  std::string cursor;       ///< `next_cursor` of the page before; empty for the first page
  std::int64_t limit = 50;  ///< rows wanted, 1–500
  bool with_total = false;  ///< also count all rows that match
};

/// One page of a list, read by keyset: a page is complete and never skips or repeats a row that
/// stayed where it was between two calls. @since 1.0
template <class T>
struct Page {
  std::vector<T> items;
  std::string next_cursor;            ///< empty on the last page
  std::optional<std::int64_t> total;  ///< present when asked for
};

}  // namespace shop
