#include "support/shop_fixture.hpp"

#include <string>

using namespace shop;
using namespace shop::test;

namespace {

constexpr const char* k_password = "correct horse battery";

RegisterInput ann() {
  RegisterInput input;
  input.username = "Ann";
  input.email = "ann@example.com";
  input.password = k_password;
  input.name = "Ann Example";
  input.country = "GB";
  return input;
}

LogInInput log_in_as(const std::string& login, const std::string& password = k_password) {
  LogInInput input;
  input.login = login;
  input.password = password;
  return input;
}

struct Fixture : ShopFixture {
  Accounts& accounts = shop.accounts();
  Session guest = shop.guest();
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a customer registers and logs in by username or e-mail in any case") {
  const auto user = accounts.register_customer(guest, ann());
  CHECK(user.role == Role::customer);
  CHECK(user.email == "ann@example.com");
  for (const auto* login : {"ann", "ANN", " Ann ", "ANN@example.com"}) {
    CAPTURE(login);
    const auto live = accounts.log_in(guest, log_in_as(login));
    CHECK(live.user_id == user.id);
    CHECK(accounts.me(live.session).name == "Ann Example");
  }
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(Fixture, "registration names every field that is wrong, and what is taken") {
  RegisterInput input;
  input.username = "a b";
  input.email = "nobody";
  input.password = "short";
  input.password_again = "other";
  const auto error = error_of([&] { return accounts.register_customer(guest, input); });
  CHECK(error.code() == Code::validation);
  CHECK(error.details().size() == 4);
  accounts.register_customer(guest, ann());
  auto twin = ann();
  twin.username = "ÁNN";
  const auto taken = error_of([&] { return accounts.register_customer(guest, twin); });
  CHECK(taken.code() == Code::already_exists);
  CHECK(taken.details().size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "passwords that attackers try first are refused") {
  for (const auto* password :
       {"password123", "PASSWORD123", "aaaaaaaaaaaa", "12345678", "annann12", "ann.example1"}) {
    CAPTURE(password);
    auto input = ann();
    input.password = password;
    const auto error = error_of([&] { return accounts.register_customer(guest, input); });
    CHECK(first_path(error) == "password");
    CHECK(error.details().front().code == "guessable");
  }
}

TEST_CASE_FIXTURE(Fixture, "unknown, wrong and disabled are told alike") {
  accounts.register_customer(guest, ann());
  const auto unknown = error_of([&] { return accounts.log_in(guest, log_in_as("nobody")); });
  const auto wrong = error_of([&] { return accounts.log_in(guest, log_in_as("ann", "wrong")); });
  NewUserInput input;
  input.username = "dora";
  input.password = ann().password;
  accounts.set_enabled(host, accounts.create_user(host, input).id, false);
  const auto disabled = error_of([&] { return accounts.log_in(guest, log_in_as("dora")); });
  for (const auto& error : {unknown, wrong, disabled}) {
    CHECK(error.code() == Code::bad_credentials);
    CHECK(error.message() == wrong.message());
    CHECK(error.details().empty());
  }
}

TEST_CASE_FIXTURE(Fixture, "the first owner needs the code, once, within 15 minutes") {
  auto input = ann();
  const auto code = shop.bootstrap_code();
  CHECK(code.starts_with("shp1b_"));
  CHECK(code_of([&] { return accounts.redeem_bootstrap(guest, "shp1b_nonsense", input); }) ==
        Code::token_invalid);
  SUBCASE("in time") {
    CHECK(accounts.redeem_bootstrap(guest, code, input).role == Role::owner);
    input.username = "bob";
    input.email = "bob@example.com";
    CHECK(code_of([&] { return accounts.redeem_bootstrap(guest, code, input); }) ==
          Code::token_invalid);
  }
  SUBCASE("too late") {
    clock->advance(15 * 60 * 1'000'000LL);
    CHECK(code_of([&] { return accounts.redeem_bootstrap(guest, code, input); }) ==
          Code::token_invalid);
  }
  SUBCASE("a clock set back does not help") {
    clock->advance(15 * 60 * 1'000'000LL);
    CHECK(code_of([&] { return accounts.redeem_bootstrap(guest, code, input); }) ==
          Code::token_invalid);
    clock->jump(start_of_test);
    CHECK(code_of([&] { return accounts.redeem_bootstrap(guest, code, input); }) ==
          Code::token_invalid);
  }
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(Fixture, "a session ends by log-out, idling, age and clock games") {
  accounts.register_customer(guest, ann());
  const auto live = accounts.log_in(guest, log_in_as("ann"));
  SUBCASE("log out") {
    accounts.log_out(live.session);
    accounts.log_out(live.session);
    CHECK(code_of([&] { return accounts.me(live.session); }) == Code::session_revoked);
    CHECK(code_of([&] { return accounts.resume(live.access_token); }) == Code::session_revoked);
  }
  SUBCASE("everywhere") {
    const auto other = accounts.log_in(guest, log_in_as("ann"));
    CHECK(accounts.log_out_everywhere(live.session) == 2);
    CHECK(code_of([&] { return accounts.me(other.session); }) == Code::session_revoked);
  }
  SUBCASE("twelve idle hours") {
    for (int hour = 0; hour < 30; ++hour) {
      clock->advance(3'600'000'000LL);
      CHECK_NOTHROW(accounts.me(live.session));
    }
    clock->advance(12 * 3'600'000'000LL);
    CHECK(code_of([&] { return accounts.me(live.session); }) == Code::session_expired);
    clock->jump(start_of_test);
    CHECK(code_of([&] { return accounts.me(live.session); }) == Code::session_expired);
  }
  SUBCASE("a session that nobody has") {
    CHECK(code_of([&] {
            return accounts.me(Session{Role::owner, live.user_id, 0, 0});
          }) == Code::session_revoked);
    CHECK(code_of([&] {
            return accounts.me(Session{Role::owner, 77, live.session.session_id(), 0});
          }) == Code::session_revoked);
  }
}

TEST_CASE_FIXTURE(Fixture,
                  "only the owner makes admins, and a role claimed by a session is no role") {
  const auto admin_session = admin();
  NewUserInput input;
  input.role = Role::admin;
  input.username = "eve";
  input.email = "eve@example.com";
  CHECK(code_of([&] { return accounts.create_user(admin_session, input); }) == Code::forbidden);
  // The owner may, once the owner has proved who is there; people_test goes on from here.
  CHECK(code_of([&] { return accounts.create_user(owner(), input); }) == Code::step_up_required);
  const auto customer_session = customer("carl");
  const Session claimed{Role::owner, customer_session.user_id(), customer_session.session_id(), 0};
  CHECK(code_of([&] { return accounts.create_user(claimed, input); }) == Code::forbidden);
}

TEST_CASE_FIXTURE(Fixture, "a guest comes back with a token") {
  const auto token = accounts.guest_token(guest);
  CHECK(accounts.resume_guest(token).guest_id() == guest.guest_id());
  CHECK(shop.guest().guest_id() != guest.guest_id());
  auto forged = token;
  forged[10] = forged[10] == 'A' ? 'B' : 'A';
  CHECK(code_of([&] { return accounts.resume_guest(forged); }) == Code::token_invalid);
}
