#include "faults/story.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::test;

namespace {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in{path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// What the story does not do, and why.
const std::map<std::string, std::string> k_untold{
    {"engine_rotate_host_key", "the shop then opens with another key: tests/accounts"},
    {"transfer_import_products", "reads a file; the story imports text"},
    {"transfer_export_products", "writes a file; the story exports text"},
    {"transfer_dump_shop", "writes a file: tests/transfer"},
    {"transfer_load_shop", "fills an empty shop only: tests/transfer"}};

}  // namespace

TEST_CASE("the story can be told, and leaves a sound shop") {
  auto world = new_world();
  world.shop = Engine::open_memory(held_options(world));
  world.begin();
  for (const auto& step : story()) {
    CAPTURE(step.name);
    REQUIRE_NOTHROW(play(world, step));
  }
  const auto report = world.shop->verify();
  CHECK_MESSAGE(report.ok(), (report.ok() ? "" : report.problems.front().message));
}

TEST_CASE("the story reaches every public operation") {
  std::string told;
  const std::filesystem::path here{SHOP_SOURCE_DIR "/tests/faults"};
  for (const auto& entry : std::filesystem::directory_iterator{here}) {
    if (entry.path().filename().string().starts_with("story")) told += read_text(entry.path());
  }
  // `auto& payments = w.shop->payments(); payments.pay(…)` counts as much as the call in one piece.
  told = std::regex_replace(told, std::regex{"\\(\\)\\s*\\."}, ".");
  const auto table = read_text(SHOP_SOURCE_DIR "/src/accounts/operations.def");
  const std::regex row{"\\nOPERATION\\(([a-z]+)_([a-z_]+),"};
  std::set<std::string> missing;
  int reached = 0;
  for (std::sregex_iterator at{table.begin(), table.end(), row}; at != std::sregex_iterator{};
       ++at) {
    const auto module = (*at)[1].str();
    const auto verb = (*at)[2].str();
    const std::regex call{"\\b" + (module == "engine" ? "shop->" : module + "\\.\\s*") + verb +
                          "_?\\("};
    const bool is_told = std::regex_search(told, call);
    const bool left_out = k_untold.contains(module + "_" + verb);
    CHECK_MESSAGE(is_told != left_out, module, "_", verb);
    reached += is_told ? 1 : 0;
  }
  CHECK(reached > 300);
  MESSAGE(reached, " operations in ", story().size(), " steps");
}
