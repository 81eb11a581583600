#include "accounts/keys.hpp"

#include "accounts/auth_clock.hpp"
#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/password.hpp"
#include "accounts/store.hpp"
#include "accounts/tokens.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/keyring.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "db/start_up.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop::accounts {
namespace {

constexpr std::int64_t k_bootstrap_us = 15 * core::microseconds_per_minute;

[[noreturn]] void wrong_key(const char* message) {
  throw Error(Code::wrong_host_key, message);
}

std::string wrap_context(std::int64_t id) {
  return fmt::format("data_key:{}", id);
}

core::Key unwrap(const store::DataKeyRow& row, const std::optional<core::Key>& host_key) {
  if (!row.host_keyed) {
    if (host_key) wrong_key("this shop was made without a host key: set one with rotate_host_key");
    return core::Key{row.wrapped};
  }
  if (!host_key) wrong_key("this shop opens only with its host key");
  auto plain = core::open_sealed(*host_key, row.wrapped, wrap_context(row.id));
  if (!plain) wrong_key("this is not the host key of this shop");
  core::Key key{core::as_bytes(*plain)};
  core::wipe(*plain);
  return key;
}

void load(db::Tx& tx, core::KeyRing& ring, const std::optional<core::Key>& host_key) {
  for (const auto& row : store::data_keys(tx)) ring.add(row.id, unwrap(row, host_key));
}

void set_cost(Runtime& runtime, PasswordPreset preset) {
  constexpr std::size_t k_mib = std::size_t{1} << 20;
  PasswordCost cost;
  switch (preset) {
    case PasswordPreset::kiosk:
      cost = {2, 19 * k_mib};
      break;
    case PasswordPreset::interactive:
      cost = {3, 64 * k_mib};
      break;
    case PasswordPreset::sensitive:
      cost = {3, 256 * k_mib};
      break;
    case PasswordPreset::calibrated:
      cost = calibrate_password_cost();
      break;
    case PasswordPreset::for_tests:
      cost = {1, 8192};
      break;
  }
  runtime.password_ops = cost.operations;
  runtime.password_memory = cost.memory_bytes;
}

std::vector<std::byte> wrap_data_key(std::int64_t id, const core::Key& data_key,
                                     const std::optional<core::Key>& host_key, Random& random) {
  if (host_key) {
    return core::seal(*host_key, core::as_text(data_key.bytes()), wrap_context(id), random);
  }
  return {data_key.bytes().begin(), data_key.bytes().end()};
}

/// Everything sealed or hashed under older keys gets the newest; what cannot, ends.
void reseal(db::Tx& tx, const core::KeyRing& keys, std::int64_t id, const core::Key& host_key) {
  auto& random = *tx.env().random;
  store::add_data_key(tx, {id, wrap_data_key(id, keys.data_key(id), host_key, random), true});
  for (const auto known : keys.ids()) {
    store::rewrap_data_key(
        tx, {known, wrap_data_key(known, keys.data_key(known), host_key, random), true});
  }
  for (Id after = 0;;) {
    const auto page = store::account_ids(tx, std::nullopt, after, 500);
    if (page.empty()) break;
    for (const auto account_id : page) {
      store::reseal_account(tx, store::account_before_rotation(tx, account_id));
    }
    after = page.back();
  }
  store::reseal_groups(tx);
  store::forget_credentials(tx);
}

}  // namespace

std::optional<std::string> open(db::Database& db, const std::optional<core::Key>& host_key,
                                PasswordPreset preset) {
  auto& env = db.mutable_env();
  auto ring = std::make_shared<core::KeyRing>();
  auto runtime = std::make_shared<Runtime>();
  set_cost(*runtime, preset);
  runtime->host_keyed = host_key.has_value();
  env.keys = ring;
  env.accounts = runtime;
  env.audit_watch = std::make_shared<audit::Watch>();
  db::read_at_start(db, [&](db::Tx& tx) {
    load(tx, *ring, host_key);
    if (const auto mark = store::clock_mark(tx)) runtime->raise(expected_now(*env.clock, *mark));
  });
  if (ring->newest() != 0) return std::nullopt;

  const auto data_key = core::Key::random(*env.random);
  const auto code = make_token(TokenKind::bootstrap, *env.random);
  const bool made = db.write([&](db::Tx& tx) {
    if (!store::data_keys(tx).empty()) return false;  // another process was first
    store::add_data_key(
        tx, {1, wrap_data_key(1, data_key, host_key, *env.random), host_key.has_value()});
    const auto hash = core::keyed_hash(
        core::derive_key(data_key, std::uint64_t(core::Purpose::token)), {"bootstrap", code});
    store::put_bootstrap(tx, hash, tx.now() + k_bootstrap_us);
    return true;
  });
  db::read_at_start(db, [&](db::Tx& tx) { load(tx, *ring, host_key); });
  return made ? std::optional{code} : std::nullopt;
}

void require_newest_key(db::Tx& tx) {
  for (const auto& row : store::data_keys(tx)) {
    if (row.id > tx.env().keys->newest()) {
      wrong_key("the shop's key was changed: open the shop anew");
    }
  }
}

void rotate(db::Database& db, const Session& session, const core::Key& host_key,
            core::FunctionRef<void(db::Tx&)> reseal_more) {
  auto& env = db.mutable_env();
  auto& keys = *env.keys;
  // Nobody else may write meanwhile: what they sealed would be lost if this failed.
  db.exclusive([&](db::SqliteConnection& connection) {
    db::Tx tx{connection, env, nullptr};
    const auto id = keys.newest() + 1;
    const auto made = core::Key::random(*env.random);
    connection.begin_write();
    try {
      authorize(tx, session, Operation::engine_rotate_host_key);
      require_step_up(tx, session, StepUp::keys);
      keys.add(id, made);
      reseal(tx, keys, id, host_key);
      reseal_more(tx);
      audit::record(tx, session, {"keys.rotated", "shop", id, {}, {}});
      connection.commit();
    } catch (...) {
      connection.rollback();
      keys.drop(id);
      throw;
    }
    env.accounts->host_keyed = true;
  });
}

}  // namespace shop::accounts
