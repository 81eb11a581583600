#include "transfer/json_line.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace shop::transfer;

namespace {

bool reads(std::string_view line) {
  std::vector<Value> row;
  return parse_row(line, row);
}

bool heads(std::string_view line) {
  Heading heading;
  return parse_heading(line, heading);
}

}  // namespace

TEST_CASE("a row comes back as it was written") {
  const std::vector<Value> row{nullptr,
                               std::int64_t{-7},
                               std::numeric_limits<std::int64_t>::max(),
                               2.5,
                               3.0,
                               1e300,
                               std::string{"a \"quoted\" \\ text\nof /two\x01 lines, ümläut"},
                               std::string{},
                               Blob{std::string{"\0\xFF bytes", 8}},
                               Blob{}};
  std::string line;
  append_row(line, row);
  REQUIRE(line.back() == '\n');
  line.pop_back();
  std::vector<Value> back;
  REQUIRE(parse_row(line, back));
  REQUIRE(back.size() == row.size());
  CHECK(std::holds_alternative<std::nullptr_t>(back[0]));
  for (const std::size_t i : {1U, 2U}) {
    CHECK(std::get<std::int64_t>(back[i]) == std::get<std::int64_t>(row[i]));
  }
  for (const std::size_t i : {3U, 4U, 5U}) {
    CHECK(std::get<double>(back[i]) == std::get<double>(row[i]));
  }
  for (const std::size_t i : {6U, 7U}) {
    CHECK(std::get<std::string>(back[i]) == std::get<std::string>(row[i]));
  }
  for (const std::size_t i : {8U, 9U}) {
    CHECK(std::get<Blob>(back[i]).bytes == std::get<Blob>(row[i]).bytes);
  }
  CHECK(reads("[]"));
  CHECK(reads("[\"\\/\\u0041\"]"));
}

TEST_CASE("what is no row is told") {
  for (const char* line : {"",
                           "1",
                           "[",
                           "[]x",
                           "[1",
                           "[1,",
                           "[1,]",
                           "[1]x",
                           "[x]",
                           "[\"",
                           "[\"a",
                           "[\"\\",
                           "[\"\\x\"]",
                           "[\"\\u00\"]",
                           "[\"\\u00g0\"]",
                           "[\"\\u0080\"]",
                           "[\"\\u00",
                           "[{\"base64url\":1}]",
                           "[{\"base64url\":\"AA\"]",
                           "[{\"base64url\":\"A\"}]",
                           "[{\"base64url\":\"%%\"}]",
                           "[nul]",
                           "[-]"}) {
    CAPTURE(std::string{line});
    CHECK_FALSE(reads(line));
  }
}

TEST_CASE("headings are read strictly") {
  Heading heading;
  REQUIRE(parse_heading(R"({"libshop":"dump","schema":12})", heading));
  CHECK(heading.schema == 12);
  REQUIRE(parse_heading(R"({"libshop":"end","rows":3})", heading));
  CHECK(heading.rows == 3);
  REQUIRE(parse_heading(R"({"table":"a","columns":["b","c"]})", heading));
  CHECK(heading.table == "a");
  CHECK(heading.columns == std::vector<std::string>{"b", "c"});
  for (const char* line :
       {"{}", R"({"libshop":"dump","schema":})", R"({"libshop":"dump","schema":1.5})",
        R"({"libshop":"dump","schema":1)", R"({"libshop":"dump","schema":1}x)",
        R"({"libshop":"end","rows":"1"})", R"({"table":1,"columns":["b"]})",
        R"({"table":"a","rows":["b"]})", R"({"table":"a","columns":[1]})",
        R"({"table":"a","columns":[]})", R"({"table":"a","columns":["b"})",
        R"({"table":"a","columns":["b"]}x)"}) {
    CAPTURE(std::string{line});
    CHECK_FALSE(heads(line));
  }
}
