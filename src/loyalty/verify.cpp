#include "loyalty/loyalty.hpp"
#include "loyalty/loyalty_sql.hpp"
#include "loyalty/store.hpp"

#include <fmt/format.h>

namespace shop::loyalty {

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto accounts = tx.query(sql::k_verify_accounts);
  while (accounts.next()) {
    const auto kept = accounts.integer(1);
    if (kept == accounts.integer(2) && kept == accounts.integer(3)) continue;
    findings.add("loyalty.balance", fmt::format("customer {}", accounts.integer(0)),
                 fmt::format("balance {}, the ledger adds up to {}, its lots to {}", kept,
                             accounts.integer(2), accounts.integer(3)));
  }
  findings.checked();
  auto running = tx.query(sql::k_verify_running);
  while (running.next()) {
    findings.add("loyalty.running", fmt::format("customer {}", running.integer(0)),
                 fmt::format("entry {} does not follow from those before", running.integer(1)));
  }
  store::verify_accounts(tx, findings);
}

void reseal(db::Tx& tx) {
  store::reseal_accounts(tx);
}

}  // namespace shop::loyalty
