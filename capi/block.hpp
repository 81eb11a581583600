#pragma once

#include "shop/base.h"
#include "shop/types.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace shop::capi {

/// A place in a block under construction, in bytes from its beginning.
using Pos = std::size_t;

/// Names a C record in overloads of `write`, as one C++ type may have several C forms.
template <class C>
struct As {};

/// Lets overloads of `known` be found for enums of another namespace.
struct Known {};

/// Builds a result: one block of memory that holds a record, its strings and all it points to.
/// Everything is addressed by offset until `finish`, so the block may move while it grows.
class Writer {
 public:
  Writer();
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Zeroed room for `bytes` bytes, aligned to 8.
  Pos reserve(std::size_t bytes);

  /// Stores a plain number at `at`.
  template <class T>
  void put(Pos at, std::type_identity_t<T> value) {
    static_assert(std::is_arithmetic_v<T>);
    std::memcpy(body() + at, &value, sizeof value);
  }
  /// Stores the address that `target` will have.
  void pointer(Pos at, Pos target);
  /// Stores a shop_str and its text; an empty text is "", not NULL.
  void text(Pos at, std::string_view text);
  void text(Pos at, const char* text) { this->text(at, std::string_view{text}); }
  void text(Pos at, const Currency& currency) { text(at, currency.view()); }
  template <class T>
  void text(Pos at, const std::optional<T>& maybe) {
    if (maybe) text(at, *maybe);
  }
  void bytes(Pos at, std::span<const std::byte> bytes);
  void bytes(Pos at, std::span<const std::uint8_t> bytes) { this->bytes(at, std::as_bytes(bytes)); }
  void bytes(Pos at, std::string_view bytes) { this->bytes(at, std::as_bytes(std::span{bytes})); }
  void texts(Pos at, std::span<const std::string> texts);
  void ids(Pos at, std::span<const Id> ids);
  void money(Pos at, const Money& money);

  /// Turns offsets into addresses and hands the block out; release it with `free_block`.
  void* finish();
  /// The same for a block that lives as long as the program: releasing it does nothing.
  const void* finish_static();

 private:
  [[nodiscard]] std::byte* body() const;
  void grow(std::size_t needed);

  std::byte* block_ = nullptr;
  std::size_t used_ = 0;
  std::size_t capacity_ = 0;
  std::uint64_t bits_ = 0;  // of all text so far, or-ed together
  std::vector<Pos> pointers_;
};

/// Stands before results that are never released.
struct StaticHeader {
  std::uint64_t magic = 0x6b636f6c62706f73;
  std::uint64_t size = 0;
  std::uint64_t ascii = 0;
  std::uint64_t unused = 0;
};

/// For `shop_result_free` and its sisters.
void free_block(const void* root) noexcept;
std::size_t block_size(const void* root) noexcept;
/// Whether no text in the block has a byte above 127.
bool block_is_ascii(const void* root) noexcept;

/// Writes a C record of type C for `value`, reserved in the block; gives its place.
template <class C, class T>
Pos write_new(Writer& writer, const T& value) {
  const Pos at = writer.reserve(sizeof(C));
  write(As<C>{}, writer, at, value);
  return at;
}

/// Sub-records behind pointers: absent ones stay NULL.
template <class C, class T>
void write_pointer(Writer& writer, Pos at, const T& value) {
  writer.pointer(at, write_new<C>(writer, value));
}
template <class C, class T>
void write_pointer(Writer& writer, Pos at, const std::optional<T>& value) {
  if (value) writer.pointer(at, write_new<C>(writer, *value));
}
template <class C, class T>
void write_pointer(Writer& writer, Pos at, const std::unique_ptr<T>& value) {
  if (value) writer.pointer(at, write_new<C>(writer, *value));
}
template <class C, class T>
void write_pointer(Writer& writer, Pos at, const std::shared_ptr<T>& value) {
  if (value) writer.pointer(at, write_new<C>(writer, *value));
}

/// The head that lists and pages share; `Item` is the C record of an item.
template <class Item, class Items>
void write_items(Writer& writer, Pos at, std::size_t list_bytes, const Items& items) {
  struct Head {
    std::uint32_t struct_size;
    std::uint32_t item_size;
    std::uint64_t count;
    const void* items;
  };
  writer.put<std::uint32_t>(at, static_cast<std::uint32_t>(list_bytes));
  writer.put<std::uint32_t>(at + offsetof(Head, item_size), sizeof(Item));
  writer.put<std::uint64_t>(at + offsetof(Head, count), items.size());
  if (items.empty()) return;
  Pos place = writer.reserve(items.size() * sizeof(Item));
  writer.pointer(at + offsetof(Head, items), place);
  for (const auto& item : items) {
    write(As<Item>{}, writer, place, item);
    place += sizeof(Item);
  }
}

}  // namespace shop::capi
