#include "accounts/accounts_sql.hpp"
#include "accounts/store.hpp"
#include "core/encoding.hpp"
#include "core/keyring.hpp"
#include "core/text.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop::accounts::store {
namespace {

using core::KeyRing;
using core::Purpose;

std::string context(std::string_view column, Id id) {
  return fmt::format("account.{}:{}", column, id);
}

using Box = std::optional<std::vector<std::byte>>;

Box sealed(const db::Tx& tx, std::string_view column, Id id, std::string_view plain) {
  if (plain.empty()) return std::nullopt;
  return tx.env().keys->seal(plain, context(column, id), *tx.env().random);
}

std::string opened(const db::Tx& tx, const db::Query& row, int column, std::string_view name,
                   Id id) {
  if (row.is_null(column)) return {};
  return tx.env().keys->open(row.blob(column), context(name, id));
}

/// What gives an account its power, for its MAC.
struct Authority {
  std::string id, role, status, permissions, seller;

  Authority(Id account_id, Role its_role, UserStatus its_status, std::uint64_t granted,
            Id seller_id)
      : id(core::number_part(account_id)),
        role(core::number_part(static_cast<std::int64_t>(its_role))),
        status(core::number_part(static_cast<std::int64_t>(its_status))),
        permissions(core::number_part(static_cast<std::int64_t>(granted))),
        seller(core::number_part(seller_id)) {}
};

void check(const db::Tx& tx, core::Bytes mac, const Authority& authority, Id id,
           KeyRing::Under under) {
  tx.env().keys->check_mac(
      Purpose::authority, mac,
      {authority.id, authority.role, authority.status, authority.permissions, authority.seller},
      "account", id, under);
}

std::optional<Account> read(db::Tx& tx, db::Query query,
                            KeyRing::Under under = KeyRing::Under::newest) {
  if (!query.next()) return std::nullopt;
  Account out;
  out.id = query.integer(0);
  out.role = query.as<Role>(1);
  out.status = query.as<UserStatus>(2);
  out.permissions = static_cast<std::uint64_t>(query.integer(3));
  out.auth_epoch = query.integer(4);
  out.seller_id = query.integer(5);
  check(tx, query.blob(6), {out.id, out.role, out.status, out.permissions, out.seller_id}, out.id,
        under);
  out.username = query.text(7);
  out.email = opened(tx, query, 8, "email", out.id);
  out.email_verified_at = query.maybe_integer(9);
  out.name = opened(tx, query, 10, "name", out.id);
  out.phone = opened(tx, query, 11, "phone", out.id);
  out.country = query.text(12);
  out.region = query.text(13);
  out.password = query.text(14);
  out.password_key = query.integer(15);
  out.single_device = query.boolean(16);
  out.totp_secret = opened(tx, query, 17, "totp", out.id);
  out.totp_on = query.boolean(18);
  out.totp_step = query.integer(19);
  out.referral_code = query.text(20);
  out.created_at = query.integer(21);
  out.last_log_in_at = query.maybe_integer(23);
  out.last_log_out_at = query.maybe_integer(24);
  out.version = query.integer(25);
  return out;
}

}  // namespace

core::Hash email_hash(const db::Tx& tx, std::string_view email) {
  return core::keyed_hash(tx.env().keys->key(Purpose::lookup), {"email", core::fold(email)});
}

std::vector<std::byte> authority_mac(const db::Tx& tx, Id id, Role role, UserStatus status,
                                     std::uint64_t permissions, Id seller_id) {
  const Authority all{id, role, status, permissions, seller_id};
  return tx.env().keys->mac(Purpose::authority,
                            {all.id, all.role, all.status, all.permissions, all.seller});
}

void check_authority(const db::Tx& tx, core::Bytes mac, Id id, Role role, UserStatus status,
                     std::uint64_t permissions, Id seller_id) {
  check(tx, mac, {id, role, status, permissions, seller_id}, id, KeyRing::Under::newest);
}

void add_account(db::Tx& tx, const Account& account) {
  const auto id = account.id;
  Box email_key;
  if (!account.email.empty()) {
    const auto hash = email_hash(tx, account.email);
    email_key.emplace(hash.begin(), hash.end());
  }
  std::optional<Timestamp> password_at;
  if (!account.password.empty()) password_at = tx.now();
  tx.exec(sql::k_account_add, id, account.role, static_cast<std::int64_t>(account.permissions),
          authority_mac(tx, id, account.role, account.status, account.permissions, 0),
          account.username, core::fold(account.username), sealed(tx, "email", id, account.email),
          email_key, sealed(tx, "name", id, account.name), sealed(tx, "phone", id, account.phone),
          account.country, account.region, account.password, account.password_key, password_at,
          account.referral_code, tx.now());
}

