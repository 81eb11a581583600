#include "accounts/second_factor.hpp"
#include "faults/story_parts.hpp"

// Who buys and who sells: accounts, log-ins, proofs, sellers.
namespace shop::test::chapters {
namespace {

constexpr const char* k_password = "a passphrase of many words";

RegisterInput person(const std::string& name) {
  RegisterInput input;
  input.username = name;
  input.email = name + "@example.com";
  input.password = k_password;
  input.name = "Person " + name;
  input.country = "United Kingdom";
  return input;
}

LogInInput with_password(const char* name) {
  LogInInput input;
  input.login = name;
  input.password = k_password;
  input.device_name = "Till 2";
  return input;
}

void log_in(Steps& steps, const char* name, const char* as) {
  steps.push_back({std::string{"log in as "} + as,
                   [=](World& w) {
                     const auto live =
                         w.shop->accounts().log_in(w.as("guest"), with_password(name));
                     w.enter(as, live.session);
                     w.note("access", live.access_token);
                     w.note("refresh", live.refresh_token);
                   },
                   true});
}

void prove(Steps& steps, const char* as, StepUp action) {
  steps.push_back(
      {std::string{"prove who "} + as + " is, for " + std::to_string(static_cast<int>(action)),
       [=](World& w) {
         StepUpInput input;
         input.action = action;
         input.password = k_password;
         w.shop->accounts().step_up(w.as(as), input);
       },
       true});
}

std::string field(const std::string& json, const std::string& name) {
  const auto at = json.find('"' + name + "\":\"");
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 4;
  return json.substr(begin, json.find('"', begin) - begin);
}

/// The text of the last code that was mailed.
void read_code(Steps& steps) {
  steps.push_back({"read the code that was mailed", [](World& w) {
                     PageQuery page{"", 200, false};
                     std::string sealed;
                     do {
                       const auto events = w.shop->events().list(w.host(), page);
                       for (const auto& event : events.items) {
                         if (event.type == "user.code") sealed = field(event.payload, "sealed");
                       }
                       page.cursor = events.next_cursor;
                     } while (!page.cursor.empty());
                     const auto letter = w.shop->accounts().open_message(w.host(), sealed);
                     w.note("code", field(letter, "code"));
                   }});
}

std::string base32_decoded(const std::string& text) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned bits = 0;
  int have = 0;
  for (const char letter : text) {
    bits = bits << 5 | static_cast<unsigned>(alphabet.find(letter));
    have += 5;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xFF);
  }
  return out;
}

std::string app_code(const World& w) {
  constexpr Timestamp k_period = 30'000'000;
  const auto secret = base32_decoded(w.text("secret"));
  auto digits = std::to_string(accounts::totp_at(secret, w.clock->now() / k_period));
  return std::string(6 - digits.size(), '0') + digits;
}

void arriving(Steps& steps) {
  steps.push_back(
      {"make the first owner",
       [](World& w) {
         w.enter("guest", w.shop->guest());
         w.name("owner", w.shop->accounts()
                             .redeem_bootstrap(w.as("guest"), w.text("bootstrap"), person("olga"))
                             .id);
       },
       true});
  for (const char* name : {"ann", "carl"}) {
    steps.push_back({std::string{"register "} + name,
                     [=](World& w) {
                       w.name(name,
                              w.shop->accounts().register_customer(w.as("guest"), person(name)).id);
                     },
                     true});
  }
  steps.push_back({"make an account for somebody", [](World& w) {
                     NewUserInput input;
                     input.username = "ben";
                     input.email = "ben@example.com";
                     w.name("ben", w.shop->accounts().create_user(w.host(), input).id);
                   }});
  log_in(steps, "olga", "owner");
  log_in(steps, "carl", "carl");
  log_in(steps, "ann", "ann elsewhere");
  log_in(steps, "ann", "ann");
  steps.push_back({"log in for somebody", [](World& w) {
                     w.enter("ben", w.shop->accounts().log_in_as(w.host(), w.id("ben")).session);
                   }});
  steps.push_back({"come back with a token", [](World& w) {
                     w.enter("ann", w.shop->accounts().resume(w.text("access")).session);
                   }});
  steps.push_back({"renew the tokens", [](World& w) {
                     const auto live = w.shop->accounts().refresh(w.text("refresh"),
                                                                  "0123456789abcdef0123456789");
                     w.enter("ann", live.session);
                   }});
  steps.push_back({"keep a guest", [](World& w) {
                     const auto token = w.shop->accounts().guest_token(w.as("guest"));
                     (void)w.shop->accounts().resume_guest(token);
                   }});
}

