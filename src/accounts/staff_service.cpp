#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/permissions.hpp"
#include "accounts/person.hpp"
#include "accounts/store.hpp"
#include "audit/audit.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shop {

using accounts::Actor;
using accounts::authorize;
using accounts::Operation;
using accounts::Permission;
namespace store = accounts::store;

namespace {

/// The account, if the actor may decide about it: admins are the owner's, the owner is nobody's,
/// staff take more than what customers take, and nobody decides about themselves.
store::Account subordinate(db::Tx& tx, const Actor& actor, Id user_id) {
  auto account = store::account_by_id(tx, user_id);
  if (!account || account->status == UserStatus::erased) {
    throw Error(Code::not_found, "there is no such account");
  }
  const bool may = account->role == Role::admin   ? actor.can(Permission::admin_manage)
                   : account->role == Role::owner ? false
                   : account->role == Role::staff ? actor.can(Permission::staff_manage)
                                                  : true;
  if (!may || account->id == actor.user_id) {
    throw Error(Code::forbidden, "this account is not yours to change");
  }
  return std::move(*account);
}

std::string authority_json(const store::Account& account) {
  return core::Json{}
      .begin_object()
      .field("role", static_cast<int>(account.role))
      .field("status", static_cast<int>(account.status))
      .field("permissions", static_cast<std::int64_t>(account.permissions))
      .end()
      .take();
}

std::vector<std::string> names_of(std::uint64_t permissions) {
  std::vector<std::string> out;
  for (int number = 0; number < 63; ++number) {
    if ((permissions >> number & 1U) == 0) continue;
    out.emplace_back(accounts::permission_name(static_cast<Permission>(number)));
  }
  return out;
}

PermissionGroup to_group(const store::GroupRow& row) {
  return {row.id, row.name, names_of(row.permissions)};
}

/// A group out of what somebody typed, with nothing in it that the actor has not.
store::GroupRow checked(db::Tx& tx, const Actor& actor, Id id, const PermissionGroupInput& input) {
  core::Fields fields;
  store::GroupRow row;
  row.id = id;
  row.name = fields.text("name", input.name, {.min = 1, .max = 60, .name = true});
  for (std::size_t i = 0; i < input.permissions.size(); ++i) {
    const auto permission = accounts::permission_by_name(input.permissions[i]);
    const bool good = permission && (accounts::grantable_permissions() & bit(*permission)) != 0;
    fields.check(good, core::path_at("permissions", i), "unknown",
                 "is not a permission that groups can have");
    if (good) row.permissions |= bit(*permission);
  }
  fields.throw_if_any();
  if ((row.permissions & ~actor.permissions) != 0) {
    throw Error(Code::forbidden, "nobody gives permissions that they do not have");
  }
  const auto twin = store::group_by_name(tx, row.name);
  if (twin && twin->id != id) {
    fields.check(false, "name", "taken", "a group of that name is here already");
    fields.throw_if_any(Code::already_exists);
  }
  return row;
}

std::string group_json(const store::GroupRow& row) {
  core::Json json;
  json.begin_object().field("name", std::string_view{row.name}).key("permissions").begin_array();
  for (const auto& name : names_of(row.permissions)) json.value(std::string_view{name});
  return json.end().end().take();
}

std::uint64_t permissions_of_groups(db::Tx& tx, Id user_id) {
  std::uint64_t all = 0;
  for (const auto group_id : store::group_ids(tx, user_id)) {
    all |= store::group(tx, group_id).value().permissions;
  }
  return all;
}

/// The members of a group that is about to change. Throws Error{tampered} when one of them, by what
/// may be done so far, is none: somebody wrote that into the file.
std::vector<Id> members_of(db::Tx& tx, Id group_id) {
  auto members = store::group_members(tx, group_id);
  for (const auto member : members) {
    if (store::account_by_id(tx, member).value().permissions == permissions_of_groups(tx, member)) {
      continue;
    }
    throw Error(Code::tampered,
                fmt::format("the groups of account {} were edited in the file", member));
  }
  return members;
}

/// Recomputes what the members of a group may do.
void refresh_members(db::Tx& tx, const std::vector<Id>& members) {
  for (const auto member : members) {
    auto account = store::account_by_id(tx, member).value();
    account.permissions = permissions_of_groups(tx, member);
    store::put_authority(tx, account, false);
  }
}

store::GroupRow existing_group(db::Tx& tx, Id group_id) {
  auto row = store::group(tx, group_id);
  if (!row) throw Error(Code::not_found, "there is no such permission group");
  return std::move(*row);
}

Actor begin(db::Tx& tx, const Session& session, Operation operation) {
  const auto actor = authorize(tx, session, operation);
  accounts::require_step_up(tx, session, StepUp::roles);
  return actor;
}

}  // namespace

