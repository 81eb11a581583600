#include "inventory/inventory.hpp"
#include "inventory/inventory_sql.hpp"

#include <fmt/format.h>

namespace shop::inventory {

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto balances = tx.query(sql::k_verify_balance);
  while (balances.next()) {
    findings.add(
        "stock.balance",
        fmt::format("variant {} at location {}", balances.integer(0), balances.integer(1)),
        fmt::format("has {} and {} reserved, the ledger says {} and {}", balances.integer(2),
                    balances.integer(3), balances.integer(4), balances.integer(5)));
  }
  findings.checked();
  auto reserved = tx.query(sql::k_verify_reserved);
  while (reserved.next()) {
    findings.add("stock.reserved",
                 fmt::format("variant {} at location {}", reserved.integer(0), reserved.integer(1)),
                 fmt::format("{} reserved, its reservations are {}", reserved.integer(2),
                             reserved.integer(3)));
  }
  findings.checked();
  auto orphans = tx.query(sql::k_verify_orphans);
  while (orphans.next()) {
    findings.add("stock.ledger", fmt::format("movement {}", orphans.integer(0)),
                 fmt::format("variant {} has no balance", orphans.integer(1)));
  }
}

}  // namespace shop::inventory
