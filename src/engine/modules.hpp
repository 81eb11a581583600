#pragma once

#include "shop/catalog.hpp"
#include "shop/events.hpp"
#include "shop/inventory.hpp"

namespace shop {

/// The facades of all modules over one database, in the order of the layers.
struct Modules {
  explicit Modules(db::Database& database) : db(database) {}

  db::Database& db;
  Events events{db};
  Catalog catalog{db};
  Inventory inventory{db};
};

}  // namespace shop
