#include "events/events.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace shop;

TEST_CASE("docs/events.md lists every type with its version, aggregate and payload") {
  std::ifstream file{std::string{SHOP_SOURCE_DIR} + "/docs/events.md"};
  REQUIRE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  std::size_t rows = 0;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("| `")) ++rows;
  }
  CHECK(rows == events::types().size());
  for (const auto& row : events::types()) {
    const auto line = fmt::format("| `{}` | {} | {} | `{}` | {} |", row.type, row.version,
                                  row.aggregate, row.fields, row.meaning);
    CAPTURE(line);
    CHECK(text.str().find(line) != std::string::npos);
  }
}

TEST_CASE("a payload is checked against its schema") {
  const auto bad = [](std::string_view fields, std::string_view payload) {
    return events::payload_problem(fields, payload).has_value();
  };
  constexpr auto fields = "number:text total:money lines?:list paid:bool count:integer";
  CHECK_FALSE(bad(fields, R"({"number":"A\"1","total":{"minor":1,"currency":"GBP"},"paid":true,)"
                          R"("count":-3})"));
  CHECK_FALSE(bad("", "{}"));
  CHECK(bad("", ""));
  CHECK(bad("", "[]"));
  CHECK(bad("", "{} x"));
  CHECK(bad("a:text", R"({"a":1})"));
  CHECK(bad("a:text", R"({})"));
  CHECK(bad("a?:text", R"({"b":1})"));
  CHECK(bad("a:integer", R"({"a":1.5})"));
  CHECK(bad("a:list", R"({"a":[1,2})"));
  CHECK_FALSE(bad("a:list", R"({"a":[1,{"b":[]},null,"x"]})"));
  CHECK(bad("a:text", R"({"a":"open)"));
}
