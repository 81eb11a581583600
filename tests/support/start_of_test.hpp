#pragma once

#include "shop/types.hpp"

namespace shop::test {

/// 2026-01-05T10:00:00Z, a Monday: where the clock of every test shop stands.
inline constexpr Timestamp start_of_test = 1'767'607'200'000'000;

}  // namespace shop::test
