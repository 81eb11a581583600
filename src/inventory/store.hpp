#pragma once

#include "db/tx.hpp"
#include "shop/inventory.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace shop::inventory::store {

/// A movement to be written, with the change of the balance that it stands for.
struct Change {
  Id variant_id = 0;
  Id location_id = 0;
  StockMovementKind kind = StockMovementKind::receive;
  StockReason reason = StockReason::other;
  std::int64_t quantity = 0;
  Id order_id = 0;
  Id actor_id = 0;
  std::string_view note;
  std::int64_t freed = 0;  ///< of a sale: had been put aside for it, nobody is told of that again
};

/// The stock of a variant at one location.
struct Row {
  Id location_id = 0;
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  Id last_id = 0;
  [[nodiscard]] std::int64_t free() const { return on_hand - reserved; }
};

/// A movement and the one before it in its chain, 0 at the start.
struct Link {
  StockMovement movement;
  Id previous_id = 0;
};

/// What became of a change.
struct Booked {
  bool done = false;
  /// The variant, and bundles with it, that were sold out before and are not any more.
  std::vector<Id> back;
  explicit operator bool() const { return done; }
};

inline void add_back(std::vector<Id>& back, const Booked& booked) {
  back.insert(back.end(), booked.back.begin(), booked.back.end());
}

/// Books −quantity if that much is free.
Booked take(db::Tx& tx, const Change& change);
/// Books a lowering if what is reserved remains.
Booked lower(db::Tx& tx, const Change& change);
/// Books a change whatever remains.
Booked change(db::Tx& tx, const Change& change);
/// Puts goods aside if they are free, or (with a negative quantity) frees them again.
Booked reserve(db::Tx& tx, const Change& change);

StockLevel level(db::Tx& tx, Id variant_id);
std::vector<Row> rows(db::Tx& tx, Id variant_id);
std::optional<Link> movement(db::Tx& tx, Id id);
/// The movements of a variant over all its locations, newest first.
Page<StockMovement> movements(db::Tx& tx, Id variant_id, const PageQuery& page);

}  // namespace shop::inventory::store
