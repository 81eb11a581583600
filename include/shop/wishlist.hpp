#pragma once

#include "shop/cart.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// A list of products that a customer would like to have. @since 1.0
struct Wishlist {
  Id id = 0;
  std::string name;         ///< unique among the customer's, case- and accent-folded
  bool is_default = false;  ///< the one that is meant when none is named
  bool shared = false;      ///< somebody with the token can read it
  std::int64_t items = 0;
  Timestamp created_at = 0;
};

/// What Wishlists::add needs. @since 1.0
struct WishInput {
  std::optional<Id> wishlist_id;  ///< absent: the default one, made when there is none
  Id product_id = 0;
  std::optional<Id> variant_id;  ///< which one exactly; absent: any
  std::string note;              ///< 0–500 bytes
  bool notify_price_drop = true;
  bool notify_back_in_stock = true;
};

/// A product on a wishlist, as it is now. @since 1.0
struct WishlistItem {
  Id wishlist_id = 0;
  Id product_id = 0;
  std::optional<Id> variant_id;
  std::string slug;   ///< empty when the product is gone
  std::string title;  ///< empty when the product is gone
  Money price;        ///< now
  Money price_added;  ///< when it was added
  bool on_sale = false;
  bool in_stock = false;
  std::string note;
  bool notify_price_drop = false;
  bool notify_back_in_stock = false;
  Timestamp added_at = 0;
};

/// A wishlist that somebody shares: read only, and without the customer's notes. @since 1.0
struct SharedWishlist {
  std::string name;
  std::vector<WishlistItem> items;  ///< newest first, at most 1,000
};

/// From a wishlist into the cart. @since 1.0
struct WishlistToCart {
  Id wishlist_id = 0;
  Id product_id = 0;
  std::optional<Id> variant_id;  ///< needed when neither the wish nor the product leaves one choice
  std::int64_t quantity = 1;
};

/// How often a product is wished for. @since 1.0
struct WishedProduct {
  Id product_id = 0;
  std::int64_t customers = 0;  ///< each counted once, however many of their lists it is on
};

/// A variant that a customer waits for. @since 1.0
struct StockWait {
  Id variant_id = 0;
  Timestamp since = 0;
  std::int64_t ahead = 0;  ///< customers who asked before
};

/// Wishlists, and waiting for what is sold out. Each customer sees their own alone; what belongs
/// to somebody else is not found. Reached by Engine::wishlist(); any thread. @since 1.0
class Wishlists {
 public:
  explicit Wishlists(db::Database& db) : db_(&db) {}

  /// Makes a list. Throws Error: `validation` (name), `already_exists`, `limit_reached` (50 lists).
  Wishlist create(const Session& session, const std::string& name);
  /// Throws Error: `validation`, `already_exists`, `not_found`.
  Wishlist rename(const Session& session, Id wishlist_id, const std::string& name);
  /// Removes a list and what is on it. Throws Error{not_found}.
  void remove(const Session& session, Id wishlist_id);
  /// The customer's lists, the default one first, then by name.
  std::vector<Wishlist> lists(const Session& session);

  /// Puts a product on a list; if it is there already, note, variant and notices are changed.
  /// Throws Error: `validation`, `not_found` (list, product, variant), `limit_reached` (1,000).
  WishlistItem add(const Session& session, const WishInput& input);
  /// Throws Error{not_found}.
  void take_off(const Session& session, Id wishlist_id, Id product_id);
  /// Moves a product to another list of the customer; if it is there already, it stays once.
  /// Throws Error: `not_found`, `limit_reached`.
  void move(const Session& session, Id wishlist_id, Id product_id, Id to_wishlist_id);
  /// Takes a product off a list and puts it into the customer's current cart. Result: the cart's
  /// line. Throws Error: `not_found` (list, product), `validation` (variant_id, quantity),
  /// `not_for_sale`, `limit_reached`.
  CartLine move_to_cart(const Session& session, const WishlistToCart& input);
  /// What is on a list, newest first. Throws Error: `not_found`, `validation` (page).
  Page<WishlistItem> items(const Session& session, Id wishlist_id, const PageQuery& page);

  /// Gives the token with which anybody can read the list; an earlier one stops working. The token
  /// is shown here only, the shop keeps its hash. Throws Error{not_found}.
  std::string share(const Session& session, Id wishlist_id);
  /// Ends the sharing. Throws Error{not_found}.
  void unshare(const Session& session, Id wishlist_id);
  /// The list of a token; anybody may ask. Throws Error{not_found}.
  SharedWishlist shared(const Session& session, const std::string& token);

  /// By how many customers a product is wished for.
  std::int64_t wished(const Session& session, Id product_id);
  /// The products wished for most. Throws Error{validation} (page).
  Page<WishedProduct> most_wished(const Session& session, const PageQuery& page);

  /// Asks to be told when a variant is in stock again; twice is once. Throws Error: `not_found`,
  /// `conflict` (it is in stock).
  StockWait wait_for(const Session& session, Id variant_id);
  /// Throws Error{not_found}.
  void stop_waiting(const Session& session, Id variant_id);
  /// What the customer waits for, the longest first.
  std::vector<StockWait> waiting(const Session& session);

 private:
  db::Database* db_;
};

}  // namespace shop
