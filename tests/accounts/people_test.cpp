#include "support/people.hpp"

#include "support/edit_file.hpp"
#include "support/shop_fixture.hpp"

#include <fstream>
#include <functional>
#include <sstream>
#include <string>

using namespace shop;
using namespace shop::test;

namespace {

constexpr const char* k_password = "correct horse battery";
constexpr std::int64_t k_minute = 60'000'000;

struct Fixture : ShopFixture {
  Accounts& accounts = shop.accounts();

  NewUserInput someone(const std::string& username, Role role) {
    NewUserInput input;
    input.role = role;
    input.username = username;
    input.email = username + "@example.com";
    input.password = "a passphrase of many words";
    return input;
  }

  LogIn log_in(const std::string& login) {
    LogInInput input;
    input.login = login;
    input.password = "a passphrase of many words";
    input.device_name = "Till 2";
    return accounts.log_in(shop.guest(), input);
  }

  void prove(const Session& session, StepUp action) {
    StepUpInput input;
    input.action = action;
    input.password = "a passphrase of many words";
    accounts.step_up(session, input);
  }
};

UserAddressInput home() {
  UserAddressInput input;
  input.label = "Home";
  input.name = "Ann Example";
  input.line1 = "1 High Street";
  input.city = "London";
  input.postal_code = "N1";
  input.country = "GB";
  input.phone = "+44 20 1234";
  return input;
}

OpenOptions keyed_options(std::byte first) {
  OpenOptions options;
  options.password_preset = PasswordPreset::for_tests;
  options.host_key.assign(32, std::byte{7});
  options.host_key[0] = first;
  return options;
}

std::string file_bytes(const std::string& path) {
  std::ostringstream out;
  for (const auto* suffix : {"", "-wal", "-journal"}) {
    out << std::ifstream{path + suffix, std::ios::binary}.rdbuf();
    out.clear();
  }
  return out.str();
}

/// An order with an address, and a cart that waits with another.
Id order_to(Engine& shop, const Session& who, const std::vector<std::string>& destinations) {
  ProductInput mug;
  mug.title = "Mug";
  mug.simple.price = {1000, {}};
  const auto variant = shop.catalog().create_product(shop.host(), mug).variants.front().id;
  shop.inventory().receive(shop.host(), {.variant_id = variant, .quantity = 5});
  Address address;
  address.name = destinations[2];
  address.line1 = destinations[0];
  address.country = "GB";
  shop.cart().add(who, 0, {variant, 1, {}});
  shop.cart().deliver_to(who, 0, address);
  PlaceInput input;
  input.idempotency_key = "a";
  input.payments.emplace_back();
  const auto order = shop.orders().place(who, 0, input);
  address.line1 = destinations[1];
  shop.cart().add(who, 0, {variant, 1, {}});
  shop.cart().deliver_to(who, 0, address);
  CHECK(shop.orders().get(who, order.id).address->line1 == destinations[0]);
  CHECK(shop.cart().read(who, 0).address->line1 == destinations[1]);
  return order.id;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "my sessions, one device, and who is active") {
  accounts.create_user(host, someone("ann", Role::customer));
  accounts.create_user(host, someone("bob", Role::customer));
  const auto here = log_in("ann");
  clock->advance(k_minute);
  const auto there = log_in("ann");
  const auto bob = log_in("bob");
  const auto mine = accounts.sessions(here.session);
  REQUIRE(mine.size() == 2);
  CHECK(mine[1].current);
  CHECK(mine[0].device_name == "Till 2");
  clock->advance(2 * k_minute);
  (void)accounts.me(bob.session);
  auto active = accounts.active_users(host, {}, {{}, 1, true});
  CHECK(active.total == 2);
  REQUIRE(active.items.size() == 1);
  CHECK(active.items[0].username == "bob");
  CHECK(active.items[0].last_seen_at == clock->now());
  active = accounts.active_users(host, {}, {active.next_cursor, 1, false});
  REQUIRE(active.items.size() == 1);
  CHECK(active.items[0].username == "ann");
  CHECK(accounts.active_users(host, {Role::admin}, {}).items.empty());
  CHECK(code_of([&] { accounts.end_session(bob.session, mine[0].id); }) == Code::not_found);
  accounts.end_session(here.session, there.session.session_id());
  CHECK(code_of([&] { return accounts.me(there.session); }) == Code::session_revoked);

  ProfileUpdate update;
  update.single_device = true;
  accounts.update_me(here.session, update);
  const auto newest = log_in("ann");
  CHECK(code_of([&] { return accounts.me(here.session); }) == Code::session_revoked);
  CHECK(accounts.sessions(newest.session).size() == 1);
  accounts.log_out(newest.session);
  CHECK(accounts.user(host, newest.user_id).last_log_out_at == clock->now());
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(Fixture, "a profile changes with a version, addresses have one default") {
  const auto ann = customer("ann");
  auto user = accounts.me(ann);
  ProfileUpdate update;
  update.name = "Ann B. Example";
  update.version = user.version;
  user = accounts.update_me(ann, update);
  CHECK(user.name == "Ann B. Example");
  CHECK(code_of([&] { return accounts.update_me(ann, update); }) == Code::stale_version);

  const auto first = accounts.save_address(ann, home());
  CHECK(first.is_default);
  auto other = home();
  other.label = "Work";
  other.is_default = true;
  const auto second = accounts.save_address(ann, other);
  auto list = accounts.addresses(ann);
  REQUIRE(list.size() == 2);
  CHECK_FALSE(list[0].is_default);
  CHECK(list[1].is_default);
  CHECK(list[1].line1 == "1 High Street");
  other.id = first.id;
  const auto bob = customer("bob");
  CHECK(code_of([&] { return accounts.save_address(bob, other); }) == Code::not_found);
  CHECK(code_of([&] { accounts.remove_address(bob, first.id); }) == Code::not_found);
  accounts.remove_address(ann, second.id);
  CHECK(accounts.addresses(ann).size() == 1);
  auto bad = home();
  bad.line1 = "";
  bad.city = "";
  CHECK(error_of([&] { return accounts.save_address(ann, bad); }).details().size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "staff may what their groups say, at once, and no more") {
  const auto group = accounts.create_group(host, {"Product manager", {"catalog_manage"}});
  auto input = someone("sam", Role::staff);
  input.group_ids = {group.id};
  accounts.create_user(host, input);
  const auto sam = log_in("sam");
  CHECK(shop.catalog().create_category(sam.session, {"Toys", {}}).slug == "toys");
  CHECK(code_of([&] { return accounts.users(sam.session, {}, {}); }) == Code::forbidden);
  accounts.update_group(host, group.id, {"Product manager", {"customer_view"}});
  CHECK(accounts.users(sam.session, {}, {}).items.size() == 1);
  CHECK(code_of([&] {
          return shop.catalog().create_category(sam.session, {"Tea", {}});
        }) == Code::forbidden);
  accounts.delete_group(host, group.id);
  CHECK(code_of([&] { return accounts.users(sam.session, {}, {}); }) == Code::forbidden);
  const auto error = error_of([&] {
    return accounts.create_group(host, {"All", {"admin_manage", "order_view", "nonsense"}});
  });
  CHECK(error.details().size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "admins are the owner's, and roles take a fresh proof") {
  (void)owner();
  accounts.create_user(host, someone("adam", Role::admin));
  accounts.create_user(host, someone("amy", Role::admin));
  const auto carl = accounts.create_user(host, someone("carl", Role::customer));
  const auto adam = log_in("adam");
  CHECK(code_of([&] { return accounts.set_role(adam.session, carl.id, Role::staff, {}); }) ==
        Code::step_up_required);
  prove(adam.session, StepUp::roles);
  CHECK(accounts.set_role(adam.session, carl.id, Role::staff, {}).role == Role::staff);
  CHECK(code_of([&] { return accounts.set_role(adam.session, carl.id, Role::admin, {}); }) ==
        Code::forbidden);
  const auto amy = log_in("amy").user_id;
  CHECK(code_of([&] { return accounts.set_enabled(adam.session, amy, false); }) == Code::forbidden);
  CHECK(code_of([&] { return accounts.set_enabled(adam.session, adam.user_id, false); }) ==
        Code::forbidden);
  clock->advance(5 * k_minute);
  CHECK(code_of([&] { return accounts.set_enabled(adam.session, carl.id, false); }) ==
        Code::step_up_required);
  const auto carls = log_in("carl");
  prove(adam.session, StepUp::roles);
  CHECK(accounts.set_enabled(adam.session, carl.id, false).status == UserStatus::disabled);
  CHECK(code_of([&] { return accounts.me(carls.session); }) == Code::session_revoked);
  CHECK(code_of([&] { return log_in("carl"); }) == Code::bad_credentials);
  accounts.set_enabled(adam.session, carl.id, true);
  CHECK(log_in("carl").user_id == carl.id);
  CHECK(code_of([&] { return accounts.me(carls.session); }) == Code::session_revoked);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(Fixture, "erasing takes the person and leaves the number") {
  const auto ann = accounts.create_user(host, someone("ann", Role::customer));
  const auto live = log_in("ann");
  accounts.save_address(live.session, home());
  CHECK(code_of([&] { return accounts.export_me(live.session); }) == Code::step_up_required);
  prove(live.session, StepUp::data_export);
  const auto all = accounts.export_me(live.session);
  for (const auto* part : {"ann@example.com", "1 High Street", "\"orders\":[]", "Till 2"}) {
    CAPTURE(part);
    CHECK(all.find(part) != std::string::npos);
  }
  const auto bob = customer("bob");
  CHECK(code_of([&] { accounts.erase(bob, ann.id); }) == Code::not_found);
  CHECK(code_of([&] { accounts.erase(live.session, ann.id); }) == Code::step_up_required);
  prove(live.session, StepUp::erase);
  accounts.erase(live.session, ann.id);
  CHECK(code_of([&] { return accounts.me(live.session); }) == Code::session_revoked);
  CHECK(code_of([&] { return log_in("ann"); }) == Code::bad_credentials);
  const auto gone = accounts.user(host, ann.id);
  CHECK(gone.status == UserStatus::erased);
  CHECK(gone.email.empty());
  CHECK(gone.name.empty());
  CHECK(gone.username.find("ann") == std::string::npos);
  CHECK(accounts.create_user(host, someone("ann", Role::customer)).id != ann.id);
  CHECK(shop.verify().ok());
}

TEST_CASE("a shop with a host key opens with it alone, and the key can be changed") {
  const TempFolder folder;
  const auto path = folder.path("shop.db");
  const auto one = keyed_options(std::byte{1});
  const auto two = keyed_options(std::byte{2});
  auto none = one;
  none.host_key.clear();
  Id ann = 0;
  {
    auto shop = Engine::open(path, one);
    CHECK(shop.stats().host_keyed);
    NewUserInput input;
    input.username = "ann";
    input.email = "ann@example.com";
    input.password = k_password;
    ann = shop.accounts().create_user(shop.host(), input).id;
  }
  CHECK(code_of([&] { return Engine::open(path, none); }) == Code::wrong_host_key);
  CHECK(code_of([&] { return Engine::open(path, two); }) == Code::wrong_host_key);
  LogInInput log_in;
  log_in.login = "ann@example.com";
  log_in.password = k_password;
  {
    auto shop = Engine::open(path, one);
    const auto live = shop.accounts().log_in(shop.guest(), log_in);
    const auto order_id = order_to(shop, live.session, {"1 High Street", "2 Low Road", "Ann"});
    shop.rotate_host_key(shop.host(), two.host_key);
    CHECK(code_of([&] { return shop.accounts().me(live.session); }) == Code::session_revoked);
    CHECK(shop.orders().get(shop.host(), order_id).address->line1 == "1 High Street");
    const auto again = shop.accounts().log_in(shop.guest(), log_in);
    CHECK(again.user_id == ann);
    CHECK(shop.cart().read(again.session, 0).address->line1 == "2 Low Road");
    CHECK(shop.accounts().user(shop.host(), ann).email == "ann@example.com");
    CHECK(shop.verify().ok());
  }
  CHECK(code_of([&] { return Engine::open(path, one); }) == Code::wrong_host_key);
  auto shop = Engine::open(path, two);
  CHECK(shop.accounts().log_in(shop.guest(), log_in).user_id == ann);
  CHECK(shop.accounts().security_status(shop.host()).data_key == 2);
  CHECK(shop.audit().verify(shop.host(), {}).ok);
}

TEST_CASE("an edited role, a moved password and a borrowed session are found out") {
  const TempFolder folder;
  const auto path = folder.path("shop.db");
  OpenOptions options;
  options.password_preset = PasswordPreset::for_tests;
  LogIn eve;
  Id ann = 0;
  {
    auto shop = Engine::open(path, options);
    NewUserInput input;
    input.username = "eve";
    input.password = k_password;
    const auto id = shop.accounts().create_user(shop.host(), input).id;
    eve = shop.accounts().log_in_as(shop.host(), id);
    input.username = "ann";
    ann = shop.accounts().create_user(shop.host(), input).id;
  }
  LogInInput log_in;
  log_in.login = "ann";
  log_in.password = k_password;
  SUBCASE("role") {
    edit_file(path, "UPDATE account SET role = 6 WHERE username = 'eve'");
    auto shop = Engine::open(path, options);
    CHECK(code_of([&] { return shop.accounts().users(eve.session, {}, {}); }) == Code::tampered);
    CHECK_FALSE(shop.verify().ok());
  }
  SUBCASE("password") {
    edit_file(path,
              "UPDATE account SET password = (SELECT password FROM account WHERE username = 'eve') "
              "WHERE username = 'ann'");
    auto shop = Engine::open(path, options);
    CHECK(code_of([&] { return shop.accounts().log_in(shop.guest(), log_in); }) ==
          Code::bad_credentials);
  }
  SUBCASE("session") {
    edit_file(path, "UPDATE login_session SET account_id = " + std::to_string(ann));
    auto shop = Engine::open(path, options);
    CHECK(code_of([&] { return shop.accounts().resume(eve.access_token); }) == Code::tampered);
  }
}

TEST_CASE("no secret is in the file, the log, an error, an event or the audit") {
  const TempFolder folder;
  const auto path = folder.path("shop.db");
  const auto clock = std::make_shared<ManualClock>(start_of_test);
  auto options = keyed_options(std::byte{9});
  options.clock = clock;
  std::vector<std::string> secrets{k_password,       "ann.secret@example.com",
                                   "Ann Verysecret", "+44 20 99887766",
                                   "13 Hidden Lane", "another good passphrase"};
  const std::vector<std::string> destinations{"77 Order Row", "88 Waiting Road", "Ann Orderer"};
  secrets.insert(secrets.end(), destinations.begin(), destinations.end());
  auto shop = Engine::open(path, options);
  auto& accounts = shop.accounts();
  secrets.push_back(shop.bootstrap_code());
  RegisterInput input;
  input.username = "ann";
  input.email = secrets[1];
  input.password = k_password;
  input.name = secrets[2];
  input.phone = secrets[3];
  accounts.register_customer(shop.guest(), input);
  LogInInput log_in;
  log_in.login = "ann";
  log_in.password = k_password;
  log_in.remember_device = true;
  const auto live = accounts.log_in(shop.guest(), log_in);
  const auto next = accounts.refresh(live.refresh_token, "request-aaaaaaaaaaaa");
  for (const auto& token : {live.access_token, live.refresh_token, live.device_token,
                            next.access_token, next.refresh_token}) {
    secrets.push_back(token);
    secrets.push_back(token.substr(6));
  }
  auto address = home();
  address.line1 = secrets[4];
  accounts.save_address(live.session, address);
  order_to(shop, live.session, destinations);
  accounts.step_up(live.session, {StepUp::two_factor, k_password, {}, {}});
  secrets.push_back(accounts.begin_totp(live.session).secret);
  accounts.change_password(live.session, {k_password, secrets[5], {}});
  accounts.request_password_reset(shop.guest(), "ann");
  std::string rest;
  for (const auto& event : shop.events().list(shop.host(), {{}, 500, false}).items) {
    rest += event.payload;
    const auto at = event.payload.find("\"sealed\":\"");
    if (at == std::string::npos) continue;
    const auto opened = accounts.open_message(
        shop.host(), event.payload.substr(at + 10, event.payload.find('"', at + 10) - at - 10));
    const auto code = opened.find("\"code\":\"");
    if (code != std::string::npos) secrets.push_back(opened.substr(code + 8, 11));
  }
  for (const auto& entry : shop.audit().entries(shop.host(), {}, {{}, 500, false}).items) {
    rest += entry.before + entry.after;
  }
  for (const auto& call : std::vector<std::function<void()>>{
           [&] { (void)accounts.log_in(shop.guest(), log_in); },
           [&] { (void)accounts.resume(live.access_token); },
           [&] { (void)accounts.refresh(live.refresh_token, "request-bbbbbbbbbbbb"); },
           [&] { (void)accounts.register_customer(shop.guest(), input); }}) {
    const auto error = error_of([&] { call(); });
    rest += error.message();
    for (const auto& detail : error.details()) rest += detail.message;
  }
  const auto image = shop.snapshot();
  rest += std::string{reinterpret_cast<const char*>(image.bytes().data()), image.bytes().size()};
  rest += file_bytes(path);
  CHECK(secrets.size() >= 20);
  CHECK(rest.size() > 100'000);
  CHECK(rest.find("session") != std::string::npos);  // the search itself finds things
  for (const auto& secret : secrets) {
    CAPTURE(secret);
    CHECK(rest.find(secret) == std::string::npos);
  }
}
