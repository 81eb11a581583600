#include "accounts/accounts_sql.hpp"
#include "accounts/store.hpp"
#include "core/keyring.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop::accounts::store {
namespace {

using core::Purpose;

std::vector<std::byte> bytes_of(std::span<const std::byte> bytes) {
  return {bytes.begin(), bytes.end()};
}

/// Ties a session to its account, so that its tokens cannot be made another account's by an edit.
core::Hash binding(const db::Tx& tx, Id id, Id account_id) {
  return core::keyed_hash(tx.env().keys->key(Purpose::token),
                          {"session", core::number_part(id), core::number_part(account_id)});
}

SessionRow row_of(db::Tx& tx, const db::Query& query) {
  SessionRow out;
  out.id = query.integer(0);
  out.account_id = query.integer(1);
  out.auth_epoch = query.integer(2);
  out.expires_at = query.integer(3);
  out.idle_us = query.integer(4);
  out.last_seen_at = query.integer(5);
  out.ended_at = query.maybe_integer(6);
  out.access_expires_at = query.integer(8);
  out.kiosk = query.boolean(9);
  out.device_name = query.text(10);
  out.created_at = query.integer(11);
  if (!core::same_bytes(query.blob(12), binding(tx, out.id, out.account_id))) {
    throw Error(Code::tampered, fmt::format("session {} was edited in the file", out.id));
  }
  return out;
}

std::optional<SessionRow> read(db::Tx& tx, db::Query query) {
  return query.next() ? std::optional{row_of(tx, query)} : std::nullopt;
}

}  // namespace

void add_session(db::Tx& tx, const SessionRow& row, const core::Hash& access) {
  tx.exec(sql::k_session_add, row.id, row.account_id, row.auth_epoch, row.expires_at, row.idle_us,
          row.last_seen_at, access, row.access_expires_at, row.single_device, row.kiosk,
          row.device_name, row.created_at, binding(tx, row.id, row.account_id));
}

std::optional<SessionRow> session_by_access(db::Tx& tx, const core::Hash& access) {
  return read(tx, tx.query(sql::k_session_by_access, access));
}

std::optional<SessionRow> session_by_id(db::Tx& tx, Id id) {
  return read(tx, tx.query(sql::k_session_by_id, id));
}

bool end_session(db::Tx& tx, Id id, EndReason reason) {
  return tx.exec(sql::k_session_end, id, tx.now(), reason) > 0;
}

std::int64_t end_sessions(db::Tx& tx, Id account_id, EndReason reason, Id except) {
  return tx.exec(sql::k_session_end_all, account_id, tx.now(), reason, except);
}

void rotate_session(db::Tx& tx, Id id, const core::Hash& access, Timestamp access_expires_at,
                    Timestamp seen_at) {
  tx.exec(sql::k_session_rotate, id, access, access_expires_at, seen_at);
}

void touch_session(db::Tx& tx, Id id, Timestamp at) {
  tx.exec(sql::k_session_touch, id, at);
}

void add_refresh(db::Tx& tx, const core::Hash& hash, Id session_id) {
  tx.exec(sql::k_refresh_add, hash, session_id);
}

std::optional<RefreshRow> refresh(db::Tx& tx, const core::Hash& hash) {
  auto query = tx.query(sql::k_refresh_get, hash);
  if (!query.next()) return std::nullopt;
  return RefreshRow{query.integer(0), query.maybe_integer(1), bytes_of(query.blob(2))};
}

void spend_refresh(db::Tx& tx, const core::Hash& hash, Timestamp at, const core::Hash& request) {
  tx.exec(sql::k_refresh_spend, hash, at, request);
}

void add_device(db::Tx& tx, Id account_id, const core::Hash& hash) {
  tx.exec(sql::k_device_add, tx.next_id(), account_id, hash, tx.now());
}

std::optional<Id> device(db::Tx& tx, Id account_id, const core::Hash& hash) {
  return tx.integer(sql::k_device_get, hash, account_id);
}

std::optional<ThrottleRow> throttle(db::Tx& tx, const core::Hash& key) {
  auto query = tx.query(sql::k_throttle_get, key);
  if (!query.next()) return std::nullopt;
  return ThrottleRow{query.integer(0), query.integer(1), query.integer(2), query.integer(3)};
}

void put_throttle(db::Tx& tx, const core::Hash& key, const ThrottleRow& row) {
  tx.exec(sql::k_throttle_put, key, row.failures, row.ready_at, row.tokens, row.touched_at);
}

