#pragma once

#include "shop/base.h"
#include "shop/error.hpp"
#include "shop/types.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace shop::capi {

/// Where in an input we are; a chain on the stack, spelled out only when something is wrong.
struct Path {
  const Path* parent = nullptr;
  std::string_view name;
  std::int64_t index = -1;  ///< an item of the list `parent` where not negative

  [[nodiscard]] std::string spell() const;
};

/// Upper bounds in bytes, for texts whose declaration names none with `@max`.
inline constexpr std::size_t max_argument_bytes = 64 << 10;
inline constexpr std::size_t max_text_bytes = 1 << 20;
inline constexpr std::size_t max_bytes = 256 << 20;
inline constexpr std::size_t max_items = 1 << 20;

/// Turns what C gave into C++ values and collects everything that is wrong with it.
class Inputs {
 public:
  /// Throws one Error with all problems, if there are any.
  void check();

  void problem(Code code, const Path& at, std::string_view what);

  // Arguments of functions.
  std::string text(const Path& at, const char* text, std::size_t max = max_argument_bytes);
  std::optional<std::string> optional_text(const Path& at, const char* text,
                                           std::size_t max = max_argument_bytes);
  /// Counted text or bytes; a secret or a file.
  std::string counted(const Path& at, const void* data, std::size_t size, bool utf8,
                      std::size_t max = max_bytes);

  // Members of records.
  std::string text(const Path& at, const shop_str& text, std::size_t max = max_text_bytes);
  std::string bytes(const Path& at, const shop_bytes& bytes, std::size_t max = max_bytes);
  std::vector<std::string> texts(const Path& at, const shop_strs& texts, std::size_t max);
  std::vector<Id> ids(const Path& at, const shop_ids& ids);
  Money money(const Path& at, const shop_money& money);
  bool boolean(const Path& at, shop_bool value);

  /// Converts a number to the narrower type that the C++ side uses.
  template <class To, class From>
  To number(const Path& at, From value) {
    if constexpr (std::is_floating_point_v<To>) {
      if (!finite(value)) problem(Code::out_of_range, at, "is not a finite number");
      return static_cast<To>(value);
    } else {
      if (!std::in_range<To>(value)) {
        problem(Code::out_of_range, at, "is out of range");
        return To{};
      }
      return static_cast<To>(value);
    }
  }

  /// Copies a record of any accepted size into `copy`. False, with a problem noted, when it is
  /// NULL, malformed or from a newer program that asks for what this library does not know.
  template <class C>
  bool record(const Path& at, const C* from, std::size_t least_bytes, std::uint64_t known_fields,
              C& copy) {
    return load(at, from, least_bytes, sizeof(C), known_fields, &copy);
  }

  /// The number of items of a list of records, 0 with a problem noted if it is malformed.
  std::size_t list(const Path& at, const void* list, std::size_t least_item_bytes);

 private:
  static bool finite(double value);
  bool load(const Path& at, const void* from, std::size_t least_bytes, std::size_t bytes,
            std::uint64_t known_fields, void* copy);

  Code code_ = Code::ok;
  std::vector<ErrorDetail> details_;
};

/// An argument that becomes whichever kind of text the C++ function takes.
class TextArgument {
 public:
  explicit TextArgument(std::string text) : text_(std::move(text)) {}
  operator std::string() const { return text_; }       // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return text_; }  // NOLINT(google-explicit-constructor)
  operator std::span<const std::byte>() const {        // NOLINT(google-explicit-constructor)
    return std::as_bytes(std::span{text_});
  }
  operator std::vector<std::byte>() const {  // NOLINT(google-explicit-constructor)
    const auto bytes = std::as_bytes(std::span{text_});
    return {bytes.begin(), bytes.end()};
  }
  [[nodiscard]] std::string& text() { return text_; }

 private:
  std::string text_;
};

/// The same for an argument that may be absent.
class OptionalTextArgument {
 public:
  explicit OptionalTextArgument(std::optional<std::string> text) : text_(std::move(text)) {}
  operator std::optional<std::string>() const { return text_; }  // NOLINT
  operator std::optional<std::string_view>() const {             // NOLINT
    return text_ ? std::optional<std::string_view>{*text_} : std::nullopt;
  }
  operator std::string() const { return text_.value_or(""); }  // NOLINT
  operator std::string_view() const {                          // NOLINT
    return text_ ? std::string_view{*text_} : std::string_view{};
  }

 private:
  std::optional<std::string> text_;
};

/// For numbers that are never 0 when they are there, such as ids.
template <class T>
std::optional<T> present_unless_zero(T value) {
  return value == 0 ? std::nullopt : std::optional<T>{value};
}

/// Overwrites a secret's memory before it is given back.
void wipe(std::string& secret) noexcept;
inline void wipe(std::optional<std::string>& secret) noexcept {
  if (secret) wipe(*secret);
}
inline void wipe(std::optional<std::optional<std::string>>& secret) noexcept {
  if (secret) wipe(*secret);
}
inline void wipe(TextArgument& secret) noexcept {
  wipe(secret.text());
}

/// Wipes when it goes out of scope.
template <class T>
class Wiped {
 public:
  explicit Wiped(T& secret) : secret_(secret) {}
  ~Wiped() { wipe(secret_); }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;

 private:
  T& secret_;
};

}  // namespace shop::capi
