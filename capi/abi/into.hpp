#pragma once

#include "block.hpp"
#include "input.hpp"
#include "shop/types.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// How the generated readers put a value of C into whichever type the C++ member has: itself, an
/// optional of it, or a narrower one.
namespace shop::capi {

template <class To, class From>
void number_into(Inputs& inputs, const Path& at, To& to, From value) {
  to = inputs.number<To>(at, value);
}
template <class To, class From>
void number_into(Inputs& inputs, const Path& at, std::optional<To>& to, From value) {
  number_into(inputs, at, to.emplace(), value);
}

inline void boolean_into(Inputs& inputs, const Path& at, bool& to, shop_bool value) {
  to = inputs.boolean(at, value);
}
inline void boolean_into(Inputs& inputs, const Path& at, std::optional<bool>& to, shop_bool value) {
  to = inputs.boolean(at, value);
}

template <class To>
void enumeration_into(Inputs& inputs, const Path& at, To& to, std::int32_t value) {
  to = static_cast<To>(value);
  if (!known(Known{}, to)) inputs.problem(Code::invalid_argument, at, "is not one of its values");
}
template <class To>
void enumeration_into(Inputs& inputs, const Path& at, std::optional<To>& to, std::int32_t value) {
  enumeration_into(inputs, at, to.emplace(), value);
}

inline void money_into(Inputs& inputs, const Path& at, Money& to, const shop_money& value) {
  to = inputs.money(at, value);
}
inline void money_into(Inputs& inputs, const Path& at, std::optional<Money>& to,
                       const shop_money& value) {
  to = inputs.money(at, value);
}

inline void text_into(Inputs& inputs, const Path& at, std::string& to, const shop_str& value,
                      std::size_t max) {
  to = inputs.text(at, value, max);
}
inline void text_into(Inputs& inputs, const Path& at, Currency& to, const shop_str& value,
                      std::size_t max) {
  const std::string text = inputs.text(at, value, max);
  to = Currency{text};
  if (!text.empty() && to.empty()) inputs.problem(Code::validation, at, "needs three letters");
}
template <class To>
void text_into(Inputs& inputs, const Path& at, std::optional<To>& to, const shop_str& value,
               std::size_t max) {
  text_into(inputs, at, to.emplace(), value, max);
}

inline void bytes_into(Inputs& inputs, const Path& at, std::string& to, const shop_bytes& value,
                       std::size_t max) {
  to = inputs.bytes(at, value, max);
}
template <class Byte>
void bytes_into(Inputs& inputs, const Path& at, std::vector<Byte>& to, const shop_bytes& value,
                std::size_t max) {
  const std::string bytes = inputs.bytes(at, value, max);
  const auto* first = reinterpret_cast<const Byte*>(bytes.data());
  to.assign(first, first + bytes.size());
}
template <class To>
void bytes_into(Inputs& inputs, const Path& at, std::optional<To>& to, const shop_bytes& value,
                std::size_t max) {
  bytes_into(inputs, at, to.emplace(), value, max);
}

inline void texts_into(Inputs& inputs, const Path& at, std::vector<std::string>& to,
                       const shop_strs& value, std::size_t max) {
  to = inputs.texts(at, value, max);
}
inline void texts_into(Inputs& inputs, const Path& at, std::optional<std::vector<std::string>>& to,
                       const shop_strs& value, std::size_t max) {
  to = inputs.texts(at, value, max);
}

template <class To>
void ids_into(Inputs& inputs, const Path& at, To& to, const shop_ids& value) {
  to = inputs.ids(at, value);
}

template <class C, class To>
void record_into(Inputs& inputs, const Path& at, To& to, const C* value, bool needed) {
  if (value == nullptr) {
    if (needed) inputs.problem(Code::invalid_argument, at, "must not be NULL");
    return;
  }
  read(inputs, at, value, to);
}
template <class C, class To>
void record_into(Inputs& inputs, const Path& at, std::optional<To>& to, const C* value,
                 bool needed) {
  if (value == nullptr && !needed) return;
  record_into(inputs, at, to.emplace(), value, needed);
}

/// `Item` is the C record of the items, To their C++ struct.
template <class Item, class List, class To>
void items_into(Inputs& inputs, const Path& at, std::vector<To>& to, const List* list) {
  const std::size_t count = inputs.list(at, list, least_size(As<Item>{}));
  to.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Path item{&at, {}, static_cast<std::int64_t>(i)};
    read(inputs, item, SHOP_AT(Item, list, i), to[i]);
  }
}
template <class Item, class List, class To>
void items_into(Inputs& inputs, const Path& at, std::optional<std::vector<To>>& to,
                const List* list) {
  items_into<Item>(inputs, at, to.emplace(), list);
}

}  // namespace shop::capi
