#include "accounts/guard.hpp"
#include "accounts/hooks.hpp"
#include "db/database.hpp"
#include "loyalty/loyalty.hpp"
#include "orders/orders.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::authorize;
using accounts::Operation;

// Nobody registers to refer themselves: a new account has no code yet.
void accounts::registered(db::Tx& tx, Id user_id, const std::string& referral_code) {
  if (!referral_code.empty()) loyalty::refer(tx, user_id, referral_code);
}

void Loyalty::refer(const Session& session, const std::string& code) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::loyalty_refer);
    if (actor.user_id == 0) throw Error(Code::unauthenticated, "log in first");
    if (orders::has_ordered(tx, actor.user_id)) {
      throw Error(Code::conflict, "referral_code: who has ordered already is no new customer",
                  {{"referral_code", "too_late", "you have ordered already", {}}});
    }
    loyalty::refer(tx, actor.user_id, code);
  });
}

}  // namespace shop
