#include "faults/story.hpp"
#include "support/edit_file.hpp"
#include "support/shop_fixture.hpp"

#include <algorithm>
#include <set>

using namespace shop;
using namespace shop::test;

namespace {

/// Makes a shop that has something of everything, and closes it.
std::string told_shop(const std::string& path, World& world) {
  world.shop = Engine::open(path, held_options(world));
  world.begin();
  for (const auto& step : story()) play(world, step);
  world.shop.reset();
  return read_bytes(path);
}

struct Break {
  std::string check;  ///< of verify, which must name it
  std::string sql;
};

// Each rule that the books of a shop follow, broken as a disk, a foreign program or a bug could.
const Break k_breaks[] = {
    {"catalog.scope_count",
     "UPDATE scope_count SET products = products + 1 WHERE scope_id NOT IN (SELECT id FROM facet)"},
    {"catalog.facet_count",
     "UPDATE scope_count SET products = products + 1 WHERE scope_id IN (SELECT id FROM facet)"},
    {"catalog.price", "UPDATE product SET price_max_minor = price_max_minor + 1"},
    {"catalog.variant_count", "UPDATE product SET variant_count = variant_count + 1"},
    {"catalog.in_stock", "UPDATE product SET in_stock = in_stock + 1"},
    {"catalog.listing", "DELETE FROM listing WHERE scope_id > 0"},
    {"catalog.listing", "INSERT INTO listing VALUES (4711, 4711, 1, 0, 0, 'x')"},
    {"catalog.facet", "DELETE FROM facet_product"},
    {"catalog.facet", "INSERT INTO facet_product VALUES (4711, 4711)"},
    {"catalog.withheld", "UPDATE seller SET status = 6 - status"},
    {"stock.balance", "UPDATE stock SET on_hand = on_hand + 1"},
    {"stock.reserved",
     "INSERT INTO stock_reservation SELECT 1, 1, variant_id, location_id, 5, 1 FROM stock LIMIT 1"},
    {"stock.ledger", "DELETE FROM stock"},
    {"stock.flag", "UPDATE variant SET in_stock = 1 - in_stock"},
    {"pricing.uses", "UPDATE promotion_use SET used = used + 1"},
    {"pricing.uses", "UPDATE coupon SET used = used + 1"},
    {"pricing.limit", "UPDATE promotion SET use_limit = 0"},
    {"pricing.customer_limit",
     "UPDATE promotion SET customer_use_limit = 0; UPDATE coupon SET customer_use_limit = 0; "
     "UPDATE redemption SET owner_id = 1, returned = 0"},
    {"orders.totals", "UPDATE orders SET total = total + 1"},
    {"orders.totals", "UPDATE orders SET discount = discount + 1"},
    {"orders.totals", "UPDATE orders SET tax = tax + 1"},
    {"orders.totals", "UPDATE orders SET line_count = line_count + 1"},
    {"orders.numbers",
     "UPDATE orders SET number = number + 500 WHERE id = (SELECT max(id) FROM orders)"},
    {"orders.parts", "UPDATE order_part SET units = units + 1"},
    {"orders.parts", "DELETE FROM order_part"},
    {"orders.parts_axis", "UPDATE orders SET fulfilment_status = fulfilment_status % 5 + 1"},
    {"orders.history", "UPDATE order_history SET after = 99"},
    {"orders.history", "UPDATE order_history SET before = 98"},
    {"orders.history", "UPDATE orders SET status = 5 - status"},
    {"orders.carts", "UPDATE orders SET cart_id = 1"},
    {"orders.bundles", "INSERT INTO order_line_bundle VALUES (7, 7, 1)"},
    {"payments.ledger", "UPDATE payment SET authorized = authorized + 1"},
    {"payments.ledger", "UPDATE payment SET captured = captured - 1 WHERE captured > refunded"},
    {"payments.ledger", "UPDATE payment SET refunded = refunded + 1 WHERE captured > refunded"},
    {"payments.wallet", "UPDATE wallet SET balance = balance + 1"},
    {"payments.wallet_mac", "UPDATE wallet SET mac = x'00'"},
    {"loyalty.balance", "UPDATE points_entry SET remaining = remaining + 1"},
    {"loyalty.running", "UPDATE points_entry SET balance = balance + 1"},
    {"loyalty.mac", "UPDATE points_account SET mac = x'00'"},
    {"reviews.rating", "INSERT INTO review_rating VALUES (1, 1, 5, 0, 0, 0, 0, 1, 1)"},
    {"reviews.rating",
     "INSERT INTO review VALUES (1, 1, 1, 0, 0, 2, 5, '', '', '', 0, 0, '', NULL, '', 0, 0, 0, 1)"},
    {"reviews.votes",
     "INSERT INTO review VALUES (1, 1, 1, 0, 0, 1, 5, '', '', '', 1, 0, '', NULL, '', 0, 0, 0, 1)"},
    {"reviews.votes",
     "INSERT INTO review VALUES (1, 1, 1, 0, 0, 1, 5, '', '', '', 0, 1, '', NULL, '', 0, 0, 0, 1)"},
    {"reviews.votes",
     "INSERT INTO review VALUES (1, 1, 1, 0, 0, 1, 5, '', '', '', 1, 0, '', NULL, '', 0, 0, 0, 1); "
     "INSERT INTO review_vote VALUES (1, 1, 1)"},
    {"reviews.seller",
     "UPDATE seller SET rating_sum = rating_sum + 1, rating_count = rating_count + 1"},
    {"seller.rating", "UPDATE seller SET rating_sum = 99, rating_count = 1"},
    {"wishlist.count", "INSERT INTO wish_count VALUES (1, 5)"},
    {"wishlist.count",
     "INSERT INTO wishlist VALUES (1, 1, 'x', 'x', 0, NULL, 0); "
     "INSERT INTO wishlist_item VALUES (1, 2, 3, 1, 5, 0, 0, '', 0, 0, 0)"},
    {"wishlist.owner",
     "INSERT INTO wishlist VALUES (1, 1, 'x', 'x', 0, NULL, 0); "
     "INSERT INTO wishlist_item VALUES (1, 2, 3, 4, 5, 0, 0, '', 0, 0, 0)"},
    {"recommend.pairs", "UPDATE co_purchase SET support = 1000"},
    {"recommend.pairs", "INSERT INTO co_purchase VALUES (1, 2, 3)"},
    {"recommend.views",
     "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 60) "
     "INSERT INTO recent_view SELECT 4711, i, i, i FROM n"},
    {"notify.kept",
     "INSERT INTO notification VALUES (1, 1, 'u', 1, '', '', '', 0, '', 0, NULL); "
     "INSERT INTO notification VALUES (1, 2, 'u', 1, '', '', '', 0, '', 0, NULL)"},
    {"search.index", "DELETE FROM search_posting"},
    {"events.schema", "UPDATE event SET type = 'no.such'"},
    {"events.schema", "UPDATE event SET payload = '{}'"},
    {"events.schema", "UPDATE event SET payload = 'x'"},
    {"events.schema", "UPDATE event SET aggregate = 'thing'"},
    {"events.deliveries",
     "INSERT INTO event_consumer VALUES ('gone', '', 0, 0, 0); "
     "INSERT INTO event_delivery VALUES ('gone', 4711, 'x', 1, 0, 0)"},
    {"audit.chain", "UPDATE audit_entry SET action = 'x' WHERE seq = 2"},
    {"session.epoch", "UPDATE login_session SET auth_epoch = auth_epoch + 100, ended_at = NULL"},
    {"session.single_device",
     "UPDATE login_session SET ended_at = NULL, single_device = 0, account_id = 1; "
     "UPDATE login_session SET single_device = 1 WHERE id = (SELECT min(id) FROM login_session)"},
    {"session.refresh",
     "DROP INDEX refresh_token_unspent; INSERT INTO refresh_token VALUES (x'01', 1, NULL, NULL); "
     "INSERT INTO refresh_token VALUES (x'02', 1, NULL, NULL)"},
    {"account.owner", "UPDATE account SET role = 6; UPDATE bootstrap SET redeemed_at = NULL"},
    {"account.authority", "UPDATE account SET permissions = 1"},
    {"account.groups", "UPDATE permission_group SET permissions = 1"},
    {"sales.products", "UPDATE sales_product SET units = units + 1 WHERE grain = 1"},
    {"sales.categories", "UPDATE sales_category SET units = units + 1"},
    {"sales.regions", "UPDATE sales_region SET units = units + 1"},
    {"sales.days", "UPDATE sales_day SET tax = tax + 1"},
    {"sales.hours", "UPDATE sales_hour SET hour = (hour + 1) % 24"},
    {"sales.customers", "UPDATE sales_customer SET revenue = revenue + 1"},
    {"sales.rolled", "INSERT INTO sales_product VALUES (3, 0, 0, 1, 1, 1, 1, 1, 0, 0)"},
    {"file.foreign_keys", "INSERT INTO address VALUES (1, 4711, x'00', '', '', 0, 0)"},
};

std::set<std::string> found_in(const std::string& path, const World& world) {
  auto shop = Engine::open(path, held_options(world));
  std::set<std::string> out;
  for (const auto& problem : shop.verify().problems) out.insert(problem.check);
  return out;
}

}  // namespace

TEST_CASE("each rule of the books, broken in the file, is named by verify") {
  const TempFolder folder;
  const auto path = folder.path("shop");
  auto world = new_world();
  const auto whole = told_shop(path, world);
  REQUIRE(found_in(path, world).empty());
  for (const auto& broken : k_breaks) {
    CAPTURE(broken.sql);
    write_bytes(path, whole);
    edit_file(path, broken.sql);
    std::string all;
    for (const auto& check : found_in(path, world)) all += check + " ";
    CAPTURE(all);
    CHECK(all.find(broken.check + " ") != std::string::npos);
  }
}