std::optional<Account> account_by_id(db::Tx& tx, Id id) {
  return read(tx, tx.query(sql::k_account_by_id, id));
}

Account account_before_rotation(db::Tx& tx, Id id) {
  return read(tx, tx.query(sql::k_account_by_id, id), KeyRing::Under::one_before).value();
}

std::optional<Account> account_by_username(db::Tx& tx, std::string_view username) {
  return read(tx, tx.query(sql::k_account_by_username, core::fold(username)));
}

std::optional<Account> account_by_email(db::Tx& tx, std::string_view email) {
  return read(tx, tx.query(sql::k_account_by_email, email_hash(tx, email)));
}

bool has_owner(db::Tx& tx) {
  return tx.integer(sql::k_owner_any).has_value();
}

void put_authority(db::Tx& tx, const Account& account, bool end_sessions) {
  tx.exec(sql::k_account_authority, account.id, account.role, account.status,
          static_cast<std::int64_t>(account.permissions), account.seller_id,
          authority_mac(tx, account.id, account.role, account.status, account.permissions,
                        account.seller_id),
          end_sessions ? 1 : 0, tx.now());
}

void put_password(db::Tx& tx, Id id, std::string_view password, std::int64_t key,
                  bool end_sessions) {
  tx.exec(sql::k_account_password, id, password, key, tx.now(), end_sessions ? 1 : 0);
}

void note_log_in(db::Tx& tx, Id id) {
  tx.exec(sql::k_account_logged_in, id, tx.now());
}

void note_log_out(db::Tx& tx, Id id) {
  tx.exec(sql::k_account_logged_out, id, tx.now());
}

void put_profile(db::Tx& tx, const Account& account) {
  tx.exec(sql::k_account_profile, account.id, sealed(tx, "name", account.id, account.name),
          sealed(tx, "phone", account.id, account.phone), account.country, account.region,
          account.single_device, tx.now());
}

void put_email(db::Tx& tx, Id id, std::string_view email) {
  tx.exec(sql::k_account_email, id, sealed(tx, "email", id, email), email_hash(tx, email),
          tx.now());
}

void verify_email(db::Tx& tx, Id id) {
  tx.exec(sql::k_account_verify_email, id, tx.now());
}

void put_totp(db::Tx& tx, Id id, std::string_view secret, bool on) {
  tx.exec(sql::k_account_totp, id, sealed(tx, "totp", id, secret), on, tx.now());
}

void put_totp_step(db::Tx& tx, Id id, std::int64_t step) {
  tx.exec(sql::k_account_totp_step, id, step);
}

std::vector<Id> account_ids(db::Tx& tx, std::optional<Role> role, Id after, std::int64_t limit) {
  std::vector<Id> out;
  auto query = role ? tx.query(sql::k_account_list_role, *role, after, limit)
                    : tx.query(sql::k_account_list, after, limit);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

std::int64_t count_accounts(db::Tx& tx, std::optional<Role> role) {
  return (role ? tx.integer(sql::k_account_count_role, *role) : tx.integer(sql::k_account_count))
      .value_or(0);
}

void erase_account(db::Tx& tx, const Account& account) {
  const auto nobody = fmt::format("erased-{}", account.id);
  tx.exec(sql::k_account_erase, account.id, nobody,
          authority_mac(tx, account.id, account.role, UserStatus::erased, 0, account.seller_id),
          tx.now());
  tx.exec(sql::k_session_forget_devices, account.id);
  tx.exec(sql::k_address_erase, account.id);
  tx.exec(sql::k_recovery_forget, account.id);
  tx.exec(sql::k_code_forget_account, account.id);
  tx.exec(sql::k_device_forget_account, account.id);
  tx.exec(sql::k_group_leave, account.id);
}

void reseal_account(db::Tx& tx, const Account& account) {
  const auto id = account.id;
  std::optional<core::Hash> email_key;
  if (!account.email.empty()) email_key = email_hash(tx, account.email);
  tx.exec(
      sql::k_account_reseal, id, sealed(tx, "email", id, account.email), email_key,
      sealed(tx, "name", id, account.name), sealed(tx, "phone", id, account.phone),
      sealed(tx, "totp", id, account.totp_secret),
      authority_mac(tx, id, account.role, account.status, account.permissions, account.seller_id));
  for (const auto& address : addresses(tx, id)) put_address(tx, id, address);
}

}  // namespace shop::accounts::store
