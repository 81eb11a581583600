#include "accounts/identity.hpp"
#include "accounts/second_factor.hpp"
#include "accounts/throttle.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"

#include <array>

namespace shop {

using accounts::authorize;
using accounts::Operation;
namespace store = accounts::store;

namespace {

constexpr std::size_t k_secret_bytes = 20;  // 160 bits

}  // namespace

TotpSetup Accounts::begin_totp(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    const auto account =
        accounts::acting(tx, authorize(tx, session, Operation::accounts_begin_totp));
    accounts::require_step_up(tx, session, StepUp::two_factor);
    if (account.totp_on) throw Error(Code::conflict, "two-factor log-in is on already");
    std::array<std::byte, k_secret_bytes> bytes{};
    tx.env().random->fill(bytes);
    const auto secret = core::as_text(bytes);
    store::put_totp(tx, account.id, secret, false);
    return TotpSetup{accounts::to_base32(secret),
                     accounts::totp_uri("libshop", account.username, secret)};
  });
}

RecoveryCodes Accounts::confirm_totp(const Session& session, const std::string& code) {
  struct Result {
    std::int64_t wait_s = 0;
    std::vector<std::string> recovery;
  };
  auto result = db_->write([&](db::Tx& tx) {
    const auto account =
        accounts::acting(tx, authorize(tx, session, Operation::accounts_confirm_totp));
    if (account.totp_on || account.totp_secret.empty()) {
      throw Error(Code::conflict, "begin_totp comes first");
    }
    Result out;
    const auto now = accounts::auth_now(tx);
    const auto key = accounts::throttle_key(tx, {"totp", core::number_part(account.id)});
    out.wait_s = accounts::take_token(tx, now, key, accounts::second_factor_bucket);
    if (out.wait_s != 0 || now.behind) return out;
    const auto step = accounts::totp_step(account.totp_secret, code, now.wall, account.totp_step);
    if (!step) return out;
    accounts::forget_attempts(tx, key);
    store::put_totp(tx, account.id, account.totp_secret, true);
    store::put_totp_step(tx, account.id, *step);
    out.recovery = accounts::new_recovery_codes(tx, account.id);
    accounts::end_other_sessions(tx, account.id, session.session_id());
    audit::record(tx, session, {"user.totp_on", "user", account.id, {}, {}});
    accounts::send_notice(tx, account, "two_factor_on");
    return out;
  });
  if (result.wait_s != 0) accounts::throw_rate_limited(result.wait_s);
  if (result.recovery.empty()) throw Error(Code::bad_credentials, "this code is wrong");
  return {std::move(result.recovery)};
}

void Accounts::disable_totp(const Session& session) {
  db_->write([&](db::Tx& tx) {
    const auto account =
        accounts::acting(tx, authorize(tx, session, Operation::accounts_disable_totp));
    accounts::require_step_up(tx, session, StepUp::two_factor);
    store::put_totp(tx, account.id, {}, false);
    store::forget_recovery(tx, account.id);
    accounts::end_other_sessions(tx, account.id, session.session_id());
    audit::record(tx, session, {"user.totp_off", "user", account.id, {}, {}});
    accounts::send_notice(tx, account, "two_factor_off");
  });
}

RecoveryCodes Accounts::new_recovery_codes(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    const auto account =
        accounts::acting(tx, authorize(tx, session, Operation::accounts_new_recovery_codes));
    accounts::require_step_up(tx, session, StepUp::two_factor);
    if (!account.totp_on) throw Error(Code::conflict, "two-factor log-in is off");
    audit::record(tx, session, {"user.recovery_codes", "user", account.id, {}, {}});
    return RecoveryCodes{accounts::new_recovery_codes(tx, account.id)};
  });
}

}  // namespace shop
