#pragma once

#include <cstdint>

namespace shop::test {

/// The seed of this run: SHOP_SEED from the environment, else a fixed one, so that a plain run
/// repeats itself. Printed once, whatever comes of the run.
std::uint64_t run_seed();

}  // namespace shop::test
