#pragma once

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
  std::int64_t held = 0;       ///< put aside for carts
  std::int64_t available = 0;  ///< on_hand − held: what can be sold
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

/// A place where goods are. Every shop has 0, the shop itself, which needs no name. @since 1.0
struct StockLocation {
  Id id = 0;
  std::string name;  ///< unique, case- and accent-folded
  Id seller_id = 0;  ///< 0: the shop's own
  bool active = true;
};

/// How much there is of a variant at one location. @since 1.0
struct StockAtLocation {
  Id location_id = 0;    ///< 0: the shop itself
  std::string location;  ///< its name; empty for the shop itself
  std::int64_t on_hand = 0;
  std::int64_t held = 0;
  std::int64_t available = 0;
};

/// What Inventory::transfer needs. @since 1.0
struct TransferInput {
  Id variant_id = 0;
  Id from_id = 0;             ///< location; 0: the shop itself
  Id to_id = 0;               ///< another location
  std::int64_t quantity = 0;  ///< 1 to 1,000,000,000
  std::string note;           ///< at most 500 bytes
};

/// When a variant is low, and how it is ordered. @since 1.0
struct StockThreshold {
  Id variant_id = 0;
  std::int64_t low = 0;             ///< low when no more than this is available
  std::int64_t lead_time_days = 7;  ///< from an order to its arrival, 0–730
  std::int64_t safety_stock = 0;    ///< never to be counted on
  std::int64_t cover_days = 28;     ///< an order is to last so long beyond the lead time, 1–730
};

/// What Inventory::set_threshold needs: the members of StockThreshold. @since 1.0
struct ThresholdInput {
  Id variant_id = 0;
  std::int64_t low = 0;             ///< at most 1,000,000,000
  std::int64_t lead_time_days = 7;  ///< 0–730
  std::int64_t safety_stock = 0;    ///< at most 1,000,000,000
  std::int64_t cover_days = 28;     ///< 1–730
};

/// How far a stock take is. @since 1.0
enum class StockTakeStatus : std::int32_t {
  open = 1,      ///< being counted
  closed = 2,    ///< its differences are booked
  canceled = 3,  ///< nothing was booked
};

/// A count of what is really there. @since 1.0
struct StockTake {
  Id id = 0;
  std::string name;
  Id location_id = 0;  ///< 0: the shop itself
  StockTakeStatus status = StockTakeStatus::open;
  Timestamp opened_at = 0;
  std::optional<Timestamp> closed_at;
  std::int64_t counted = 0;     ///< variants counted
  std::int64_t differing = 0;   ///< of them, those that were not as expected
  std::int64_t difference = 0;  ///< units found too many, less units missing
};

/// A variant in a stock take. @since 1.0
struct StockTakeLine {
  Id variant_id = 0;
  std::int64_t expected = 0;  ///< by the ledger, when it was counted
  std::int64_t counted = 0;
  Timestamp counted_at = 0;
};

/// Stock: an append-only ledger and its balances. Reached by Engine::inventory(); may be used from
/// any thread. @since 1.0
class Inventory {
 public:
  explicit Inventory(db::Database& db) : db_(&db) {}

  /// Books goods in; who waits for the variant is told, in the order of asking. Result: the level
  /// afterwards. Throws Error: `validation`, `not_found`
  /// (variant, location), `forbidden`. @since 1.0
  StockLevel receive(const Session& session, const ReceiveInput& input);

  /// Puts the books right. Result: the level afterwards. Throws Error: `validation`, `not_found`
  /// (variant, location), `out_of_stock` (less would remain than is reserved, or less than
  /// nothing), `forbidden`. @since 1.0
  StockLevel adjust(const Session& session, const AdjustInput& input);

  /// Books many deliveries in, all or none. Result: the levels in the order of the lines. Throws
  /// Error as receive() does, with paths `lines[2].quantity`; at most 1,000 lines. @since 1.0
  std::vector<StockLevel> restock(const Session& session, const std::vector<ReceiveInput>& lines);

