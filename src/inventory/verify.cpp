#include "catalog/catalog.hpp"
#include "inventory/inventory.hpp"
#include "inventory/inventory_sql.hpp"
#include "inventory/on_sale.hpp"

#include <fmt/format.h>

namespace shop::inventory {

namespace {

// What lists say can be sold, against what can.
void verify_flags(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  const auto stock = all_stock(tx);
  auto at = stock.begin();
  catalog::each_stock_flag(tx, [&](const catalog::StockFlag& flag) {
    while (at != stock.end() && at->level.variant_id < flag.variant_id) ++at;
    const bool some =
        at != stock.end() && at->level.variant_id == flag.variant_id && at->level.available > 0;
    const bool expected =
        flag.is_bundle ? can_sell(tx, flag.variant_id) : some || flag.policy != StockPolicy::deny;
    if (flag.in_stock == expected) return;
    findings.add("stock.flag", fmt::format("variant {}", flag.variant_id),
                 expected ? "it can be sold, and lists say that it cannot"
                          : "it cannot be sold, and lists say that it can");
  });
}

}  // namespace

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
  verify_flags(tx, findings);
}

}  // namespace shop::inventory
