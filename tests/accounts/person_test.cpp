#include "accounts/password.hpp"
#include "core/random.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct PersonFixture : ShopFixture {
  NewUserInput good(const std::string& name) const {
    NewUserInput input;
    input.username = name;
    return input;
  }
  Problems problems(const NewUserInput& input) {
    return problems_of([&] { return shop.accounts().create_user(host, input); });
  }
};

}  // namespace

TEST_CASE_FIXTURE(PersonFixture, "what cannot be an e-mail address is refused") {
  auto input = good("person");
  for (const char* email :
       {"plain", "@example.com", "a@b", "a@.example.com", "a@example.com.", "a@examplecom",
        "a@example..com", "a b@example.com", "<a@example.com", "a>@example.com", "\"a@example.com",
        "a,b@example.com", "a;b@example.com", "a\\b@example.com"}) {
    CAPTURE(std::string{email});
    input.email = email;
    CHECK(problems(input) == Problems{"email invalid"});
  }
  input.email = std::string(65, 'x') + "@example.com";
  CHECK(problems(input) == Problems{"email invalid"});
  input.email = std::string(64, 'x') + "@example.com";
  CHECK(shop.accounts().create_user(host, input).email == input.email);
}

TEST_CASE_FIXTURE(PersonFixture, "a person is refused with every field that is wrong") {
  auto input = good("ab");
  input.name = std::string(121, 'x');
  input.phone = std::string(41, 'x');
  input.country = std::string(61, 'x');
  input.region = std::string(61, 'x');
  CHECK(problems(input) == Problems{"username too_short", "name too_long", "phone too_long",
                                    "country too_long", "region too_long"});
  CHECK(problems(good("a@b.c")) == Problems{"username invalid"});
  CHECK(problems(good("a b c")) == Problems{"username invalid"});
  CHECK(problems(good("")) == Problems{"username required"});
  auto unseen = good("\u200B\u200B");
  unseen.name = "\u200B";
  CHECK(problems(unseen) == Problems{"username required", "name required"});
  CHECK(problems(good(std::string(41, 'x'))) == Problems{"username too_long"});
  input = good("ann");
  input.email = "ann@example.com";
  shop.accounts().create_user(host, input);
  auto twin = good("ANN");
  twin.email = "Ann@Example.com";
  const auto error = error_of([&] { return shop.accounts().create_user(host, twin); });
  CHECK(error.code() == Code::already_exists);
  CHECK(problems_of(error) == Problems{"username taken", "email taken"});
}

TEST_CASE_FIXTURE(PersonFixture, "a password that is easily guessed is refused") {
  const auto refused = [&](const std::string& password) {
    auto input = good("magdalena");
    input.name = "Magdalena O'Neill-Smith";
    input.email = "lena@example.com";
    input.password = password;
    const auto found = problems(input);
    return found.size() == 1 ? *found.begin() : std::string{};
  };
  CHECK(refused(std::string(1025, 'x')) == "password too_long");
  CHECK(refused("") == "password required");
  CHECK(refused("short") == "password too_short");
  CHECK(refused("\xff\xff\xff\xff\xff\xff\xff\xff") == "password invalid_utf8");
  for (const char* guess : {"aaaaaaaaaa", "abcdefghij", "password", "magdalena", "Magdalena123",
                            "MAGDALENA.magdalena", "neill-smith!"}) {
    CAPTURE(std::string{guess});
    CHECK(refused(guess).starts_with("password "));
  }
  auto input = good("magdalena");
  input.password = "magdalena ßßßß hat";
  CHECK(shop.accounts().create_user(host, input).id != 0);
}

TEST_CASE("a stored password of another make, or of a cost beyond reason, is refused") {
  core::KeyRing keys;
  keys.add(1, core::Key{std::vector<std::byte>(32)});
  const auto random = core::seeded_random(1);
  const accounts::PasswordCost cheap{1, 8192};
  const auto stored = accounts::hash_password(keys, 7, "correct horse", cheap, *random);
  CHECK(accounts::verify_password(keys, 1, 7, stored, "correct horse"));
  CHECK_FALSE(accounts::verify_password(keys, 1, 7, stored, "Correct horse"));
  CHECK_FALSE(accounts::verify_password(keys, 1, 8, stored, "correct horse"));
  CHECK_FALSE(accounts::needs_rehash(stored, cheap));
  CHECK(accounts::needs_rehash(stored, {2, 8192}));
  CHECK(accounts::needs_rehash(stored, {1, 16384}));
  const auto tail = stored.substr(stored.find("$", 20));
  for (const auto& wrong :
       {std::string{}, std::string{"$argon2i$v=19$m=8,t=1,p=1"} + tail, "x" + stored,
        "$argon2id$v=19$m=,t=1,p=1" + tail, "$argon2id$v=19$m=08,t=1,p=1" + tail,
        "$argon2id$v=19$m=8,x=1,p=1" + tail, "$argon2id$v=19$m=8,t=1,p=2" + tail,
        "$argon2id$v=19$m=8,t=1,q=1" + tail, "$argon2id$v=19$m=4,t=1,p=1" + tail,
        "$argon2id$v=19$m=99999999,t=1,p=1" + tail, "$argon2id$v=19$m=8,t=99,p=1" + tail,
        std::string{"$argon2id$v=19$m=8,t=1,p=1x"}, std::string{"$argon2id$v=19$m=8,t=1,p=1$x"},
        std::string{"$argon2id$v=19$m=8,t=1,p=1$!$"}, stored + "x", stored + "$",
        stored.substr(0, stored.size() - 4),
        "$argon2id$v=19$m=8,t=1,p=1$AA" + tail.substr(tail.rfind('$'))}) {
    CAPTURE(wrong);
    CHECK(code_of([&] { return accounts::verify_password(keys, 1, 7, wrong, "x"); }) ==
          Code::tampered);
  }
}

TEST_CASE("a measured cost of passwords is within reason") {
  const auto cost = accounts::calibrate_password_cost();
  CHECK(cost.memory_bytes >= (std::size_t{19} << 20));
  CHECK(cost.memory_bytes <= (std::size_t{64} << 20));
  CHECK(cost.operations >= 2);
  CHECK(cost.operations <= 6);
}
