#pragma once

#include "accounts/auth_clock.hpp"
#include "accounts/store.hpp"
#include "core/crypto.hpp"
#include "shop/accounts.hpp"
#include "shop/error.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace shop::db {
class Database;
}

/// Logging in, in two halves, because a flow stands between them: the password is checked outside
/// a transaction, the session is opened inside the one that also joins the carts.
namespace shop::accounts {

/// Somebody whose password was right.
struct Checked {
  Id account_id = 0;
  std::string password;  ///< the stored hash that matched
  std::string rehashed;  ///< a stronger one, when the parameters rose
  std::int64_t rehashed_key = 0;
  core::Hash attempts_key{};  ///< what to forget when all is well
};

/// Counts the attempt, commits that, and only then looks at the password. Throws as
/// Accounts::log_in does.
Checked check_credentials(db::Database& db, const Session& session, const LogInInput& input);

/// What became of it; a refusal is committed, as it counts, and thrown afterwards.
struct Outcome {
  std::optional<LogIn> log_in;
  Code refused = Code::bad_credentials;
  std::int64_t retry_after_s = 0;
};
Outcome open_session(db::Tx& tx, const Checked& checked, const LogInInput& input);
LogIn log_in_or_throw(Outcome outcome);

/// How long a session lasts: in all, and without being used.
struct Lifetime {
  std::int64_t total_us;
  std::int64_t idle_us;
};
Lifetime lifetime_of(const LogInInput& input);
/// Of a session that the host made for somebody: as long as the host likes.
inline constexpr Lifetime endless{3'000'000'000'000'000, 3'000'000'000'000'000};

/// A session with fresh tokens for an account.
LogIn new_session(db::Tx& tx, const Moment& now, const store::Account& account,
                  const LogInInput& input, const Lifetime& lifetime);

[[noreturn]] void throw_bad_credentials();

}  // namespace shop::accounts
