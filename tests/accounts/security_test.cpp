#include "accounts/password.hpp"
#include "accounts/second_factor.hpp"
#include "core/encoding.hpp"
#include "core/sha1.hpp"
#include "support/people.hpp"
#include "support/shop_fixture.hpp"

#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <sodium.h>

using namespace shop;
using namespace shop::test;

namespace {

constexpr const char* k_password = "correct horse battery";
constexpr std::int64_t k_second = 1'000'000;
constexpr std::int64_t k_minute = 60 * k_second;
constexpr std::int64_t k_hour = 60 * k_minute;

struct Fixture : ShopFixture {
  Accounts& accounts = shop.accounts();
  Session guest = shop.guest();

  Fixture() {
    RegisterInput input;
    input.username = "ann";
    input.email = "ann@example.com";
    input.password = k_password;
    ann_id = accounts.register_customer(guest, input).id;
  }

  LogIn log_in(const std::string& password = k_password,
               const std::optional<std::string>& code = {}) {
    LogInInput input;
    input.login = "ann";
    input.password = password;
    input.code = code;
    return accounts.log_in(guest, input);
  }

  void prove(const Session& session, StepUp action) {
    StepUpInput input;
    input.action = action;
    input.password = k_password;
    accounts.step_up(session, input);
  }

  /// The opened message of the newest event of a type.
  std::string message(const std::string& type) {
    PageQuery page{{}, 500, false};
    std::string sealed;
    for (const auto& event : shop.events().list(host, page).items) {
      const auto at = event.payload.find("\"sealed\":\"");
      if (event.type != type || at == std::string::npos) continue;
      sealed = event.payload.substr(at + 10, event.payload.find('"', at + 10) - at - 10);
    }
    return accounts.open_message(host, sealed);
  }

  static std::string field(const std::string& json, const std::string& name) {
    const auto at = json.find('"' + name + "\":\"") + name.size() + 4;
    return json.substr(at, json.find('"', at) - at);
  }

  Id ann_id = 0;
};

std::string base32_decoded(const std::string& text) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned bits = 0;
  int have = 0;
  for (const char c : text) {
    bits = bits << 5 | static_cast<unsigned>(alphabet.find(c));
    have += 5;
    if (have >= 8) {
      have -= 8;
      out += static_cast<char>(bits >> have & 0xFF);
    }
  }
  return out;
}