void looking(Steps& steps) {
  steps.push_back({"read accounts", [](World& w) {
                     auto& accounts = w.shop->accounts();
                     (void)accounts.me(w.as("ann"));
                     (void)accounts.user(w.host(), w.id("ann"));
                     (void)accounts.users(w.host(), {}, {});
                     (void)accounts.sessions(w.as("ann"));
                     (void)accounts.active_users(w.host(), {}, {});
                     (void)accounts.addresses(w.as("ann"));
                     (void)accounts.security_status(w.host());
                     (void)accounts.jwt_keys(w.host());
                     (void)accounts.mint_jwt(w.as("ann"), "elsewhere", 60);
                   }});
  steps.push_back({"change one's profile", [](World& w) {
                     ProfileUpdate update;
                     update.phone = "+44 20 1234";
                     (void)w.shop->accounts().update_me(w.as("ann"), update);
                   }});
  steps.push_back({"save an address", [](World& w) {
                     UserAddressInput home;
                     home.label = "Home";
                     home.name = "Ann Example";
                     home.line1 = "1 High Street";
                     home.city = "London";
                     home.postal_code = "N1";
                     home.country = "United Kingdom";
                     w.name("home", w.shop->accounts().save_address(w.as("ann"), home).id);
                   }});
  steps.push_back({"remove an address",
                   [](World& w) { w.shop->accounts().remove_address(w.as("ann"), w.id("home")); }});
  steps.push_back({"end another session", [](World& w) {
                     w.shop->accounts().end_session(w.as("ann"),
                                                    w.as("ann elsewhere").session_id());
                   }});
}

void proofs(Steps& steps) {
  steps.push_back({"ask for a code to check the address",
                   [](World& w) { w.shop->accounts().request_email_code(w.as("ann")); }, true});
  read_code(steps);
  steps.push_back(
      {"check the address",
       [](World& w) { (void)w.shop->accounts().confirm_email(w.as("ann"), w.text("code")); },
       true});
  prove(steps, "ann", StepUp::email);
  steps.push_back(
      {"ask for another address",
       [](World& w) { w.shop->accounts().change_email(w.as("ann"), "ann@example.org"); }, true});
  prove(steps, "ann", StepUp::two_factor);
  steps.push_back({"begin two-factor log-in", [](World& w) {
                     w.note("secret", w.shop->accounts().begin_totp(w.as("ann")).secret);
                   }});
  steps.push_back(
      {"confirm two-factor log-in",
       [](World& w) { (void)w.shop->accounts().confirm_totp(w.as("ann"), app_code(w)); }, true});
  steps.push_back({"ask for new recovery codes",
                   [](World& w) { (void)w.shop->accounts().new_recovery_codes(w.as("ann")); }});
  steps.push_back(
      {"end two-factor log-in", [](World& w) { w.shop->accounts().disable_totp(w.as("ann")); }});
  steps.push_back({"change the password",
                   [](World& w) {
                     ChangePasswordInput input;
                     input.password = k_password;
                     input.new_password = "another passphrase of words";
                     w.shop->accounts().change_password(w.as("ann"), input);
                   },
                   true});
  steps.push_back(
      {"ask for a new password",
       [](World& w) { w.shop->accounts().request_password_reset(w.as("guest"), "ben"); }, true});
  read_code(steps);
  steps.push_back({"set a new password",
                   [](World& w) {
                     ResetPasswordInput input;
                     input.login = "ben";
                     input.code = w.text("code");
                     input.new_password = k_password;
                     w.shop->accounts().reset_password(w.as("guest"), input);
                   },
                   true});
}

