#pragma once

#include "core/crypto.hpp"
#include "core/function_ref.hpp"
#include "db/tx.hpp"
#include "shop/accounts.hpp"

#include <optional>
#include <string>

namespace shop::db {
class Database;
}

namespace shop::accounts {

/// What opening a shop needs for its accounts: its keys into Env, the cost of passwords, and, for
/// a shop that is new, the first data key and the owner's one-time code. Throws
/// Error{wrong_host_key} when the host's key is missing, superfluous or another's.
/// Result: the code, once in the life of a shop.
std::optional<std::string> open(db::Database& db, const std::optional<core::Key>& host_key,
                                PasswordPreset preset);

/// Throws Error{wrong_host_key} when another program has changed the shop's keys meanwhile.
void require_newest_key(db::Tx& tx);

/// Makes a new data key under a new host key, and seals and hashes everything anew. All sessions,
/// codes and remembered devices end. `reseal_more` does the same for what later modules keep. Cost:
/// the number of accounts and of what is sealed.
void rotate(db::Database& db, const Session& session, const core::Key& host_key,
            core::FunctionRef<void(db::Tx&)> reseal_more);

}  // namespace shop::accounts
