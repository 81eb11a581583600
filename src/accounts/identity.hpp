#pragma once

#include "accounts/guard.hpp"
#include "accounts/store.hpp"
#include "shop/accounts.hpp"

#include <string_view>

namespace shop::db {
class Database;
}

/// Proofs of identity inside a session, and what follows from a change of them.
namespace shop::accounts {

/// Throws Error{step_up_required} unless the session proved itself for this action in the last five
/// minutes. The host never has to.
void require_step_up(db::Tx& tx, const Session& session, StepUp action);

/// Checks the acting account's password as log-in does: counted, committed, then computed. Throws
/// Error: `bad_credentials`, `rate_limited`, and what the guard throws. Result: the account.
store::Account confirm_password(db::Database& db, const Session& session, Operation operation,
                                std::string_view password);

/// After a change of password, e-mail, role or second factor: all sessions of the account but
/// `keep` are over.
void end_other_sessions(db::Tx& tx, Id account_id, Id keep_session_id);

/// The acting account's row. Throws Error{unauthenticated} for the host.
store::Account acting(db::Tx& tx, const Actor& actor);

/// Appends an event whose payload names the user and holds `message` sealed under the shop's key:
/// only Accounts::open_message reads it.
void send(db::Tx& tx, std::string_view type, Id user_id, std::string_view kind,
          std::string_view message);
/// Tells the account's address that something about its safety changed.
void send_notice(db::Tx& tx, const store::Account& account, std::string_view kind);

/// What a one-time code is good for. Part of the file format.
enum class CodePurpose : std::int32_t { email = 1, reset = 2, change_email = 3, welcome = 4 };
/// Makes a code, replaces an earlier one of its purpose, and sends it to `address`.
void send_code(db::Tx& tx, const store::Account& account, CodePurpose purpose,
               std::string_view address, std::string_view detail = {});
/// Takes the code if it is right; a wrong one costs one of five attempts, which the caller commits.
/// Result: whether it was right; `detail` of send_code goes to `detail`.
bool take_code(db::Tx& tx, Id account_id, CodePurpose purpose, std::string_view typed,
               std::string* detail = nullptr);
/// Whether take_code would take it, without taking it.
bool is_code(db::Tx& tx, Id account_id, CodePurpose purpose, std::string_view typed);

}  // namespace shop::accounts
