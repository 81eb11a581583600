#include "input.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include <sodium.h>

namespace shop::capi {
namespace {

constexpr std::size_t max_record_bytes = 64 << 10;

struct InputHead {
  std::uint32_t struct_size;
  std::uint32_t reserved;
  std::uint64_t fields;
};

struct ListHead {
  std::uint32_t struct_size;
  std::uint32_t item_size;
  std::uint64_t count;
  const void* items;
};

bool all_zero(const unsigned char* from, std::size_t size) {
  return std::all_of(from, from + size, [](unsigned char byte) { return byte == 0; });
}

const char* machine_code(Code code) {
  switch (code) {
    case Code::invalid_utf8:
      return "invalid_utf8";
    case Code::too_large:
      return "too_large";
    case Code::bad_struct:
      return "bad_struct";
    case Code::unsupported:
      return "unsupported";
    case Code::out_of_range:
      return "out_of_range";
    default:
      return "invalid";
  }
}

}  // namespace

std::string Path::spell() const {
  if (index >= 0) return (parent ? parent->spell() : "") + "[" + std::to_string(index) + "]";
  std::string before = parent ? parent->spell() : "";
  if (!before.empty() && !name.empty()) before += '.';
  return before.append(name);
}

void Inputs::problem(Code code, const Path& at, std::string_view what) {
  if (code_ == Code::ok) code_ = code;
  ErrorDetail detail;
  detail.path = at.spell();
  detail.code = machine_code(code);
  detail.message = (detail.path.empty() ? "the input" : detail.path) + " ";
  detail.message.append(what);
  details_.push_back(std::move(detail));
}

void Inputs::check() {
  if (details_.empty()) return;
  std::string message = details_.front().message;
  throw Error(code_, std::move(message), std::move(details_));
}

std::string Inputs::text(const Path& at, const char* text, std::size_t max) {
  if (text == nullptr) {
    problem(Code::invalid_argument, at, "must not be NULL");
    return {};
  }
  const std::size_t size = ::strnlen(text, max + 1);
  return this->text(at, shop_str{text, size}, max);
}

std::optional<std::string> Inputs::optional_text(const Path& at, const char* text,
                                                 std::size_t max) {
  if (text == nullptr) return std::nullopt;
  return this->text(at, text, max);
}

std::string Inputs::counted(const Path& at, const void* data, std::size_t size, bool utf8,
                            std::size_t max) {
  if (utf8) return text(at, shop_str{static_cast<const char*>(data), size}, max);
  return bytes(at, shop_bytes{static_cast<const std::uint8_t*>(data), size}, max);
}

std::string Inputs::text(const Path& at, const shop_str& text, std::size_t max) {
  if (text.data == nullptr) {
    if (text.size != 0) problem(Code::invalid_argument, at, "is NULL but has a size");
    return {};
  }
  if (text.size > max) {
    problem(Code::too_large, at, "is longer than " + std::to_string(max) + " bytes");
    return {};
  }
  const std::string_view view{text.data, text.size};
  if (!core::valid_utf8(view)) {
    problem(Code::invalid_utf8, at, "is not valid UTF-8, or holds a NUL");
    return {};
  }
  return std::string{view};
}

std::string Inputs::bytes(const Path& at, const shop_bytes& bytes, std::size_t max) {
  if (bytes.data == nullptr) {
    if (bytes.size != 0) problem(Code::invalid_argument, at, "is NULL but has a size");
    return {};
  }
  if (bytes.size > max) {
    problem(Code::too_large, at, "is longer than " + std::to_string(max) + " bytes");
    return {};
  }
  return {reinterpret_cast<const char*>(bytes.data), bytes.size};
}

std::vector<std::string> Inputs::texts(const Path& at, const shop_strs& texts, std::size_t max) {
  std::vector<std::string> out;
  if (texts.items == nullptr) {
    if (texts.count != 0) problem(Code::invalid_argument, at, "is NULL but has a count");
    return out;
  }
  if (texts.count > max_items) {
    problem(Code::too_large, at, "has too many items");
    return out;
  }
  out.reserve(texts.count);
  for (std::size_t i = 0; i < texts.count; ++i) {
    const Path item{&at, {}, static_cast<std::int64_t>(i)};
    out.push_back(text(item, texts.items[i], max));
  }
  return out;
}

std::vector<Id> Inputs::ids(const Path& at, const shop_ids& ids) {
  if (ids.items == nullptr) {
    if (ids.count != 0) problem(Code::invalid_argument, at, "is NULL but has a count");
    return {};
  }
  if (ids.count > max_items) {
    problem(Code::too_large, at, "has too many items");
    return {};
  }
  return {ids.items, ids.items + ids.count};
}

Money Inputs::money(const Path& at, const shop_money& money) {
  const std::string_view code{money.currency, ::strnlen(money.currency, sizeof money.currency)};
  const bool letters =
      std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!letters || (!code.empty() && code.size() != 3)) {
    problem(Code::validation, at, "needs a currency of three capital letters");
  }
  if (money.minor > max_magnitude || money.minor < -max_magnitude) {
    problem(Code::out_of_range, at, "is out of range");
    return {};
  }
  return {money.minor, Currency{code}};
}

