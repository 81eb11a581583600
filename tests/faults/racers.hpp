#pragma once

#include "faults/story.hpp"

#include <functional>
#include <vector>

namespace shop::test {

/// A call that changes the shop, possible after the story and line_up, for its own reasons or not.
struct Racer {
  const char* name;
  std::function<void(Engine&, const World&)> run;
};

std::vector<Racer> all_racers();

/// Makes what the racers want to have, mostly enough for one of two.
void line_up(World& world);

inline constexpr const char* k_password_of_rita = "a passphrase of many words";

}  // namespace shop::test
