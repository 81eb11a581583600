#pragma once

#include "shop/accounts.hpp"
#include "shop/audit.hpp"
#include "shop/cart.hpp"
#include "shop/catalog.hpp"
#include "shop/events.hpp"
#include "shop/inventory.hpp"
#include "shop/loyalty.hpp"
#include "shop/notify.hpp"
#include "shop/orders.hpp"
#include "shop/payments.hpp"
#include "shop/pricing.hpp"
#include "shop/recommend.hpp"
#include "shop/reports.hpp"
#include "shop/reviews.hpp"
#include "shop/search.hpp"
#include "shop/sellers.hpp"
#include "shop/transfer.hpp"
#include "shop/wishlist.hpp"

namespace shop {

/// The facades of all modules over one database, in the order of the layers.
struct Modules {
  explicit Modules(db::Database& database) : db(database) {}

  db::Database& db;
  Events events{db};
  Audit audit{db};
  Accounts accounts{db};
  Sellers sellers{db};
  Catalog catalog{db};
  Search search{db};
  Inventory inventory{db};
  Pricing pricing{db};
  Carts cart{db};
  Payments payments{db};
  Orders orders{db};
  Wishlists wishlist{db};
  Reviews reviews{db};
  Recommendations recommend{db};
  Notifications notify{db};
  Loyalty loyalty{db};
  Reports reports{db};
  Transfer transfer{db};
};

}  // namespace shop
