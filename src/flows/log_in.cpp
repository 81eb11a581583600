#include "accounts/log_in.hpp"

#include "db/database.hpp"
#include "shop/accounts.hpp"

namespace shop {

LogIn Accounts::log_in(const Session& session, const LogInInput& input) {
  const auto checked = accounts::check_credentials(*db_, session, input);
  return accounts::log_in_or_throw(
      db_->write([&](db::Tx& tx) { return accounts::open_session(tx, checked, input); }));
}

}  // namespace shop
