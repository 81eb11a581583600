#pragma once

#include "bench/bench.hpp"

#include <vector>

namespace shop::bench {

/// Prints what this project promises itself about speed and size, beside what these rows say.
/// Floors without their rows are left out.
void print_floors(const std::vector<Row>& rows);

}  // namespace shop::bench
