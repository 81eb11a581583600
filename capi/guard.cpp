#include "guard.hpp"

#include "abi/convert_base.hpp"
#include "handle.hpp"

#include <new>

namespace shop::capi {
namespace {

/// What a caller gets when there is no memory left to say more.
struct NoMemory {
  StaticHeader header;
  shop_error error;
  shop_error_detail_list details;
};

shop_error* no_memory() noexcept {
  static const NoMemory block = [] {
    NoMemory made{};
    made.header.size = sizeof(shop_error) + sizeof(shop_error_detail_list);
    made.error.struct_size = sizeof(shop_error);
    made.error.code = SHOP_E_NO_MEMORY;
    made.error.name = {"no_memory", 9};
    made.error.message = {"there is not enough memory", 26};
    made.error.details = nullptr;
    return made;
  }();
  return const_cast<shop_error*>(&block.error);
}

shop_status report(shop_error** out_error, const Error& error) noexcept {
  if (out_error != nullptr) {
    try {
      Writer writer;
      write_new<shop_error>(writer, error);
      *out_error = static_cast<shop_error*>(writer.finish());
    } catch (...) {
      *out_error = no_memory();
    }
  }
  return static_cast<shop_status>(error.code());
}

shop_status report(shop_error** out_error, Code code, const char* message) noexcept {
  try {
    return report(out_error, Error(code, message));
  } catch (...) {
    if (out_error != nullptr) *out_error = no_memory();
    return static_cast<shop_status>(code);
  }
}

}  // namespace

shop_status failed(shop_error** out_error) noexcept {
  try {
    throw;
  } catch (const Error& error) {
    return report(out_error, error);
  } catch (const std::bad_alloc&) {
    if (out_error != nullptr) *out_error = no_memory();
    return SHOP_E_NO_MEMORY;
  } catch (const std::exception& error) {
    return report(out_error, Code::internal, error.what());
  } catch (...) {
    return report(out_error, Code::internal, "an unknown exception");
  }
}

void throw_null_output(const char* name) {
  throw Error(Code::invalid_argument, std::string(name) + " must not be NULL",
              {{name, "required", std::string(name) + " must not be NULL", {}}});
}

void throw_absent() {
  throw Error(Code::not_found, "there is no such thing");
}

void throw_bad_handle(const char* what) {
  throw Error(Code::bad_handle, std::string(what) + " is NULL, closed, or no handle of libshop");
}

void throw_forked() {
  throw Error(Code::forked,
              "this handle was opened before the process forked; open the shop again in the child");
}

}  // namespace shop::capi
