#include "accounts/second_factor.hpp"
#include "fault_fixture.hpp"

namespace shop::test {
namespace {

std::string base32_decoded(const std::string& text) {
  std::string out;
  unsigned bits = 0;
  int have = 0;
  for (const char c : text) {
    bits = bits << 5 |
           static_cast<unsigned>(std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"}.find(c));
    have += 5;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xFF);
  }
  return out;
}

NewUserInput colleague() {
  NewUserInput input;
  input.username = "ben";
  input.email = "ben@example.com";
  return input;
}

RegisterInput somebody() {
  RegisterInput input;
  input.username = "cleo";
  input.email = "cleo@example.com";
  input.password = FaultFixture::password;
  return input;
}

}  // namespace

std::vector<TellingChange> changes_of_accounts(FaultFixture& shop) {
  const auto host = shop.host;
  const auto ann = shop.ann;
  const auto password = FaultFixture::password;
  const auto prove = [ann, password](StepUp action) {
    return [=](Engine& on) { on.accounts().step_up(ann, {action, password, {}, {}}); };
  };
  const auto other = std::make_shared<Session>(shop.host);  // a second log-in of ann
  const auto log_in_again = [=](Engine& on) {
    *other = on.accounts().log_in_as(host, ann.user_id()).session;
  };
  const auto other_is_out = [=](Engine& on) {
    try {
      (void)on.accounts().me(*other);
      return false;
    } catch (const Error&) {
      return true;
    }
  };
  const auto text = std::make_shared<std::string>();
  std::vector<TellingChange> out;
  out.push_back({"register",
                 {"user.registered", "user.code"},
                 {},
                 [](Engine& on) { on.accounts().register_customer(on.guest(), somebody()); },
                 [](Engine& on) {
                   return on.accounts().users(on.host(), {}, {.limit = 500}).items.size() > 2;
                 }});
  out.push_back({"create a user", {"user.registered"}, {}, [=](Engine& on) {
                   on.accounts().create_user(host, colleague());
                 }});
  out.push_back({"the owner's code",
                 {"user.registered"},
                 [=, &shop](Engine&) { *text = shop.shop.bootstrap_code(); },
                 [=](Engine& on) { on.accounts().redeem_bootstrap(on.guest(), *text, somebody()); },
                 [=](Engine& on) {
                   return on.accounts().users(host, {Role::owner}, {.limit = 5}).items.size() == 1;
                 }});
  out.push_back({"ask for an e-mail code", {"user.code"}, {}, [=](Engine& on) {
                   on.accounts().request_email_code(ann);
                 }});
  out.push_back({"ask for a new password", {"user.code"}, {}, [](Engine& on) {
                   on.accounts().request_password_reset(on.guest(), "ann");
                 }});
  out.push_back(
      {"reset the password",
       {"user.notice"},
       [=, &shop](Engine& on) {
         on.accounts().request_password_reset(on.guest(), "ann");
         *text = shop.mailed(on, "user.code", "code");
         log_in_again(on);
       },
       [=](Engine& on) {
         on.accounts().reset_password(on.guest(), {"ann", *text, "other words than before", {}});
       },
       other_is_out});
  out.push_back({"change the password",
                 {"user.notice"},
                 log_in_again,
                 [=](Engine& on) {
                   on.accounts().change_password(ann, {password, "other words than before", {}});
                 },
                 other_is_out});
  out.push_back({"change the e-mail address",
                 {"user.code", "user.notice"},
                 prove(StepUp::email),
                 [=](Engine& on) { on.accounts().change_email(ann, "ann@example.org"); }});
  out.push_back({"turn two-factor on",
                 {"user.notice"},
                 [=](Engine& on) {
                   prove(StepUp::two_factor)(on);
                   *text = base32_decoded(on.accounts().begin_totp(ann).secret);
                 },
                 [=, &shop](Engine& on) {
                   const auto number = accounts::totp_at(*text, shop.clock->now() / 30'000'000);
                   auto digits = std::to_string(number);
                   digits.insert(0, 6 - digits.size(), '0');
                   on.accounts().confirm_totp(ann, digits);
                 },
                 [=](Engine& on) { return on.accounts().me(ann).two_factor; }});
  out.push_back({"a spent refresh token",
                 {"user.token_reused"},
                 [=](Engine& on) {
                   const auto in = on.accounts().log_in_as(host, ann.user_id());
                   *other = in.session;
                   *text = in.refresh_token;
                   const auto next =
                       on.accounts().refresh(*text, "the first request").refresh_token;
                   (void)on.accounts().refresh(next, "the second request");
                 },
                 [=](Engine& on) {
                   try {
                     (void)on.accounts().refresh(*text, "the third request");
                   } catch (const Error& error) {
                     if (error.code() != Code::session_revoked) throw;
                   }
                 },
                 other_is_out});
  out.push_back({"erase a person", {"user.erased"}, {}, [=](Engine& on) {
                   on.accounts().erase(host, ann.user_id());
                 }});
  return out;
}

}  // namespace shop::test
