#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "accounts/keys.hpp"
#include "core/random.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "support/shop_fixture.hpp"

#include <map>
#include <set>
#include <string>

using namespace shop;
using namespace shop::test;

namespace {

using accounts::Operation;

constexpr std::int64_t k_hour = 3'600'000'000;

const std::vector<Operation>& every_operation() {
  static const std::vector<Operation> all{
#define OPERATION(name, permission) Operation::name,
#include "accounts/operations.def"
#undef OPERATION
  };
  return all;
}

/// Roles, written down a second time on purpose: the expectation is not what the guard computes.
bool may(Role role, std::string_view permission, const std::set<std::string_view>& groups) {
  if (permission == "anyone") return true;
  if (role == Role::host || role == Role::owner) return true;
  if (role == Role::guest) return false;
  if (permission == "signed_in") return true;
  if (role == Role::admin) return permission != "admin_manage";
  if (role == Role::seller) return permission == "seller_own";
  return role == Role::staff && groups.contains(permission);
}

struct Matrix {
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start_of_test);
  db::Database db{{}, {clock, core::seeded_random(1), "GBP", 0}};
  Accounts users{db};
  Session host = Session::host();

  Matrix() {
    db::migrate(db);
    bootstrap = accounts::open(db, {}, PasswordPreset::for_tests).value();
  }

  Id make(Role role, const std::string& username, std::vector<Id> groups = {}) {
    if (role == Role::owner) {
      RegisterInput input;
      input.username = username;
      input.email = username + "@example.com";
      input.password = "a passphrase of many words";
      return users.redeem_bootstrap({Role::guest, 0, 0, 1}, bootstrap, input).id;
    }
    NewUserInput input;
    input.role = role == Role::seller ? Role::customer : role;
    input.username = username;
    input.email = username + "@example.com";
    input.password = "a passphrase of many words";
    input.group_ids = std::move(groups);
    const auto id = users.create_user(host, input).id;
    if (role == Role::seller) db.write([&](db::Tx& tx) { accounts::set_seller(tx, id, 4096); });
    return id;
  }

  Session log_in(const std::string& username) {
    LogInInput input;
    input.login = username;
    input.password = "a passphrase of many words";
    return users.log_in({Role::guest, 0, 0, 1}, input).session;
  }

  Code guard(const Session& session, Operation operation) {
    return db.read([&](db::Tx& tx) {
      try {
        accounts::authorize(tx, session, operation);
        return Code::ok;
      } catch (const Error& error) {
        return error.code();
      }
    });
  }

  std::string bootstrap;
};

}  // namespace

TEST_CASE_FIXTURE(Matrix,
                  "each function is open to the roles that the table says, and to no other") {
  const auto group = users.create_group(host, {"Some", {"catalog_manage", "order_view"}}).id;
  std::map<Role, Session> sessions{{Role::guest, {Role::guest, 0, 0, 1}}, {Role::host, host}};
  for (const auto role : {Role::customer, Role::seller, Role::staff, Role::admin, Role::owner}) {
    const auto name = "user-" + std::to_string(static_cast<int>(role));
    make(role, name, role == Role::staff ? std::vector<Id>{group} : std::vector<Id>{});
    sessions.emplace(role, log_in(name));
  }
  CHECK(every_operation().size() > 50);
  int allowed = 0;
  int refused = 0;
  for (const auto operation : every_operation()) {
    const auto permission = accounts::permission_name(accounts::operation_permission(operation));
    CAPTURE(std::string{accounts::operation_name(operation)});
    for (const auto& entry : sessions) {
      const auto role = entry.first;
      const auto& session = entry.second;
      CAPTURE(static_cast<int>(role));
      const bool expected = may(role, permission, {"catalog_manage", "order_view"});
      const auto code = guard(session, operation);
      CHECK(code == (expected              ? Code::ok
                     : role == Role::guest ? Code::unauthenticated
                                           : Code::forbidden));
      ++(expected ? allowed : refused);
    }
  }
  CHECK(allowed > 0);
  CHECK(refused > 0);
}

TEST_CASE_FIXTURE(Matrix, "no function takes a session that is over, disabled, or made up") {
  make(Role::owner, "olga");
  const auto id = make(Role::admin, "adam");
  const auto ended = log_in("adam");
  users.log_out(ended);
  const auto expired = log_in("adam");
  clock->advance(12 * k_hour);
  const auto other_epoch = log_in("adam");
  users.set_enabled(host, id, false);
  users.set_enabled(host, id, true);
  const auto live = log_in("adam");
  for (const auto operation : every_operation()) {
    CAPTURE(std::string{accounts::operation_name(operation)});
    CHECK(guard(ended, operation) == Code::session_revoked);
    CHECK((guard(expired, operation) == Code::session_expired ||
           guard(expired, operation) == Code::session_revoked));
    CHECK(guard(other_epoch, operation) == Code::session_revoked);
    // A role without a log-in, another account's log-in, a log-in that is not there.
    CHECK(guard({Role::owner, id, 0, 0}, operation) == Code::session_revoked);
    CHECK(guard({Role::admin, id + 1024, live.session_id(), 0}, operation) ==
          Code::session_revoked);
    CHECK(guard({Role::admin, id, live.session_id() + 1024 * 1000, 0}, operation) ==
          Code::session_revoked);
  }
  // What a session claims to be does not matter: the file says what the account is.
  const Session claimed{Role::owner, id, live.session_id(), 0};
  for (const auto operation : every_operation()) {
    CHECK(guard(claimed, operation) == guard(live, operation));
  }
}
