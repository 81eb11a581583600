#include "faults/story.hpp"

#include "core/random.hpp"
#include "faults/memory.hpp"
#include "support/shop_fixture.hpp"

namespace shop::test {
namespace {

using Steps = std::vector<Step>;

void browse_and_sort(Steps& steps) {
  steps.push_back(
      {"make a category", [](World& world) {
         const auto made = world.shop->catalog().create_category(world.host(), {"Toys", {}});
         world.name("toys", made.id);
       }});
  steps.push_back({"make a category in it", [](World& world) {
                     const auto made = world.shop->catalog().create_category(
                         world.host(), {"Wooden Toys", world.id("toys")});
                     world.name("wooden", made.id);
                   }});
  steps.push_back({"read a category", [](World& world) {
                     (void)world.shop->catalog().category(world.host(), "toys");
                   }});
  steps.push_back({"list categories",
                   [](World& world) { (void)world.shop->catalog().categories(world.host(), {}); }});
}

Steps whole_story() {
  Steps steps;
  browse_and_sort(steps);
  return steps;
}

}  // namespace

void World::name(const char* name, Id id) {
  const MemoryForTest memory;
  ids[name] = id;
}

const std::vector<Step>& story() {
  static const Steps steps = whole_story();
  return steps;
}

OpenOptions held_options(const World& world, std::uint64_t seed) {
  OpenOptions options;
  options.clock = world.clock;
  options.random = core::seeded_random(seed);
  options.currency = "GBP";
  options.busy_timeout_ms = 50;
  return options;
}

World new_world() {
  World world;
  world.clock = std::make_shared<ManualClock>(start_of_test);
  return world;
}

void play(World& world, const Step& step) {
  world.clock->advance(1'000'000);
  step.run(world);
}

}  // namespace shop::test
