#pragma once

#include "shop/catalog.hpp"
#include "shop/inventory.hpp"

namespace shop {

/// The facades of all modules over one database, in the order of the layers.
struct Modules {
  explicit Modules(db::Database& db) : catalog(db), inventory(db) {}

  Catalog catalog;
  Inventory inventory;
};

}  // namespace shop
