#include "faults/story.hpp"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

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
    {"transfer_import_order_lines", "reads a file; the story imports text"},
    {"transfer_export_order_lines", "writes a file; the story exports text"},
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
  // So that `auto& cart = w.shop->cart(); cart.add(…)` counts as much as the call in one piece.
  std::string calls;
  for (const char letter : told) {
    if (std::isspace(static_cast<unsigned char>(letter)) == 0) calls += letter;
    if (calls.ends_with("().")) calls.replace(calls.size() - 3, 3, ".");
  }
  std::ifstream table{SHOP_SOURCE_DIR "/src/accounts/operations.def"};
  int reached = 0;
  for (std::string row; std::getline(table, row);) {
    constexpr std::string_view k_start = "OPERATION(";
    if (!row.starts_with(k_start)) continue;
    const auto name = row.substr(k_start.size(), row.find(',') - k_start.size());
    auto call = name;
    call[name.find('_')] = '.';
    const bool is_told =
        calls.find(call + "(") != std::string::npos || calls.find(call + "_(") != std::string::npos;
    CHECK_MESSAGE(is_told != k_untold.contains(name), name);
    reached += is_told ? 1 : 0;
  }
  CHECK(reached > 300);
  MESSAGE(reached, " operations in ", story().size(), " steps");
}