bool Inputs::boolean(const Path& at, shop_bool value) {
  if (value != 0 && value != 1) problem(Code::invalid_argument, at, "must be 0 or 1");
  return value == 1;
}

bool Inputs::finite(double value) {
  return std::isfinite(value);
}

bool Inputs::load(const Path& at, const void* from, std::size_t least_bytes, std::size_t bytes,
                  std::uint64_t known_fields, void* copy) {
  std::memset(copy, 0, bytes);
  if (from == nullptr) {
    problem(Code::invalid_argument, at, "must not be NULL");
    return false;
  }
  std::uint32_t size = 0;
  std::memcpy(&size, from, sizeof size);
  if (size < least_bytes || size > max_record_bytes) {
    problem(Code::bad_struct, at, "has a struct_size that no version of it has; use SHOP_INIT");
    return false;
  }
  std::memcpy(copy, from, std::min<std::size_t>(size, bytes));
  const auto* raw = static_cast<const unsigned char*>(from);
  if (size > bytes && !all_zero(raw + bytes, size - bytes)) {
    problem(Code::unsupported, at, "uses members that this version of libshop does not know");
    return false;
  }
  InputHead head{};
  std::memcpy(&head, copy, sizeof head);
  if (head.reserved != 0) {
    problem(Code::bad_struct, at, "has a reserved member that is not 0; use SHOP_INIT");
    return false;
  }
  if ((head.fields & ~known_fields) != 0) {
    problem(Code::unsupported, at, "sets bits in fields that this version does not know");
    return false;
  }
  return true;
}

std::size_t Inputs::list(const Path& at, const void* list, std::size_t least_item_bytes) {
  if (list == nullptr) return 0;
  ListHead head{};
  std::memcpy(&head.struct_size, list, sizeof head.struct_size);
  if (head.struct_size < sizeof head || head.struct_size > max_record_bytes) {
    problem(Code::bad_struct, at, "has a struct_size that no version of it has; use SHOP_INIT");
    return 0;
  }
  std::memcpy(&head, list, sizeof head);
  if (head.count == 0) return 0;
  if (head.items == nullptr || head.item_size < least_item_bytes ||
      head.item_size > max_record_bytes || head.item_size % 8 != 0) {
    problem(Code::bad_struct, at, "has no items or a wrong item_size");
    return 0;
  }
  if (head.count > max_items) {
    problem(Code::too_large, at, "has too many items");
    return 0;
  }
  return static_cast<std::size_t>(head.count);
}

void wipe(std::string& secret) noexcept {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace shop::capi
