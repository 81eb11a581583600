#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/person.hpp"
#include "accounts/store.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <optional>
#include <utility>

namespace shop {

using accounts::authorize;
using accounts::Operation;
namespace store = accounts::store;

namespace {

constexpr std::size_t k_most_addresses = 50;

[[noreturn]] void no_account() {
  throw Error(Code::not_found, "there is no such account");
}

store::Account existing(db::Tx& tx, Id user_id) {
  auto account = store::account_by_id(tx, user_id);
  if (!account) no_account();
  return std::move(*account);
}

/// Checks the page and gives back the id that it starts after.
std::int64_t check_page(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
  return page.cursor.empty() ? 0 : core::CursorReader{page.cursor, "users"}.integer();
}

void replace(core::Fields& fields, std::string_view path, std::string& member,
             const std::optional<std::string>& wanted, const core::TextRule& rule) {
  if (wanted) member = fields.text(path, *wanted, rule);
}

UserAddress checked(core::Fields& fields, const UserAddressInput& input) {
  UserAddress out;
  out.id = input.id.value_or(0);
  out.label = fields.text("label", input.label, {.max = 60});
  out.name = fields.text("name", input.name, {.max = 120});
  out.company = fields.text("company", input.company, {.max = 120});
  out.line1 = fields.text("line1", input.line1, {.min = 1, .max = 200});
  out.line2 = fields.text("line2", input.line2, {.max = 200});
  out.postal_code = fields.text("postal_code", input.postal_code, {.max = 20});
  out.city = fields.text("city", input.city, {.min = 1, .max = 100});
  out.region = fields.text("region", input.region, {.max = 60});
  out.country = fields.text("country", input.country, {.min = 1, .max = 60});
  out.phone = fields.text("phone", input.phone, {.max = 40});
  out.is_default = input.is_default;
  return out;
}

}  // namespace

User Accounts::me(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    return accounts::to_user(tx,
                             accounts::acting(tx, authorize(tx, session, Operation::accounts_me)));
  });
}

User Accounts::user(const Session& session, Id user_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_user);
    return accounts::to_user(tx, existing(tx, user_id));
  });
}

Page<User> Accounts::users(const Session& session, const UserFilter& filter,
                           const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_users);
    const auto after = check_page(page);
    Page<User> out;
    for (const auto id : store::account_ids(tx, filter.role, after, page.limit + 1)) {
      if (static_cast<std::int64_t>(out.items.size()) == page.limit) {
        out.next_cursor = core::CursorWriter{"users"}.add(out.items.back().id).take();
        break;
      }
      out.items.push_back(accounts::to_user(tx, existing(tx, id)));
    }
    if (page.with_total) out.total = store::count_accounts(tx, filter.role);
    return out;
  });
}

User Accounts::update_me(const Session& session, const ProfileUpdate& update) {
  return db_->write([&](db::Tx& tx) {
    auto account = accounts::acting(tx, authorize(tx, session, Operation::accounts_update_me));
    if (update.version && *update.version != account.version) {
      throw Error(Code::stale_version, "somebody changed this account meanwhile");
    }
    core::Fields fields;
    replace(fields, "name", account.name, update.name, {.max = 120, .name = true});
    replace(fields, "phone", account.phone, update.phone, {.max = 40});
    replace(fields, "country", account.country, update.country, {.max = 60});
    replace(fields, "region", account.region, update.region, {.max = 60});
    fields.throw_if_any();
    account.single_device = update.single_device.value_or(account.single_device);
    store::put_profile(tx, account);
    if (update.single_device.value_or(false)) {
      store::end_sessions(tx, account.id, store::EndReason::other_device, session.session_id());
    }
    return accounts::to_user(tx, existing(tx, account.id));
  });
}

std::vector<UserAddress> Accounts::addresses(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_addresses);
    return store::addresses(tx, actor.user_id);
  });
}

UserAddress Accounts::save_address(const Session& session, const UserAddressInput& input) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_save_address);
    (void)accounts::acting(tx, actor);
    core::Fields fields;
    auto address = checked(fields, input);
    fields.throw_if_any();
    const auto there = store::addresses(tx, actor.user_id);
    bool found = address.id == 0;
    for (const auto& other : there) {
      found = found || other.id == address.id;
      if (other.id == address.id && other.is_default) address.is_default = true;
    }
    if (!found) throw Error(Code::not_found, "there is no such address");
    if (address.id == 0 && there.size() >= k_most_addresses) {
      throw Error(Code::limit_reached, "50 addresses are enough");
    }
    address.is_default = address.is_default || there.empty();
    if (address.id == 0) address.id = tx.next_id();
    store::put_address(tx, actor.user_id, address);
    return address;
  });
}

void Accounts::remove_address(const Session& session, Id address_id) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_remove_address);
    if (!store::remove_address(tx, actor.user_id, address_id)) {
      throw Error(Code::not_found, "there is no such address");
    }
  });
}

namespace accounts {

std::optional<UserSummary> user_summary(db::Tx& tx, Id user_id) {
  auto account = store::account_by_id(tx, user_id);
  if (!account) return std::nullopt;
  return UserSummary{account->id,       account->role,    account->status,
                     account->username, account->name,    account->email,
                     account->phone,    account->country, account->region};
}

void require_user(db::Tx& tx, Id user_id, const std::string& path) {
  const auto account = store::account_by_id(tx, user_id);
  if (account && account->status != UserStatus::erased) return;
  throw Error(Code::not_found, path + ": there is no such account",
              {{path, "not_found", "there is no such account", {}}});
}

std::string referral_code_of(db::Tx& tx, Id user_id) {
  const auto account = store::account_by_id(tx, user_id);
  return account ? account->referral_code : std::string{};
}

void set_seller(db::Tx& tx, Id user_id, Id seller_id) {
  auto account = existing(tx, user_id);
  if (seller_id != 0 && account.status == UserStatus::erased) {
    throw Error(Code::conflict, "the account was erased: nobody keeps that seller");
  }
  const bool customer = account.role == Role::customer || account.role == Role::seller;
  if (seller_id != 0 && !customer) {
    throw Error(Code::conflict, "only a customer can keep a seller");
  }
  if (customer) account.role = seller_id != 0 ? Role::seller : Role::customer;
  account.seller_id = seller_id;
  store::put_authority(tx, account, false);
}

}  // namespace accounts
}  // namespace shop
