#include "events/events.hpp"

#include <string>

#include <doctest/doctest.h>

using shop::events::payload_problem;

TEST_CASE("a payload has the members of its schema, of their kinds, and no others") {
  constexpr const char* fields =
      "id:id name:text paid:bool total:money lines:list at:time note?:text";
  CHECK_FALSE(payload_problem(fields, R"({"id":7,"name":"a","paid":true,"total":{"minor":1},)"
                                      R"("lines":[1,"x",{"y":null}],"at":-5})"));
  CHECK_FALSE(payload_problem(fields,
                              " { \"id\" : 7 , \"name\":\"\\\"\", \"paid\":false,\n"
                              "\"total\":{},\"lines\":[],\"at\":0,\"note\":\"n\"} "));
  CHECK(payload_problem("id:id", "{}") == "lacks id");
  CHECK(payload_problem("id:id", R"({"id":"7"})") == "id is not of kind id");
  CHECK(payload_problem("id:integer", R"({"id":7.5})") == "id is not of kind integer");
  CHECK(payload_problem("at:time", R"({"at":null})") == "at is not of kind time");
  CHECK(payload_problem("a:text", R"({"a":[]})") == "a is not of kind text");
  CHECK(payload_problem("a:bool", R"({"a":1e3})") == "a is not of kind bool");
  CHECK(payload_problem("a:object", R"({"a":true})") == "a is not of kind object");
  CHECK(payload_problem("a:list", R"({"a":{}})") == "a is not of kind list");
  CHECK(payload_problem("a:thing", R"({"a":{}})") == "a is not of kind thing");
  CHECK(payload_problem("", R"({"a":1})") == "a is not in the schema");
}

TEST_CASE("what is no JSON object is told, however deep") {
  for (const char* broken : {"",
                             " ",
                             "1",
                             "[]",
                             "{",
                             "{}x",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{\"a\":1",
                             "{\"a\":1,}",
                             "{a:1}",
                             "{\"a:1}",
                             "{\"a\":tru}",
                             "{\"a\":fals}",
                             "{\"a\":nul}",
                             "{\"a\":x}",
                             "{\"a\":\"}",
                             "{\"a\":\"\\",
                             "{\"a\":[1}",
                             "{\"a\":[1,]}",
                             "{\"a\":[",
                             "{\"a\":{\"b\"}}",
                             "{\"a\":{\"b\":1}"}) {
    CAPTURE(std::string{broken});
    CHECK(payload_problem("a?:integer", broken) == "is not a JSON object");
  }
  const auto nested = [](int depth) {
    return "{\"a\":" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}";
  };
  CHECK_FALSE(payload_problem("a:list", nested(30)));
  CHECK(payload_problem("a:list", nested(40)) == "is not a JSON object");
}
