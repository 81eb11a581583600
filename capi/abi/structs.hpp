#pragma once

#include "shop/base.h"

#include <cstdint>
#include <span>

namespace shop::capi {

inline constexpr std::int64_t abi_major = SHOP_ABI_MAJOR;
inline constexpr std::int64_t abi_minor = SHOP_ABI_MINOR;
inline constexpr const char* library_version = SHOP_VERSION;

struct StructSize {
  const char* name;
  std::int64_t size;
};

/// Every struct of shop.h; generated.
std::span<const StructSize> struct_sizes() noexcept;

}  // namespace shop::capi
