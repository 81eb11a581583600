#include "engine/verify.hpp"

#include "accounts/accounts.hpp"
#include "audit/audit.hpp"
#include "cart/cart.hpp"
#include "catalog/catalog.hpp"
#include "core/findings.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "inventory/inventory.hpp"
#include "loyalty/loyalty.hpp"
#include "notify/notify.hpp"
#include "orders/orders.hpp"
#include "payments/payments.hpp"
#include "pricing/pricing.hpp"
#include "recommend/recommend.hpp"
#include "reports/reports.hpp"
#include "reviews/reviews.hpp"
#include "search/search.hpp"
#include "sellers/sellers.hpp"
#include "wishlist/wishlist.hpp"

#include <string>

namespace shop {
namespace {

void check_file(db::SqliteConnection& connection, core::Findings& findings) {
  findings.checked();
  auto integrity = connection.prepare("PRAGMA integrity_check(20)");
  while (integrity->step()) {
    if (integrity->text(0) != "ok") {
      findings.add("file.integrity", "file", std::string{integrity->text(0)});
    }
  }
  findings.checked();
  auto keys = connection.prepare("PRAGMA foreign_key_check");
  while (keys->step()) {
    findings.add("file.foreign_keys",
                 std::string{keys->text(0)} + " row " + std::to_string(keys->integer(1)),
                 "refers to a missing row of " + std::string{keys->text(2)});
  }
}

}  // namespace

VerifyReport verify(db::Database& db) {
  core::Findings findings;
  db.inspect([&](db::SqliteConnection& connection) { check_file(connection, findings); });
  db.read([&](db::Tx& tx) {
    audit::verify(tx, findings);
    events::verify(tx, findings);
    accounts::verify(tx, findings);
    sellers::verify(tx, findings);
    catalog::verify(tx, findings);
    search::verify(tx, findings);
    inventory::verify(tx, findings);
    pricing::verify(tx, findings);
    cart::verify(tx, findings);
    payments::verify(tx, findings);
    orders::verify(tx, findings);
    wishlist::verify(tx, findings);
    reviews::verify(tx, findings);
    recommend::verify(tx, findings);
    notify::verify(tx, findings);
    loyalty::verify(tx, findings);
    reports::verify(tx, findings);
  });
  return findings.take();
}

}  // namespace shop
