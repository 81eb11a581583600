#include "accounts/guard.hpp"
#include "db/database.hpp"
#include "loyalty/loyalty.hpp"
#include "orders/orders.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::authorize;
using accounts::Operation;

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