User Accounts::set_role(const Session& session, Id user_id, Role role,
                        const std::vector<Id>& group_ids) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = begin(tx, session, Operation::accounts_set_role);
    auto account = subordinate(tx, actor, user_id);
    core::Fields fields;
    fields.check(role == Role::customer || role == Role::staff || role == Role::admin, "role",
                 "not_allowed", "is not customer, staff or admin");
    fields.check(group_ids.empty() || role == Role::staff, "group_ids", "not_allowed",
                 "are for staff");
    fields.check(role == Role::customer || !account.email.empty(), "user_id", "no_email",
                 "needs an e-mail address first");
    fields.throw_if_any();
    if (role == Role::admin && !actor.can(Permission::admin_manage)) {
      throw Error(Code::forbidden, "only the owner makes admins");
    }
    if (account.seller_id != 0) {
      throw Error(Code::conflict,
                  fmt::format("the account keeps seller {}: suspend that first", account.seller_id),
                  {{"user_id",
                    "keeps_seller",
                    "is the keeper of a seller that is approved",
                    {{"seller_id", std::to_string(account.seller_id)}}}});
    }
    const auto before = authority_json(account);
    account.permissions = accounts::permissions_of(tx, actor, group_ids);
    account.role = role;
    store::leave_groups(tx, account.id);
    for (const auto group_id : group_ids) store::add_to_group(tx, account.id, group_id);
    store::put_authority(tx, account, false);
    accounts::end_other_sessions(tx, account.id, 0);
    audit::record(tx, session,
                  {"user.set_role", "user", account.id, before, authority_json(account)});
    return accounts::to_user(tx, store::account_by_id(tx, account.id).value());
  });
}

User Accounts::set_enabled(const Session& session, Id user_id, bool enabled) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = begin(tx, session, Operation::accounts_set_enabled);
    auto account = subordinate(tx, actor, user_id);
    const auto before = authority_json(account);
    account.status = enabled ? UserStatus::active : UserStatus::disabled;
    store::put_authority(tx, account, false);
    if (!enabled) accounts::end_other_sessions(tx, account.id, 0);
    audit::record(tx, session,
                  {"user.set_enabled", "user", account.id, before, authority_json(account)});
    return accounts::to_user(tx, store::account_by_id(tx, account.id).value());
  });
}

std::vector<PermissionGroup> Accounts::groups(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_groups);
    std::vector<PermissionGroup> out;
    for (const auto& row : store::groups(tx)) out.push_back(to_group(row));
    return out;
  });
}

PermissionGroup Accounts::create_group(const Session& session, const PermissionGroupInput& input) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = begin(tx, session, Operation::accounts_create_group);
    const auto row = checked(tx, actor, tx.next_id(), input);
    store::put_group(tx, row);
    audit::record(tx, session, {"group.create", "group", row.id, {}, group_json(row)});
    return to_group(row);
  });
}

PermissionGroup Accounts::update_group(const Session& session, Id group_id,
                                       const PermissionGroupInput& input) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = begin(tx, session, Operation::accounts_update_group);
    const auto before = existing_group(tx, group_id);
    const auto row = checked(tx, actor, group_id, input);
    const auto members = members_of(tx, group_id);
    store::put_group(tx, row);
    refresh_members(tx, members);
    audit::record(tx, session,
                  {"group.update", "group", row.id, group_json(before), group_json(row)});
    return to_group(row);
  });
}

void Accounts::delete_group(const Session& session, Id group_id) {
  db_->write([&](db::Tx& tx) {
    begin(tx, session, Operation::accounts_delete_group);
    const auto before = existing_group(tx, group_id);
    const auto members = members_of(tx, group_id);
    store::delete_group(tx, group_id);
    refresh_members(tx, members);
    audit::record(tx, session, {"group.delete", "group", group_id, group_json(before), {}});
  });
}

}  // namespace shop
