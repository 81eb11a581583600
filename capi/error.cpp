#include "shop/error.hpp"

#include "abi/convert_base.hpp"

namespace shop::capi {

using Parameter = std::pair<std::string, std::string>;

static void write(As<shop_error_param>, Writer& writer, Pos at, const Parameter& from) {
  writer.put<std::uint32_t>(at, sizeof(shop_error_param));
  writer.text(at + offsetof(shop_error_param, name), from.first);
  writer.text(at + offsetof(shop_error_param, value), from.second);
}

static void write(As<shop_error_param_list>, Writer& writer, Pos at,
                  const std::vector<Parameter>& from) {
  write_items<shop_error_param>(writer, at, sizeof(shop_error_param_list), from);
}

static void write(As<shop_error_detail>, Writer& writer, Pos at, const ErrorDetail& from) {
  writer.put<std::uint32_t>(at, sizeof(shop_error_detail));
  writer.text(at + offsetof(shop_error_detail, path), from.path);
  writer.text(at + offsetof(shop_error_detail, code), from.code);
  writer.text(at + offsetof(shop_error_detail, message), from.message);
  write_pointer<shop_error_param_list>(writer, at + offsetof(shop_error_detail, params),
                                       from.params);
}

static void write(As<shop_error_detail_list>, Writer& writer, Pos at,
                  const std::vector<ErrorDetail>& from) {
  write_items<shop_error_detail>(writer, at, sizeof(shop_error_detail_list), from);
}

void write(As<shop_error>, Writer& writer, Pos at, const Error& from) {
  writer.put<std::uint32_t>(at, sizeof(shop_error));
  writer.put<std::int32_t>(at + offsetof(shop_error, code), static_cast<std::int32_t>(from.code()));
  writer.text(at + offsetof(shop_error, name), code_name(from.code()));
  writer.text(at + offsetof(shop_error, message), from.message());
  write_pointer<shop_error_detail_list>(writer, at + offsetof(shop_error, details), from.details());
}

}  // namespace shop::capi
