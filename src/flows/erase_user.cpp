#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/store.hpp"
#include "audit/audit.hpp"
#include "cart/cart.hpp"
#include "catalog/catalog.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "loyalty/loyalty.hpp"
#include "notify/notify.hpp"
#include "orders/orders.hpp"
#include "recommend/recommend.hpp"
#include "reviews/reviews.hpp"
#include "sellers/sellers.hpp"
#include "shop/accounts.hpp"
#include "shop/error.hpp"
#include "wishlist/wishlist.hpp"

namespace shop {
namespace {

/// The account that is to go, if the actor may say so.
accounts::store::Account to_erase(db::Tx& tx, const accounts::Actor& actor, Id user_id) {
  auto account = accounts::store::account_by_id(tx, user_id);
  const bool own = actor.user_id != 0 && actor.user_id == user_id;
  const bool may = own || actor.can(accounts::Permission::customer_manage);
  if (!account || !may || account->status == UserStatus::erased) {
    throw Error(Code::not_found, "there is no such account");
  }
  const bool customer = account->role == Role::customer || account->role == Role::seller;
  if (account->role == Role::owner || (!customer && !own)) {
    throw Error(Code::conflict, "this account has to become a customer's first");
  }
  return std::move(*account);
}

}  // namespace

void Accounts::erase(const Session& session, Id user_id) {
  db_->write([&](db::Tx& tx) {
    const auto actor = accounts::authorize(tx, session, accounts::Operation::accounts_erase);
    auto account = to_erase(tx, actor, user_id);
    accounts::require_step_up(tx, session, StepUp::erase);
    cart::erase_owner(tx, user_id);
    orders::erase_customer(tx, user_id);
    wishlist::erase_customer(tx, user_id);
    reviews::erase_customer(tx, user_id);
    recommend::erase_customer(tx, user_id);
    loyalty::erase_customer(tx, user_id);
    notify::erase_user(tx, user_id);
    if (const auto seller_id = sellers::erase_keeper(tx, session, user_id)) {
      catalog::withhold_seller(tx, *seller_id, true);
      account = *accounts::store::account_by_id(tx, user_id);  // its role has changed
    }
    events::redact(tx, "user", user_id);
    events::redact(tx, "customer", user_id);
    accounts::store::end_sessions(tx, user_id, accounts::store::EndReason::erased);
    accounts::store::erase_account(tx, account);
    audit::record(tx, session, {"user.erase", "user", user_id, {}, {}});
    events::append(tx, {"user.erased", "user", user_id,
                        core::Json{}.begin_object().field("user", user_id).end().take()});
  });
}

}  // namespace shop
