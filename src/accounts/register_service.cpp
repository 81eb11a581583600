#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "accounts/hooks.hpp"
#include "accounts/identity.hpp"
#include "accounts/password.hpp"
#include "accounts/person.hpp"
#include "accounts/throttle.hpp"
#include "accounts/tokens.hpp"
#include "audit/audit.hpp"
#include "core/json.hpp"
#include "core/keyring.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;
using accounts::Permission;

namespace {

/// What has to be known before the password is hashed, which happens outside a transaction.
struct Place {
  Id id = 0;
  std::int64_t wait_s = 0;
};

std::string role_json(Role role) {
  return core::Json{}.begin_object().field("role", static_cast<int>(role)).end().take();
}

void check_new_password(core::Fields& fields, const RegisterInput& input, std::size_t minimum) {
  const auto local_part = input.email.substr(0, input.email.find('@'));
  accounts::check_password(fields, "password", input.password, minimum,
                           {input.username, local_part, input.name, "libshop"});
  if (input.password_again) {
    fields.check(*input.password_again == input.password, "password_again", "differs",
                 "is not the same as the password");
  }
}

void hash_into(accounts::store::Account& account, const db::Env& env, std::string_view password) {
  const accounts::PasswordCost cost{env.accounts->password_ops, env.accounts->password_memory};
  account.password_key = env.keys->newest();
  account.password = accounts::hash_password(*env.keys, account.id, password, cost, *env.random);
}

void announce(db::Tx& tx, const accounts::store::Account& account) {
  const auto payload = core::Json{}
                           .begin_object()
                           .field("user", account.id)
                           .field("role", static_cast<int>(account.role))
                           .end()
                           .take();
  events::append(tx, {"user.registered", "user", account.id, payload});
  if (account.email.empty()) return;
  using accounts::CodePurpose;
  // Without a password yet, the code of the welcome sets one.
  accounts::send_code(tx, account,
                      account.password.empty() ? CodePurpose::reset : CodePurpose::email,
                      account.email);
}

core::Hash bootstrap_hash(const db::Tx& tx, std::string_view code) {
  return core::keyed_hash(tx.env().keys->key(core::Purpose::token), {"bootstrap", code});
}

bool is_bootstrap(db::Tx& tx, std::string_view code) {
  const auto now = accounts::auth_now(tx);
  const auto row = accounts::store::bootstrap(tx);
  return row && !row->redeemed && now.strict < row->expires_at &&
         core::same_bytes(row->hash, bootstrap_hash(tx, code)) && !accounts::store::has_owner(tx);
}

[[noreturn]] void bad_bootstrap() {
  throw Error(Code::token_invalid, "this is not a valid code for the first owner");
}

/// Which permission it takes to make somebody what `input` says. Result: what its groups permit.
std::uint64_t check_may_make(db::Tx& tx, const accounts::Actor& actor, const NewUserInput& input) {
  if (input.role == Role::staff && !actor.can(Permission::staff_manage)) {
    throw Error(Code::forbidden, "this account may not make staff");
  }
  if (input.role == Role::admin && !actor.can(Permission::admin_manage)) {
    throw Error(Code::forbidden, "only the owner makes admins");
  }
  return accounts::permissions_of(tx, actor, input.group_ids);
}

}  // namespace

User Accounts::redeem_bootstrap(const Session& session, const std::string& code,
                                const RegisterInput& input) {
  core::Fields fields;
  auto account = accounts::check_person(fields, input, true);
  check_new_password(fields, input, accounts::min_staff_characters);
  account.role = Role::owner;
  account.id = db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_redeem_bootstrap);
    if (!is_bootstrap(tx, code)) return Id{0};  // committed: how far the clock was counts
    auto problems = fields;
    problems.throw_if_any();
    return tx.next_id();
  });
  if (account.id == 0) bad_bootstrap();
  hash_into(account, db_->env(), input.password);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_redeem_bootstrap);
    if (!is_bootstrap(tx, code)) bad_bootstrap();
    accounts::check_free(tx, account);
    accounts::store::redeem_bootstrap(tx, bootstrap_hash(tx, "redeemed"));
    accounts::store::add_account(tx, account);
    audit::record(tx, session, {"owner.bootstrap", "user", account.id, {}, role_json(Role::owner)});
    announce(tx, account);
    return accounts::to_user(tx, *accounts::store::account_by_id(tx, account.id));
  });
}

User Accounts::register_customer(const Session& session, const RegisterInput& input) {
  core::Fields fields;
  auto account = accounts::check_person(fields, input, true);
  check_new_password(fields, input, accounts::min_customer_characters);
  fields.text("device", input.device, {.max = 200});
  const auto place = db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_register_customer);
    auto problems = fields;
    problems.throw_if_any();
    accounts::check_free(tx, account);
    Place out;
    if (session.role() != Role::host) {
      const auto key = accounts::throttle_key(tx, {"register", input.device});
      out.wait_s = accounts::take_token(tx, accounts::auth_now(tx), key, accounts::register_bucket);
    }
    if (out.wait_s == 0) out.id = tx.next_id();
    return out;
  });
  if (place.wait_s != 0) accounts::throw_rate_limited(place.wait_s);
  account.id = place.id;
  hash_into(account, db_->env(), input.password);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_register_customer);
    accounts::check_free(tx, account);
    accounts::store::add_account(tx, account);
    accounts::registered(tx, account.id, account.referral_code);
    announce(tx, account);
    return accounts::to_user(tx, *accounts::store::account_by_id(tx, account.id));
  });
}

User Accounts::create_user(const Session& session, const NewUserInput& input) {
  core::Fields fields;
  RegisterInput person;
  person.username = input.username;
  person.email = input.email;
  person.name = input.name;
  person.phone = input.phone;
  person.country = input.country;
  person.region = input.region;
  person.password = input.password.value_or("");
  const bool customer = input.role == Role::customer;
  auto account = accounts::check_person(fields, person, !customer);
  account.role = input.role;
  fields.check(customer || input.role == Role::staff || input.role == Role::admin, "role",
               "not_allowed", "is not customer, staff or admin");
  fields.check(input.group_ids.empty() || input.role == Role::staff, "group_ids", "not_allowed",
               "are for staff");
  if (input.password) {
    check_new_password(
        fields, person,
        customer ? accounts::min_customer_characters : accounts::min_staff_characters);
  }
  const auto guard = [&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_create_user);
    auto problems = fields;
    problems.throw_if_any();
    account.permissions = check_may_make(tx, actor, input);
    if (!customer) accounts::require_step_up(tx, session, StepUp::roles);
    accounts::check_free(tx, account);
  };
  const auto add = [&](db::Tx& tx) {
    guard(tx);
    if (account.id == 0) account.id = tx.next_id();
    accounts::store::add_account(tx, account);
    for (const auto group_id : input.group_ids) {
      accounts::store::add_to_group(tx, account.id, group_id);
    }
    audit::record(tx, session, {"user.create", "user", account.id, {}, role_json(account.role)});
    announce(tx, account);
    return accounts::to_user(tx, *accounts::store::account_by_id(tx, account.id));
  };
  if (!input.password)
    return db_->write([&](db::Tx& tx) {
      account.id = 0;  // the function may run twice
      return add(tx);
    });
  account.id = db_->write([&](db::Tx& tx) {
    guard(tx);
    return tx.next_id();
  });
  hash_into(account, db_->env(), *input.password);
  return db_->write(add);
}

}  // namespace shop
