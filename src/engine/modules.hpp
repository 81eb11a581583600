#pragma once

#include "shop/catalog.hpp"

namespace shop {

/// The facades of all modules over one database, in the order of the layers.
struct Modules {
  explicit Modules(db::Database& db) : catalog(db) {}

  Catalog catalog;
};

}  // namespace shop
