#pragma once

#include "shop/accounts.hpp"
#include "shop/cart.hpp"
#include "shop/catalog.hpp"
#include "shop/events.hpp"
#include "shop/inventory.hpp"
#include "shop/notify.hpp"
#include "shop/orders.hpp"
#include "shop/reports.hpp"
#include "shop/search.hpp"
#include "shop/wishlist.hpp"

namespace shop {

/// The facades of all modules over one database, in the order of the layers.
struct Modules {
  explicit Modules(db::Database& database) : db(database) {}

  db::Database& db;
  Events events{db};
  Accounts accounts{db};
  Catalog catalog{db};
  Search search{db};
  Inventory inventory{db};
  Carts cart{db};
  Orders orders{db};
  Wishlists wishlist{db};
  Notifications notify{db};
  Reports reports{db};
};

}  // namespace shop
