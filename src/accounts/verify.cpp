#include "accounts/accounts.hpp"
#include "accounts/accounts_sql.hpp"
#include "accounts/store.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop::accounts {
namespace {

void report_rows(db::Tx& tx, core::Findings& findings, const db::Sql& sql, const char* check,
                 const char* where, const char* message) {
  findings.checked();
  auto query = tx.query(sql);
  while (query.next()) findings.add(check, fmt::format("{} {}", where, query.integer(0)), message);
}

void check_accounts(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  std::vector<Id> ids;
  {
    auto query = tx.query(sql::k_verify_accounts);
    while (query.next()) ids.push_back(query.integer(0));
  }
  for (const auto id : ids) {
    try {
      (void)store::account_by_id(tx, id);
    } catch (const Error& error) {
      findings.add("account.authority", fmt::format("account {}", id), error.message());
    }
  }
}

void check_groups(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  try {
    (void)store::groups(tx);
  } catch (const Error& error) {
    findings.add("account.groups", "permission groups", error.message());
  }
}

}  // namespace

void verify(db::Tx& tx, core::Findings& findings) {
  check_accounts(tx, findings);
  check_groups(tx, findings);
  report_rows(tx, findings, sql::k_verify_single, "session.single_device", "account",
              "has a single-device session and another live one");
  report_rows(tx, findings, sql::k_verify_epoch, "session.epoch", "session",
              "is of a later epoch than its account");
  report_rows(tx, findings, sql::k_verify_refresh, "session.refresh", "session",
              "has more than one unspent refresh token");
  report_rows(tx, findings, sql::k_verify_owner, "account.owner", "account",
              "is an owner without the one-time code having been used");
}

}  // namespace shop::accounts
