#pragma once

#include <exception>

namespace shop::core {

/// To be called first in each thread of ours. What the first exception of a thread needs is
/// allocated when it is thrown: without memory left, the process would end there.
inline void ready_for_exceptions() noexcept {
  const volatile int made = std::uncaught_exceptions();
  (void)made;
}

}  // namespace shop::core
