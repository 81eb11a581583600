#pragma once

#include <cstdio>
#include <cstdlib>

namespace shop::fuzz {

/// Ends the program, as fuzzers want it, when something that must hold does not.
inline void need(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace shop::fuzz
