#include "accounts/log_in.hpp"

#include "cart/cart.hpp"
#include "db/database.hpp"
#include "shop/accounts.hpp"

namespace shop {

LogIn Accounts::log_in(const Session& session, const LogInInput& input) {
  const auto checked = accounts::check_credentials(*db_, session, input);
  return accounts::log_in_or_throw(db_->write([&](db::Tx& tx) {
    auto outcome = accounts::open_session(tx, checked, input);
    if (outcome.log_in && session.guest_id() != 0) {
      cart::join(tx, outcome.log_in->user_id, session.guest_id());
    }
    return outcome;
  }));
}

}  // namespace shop
