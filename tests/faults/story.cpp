#include "faults/story.hpp"

#include "core/random.hpp"
#include "faults/memory.hpp"
#include "faults/story_parts.hpp"
#include "support/start_of_test.hpp"

namespace shop::test {
namespace {

std::vector<Step> whole_story() {
  std::vector<Step> steps;
  chapters::catalog(steps);
  chapters::stock(steps);
  chapters::people(steps);
  chapters::sellers(steps);
  chapters::prices(steps);
  chapters::carts(steps);
  chapters::orders(steps);
  chapters::payments(steps);
  chapters::after_all(steps);
  chapters::engagement(steps);
  chapters::looking_back(steps);
  chapters::leaving(steps);
  return steps;
}

}  // namespace

void World::begin() {
  texts["bootstrap"] = shop->bootstrap_code();
}

void World::name(const char* name, Id id) {
  const MemoryForTest memory;
  ids[name] = id;
}

void World::note(const char* name, const std::string& text) {
  const MemoryForTest memory;
  texts[name] = text;
}

void World::enter(const char* name, const Session& session) {
  const MemoryForTest memory;
  sessions.insert_or_assign(name, session);
}

const std::vector<Step>& story() {
  static const std::vector<Step> steps = whole_story();
  return steps;
}

OpenOptions held_options(const World& world, std::uint64_t seed) {
  OpenOptions options;
  options.clock = world.clock;
  options.random = core::seeded_random(seed);
  options.currency = "GBP";
  options.busy_timeout_ms = 50;
  options.password_preset = PasswordPreset::for_tests;
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