  /// Moves goods from one location to another. Result: what is where. Throws Error: `validation`,
  /// `not_found` (variant, location), `out_of_stock` (not that much is free there), `forbidden`.
  /// @since 1.0
  std::vector<StockAtLocation> transfer(const Session& session, const TransferInput& input);

  /// What is where of a variant. Throws Error: `not_found`, `forbidden`. @since 1.0
  std::vector<StockAtLocation> locations_of(const Session& session, Id variant_id);

  /// Adds a place where goods are. Throws Error: `validation`, `already_exists`, `forbidden`.
  /// @since 1.0
  StockLocation create_location(const Session& session, const std::string& name);
  /// Throws Error: `validation`, `already_exists`, `not_found`, `forbidden`. @since 1.0
  StockLocation rename_location(const Session& session, Id location_id, const std::string& name);
  /// Takes a location out of use. Throws Error: `not_found`, `not_empty` (goods are there),
  /// `forbidden`. @since 1.0
  StockLocation close_location(const Session& session, Id location_id);
  /// All locations but the shop itself, by name; a seller's own for a seller. @since 1.0
  std::vector<StockLocation> locations(const Session& session);

  /// Says when a variant is low. Throws Error: `validation`, `not_found`, `forbidden`. @since 1.0
  StockThreshold set_threshold(const Session& session, const ThresholdInput& input);
  /// As it was set; without that, the defaults. Throws Error: `not_found`, `forbidden`. @since 1.0
  StockThreshold threshold(const Session& session, Id variant_id);

  /// Begins to count what is at a location. Selling goes on: each variant is compared with the
  /// ledger at the moment it is counted. Throws Error: `validation`, `not_found` (location),
  /// `forbidden`. @since 1.0
  StockTake open_stock_take(const Session& session, const std::string& name, Id location_id);
  /// Enters the count of a variant, or a second count in place of the first. Throws Error:
  /// `validation`, `not_found`, `illegal_transition` (not open), `forbidden`. @since 1.0
  StockTakeLine count(const Session& session, Id stock_take_id, Id variant_id,
                      std::int64_t counted);
  /// Books the differences. Throws Error: `not_found`, `illegal_transition` (not open),
  /// `out_of_stock` (less was found than is reserved), `forbidden`. @since 1.0
  StockTake close_stock_take(const Session& session, Id stock_take_id);
  /// Throws Error: `not_found`, `illegal_transition` (not open), `forbidden`. @since 1.0
  StockTake cancel_stock_take(const Session& session, Id stock_take_id);
  /// Throws Error: `not_found`, `forbidden`. @since 1.0
  StockTake stock_take(const Session& session, Id stock_take_id);
  /// Newest first. Throws Error: `validation` (page), `forbidden`. @since 1.0
  Page<StockTake> stock_takes(const Session& session, const PageQuery& page);
  /// What was counted, by variant. Throws Error: `validation` (page), `not_found`, `forbidden`.
  /// @since 1.0
  Page<StockTakeLine> stock_take_lines(const Session& session, Id stock_take_id,
                                       const PageQuery& page);

  /// Frees what was put aside for carts longer than agreed; a sale that finds too little does so
  /// for itself. Result: how many reservations ended. Throws Error: `forbidden`. @since 1.0
  std::int64_t release_expired(const Session& session);

  /// How much there is; zeros for a variant that never had stock. What is not on sale is only there
  /// for those who manage the product or its stock. Throws Error: `not_found`, `forbidden`.
  /// @since 1.0
  StockLevel level(const Session& session, Id variant_id);

  /// The ledger of one variant, newest first. Throws Error: `not_found`, `validation` (page),
  /// `forbidden`. Cost: the rows of the page; a total costs all of them. @since 1.0
  Page<StockMovement> movements(const Session& session, Id variant_id, const PageQuery& page);

 private:
  db::Database* db_;
};

}  // namespace shop
