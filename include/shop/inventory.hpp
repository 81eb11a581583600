#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace shop::db {
class Database;
}

namespace shop {

/// What a movement in the stock ledger does. @since 1.0
enum class StockMovementKind : std::int32_t {
  receive = 1,    ///< goods came in
  sell = 2,       ///< goods were sold
  give_back = 3,  ///< sold goods came back
  adjust = 4,     ///< the books were put right
  transfer = 5,   ///< goods went from one location to another: two movements
  reserve = 6,    ///< goods were put aside for a cart
  release = 7,    ///< goods put aside are free again
};

/// Why stock moved. @since 1.0
enum class StockReason : std::int32_t {
  delivery = 1,  ///< from a supplier
  sale = 2,
  customer_return = 3,
  cancellation = 4,  ///< the order was canceled
  order_edit = 5,    ///< the order was changed
  correction = 6,    ///< the books were wrong
  count = 7,         ///< a stock take found another number
  damage = 8,
  loss = 9,          ///< stolen or lost
  transfer = 10,     ///< between locations
  reservation = 11,  ///< put aside for a cart, or free again
  other = 12,
};

/// How much there is of a variant, over all locations. @since 1.0
struct StockLevel {
  Id variant_id = 0;
  std::int64_t on_hand = 0;    ///< in the building; below zero when backorders are owed
  std::int64_t reserved = 0;   ///< put aside for carts
  std::int64_t available = 0;  ///< on_hand − reserved: what can be sold
};

/// One line of the append-only stock ledger. @since 1.0
struct StockMovement {
  Id id = 0;
  Timestamp at = 0;
  Id variant_id = 0;
  Id location_id = 0;  ///< 0: the shop itself
  StockMovementKind kind = StockMovementKind::receive;
  StockReason reason = StockReason::other;
  std::int64_t quantity = 0;   ///< signed; of the reserved goods for reserve and release
  std::int64_t on_hand = 0;    ///< at that location, after the movement
  std::optional<Id> order_id;  ///< the order that it belongs to
  std::optional<Id> actor_id;  ///< the account that did it; absent for guests and the host
  std::string note;
};

/// What Inventory::receive needs. @since 1.0
struct ReceiveInput {
  Id variant_id = 0;
  std::int64_t quantity = 0;  ///< 1 to 1,000,000,000
  Id location_id = 0;         ///< 0: the shop itself
  std::string note;           ///< e.g. the delivery note's number; at most 500 bytes
};

/// What Inventory::adjust needs. @since 1.0
struct AdjustInput {
  Id variant_id = 0;
  std::int64_t change = 0;                       ///< −1,000,000,000 to 1,000,000,000, not 0
  StockReason reason = StockReason::correction;  ///< correction, damage, loss, count or other
  Id location_id = 0;                            ///< 0: the shop itself
  std::string note;                              ///< at most 500 bytes
};

/// Stock: an append-only ledger and its balances. Reached by Engine::inventory(); may be used from
/// any thread. @since 1.0
class Inventory {
 public:
  explicit Inventory(db::Database& db) : db_(&db) {}

  /// Books goods in. Result: the level afterwards. Throws Error: `validation`, `not_found`
  /// (variant, location), `forbidden`. @since 1.0
  StockLevel receive(const Session& session, const ReceiveInput& input);

  /// Puts the books right. Result: the level afterwards. Throws Error: `validation`, `not_found`
  /// (variant, location), `out_of_stock` (less would remain than is reserved, or less than
  /// nothing), `forbidden`. @since 1.0
  StockLevel adjust(const Session& session, const AdjustInput& input);

  /// How much there is; zeros for a variant that never had stock. Throws Error: `not_found`,
  /// `forbidden`. @since 1.0
  StockLevel level(const Session& session, Id variant_id);

  /// The ledger of one variant, newest first. Throws Error: `not_found`, `validation` (page),
  /// `forbidden`. Cost: the rows of the page; a total costs all of them. @since 1.0
  Page<StockMovement> movements(const Session& session, Id variant_id, const PageQuery& page);

 private:
  db::Database* db_;
};

}  // namespace shop
