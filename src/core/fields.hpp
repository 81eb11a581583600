#pragma once

#include "shop/error.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::core {

/// The bounds of a text field, in bytes of UTF-8 after trimming.
struct TextRule {
  std::size_t min = 0;
  std::size_t max = 200;
  bool multiline = false;  ///< allow line breaks and tabs
  /// A name, or another text that is compared by its folded form: of what cannot be seen alone
  /// (zero-width signs, accents without a letter) it is none (`required`).
  bool name = false;
};

/// Collects everything that is wrong with a call's fields, then throws once.
///
///     Fields fields;
///     auto title = fields.text("title", input.title, {.min = 1, .max = 200});
///     fields.check(input.price.minor >= 0, "price", "negative", "a price cannot be negative");
///     fields.throw_if_any();
class Fields {
 public:
  /// Adds a failure at `path` unless `good`. Returns `good`.
  bool check(bool good, std::string_view path, std::string_view code, std::string_view message);
  /// Adds a failure with parameters.
  void add(ErrorDetail detail);

  /// Validates, trims and returns `value`; control characters and bad UTF-8 are failures.
  std::string text(std::string_view path, std::string_view value, const TextRule& rule);

  /// `minimum <= value <= maximum`, else `out_of_range` with the bounds as parameters.
  bool range(std::string_view path, std::int64_t value, std::int64_t minimum,
             std::int64_t maximum = max_magnitude);

  /// A non-negative amount in the shop's currency; an empty currency means the shop's.
  Money price(std::string_view path, Money value, const Currency& shop_currency);

  [[nodiscard]] bool empty() const { return details_.empty(); }
  /// Throws Error{code} with all details, if there are any.
  void throw_if_any(Code code = Code::validation);

 private:
  std::vector<ErrorDetail> details_;
};

/// `lines`, 2, `quantity` → `lines[2].quantity`.
std::string path_at(std::string_view list, std::size_t index, std::string_view member = {});

}  // namespace shop::core