void staff(Steps& steps) {
  steps.push_back(
      {"make a group of staff", [](World& w) {
         w.name("clerks",
                w.shop->accounts().create_group(w.host(), {"Clerks", {"stock_manage"}}).id);
       }});
  steps.push_back({"change a group of staff", [](World& w) {
                     (void)w.shop->accounts().update_group(
                         w.host(), w.id("clerks"), {"Clerks", {"stock_manage", "order_view"}});
                   }});
  prove(steps, "owner", StepUp::roles);
  steps.push_back({"make somebody staff", [](World& w) {
                     (void)w.shop->accounts().set_role(w.as("owner"), w.id("ben"), Role::staff,
                                                       {w.id("clerks")});
                   }});
  steps.push_back({"disable an account", [](World& w) {
                     (void)w.shop->accounts().set_enabled(w.host(), w.id("ben"), false);
                   }});
  steps.push_back({"enable an account", [](World& w) {
                     (void)w.shop->accounts().set_enabled(w.host(), w.id("ben"), true);
                   }});
  steps.push_back({"make a group of staff for a moment", [](World& w) {
                     w.name("nobody", w.shop->accounts().create_group(w.host(), {"Nobody", {}}).id);
                   }});
  steps.push_back({"delete a group of staff",
                   [](World& w) { w.shop->accounts().delete_group(w.host(), w.id("nobody")); }});
  steps.push_back(
      {"read groups of staff", [](World& w) { (void)w.shop->accounts().groups(w.host()); }});
}

}  // namespace

void people(Steps& steps) {
  arriving(steps);
  looking(steps);
  proofs(steps);
  staff(steps);
}

void sellers(Steps& steps) {
  steps.push_back({"apply as a seller", [](World& w) {
                     SellerApplication application;
                     application.name = "Carl's Cards";
                     application.phone = "+44 20 9999";
                     application.description = "Cards and boards";
                     w.name("seller", w.shop->sellers().apply(w.as("carl"), application).id);
                   }});
  steps.push_back({"reject a seller", [](World& w) {
                     (void)w.shop->sellers().reject(w.host(), w.id("seller"), "not yet");
                   }});
  steps.push_back({"apply again", [](World& w) {
                     SellerApplication application;
                     application.name = "Carl's Cards";
                     application.phone = "+44 20 9999";
                     (void)w.shop->sellers().apply(w.as("carl"), application);
                   }});
  steps.push_back({"approve a seller",
                   [](World& w) { (void)w.shop->sellers().approve(w.host(), w.id("seller")); }});
  steps.push_back({"change a seller", [](World& w) {
                     SellerChange change;
                     change.version = w.shop->sellers().mine(w.as("carl")).version;
                     change.description = "Cards, boards and more";
                     (void)w.shop->sellers().update(w.as("carl"), change);
                   }});
  steps.push_back({"verify a seller", [](World& w) {
                     (void)w.shop->sellers().set_verified(w.host(), w.id("seller"), true);
                   }});
  steps.push_back({"suspend a seller", [](World& w) {
                     (void)w.shop->sellers().suspend(w.host(), w.id("seller"), "complaints");
                   }});
  steps.push_back({"reinstate a seller",
                   [](World& w) { (void)w.shop->sellers().reinstate(w.host(), w.id("seller")); }});
  steps.push_back({"approve sellers by themselves", [](World& w) {
                     w.shop->sellers().set_approval(w.host(), SellerApproval::automatic);
                   }});
  steps.push_back({"read sellers", [](World& w) {
                     auto& sellers = w.shop->sellers();
                     (void)sellers.approval(w.host());
                     (void)sellers.list(w.host(), {}, {});
                     (void)sellers.profile(w.as("guest"),
                                           sellers.get(w.host(), w.id("seller")).slug);
                   }});
}

void leaving(Steps& steps) {
  prove(steps, "carl", StepUp::data_export);
  steps.push_back({"take one's data along",
                   [](World& w) { (void)w.shop->accounts().export_me(w.as("carl")); }});
  steps.push_back({"log out", [](World& w) { w.shop->accounts().log_out(w.as("ann")); }});
  steps.push_back(
      {"erase an account", [](World& w) { w.shop->accounts().erase(w.host(), w.id("ann")); }});
  steps.push_back({"log out everywhere",
                   [](World& w) { (void)w.shop->accounts().log_out_everywhere(w.as("carl")); }});
  steps.push_back(
      {"say that the clock is right", [](World& w) { w.shop->accounts().reset_clock(w.host()); }});
}

}  // namespace shop::test::chapters
