#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "accounts/person.hpp"
#include "accounts/store.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::authorize;
using accounts::Operation;
namespace store = accounts::store;

namespace {

store::Account existing(db::Tx& tx, Id user_id) {
  auto account = store::account_by_id(tx, user_id);
  if (!account) throw Error(Code::not_found, "there is no such account");
  return std::move(*account);
}

}  // namespace

User Accounts::me(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::accounts_me);
    return accounts::to_user(tx, existing(tx, actor.user_id));
  });
}

User Accounts::user(const Session& session, Id user_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::accounts_user);
    return accounts::to_user(tx, existing(tx, user_id));
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

std::string referral_code_of(db::Tx& tx, Id user_id) {
  const auto account = store::account_by_id(tx, user_id);
  return account ? account->referral_code : std::string{};
}

void set_seller(db::Tx& tx, Id user_id, Id seller_id) {
  auto account = existing(tx, user_id);
  if (account.role != Role::customer && account.role != Role::seller) {
    throw Error(Code::conflict, "only a customer can keep a seller");
  }
  account.role = seller_id != 0 ? Role::seller : Role::customer;
  account.seller_id = seller_id;
  store::put_authority(tx, account, false);
}

}  // namespace accounts
}  // namespace shop
