#include "abi/structs.hpp"
#include "block.hpp"
#include "core/money.hpp"
#include "shop/base.h"
#include "shop/error.hpp"

#include <cstring>

namespace shop::capi {

static void write(As<shop_status_row>, Writer& writer, Pos at, Code code) {
  writer.put<std::uint32_t>(at, sizeof(shop_status_row));
  writer.put<std::int32_t>(at + offsetof(shop_status_row, code), static_cast<std::int32_t>(code));
  writer.text(at + offsetof(shop_status_row, name), code_name(code));
  writer.text(at + offsetof(shop_status_row, description), code_description(code));
}

static void write(As<shop_abi_struct>, Writer& writer, Pos at, const StructSize& entry) {
  writer.put<std::uint32_t>(at, sizeof(shop_abi_struct));
  writer.text(at + offsetof(shop_abi_struct, name), entry.name);
  writer.put<std::int64_t>(at + offsetof(shop_abi_struct, size), entry.size);
}

static const shop_status_list* status_table() {
  Writer writer;
  const Pos at = writer.reserve(sizeof(shop_status_list));
  write_items<shop_status_row>(writer, at, sizeof(shop_status_list), all_codes());
  return static_cast<const shop_status_list*>(writer.finish_static());
}

static const shop_abi* abi() {
  Writer writer;
  const Pos at = writer.reserve(sizeof(shop_abi));
  writer.put<std::uint32_t>(at, sizeof(shop_abi));
  writer.put<std::int64_t>(at + offsetof(shop_abi, major), abi_major);
  writer.put<std::int64_t>(at + offsetof(shop_abi, minor), abi_minor);
  writer.text(at + offsetof(shop_abi, version), library_version);
  const Pos structs = writer.reserve(sizeof(shop_abi_struct_list));
  write_items<shop_abi_struct>(writer, structs, sizeof(shop_abi_struct_list), struct_sizes());
  writer.pointer(at + offsetof(shop_abi, structs), structs);
  return static_cast<const shop_abi*>(writer.finish_static());
}

}  // namespace shop::capi

void shop_result_free(const void* result) {
  shop::capi::free_block(result);
}

size_t shop_result_size(const void* result) {
  return shop::capi::block_size(result);
}

size_t shop_result_take(const void* result, void* buffer, size_t capacity, int32_t* ascii_out) {
  const std::size_t size = shop::capi::block_size(result);
  if (ascii_out != nullptr) *ascii_out = shop::capi::block_is_ascii(result) ? 1 : 0;
  if (size == 0 || size > capacity || buffer == nullptr) return size;
  std::memcpy(buffer, result, size);
  shop::capi::free_block(result);
  return size;
}

const char* shop_status_name(shop_status status) {
  return shop::code_name(static_cast<shop::Code>(status)).data();
}

const char* shop_status_description(shop_status status) {
  return shop::code_description(static_cast<shop::Code>(status)).data();
}

int32_t shop_currency_exponent(const char* currency) {
  if (currency == nullptr) return -1;
  return shop::core::currency_exponent(shop::Currency{currency}).value_or(-1);
}

const shop_status_list* shop_status_table(void) {
  try {
    static const shop_status_list* const table = shop::capi::status_table();
    return table;
  } catch (...) {
    return nullptr;
  }
}

const shop_abi* shop_abi_info(void) {
  try {
    static const shop_abi* const info = shop::capi::abi();
    return info;
  } catch (...) {
    return nullptr;
  }
}
