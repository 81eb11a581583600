#include "core/json.hpp"
#include "core/keyring.hpp"
#include "core/random.hpp"
#include "core/sha1.hpp"
#include "shop/error.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::core;

namespace {

Key key_of(unsigned char byte) {
  return Key{std::vector<std::byte>(32, std::byte{byte})};
}

template <class F>
Code code_of(F&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return Code::ok;
}

Bytes bytes_of(std::string_view text) {
  return std::as_bytes(std::span{text});
}

}  // namespace

TEST_CASE("a key has 32 bytes") {
  CHECK(code_of([] { Key{std::vector<std::byte>(31)}; }) == Code::internal);
  CHECK(code_of([] { Key{std::vector<std::byte>(33)}; }) == Code::internal);
}

TEST_CASE("what was sealed opens with its key, in its place, whole") {
  const auto random = seeded_random(1);
  KeyRing keys;
  keys.add(1, key_of(1));
  const auto old = keys.seal("secret", "table|1", *random);
  keys.add(2, key_of(2));
  keys.add(2, key_of(9));
  keys.add(1, key_of(9));
  CHECK(keys.ids() == std::vector<std::int64_t>{2, 1});
  const auto box = keys.seal("secret", "table|1", *random);
  CHECK(keys.open(box, "table|1") == "secret");
  CHECK(keys.open(old, "table|1") == "secret");
  CHECK(code_of([&] { (void)keys.open(box, "table|2"); }) == Code::tampered);
  for (std::size_t size = 0; size < box.size(); ++size) {
    CHECK(code_of([&] { (void)keys.open(Bytes{box}.first(size), "table|1"); }) == Code::tampered);
  }
  auto foreign = box;
  foreign[0] ^= std::byte{0xff};
  CHECK(code_of([&] { (void)keys.open(foreign, "table|1"); }) == Code::tampered);
  keys.drop(1);
  CHECK(keys.newest() == 2);
  keys.drop(2);
  CHECK(keys.newest() == 1);
  CHECK(code_of([&] { (void)keys.open(box, "table|1"); }) == Code::wrong_host_key);
  keys.drop(1);
  CHECK(keys.newest() == 0);
  CHECK(code_of([&] { (void)keys.seal("x", "y", *random); }) == Code::wrong_host_key);
}

TEST_CASE("a keyed hash is of its key, its parts and its place") {
  KeyRing keys;
  keys.add(1, key_of(1));
  const auto old = keys.mac(Purpose::seal, {"a", "b"});
  const auto check = [&](const std::vector<std::byte>& mac, KeyRing::Under under) {
    return code_of([&] { keys.check_mac(Purpose::seal, mac, {"a", "b"}, "t", 7, under); });
  };
  CHECK(check(old, KeyRing::Under::newest) == Code::ok);
  CHECK(check(old, KeyRing::Under::one_before) == Code::tampered);
  CHECK(check(keys.mac(Purpose::seal, {"ab", ""}), KeyRing::Under::newest) == Code::tampered);
  CHECK(check({}, KeyRing::Under::newest) == Code::tampered);
  keys.add(2, key_of(2));
  const auto made = keys.mac(Purpose::seal, {"a", "b"});
  CHECK(check(old, KeyRing::Under::newest) == Code::tampered);
  CHECK(check(old, KeyRing::Under::one_before) == Code::ok);
  keys.drop(2);
  CHECK(check(made, KeyRing::Under::newest) == Code::wrong_host_key);
  keys.drop(1);
  CHECK(check(old, KeyRing::Under::newest) == Code::wrong_host_key);
}

TEST_CASE("HMAC-SHA-1 of RFC 2202, with keys of any length") {
  const auto hex = [](const auto& digest) {
    std::string out;
    for (const auto byte : digest) {
      constexpr const char* digits = "0123456789abcdef";
      out += digits[static_cast<unsigned>(byte) >> 4U];
      out += digits[static_cast<unsigned>(byte) & 15U];
    }
    return out;
  };
  CHECK(hex(hmac_sha1(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  const std::string long_key(80, '\xaa');
  CHECK(hex(hmac_sha1(bytes_of(long_key),
                      bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
        "aa4ae5e15272d00e95705637ce8a3b55ed402112");
  CHECK(hex(hmac_sha1({}, {})) == "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
}

TEST_CASE("JSON spells every value") {
  const auto text = Json{}
                        .begin_object()
                        .field("text", std::string_view{"a\"b\\c\n\x01"})
                        .field("number", std::int64_t{-7})
                        .key("real")
                        .value(2.5)
                        .key("none")
                        .null()
                        .key("yes")
                        .value(true)
                        .key("price")
                        .value(Money{5, "GBP"})
                        .end()
                        .take();
  CHECK(text == R"({"text":"a\"b\\c\u000a\u0001","number":-7,"real":2.5,"none":null,"yes":true,)"
                R"("price":{"minor":5,"currency":"GBP"}})");
}
