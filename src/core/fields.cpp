#include "core/fields.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

namespace shop::core {

bool Fields::check(bool good, std::string_view path, std::string_view code,
                   std::string_view message) {
  if (!good) add({std::string{path}, std::string{code}, std::string{message}, {}});
  return good;
}

void Fields::add(ErrorDetail detail) {
  details_.push_back(std::move(detail));
}

std::string Fields::text(std::string_view path, std::string_view value, const TextRule& rule) {
  // The length is checked before a byte is looked at: a field of gigabytes costs nothing.
  const auto trimmed = value.size() <= rule.max + 1024 ? trim(value) : value;
  if (trimmed.size() > rule.max) {
    add({std::string{path},
         "too_long",
         fmt::format("at most {} bytes", rule.max),
         {{"max", std::to_string(rule.max)}, {"size", std::to_string(trimmed.size())}}});
    return {};
  }
  if (!valid_utf8(trimmed)) {
    check(false, path, "invalid_utf8", "not valid UTF-8");
    return {};
  }
  if (has_control(trimmed, rule.multiline)) {
    check(false, path, "control_character", "has a control character");
    return {};
  }
  if (trimmed.size() < rule.min) {
    if (trimmed.empty()) {
      check(false, path, "required", "is required");
    } else {
      add({std::string{path},
           "too_short",
           fmt::format("at least {} bytes", rule.min),
           {{"min", std::to_string(rule.min)}}});
    }
    return {};
  }
  // What trimming left of ASCII can be seen.
  if (rule.name && !trimmed.empty() && static_cast<unsigned char>(trimmed.front()) >= 0x80 &&
      fold(trimmed).empty()) {
    check(false, path, "required", "has nothing that can be seen");
    return {};
  }
  return std::string{trimmed};
}

bool Fields::range(std::string_view path, std::int64_t value, std::int64_t minimum,
                   std::int64_t maximum) {
  if (value >= minimum && value <= maximum) return true;
  add({std::string{path},
       "out_of_range",
       fmt::format("{} is not between {} and {}", value, minimum, maximum),
       {{"min", std::to_string(minimum)},
        {"max", std::to_string(maximum)},
        {"value", std::to_string(value)}}});
  return false;
}

Money Fields::price(std::string_view path, Money value, const Currency& shop_currency) {
  range(path, value.minor, 0);
  if (value.currency.empty()) {
    value.currency = shop_currency;
  } else if (value.currency != shop_currency) {
    add({std::string{path},
         "currency_mismatch",
         fmt::format("{} is not this shop's currency, {}", value.currency.view(),
                     shop_currency.view()),
         {{"expected", std::string{shop_currency.view()}}}});
  }
  return value;
}

void Fields::throw_if_any(Code code) {
  if (details_.empty()) return;
  const auto& first = details_.front();
  auto message = first.path.empty() ? first.message : first.path + ": " + first.message;
  if (details_.size() > 1) message += fmt::format(" (and {} more)", details_.size() - 1);
  throw Error(code, std::move(message), std::move(details_));
}

std::string path_at(std::string_view list, std::size_t index, std::string_view member) {
  return member.empty() ? fmt::format("{}[{}]", list, index)
                        : fmt::format("{}[{}].{}", list, index, member);
}

}  // namespace shop::core
