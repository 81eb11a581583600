#include "core/encoding.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace shop::core;

TEST_CASE("bytes come back from base64, which has one spelling for them") {
  CHECK(to_base64url(as_bytes("list")) == "bGlzdA");
  const auto back = from_base64url("bGlzdA");
  REQUIRE(back.has_value());
  CHECK(as_text(*back) == "list");
  CHECK(from_base64url("").has_value());
  for (const char* other :
       {"bGlzdA==", "bGlzdB", "bGlzd", "bGlzd ", "bGlz\ndA", "bGlz+A", "bGlz/A"}) {
    CAPTURE(other);
    CHECK_FALSE(from_base64url(other).has_value());
  }
}

TEST_CASE("a byte above 127 is no letter of base64") {
  for (int byte = 128; byte < 256; ++byte) {
    CAPTURE(byte);
    CHECK_FALSE(from_base64url(std::string(4, static_cast<char>(byte))).has_value());
  }
  // What a fuzzer found to decode.
  CHECK_FALSE(from_base64url("\xED"
                             "Gx\xCApc\xA3"
                             "BAAAAAAAAAA")
                  .has_value());
}
