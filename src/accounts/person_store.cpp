#include "accounts/accounts_sql.hpp"
#include "accounts/store.hpp"
#include "core/keyring.hpp"
#include "core/text.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

/// The rows around an account: addresses, codes, groups.
namespace shop::accounts::store {

using core::KeyRing;

namespace {

std::string address_context(Id id) {
  return fmt::format("address.body:{}", id);
}

/// The texts of an address in the order of the format; no text has a control character in it.
constexpr char k_between = '\x1F';

std::string pack(const UserAddress& address) {
  std::string out;
  for (const auto* part : {&address.label, &address.name, &address.company, &address.line1,
                           &address.line2, &address.postal_code, &address.city, &address.phone}) {
    out += *part;
    out += k_between;
  }
  return out;
}

void unpack(std::string_view packed, UserAddress& address) {
  for (auto* part : {&address.label, &address.name, &address.company, &address.line1,
                     &address.line2, &address.postal_code, &address.city, &address.phone}) {
    const auto end = packed.find(k_between);
    if (end == std::string_view::npos) return;
    *part = packed.substr(0, end);
    packed.remove_prefix(end + 1);
  }
}

/// Throws Error{tampered} when the row does not fit its MAC: a group that was edited in the file
/// would give its members more with the next change that somebody rightly makes.
GroupRow read_group(const db::Tx& tx, const db::Query& query,
                    KeyRing::Under under = KeyRing::Under::newest) {
  GroupRow out{query.integer(0), query.text(1), static_cast<std::uint64_t>(query.integer(2))};
  tx.env().keys->check_mac(
      core::Purpose::authority, query.blob(3),
      {"group", core::number_part(out.id), core::number_part(query.integer(2))}, "permission group",
      out.id, under);
  return out;
}

std::optional<GroupRow> one_group(const db::Tx& tx, db::Query query) {
  return query.next() ? std::optional{read_group(tx, query)} : std::nullopt;
}

std::vector<GroupRow> all_groups(db::Tx& tx, KeyRing::Under under) {
  std::vector<GroupRow> out;
  auto query = tx.query(sql::k_group_list);
  while (query.next()) out.push_back(read_group(tx, query, under));
  return out;
}

}  // namespace

bool use_recovery(db::Tx& tx, Id account_id, const core::Hash& hash) {
  return tx.exec(sql::k_recovery_use, account_id, hash, tx.now()) > 0;
}

void add_recovery(db::Tx& tx, Id account_id, const core::Hash& hash) {
  tx.exec(sql::k_recovery_add, account_id, hash);
}

void forget_recovery(db::Tx& tx, Id account_id) {
  tx.exec(sql::k_recovery_forget, account_id);
}

void put_code(db::Tx& tx, const CodeRow& row) {
  std::optional<std::vector<std::byte>> detail;
  if (!row.detail.empty()) detail = row.detail;
  tx.exec(sql::k_code_put, row.account_id, row.purpose, row.hash, row.expires_at, row.attempts_left,
          detail);
}

std::optional<CodeRow> code(db::Tx& tx, Id account_id, std::int64_t purpose) {
  auto query = tx.query(sql::k_code_get, account_id, purpose);
  if (!query.next()) return std::nullopt;
  CodeRow row;
  row.account_id = account_id;
  row.purpose = purpose;
  const auto hash = query.blob(0);
  if (hash.size() == row.hash.size()) std::copy(hash.begin(), hash.end(), row.hash.begin());
  row.expires_at = query.integer(1);
  row.attempts_left = query.integer(2);
  const auto detail = query.blob(3);
  row.detail.assign(detail.begin(), detail.end());
  return row;
}

void spend_code_attempt(db::Tx& tx, Id account_id, std::int64_t purpose) {
  tx.exec(sql::k_code_spend, account_id, purpose);
}

void forget_code(db::Tx& tx, Id account_id, std::int64_t purpose) {
  tx.exec(sql::k_code_forget, account_id, purpose);
}

std::vector<UserAddress> addresses(db::Tx& tx, Id account_id) {
  std::vector<UserAddress> out;
  auto query = tx.query(sql::k_address_list, account_id);
  while (query.next()) {
    UserAddress address;
    address.id = query.integer(0);
    unpack(tx.env().keys->open(query.blob(1), address_context(address.id)), address);
    address.country = query.text(2);
    address.region = query.text(3);
    address.is_default = query.boolean(4);
    out.push_back(std::move(address));
  }
  return out;
}

void put_address(db::Tx& tx, Id account_id, const UserAddress& address) {
  if (address.is_default) tx.exec(sql::k_address_undefault, account_id);
  const auto body =
      tx.env().keys->seal(pack(address), address_context(address.id), *tx.env().random);
  tx.exec(sql::k_address_put, address.id, account_id, body, address.country, address.region,
          address.is_default, tx.now());
}

bool remove_address(db::Tx& tx, Id account_id, Id address_id) {
  return tx.exec(sql::k_address_remove, address_id, account_id) > 0;
}

std::optional<GroupRow> group(db::Tx& tx, Id id) {
  return one_group(tx, tx.query(sql::k_group_get, id));
}

std::optional<GroupRow> group_by_name(db::Tx& tx, std::string_view name) {
  return one_group(tx, tx.query(sql::k_group_by_name, core::fold(name)));
}

std::vector<GroupRow> groups(db::Tx& tx) {
  return all_groups(tx, KeyRing::Under::newest);
}

void put_group(db::Tx& tx, const GroupRow& row) {
  const auto permissions = static_cast<std::int64_t>(row.permissions);
  tx.exec(sql::k_group_put, row.id, row.name, core::fold(row.name), permissions,
          tx.env().keys->mac(core::Purpose::authority,
                             {"group", core::number_part(row.id), core::number_part(permissions)}));
}

void reseal_groups(db::Tx& tx) {
  for (const auto& row : all_groups(tx, KeyRing::Under::one_before)) put_group(tx, row);
}

void delete_group(db::Tx& tx, Id id) {
  tx.exec(sql::k_group_empty, id);
  tx.exec(sql::k_group_delete, id);
}

std::vector<Id> group_ids(db::Tx& tx, Id account_id) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_group_ids, account_id);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

std::vector<Id> group_members(db::Tx& tx, Id group_id) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_group_members, group_id);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

void add_to_group(db::Tx& tx, Id account_id, Id group_id) {
  tx.exec(sql::k_group_member_add, account_id, group_id);
}

void leave_groups(db::Tx& tx, Id account_id) {
  tx.exec(sql::k_group_leave, account_id);
}

}  // namespace shop::accounts::store
