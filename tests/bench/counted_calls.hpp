#pragma once

#include <string>

namespace shop::bench {

/// Makes a small shop in the folder and calls each of the main operations through the C API,
/// `turns` times in a row, as a section of its own for callgrind (tests/bench/instructions.py).
/// `only` names one of them, for a profiler; empty means all.
void run_counted_calls(const std::string& folder, const std::string& only, int turns);

}  // namespace shop::bench
