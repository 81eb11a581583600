// Any calls of the C library, in any order, by anybody: each answers with a code, results and
// errors are whole, and the shop is sound afterwards.

#include "faults/story.hpp"
#include "fuzz/calls.hpp"
#include "fuzz/need.hpp"

#include <cstddef>
#include <cstdint>
#include <fstream>

namespace {

struct LivedIn {
  shop::Snapshot shop;
  shop::Timestamp now;
};

/// A shop in which something of everything has happened.
LivedIn lived_in_shop() {
  using namespace shop::test;
  auto world = new_world();
  world.shop = shop::Engine::open_memory(held_options(world));
  world.begin();
  for (const auto& step : story()) play(world, step);
  return {world.shop->snapshot(), world.clock->now()};
}

}  // namespace

// What one input does is told by how many calls it makes.
std::int64_t g_fuzz_calls = 0;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto lived_in = lived_in_shop();
  static shop::fuzz::Caller caller{
      shop::scenarios::Json::parse(std::ifstream{SHOP_SOURCE_DIR "/capi/abi/shop.json"})};
  shop_open_input options;
  SHOP_INIT(&options);
  options.fields = SHOP_OPEN_INPUT_HAS_MANUAL_CLOCK | SHOP_OPEN_INPUT_HAS_RANDOM_SEED;
  options.manual_clock = lived_in.now;
  options.random_seed = 1;
  options.password_preset = SHOP_PASSWORD_PRESET_FOR_TESTS;
  shop_engine* engine = nullptr;
  const auto bytes = lived_in.shop.bytes();
  shop::fuzz::need(
      shop_engine_open_image(bytes.data(), bytes.size(), &options, &engine, nullptr) == SHOP_OK,
      "the shop opens");
  caller.play(engine, {data, size});
  g_fuzz_calls = caller.calls();
  shop::fuzz::need(shop_engine_close(engine, nullptr) == SHOP_OK, "the shop closes");
  return 0;
}
