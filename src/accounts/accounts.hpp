#pragma once

#include "core/crypto.hpp"
#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/accounts.hpp"

#include <optional>
#include <string>

/// What flows and later modules may ask of accounts inside their own transaction.
namespace shop::accounts {

/// Who a row of another module belongs to, for snapshots and reports.
struct UserSummary {
  Id id = 0;
  Role role = Role::customer;
  UserStatus status = UserStatus::active;
  std::string username;
  std::string name;
  std::string email;
  std::string phone;
  std::string country;
  std::string region;
};

std::optional<UserSummary> user_summary(db::Tx& tx, Id user_id);

/// Throws Error{not_found}, with `path`, when there is no such account or its person was erased.
void require_user(db::Tx& tx, Id user_id, const std::string& path);

/// The code of who brought this customer, as typed at registration; empty when nobody did.
std::string referral_code_of(db::Tx& tx, Id user_id);

/// Makes a customer the keeper of a seller, or (with 0) a customer again; staff stay staff. All
/// log-ins go on: the guard reads the role at each call. Throws Error{conflict} when an account
/// that was erased, or is staff's, is to keep a seller.
void set_seller(db::Tx& tx, Id user_id, Id seller_id);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::accounts
