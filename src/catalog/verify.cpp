#include "catalog/catalog.hpp"
#include "catalog/verify_sql.hpp"
#include "sellers/sellers.hpp"

#include <fmt/format.h>

namespace shop::catalog {
namespace {

/// Each row of the statement is a problem: what it is about, expected, found.
void compare(db::Tx& tx, core::Findings& findings, const db::Sql& sql, std::string_view check,
             std::string_view what) {
  findings.checked();
  auto query = tx.query(sql);
  while (query.next()) {
    findings.add(std::string{check}, fmt::format("{} {}", what, query.integer(0)),
                 fmt::format("expected {}, found {}", query.integer(1), query.integer(2)));
  }
}

/// What the products say they are in, against what they are in.
struct Places {
  const db::Sql& missing;
  const db::Sql& counts;
  const db::Sql& more;
};

void compare_places(db::Tx& tx, core::Findings& findings, const Places& places,
                    std::string_view check) {
  const auto tell = [&](const db::Sql& sql, std::string_view what) {
    auto rows = tx.query(sql);
    while (rows.next()) {
      findings.add(std::string{check}, fmt::format("product {}", rows.integer(0)),
                   fmt::format("{} in {}", what, rows.integer(1)));
    }
  };
  findings.checked();
  tell(places.missing, "it is not as it should be");
  findings.checked();
  auto both = tx.query(places.counts);
  if (both.next() && both.integer(0) != both.integer(1)) tell(places.more, "it should not be");
}

}  // namespace

void verify(db::Tx& tx, core::Findings& findings) {
  compare(tx, findings, sql::k_verify_counts, "catalog.scope_count", "scope");
  compare(tx, findings, sql::k_verify_facets, "catalog.facet_count", "facet");
  compare(tx, findings, sql::k_verify_prices, "catalog.price", "product");
  compare(tx, findings, sql::k_verify_variants, "catalog.variant_count", "product");
  compare(tx, findings, sql::k_verify_stock, "catalog.in_stock", "product");
  compare_places(tx, findings,
                 {sql::k_verify_listing, sql::k_verify_listings, sql::k_verify_listed_more},
                 "catalog.listing");
  compare_places(tx, findings,
                 {sql::k_verify_labeled, sql::k_verify_labelings, sql::k_verify_labeled_more},
                 "catalog.facet");
  findings.checked();
  auto withheld = tx.query(sql::k_verify_withheld);
  while (withheld.next()) {
    const auto expected = sellers::may_sell(tx, withheld.integer(0)) ? 0 : 1;
    if (withheld.integer(1) == expected && withheld.integer(2) == expected) continue;
    findings.add("catalog.withheld", fmt::format("seller {}", withheld.integer(0)),
                 expected == 0 ? "it may sell, and some of its products are withheld"
                               : "it may not sell, and some of its products are not withheld");
  }
}

}  // namespace shop::catalog