void forget_throttle(db::Tx& tx, const core::Hash& key) {
  tx.exec(sql::k_throttle_forget, key);
}

void prune_throttle(db::Tx& tx, std::int64_t untouched_since) {
  tx.exec(sql::k_throttle_prune, untouched_since);
}

std::optional<ClockMark> clock_mark(db::Tx& tx) {
  auto query = tx.query(sql::k_clock_get);
  if (!query.next()) return std::nullopt;
  return ClockMark{query.integer(0), query.integer(1), query.integer(2), query.text(3),
                   query.boolean(4)};
}

void put_clock_mark(db::Tx& tx, const ClockMark& mark) {
  tx.exec(sql::k_clock_put, mark.high, mark.patient, mark.steady, mark.boot, mark.suspect);
}

std::vector<DataKeyRow> data_keys(db::Tx& tx) {
  std::vector<DataKeyRow> out;
  auto query = tx.query(sql::k_data_keys);
  while (query.next()) {
    out.push_back({query.integer(0), bytes_of(query.blob(1)), query.boolean(2)});
  }
  return out;
}

void add_data_key(db::Tx& tx, const DataKeyRow& row) {
  tx.exec(sql::k_data_key_add, row.id, row.wrapped, row.host_keyed, tx.now());
}

std::optional<BootstrapRow> bootstrap(db::Tx& tx) {
  auto query = tx.query(sql::k_bootstrap_get);
  if (!query.next()) return std::nullopt;
  return BootstrapRow{bytes_of(query.blob(0)), query.integer(1), !query.is_null(2)};
}

void put_bootstrap(db::Tx& tx, const core::Hash& hash, Timestamp expires_at) {
  tx.exec(sql::k_bootstrap_put, hash, expires_at);
}

bool redeem_bootstrap(db::Tx& tx, const core::Hash& mac) {
  return tx.exec(sql::k_bootstrap_redeem, tx.now(), mac) > 0;
}

StepUpRow step_up(db::Tx& tx, Id session_id) {
  auto query = tx.query(sql::k_step_up_get, session_id);
  return query.next() ? StepUpRow{query.integer(0), query.integer(1)} : StepUpRow{};
}

void put_step_up(db::Tx& tx, Id session_id, const StepUpRow& row) {
  tx.exec(sql::k_step_up_put, session_id, row.action, row.until);
}

void raise_epoch(db::Tx& tx, Id account_id) {
  tx.exec(sql::k_epoch_raise, account_id);
}

void keep_session(db::Tx& tx, Id session_id, Id account_id) {
  tx.exec(sql::k_session_keep, session_id, account_id);
}

void end_everybodys_sessions(db::Tx& tx) {
  tx.exec(sql::k_session_end_everybody, tx.now(), EndReason::security_change);
}

std::vector<SessionRow> live_sessions(db::Tx& tx, Id account_id) {
  std::vector<SessionRow> out;
  auto query = tx.query(sql::k_session_live, account_id);
  while (query.next()) out.push_back(row_of(tx, query));
  return out;
}

std::vector<ActiveRow> active(db::Tx& tx, std::optional<Role> role, const ActivityMark& after,
                              Timestamp strict, std::int64_t limit) {
  std::vector<ActiveRow> out;
  const auto wanted = role ? static_cast<std::int64_t>(*role) : 0;
  auto query = tx.query(sql::k_active, strict, wanted, after.seen_at, after.session_id, limit);
  while (query.next()) {
    out.push_back(
        {query.integer(0),
         {query.integer(1), query.as<Role>(2), query.text(3), query.text(4), query.integer(5)}});
  }
  return out;
}

std::int64_t count_active(db::Tx& tx, std::optional<Role> role, Timestamp strict) {
  const auto wanted = role ? static_cast<std::int64_t>(*role) : 0;
  return tx.integer(sql::k_active_count, strict, wanted).value_or(0);
}

void rewrap_data_key(db::Tx& tx, const DataKeyRow& row) {
  tx.exec(sql::k_data_key_rewrap, row.id, row.wrapped, row.host_keyed);
}

void forget_credentials(db::Tx& tx) {
  end_everybodys_sessions(tx);
  tx.exec(sql::k_code_forget_all);
  tx.exec(sql::k_device_forget_all);
}

}  // namespace shop::accounts::store
