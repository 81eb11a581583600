#include "reports/figures.hpp"
#include "reports/read_sql.hpp"
#include "reports/reports.hpp"

#include <fmt/format.h>

namespace shop::reports {

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto query = tx.query(sql::k_verify_rolled, fold_state(tx).rolled_day);
  while (query.next()) {
    findings.add("sales.rolled",
                 fmt::format("variant {} of product {}", query.integer(1), query.integer(0)),
                 fmt::format("the whole is off its days by {} units, {} and {} returned",
                             query.integer(2), query.integer(3), query.integer(4)));
  }
}

}  // namespace shop::reports
