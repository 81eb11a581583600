#pragma once

#include "core/random.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "inventory/inventory.hpp"
#include "shop/catalog.hpp"
#include "shop/inventory.hpp"
#include "support/shop_fixture.hpp"

#include <memory>
#include <string>
#include <vector>

namespace shop::test {

/// An order that is being placed: older than every movement.
inline constexpr Id k_order = 1;

/// Variants with stock and nothing else, for what flows ask of the inventory.
struct StockFixture {
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start_of_test);
  db::Database database{{}, {clock, core::seeded_random(1), "GBP", 0}};
  Catalog catalog{database};
  Inventory inventory{database};
  Session host = Session::host();
  Id tea = 0;
  Id mug = 0;
  Id pot = 0;
  Id rug = 0;

  StockFixture() {
    db::migrate(database);
    for (auto* variant : {&tea, &mug, &pot, &rug}) {
      ProductInput input;
      input.title = "Product " + std::to_string(variant - &tea);
      input.simple.price = {100, "GBP"};
      *variant = catalog.create_product(host, input).variants.front().id;
    }
  }

  void receive(Id variant, std::int64_t quantity) {
    inventory.receive(host, {.variant_id = variant, .quantity = quantity});
  }
  void sell(const std::vector<inventory::Take>& takes, Id order = k_order) {
    database.write([&](db::Tx& tx) { inventory::sell(tx, takes, order, host); });
  }
  std::vector<Id> give_back(const std::vector<inventory::Take>& takes, Id order = k_order) {
    return database.write([&](db::Tx& tx) {
      return inventory::give_back(tx, takes, order, StockReason::customer_return, host);
    });
  }
  std::int64_t on_hand(Id variant) { return inventory.level(host, variant).on_hand; }
  std::int64_t available(Id variant) { return inventory.level(host, variant).available; }
  bool verified() {
    core::Findings findings;
    database.read([&](db::Tx& tx) { inventory::verify(tx, findings); });
    return findings.take().ok();
  }
};

}  // namespace shop::test
