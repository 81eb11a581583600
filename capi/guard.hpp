#pragma once

#include "block.hpp"
#include "input.hpp"
#include "shop/base.h"
#include "shop/error.hpp"

#include <optional>
#include <string>
#include <utility>

namespace shop::capi {

/// Turns the exception that is being handled into a status and, where wanted, an error object.
shop_status failed(shop_error** out_error) noexcept;

/// The body of every C function: no exception leaves it.
template <class Body>
shop_status call(shop_error** out_error, Body&& body) noexcept {
  if (out_error != nullptr) *out_error = nullptr;
  try {
    body();
    return SHOP_OK;
  } catch (...) {
    return failed(out_error);
  }
}

[[noreturn]] void throw_null_output(const char* name);
[[noreturn]] void throw_absent();

/// Where a result goes; NULL or 0 until there is one.
template <class T>
void clear(T* out, const char* name) {
  if (out == nullptr) throw_null_output(name);
  *out = T{};
}

/// Hands out a record made from `value`.
template <class C, class T>
void give(const C** out, const T& value) {
  Writer writer;
  write_new<C>(writer, value);
  *out = static_cast<const C*>(writer.finish());
}
template <class C, class T>
void give(const C** out, const std::optional<T>& value) {
  if (!value) throw_absent();
  give<C>(out, *value);
}

inline void write(As<shop_text>, Writer& writer, Pos at, std::string_view text) {
  writer.put<std::uint32_t>(at, sizeof(shop_text));
  writer.text(at + offsetof(shop_text, text), text);
}
inline void write(As<shop_texts>, Writer& writer, Pos at, std::span<const std::string> texts) {
  writer.put<std::uint32_t>(at, sizeof(shop_texts));
  writer.texts(at + offsetof(shop_texts, texts), texts);
}
inline void write(As<shop_blob>, Writer& writer, Pos at, std::span<const std::byte> bytes) {
  writer.put<std::uint32_t>(at, sizeof(shop_blob));
  writer.bytes(at + offsetof(shop_blob, bytes), bytes);
}
inline void write(As<shop_blob>, Writer& writer, Pos at, const std::string& bytes) {
  write(As<shop_blob>{}, writer, at, std::as_bytes(std::span{bytes}));
}
inline void write(As<shop_blob>, Writer& writer, Pos at, std::span<const std::uint8_t> bytes) {
  write(As<shop_blob>{}, writer, at, std::as_bytes(bytes));
}

/// Plain numbers, truths and amounts by their address.
template <class C, class T>
void give_value(C* out, const T& value) {
  *out = static_cast<C>(value);
}
inline void give_value(shop_money* out, const Money& value) {
  out->minor = value.minor;
  std::memcpy(out->currency, value.currency.code.data(), sizeof out->currency);
}

}  // namespace shop::capi