std::string code_at(const std::string& secret, Timestamp at) {
  auto digits = std::to_string(accounts::totp_at(secret, at / (30 * k_second)));
  return std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

TEST_CASE("HMAC-SHA-1 and TOTP give the values of RFC 2202, 4226 and 6238") {
  const std::string key(20, '\x0b');
  CHECK(core::to_hex(core::hmac_sha1(core::as_bytes(key), core::as_bytes("Hi There"))) ==
        "b617318655057264e28bc0b6fb378c8ef146be00");
  CHECK(core::to_hex(core::hmac_sha1(core::as_bytes("Jefe"),
                                     core::as_bytes("what do ya want for nothing?"))) ==
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  const std::string secret = "12345678901234567890";
  const std::vector<std::uint32_t> hotp{755224, 287082, 359152, 969429, 338314,
                                        254676, 287922, 162583, 399871, 520489};
  for (std::size_t i = 0; i < hotp.size(); ++i) {
    CHECK(accounts::totp_at(secret, static_cast<std::int64_t>(i)) == hotp[i]);
  }
  const std::vector<std::pair<std::int64_t, std::uint32_t>> totp{
      {59, 287082},       {1111111109, 81804},  {1111111111, 50471},
      {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};
  for (const auto& [seconds, digits] : totp) {
    CHECK(accounts::totp_at(secret, seconds / 30) == digits);
  }
}

TEST_CASE("a stored password that is not ours is refused before it costs anything") {
  core::KeyRing keys;
  keys.add(1, core::Key{core::Hash{}});
  const std::string salt = "c29tZXNhbHRzb21lc2FsdA";
  const std::string hash = "RdescudvJCsgt3ub+b/dWRWJTmaaJObGLXRYXjqhw38";
  for (const auto* head :
       {"$argon2id$v=19$m=2097152,t=3,p=1$", "$argon2id$v=19$m=65536,t=11,p=1$",
        "$argon2i$v=19$m=65536,t=3,p=1$", "$argon2id$v=19$m=65536,t=3,p=4$",
        "$argon2id$v=19$m=65536,t=0,p=1$", "$argon2id$v=16$m=65536,t=3,p=1$", "$argon2id$", ""}) {
    CAPTURE(head);
    CHECK(code_of([&] {
            return accounts::verify_password(keys, 1, 1, head + salt + '$' + hash, "x");
          }) == Code::tampered);
  }
}

TEST_CASE("a password belongs to its account and its key") {
  core::KeyRing keys;
  keys.add(1, core::Key{core::Hash{}});
  core::Hash other{};
  other[0] = std::byte{1};
  keys.add(2, core::Key{other});
  struct Zero final : Random {
    void fill(std::span<std::byte> out) override { std::fill(out.begin(), out.end(), std::byte{}); }
  } zero;
  const auto stored = accounts::hash_password(keys, 7, "secret words", {1, 8192}, zero);
  CHECK(accounts::verify_password(keys, 2, 7, stored, "secret words"));
  CHECK_FALSE(accounts::verify_password(keys, 2, 8, stored, "secret words"));
  CHECK_FALSE(accounts::verify_password(keys, 1, 7, stored, "secret words"));
  CHECK_FALSE(accounts::verify_password(keys, 2, 7, stored, "secret word"));
  CHECK(accounts::needs_rehash(stored, {2, 8192}));
  CHECK_FALSE(accounts::needs_rehash(stored, {1, 8192}));
}

// SHOP_LONG=1 flips every bit of 1,000 tokens of each kind, otherwise of ten.
TEST_CASE_FIXTURE(Fixture, "every single bit flip of every kind of token is refused") {
  const int rounds = std::getenv("SHOP_LONG") != nullptr ? 1'000 : 10;
  int refused = 0;
  int tried = 0;
  const auto attempt = [&](const std::string& token, auto&& call) {
    for (std::size_t bit = 0; bit < token.size() * 8; ++bit) {
      auto flipped = token;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
      ++tried;
      try {
        call(flipped);
      } catch (const Error&) {
        ++refused;
      }
    }
  };
  for (int round = 0; round < rounds; ++round) {
    clock->advance(k_hour);  // nothing is limited
    const auto live = log_in();
    attempt(live.access_token, [&](const std::string& t) { (void)accounts.resume(t); });
    attempt(live.refresh_token,
            [&](const std::string& t) { (void)accounts.refresh(t, "request-0123456789"); });
    attempt(accounts.guest_token(guest),
            [&](const std::string& t) { (void)accounts.resume_guest(t); });
    CHECK(accounts.resume(live.access_token).user_id == ann_id);
  }
  CHECK(tried == rounds * 3 * 49 * 8);
  CHECK(refused == tried);
}

TEST_CASE_FIXTURE(Fixture,
                  "refresh tokens rotate; a lost reply is repeated; reuse ends the family") {
  const auto live = log_in();
  const auto second = accounts.refresh(live.refresh_token, "request-aaaaaaaaaaaa");
  CHECK(second.refresh_token != live.refresh_token);
  CHECK(code_of([&] { return accounts.resume(live.access_token); }) == Code::token_invalid);
  clock->advance(30 * k_second);
  const auto again = accounts.refresh(live.refresh_token, "request-aaaaaaaaaaaa");
  CHECK(again.refresh_token == second.refresh_token);
  CHECK(again.access_token == second.access_token);
  SUBCASE("another request with the spent token is a thief's") {
    CHECK(code_of([&] { return accounts.refresh(live.refresh_token, "request-bbbbbbbbbbbb"); }) ==
          Code::session_revoked);
    CHECK(code_of([&] { return accounts.me(live.session); }) == Code::session_revoked);
    CHECK(code_of([&] { return accounts.refresh(second.refresh_token, "request-cccccccccccc"); }) ==
          Code::session_revoked);
    CHECK(shop.audit().entries(host, {.action = "session.token_reused"}, {}).items.size() == 1);
  }
  SUBCASE("after a minute the same request is a thief's as well") {
    clock->advance(31 * k_second);
    CHECK(code_of([&] { return accounts.refresh(live.refresh_token, "request-aaaaaaaaaaaa"); }) ==
          Code::session_revoked);
  }
  SUBCASE("access tokens last 15 minutes, refresh tokens 12 idle hours") {
    clock->advance(15 * k_minute);
    CHECK(code_of([&] { return accounts.resume(second.access_token); }) == Code::session_expired);
    const auto third = accounts.refresh(second.refresh_token, "request-dddddddddddd");
    clock->advance(12 * k_hour);
    CHECK(code_of([&] { return accounts.refresh(third.refresh_token, "request-eeeeeeeeeeee"); }) ==
          Code::session_expired);
  }
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(Fixture, "attempts are limited for each account, whatever the clock says") {
  for (int i = 0; i < 5; ++i)
    CHECK(code_of([&] { return log_in("wrong"); }) == Code::bad_credentials);
  CHECK(code_of([&] { return log_in(); }) == Code::rate_limited);
  SUBCASE("neither a clock set forward nor one set back helps") {
    clock->jump(start_of_test + 1000 * k_hour);
    CHECK(code_of([&] { return log_in(); }) == Code::rate_limited);
    clock->jump(start_of_test - 1000 * k_hour);
    CHECK(code_of([&] { return log_in(); }) == Code::rate_limited);
  }
  SUBCASE("nor a restart") {
    auto copy = shop.fork();
    LogInInput input;
    input.login = "ann";
    input.password = k_password;
    CHECK(code_of([&] { return copy.accounts().log_in(copy.guest(), input); }) ==
          Code::rate_limited);
  }
  SUBCASE("waiting does, and success sets the count back") {
    clock->advance(k_second);
    CHECK(log_in().user_id == ann_id);
    CHECK(code_of([&] { return log_in("wrong"); }) == Code::bad_credentials);
    CHECK(log_in().user_id == ann_id);
  }
  SUBCASE("a name that nobody has is limited alike") {
    LogInInput input;
    input.login = "nobody";
    input.password = "wrong";
    for (int i = 0; i < 5; ++i) {
      CHECK(code_of([&] { return accounts.log_in(guest, input); }) == Code::bad_credentials);
    }
    CHECK(code_of([&] { return accounts.log_in(guest, input); }) == Code::rate_limited);
  }
  SUBCASE("after a hundred only a reset of the password helps") {
    for (int i = 5; i < 100; ++i) {
      clock->advance(k_hour);
      CHECK(code_of([&] { return log_in("wrong"); }) == Code::bad_credentials);
    }
    clock->advance(1000 * k_hour);
    CHECK(code_of([&] { return log_in(); }) == Code::rate_limited);
    accounts.request_password_reset(guest, "ann");
    accounts.reset_password(
        guest, {"ann", field(message("user.code"), "code"), "another good passphrase", {}});
    CHECK(log_in("another good passphrase").user_id == ann_id);
  }
}

TEST_CASE_FIXTURE(Fixture, "a remembered device has a count of its own") {
  LogInInput input;
  input.login = "ann";
  input.password = k_password;
  input.remember_device = true;
  const auto device = accounts.log_in(guest, input).device_token;
  for (int i = 0; i < 6; ++i) CHECK_THROWS_AS(log_in("wrong"), Error);
  CHECK(code_of([&] { return log_in(); }) == Code::rate_limited);
  input.device_token = device;
  CHECK(accounts.log_in(guest, input).user_id == ann_id);
}

TEST_CASE_FIXTURE(Fixture,
                  "two-factor log-in: a code once, a step either way, ten recovery codes") {
  auto live = log_in();
  CHECK(code_of([&] { return accounts.begin_totp(live.session); }) == Code::step_up_required);
  prove(live.session, StepUp::email);
  CHECK(code_of([&] { return accounts.begin_totp(live.session); }) == Code::step_up_required);
  prove(live.session, StepUp::two_factor);
  const auto setup = accounts.begin_totp(live.session);
  const auto secret = base32_decoded(setup.secret);
  CHECK(secret.size() == 20);
  CHECK(setup.uri.find(setup.secret) != std::string::npos);
  CHECK(log_in().user_id == ann_id);  // not on before a code was seen
  CHECK(code_of([&] { return accounts.confirm_totp(live.session, "000000"); }) ==
        Code::bad_credentials);
  const auto recovery = accounts.confirm_totp(live.session, code_at(secret, clock->now())).codes;
  REQUIRE(recovery.size() == 10);
  CHECK(accounts.me(live.session).two_factor);

  CHECK(code_of([&] { return log_in(); }) == Code::second_factor_required);
  CHECK(code_of([&] { return log_in(k_password, code_at(secret, clock->now())); }) ==
        Code::bad_credentials);  // it was used to turn it on
  clock->advance(60 * k_second);
  CHECK(log_in(k_password, code_at(secret, clock->now() - 30 * k_second)).user_id == ann_id);
  CHECK(log_in(k_password, code_at(secret, clock->now() + 30 * k_second)).user_id == ann_id);
  CHECK(code_of([&] { return log_in(k_password, code_at(secret, clock->now())); }) ==
        Code::bad_credentials);  // an earlier step than the last
  clock->advance(10 * k_minute);
  CHECK(code_of([&] {
          return log_in(k_password, code_at(secret, clock->now() - 60 * k_second));
        }) == Code::bad_credentials);

  LogInInput with_recovery;
  with_recovery.login = "ann";
  with_recovery.password = k_password;
  with_recovery.recovery_code = recovery[3];
  CHECK(accounts.log_in(guest, with_recovery).user_id == ann_id);
  CHECK(code_of([&] { return accounts.log_in(guest, with_recovery); }) == Code::bad_credentials);

  SUBCASE("five tries in five minutes") {
    clock->advance(k_hour);
    for (int i = 0; i < 5; ++i) {
      CHECK(code_of([&] { return log_in(k_password, "000000"); }) == Code::bad_credentials);
      clock->advance(2 * k_second);
    }
    CHECK(code_of([&] { return log_in(k_password, code_at(secret, clock->now())); }) ==
          Code::rate_limited);
  }
  SUBCASE("a clock set back makes codes worthless, recovery codes not") {
    clock->jump(clock->now() - k_hour);
    CHECK(code_of([&] { return log_in(k_password, code_at(secret, clock->now())); }) ==
          Code::bad_credentials);
    with_recovery.recovery_code = recovery[4];
    const auto saved = accounts.log_in(guest, with_recovery);
    CHECK(accounts.security_status(host).clock_behind);
    CHECK_FALSE(shop.audit().entries(host, {.action = "clock.jumped"}, {}).items.empty());
    accounts.reset_clock(host);
    CHECK_FALSE(accounts.security_status(host).clock_behind);
    CHECK(code_of([&] { return accounts.me(saved.session); }) == Code::session_revoked);
  }
}

TEST_CASE_FIXTURE(Fixture, "sixteen threads with one recovery code: one gets in") {
  const auto live = log_in();
  prove(live.session, StepUp::two_factor);
  const auto setup = accounts.begin_totp(live.session);
  const auto recovery =
      accounts.confirm_totp(live.session, code_at(base32_decoded(setup.secret), clock->now()))
          .codes;
  clock->advance(k_hour);
  LogInInput input;
  input.login = "ann";
  input.password = k_password;
  input.recovery_code = recovery[0];
  std::atomic<int> in{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      try {
        (void)accounts.log_in(guest, input);
        ++in;
      } catch (const Error&) {
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(in == 1);
}

TEST_CASE_FIXTURE(Fixture, "a new password ends the other sessions; the old one is needed for it") {
  const auto here = log_in();
  const auto there = log_in();
  CHECK(code_of([&] {
          accounts.change_password(here.session, {"wrong", "another good passphrase", {}});
          return 0;
        }) == Code::bad_credentials);
  accounts.change_password(here.session, {k_password, "another good passphrase", {}});
  CHECK(accounts.me(here.session).id == ann_id);
  CHECK(code_of([&] { return accounts.me(there.session); }) == Code::session_revoked);
  CHECK(code_of([&] { return accounts.resume(there.access_token); }) == Code::session_revoked);
  CHECK(accounts.resume(here.access_token).user_id == ann_id);
  CHECK(field(message("user.notice"), "email") == "ann@example.com");
}

TEST_CASE_FIXTURE(Fixture, "codes by mail: for the address, for a new one, for a lost password") {
  const auto live = log_in();
  CHECK_FALSE(accounts.me(live.session).email_verified);
  CHECK(accounts.confirm_email(live.session, field(message("user.code"), "code")).email_verified);
  CHECK(code_of([&] {
          accounts.change_email(live.session, "new@example.com");
          return 0;
        }) == Code::step_up_required);
  prove(live.session, StepUp::email);
  accounts.change_email(live.session, "new@example.com");
  CHECK(accounts.me(live.session).email == "ann@example.com");
  const auto mail = message("user.code");
  CHECK(field(mail, "email") == "new@example.com");
  CHECK(accounts.confirm_email(live.session, field(mail, "code")).email == "new@example.com");
  CHECK(code_of([&] { return accounts.confirm_email(live.session, field(mail, "code")); }) ==
        Code::token_invalid);

  accounts.request_password_reset(guest, "nobody");  // tells nothing
  accounts.request_password_reset(guest, "NEW@example.com");
  const auto code = field(message("user.code"), "code");
  const ResetPasswordInput reset{"ann", code, "another good passphrase", {}};
  SUBCASE("five wrong codes use it up") {
    for (int i = 0; i < 5; ++i) {
      CHECK(code_of([&] {
              accounts.reset_password(guest, {"ann", "AAAAA-AAAAA", "another good passphrase", {}});
              return 0;
            }) == Code::token_invalid);
    }
    CHECK(code_of([&] {
            accounts.reset_password(guest, reset);
            return 0;
          }) == Code::token_invalid);
  }
  SUBCASE("half an hour") {
    clock->advance(30 * k_minute);
    CHECK(code_of([&] {
            accounts.reset_password(guest, reset);
            return 0;
          }) == Code::token_invalid);
  }
  SUBCASE("once") {
    accounts.reset_password(guest, reset);
    CHECK(code_of([&] { return accounts.me(live.session); }) == Code::session_revoked);
    CHECK(log_in("another good passphrase").user_id == ann_id);
    CHECK(code_of([&] {
            accounts.reset_password(guest, reset);
            return 0;
          }) == Code::token_invalid);
  }
}

TEST_CASE_FIXTURE(Fixture, "a JWT says who, to whom, until when, and is signed") {
  const auto live = log_in();
  const auto token = accounts.mint_jwt(live.session, "warehouse", 300);
  const auto keys = accounts.jwt_keys(guest);
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  const auto text = [](const std::string& part) {
    return std::string{core::as_text(core::from_base64url(part).value())};
  };
  const auto head = text(token.substr(0, first));
  const auto claims = text(token.substr(first + 1, second - first - 1));
  CHECK(field(head, "alg") == "EdDSA");
  CHECK(keys.find(field(head, "kid")) != std::string::npos);
  CHECK(field(claims, "aud") == "warehouse");
  CHECK(field(claims, "sub") == std::to_string(ann_id));
  CHECK(claims.find("\"exp\":" + std::to_string(start_of_test / k_second + 300)) !=
        std::string::npos);
  const auto key = core::from_base64url(field(keys, "x")).value();
  const auto signature = core::from_base64url(token.substr(second + 1)).value();
  CHECK(crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()),
                                    reinterpret_cast<const unsigned char*>(token.data()), second,
                                    reinterpret_cast<const unsigned char*>(key.data())) == 0);
  CHECK(code_of([&] { return accounts.resume(token); }) == Code::token_invalid);
  CHECK(code_of([&] { return accounts.mint_jwt(live.session, "", 901); }) == Code::validation);
}
