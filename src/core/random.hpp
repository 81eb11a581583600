#pragma once

#include "shop/clock.hpp"

#include <cstdint>
#include <memory>

namespace shop::core {

/// The operating system's randomness, through libsodium.
std::shared_ptr<Random> system_random();

/// The same bytes for the same seed; for tests and replays only.
std::shared_ptr<Random> seeded_random(std::uint64_t seed);

/// One that goes on with the same bytes by itself: a seeded one is copied, others are shared.
std::shared_ptr<Random> fork_random(const std::shared_ptr<Random>& random);

/// The system's wall clock.
std::shared_ptr<Clock> system_clock();

}  // namespace shop::core
