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

/// Books −quantity if that much is free. Result: whether it was.
bool take(db::Tx& tx, const Change& change);
/// Books a lowering if what is reserved remains. Result: whether it did.
bool lower(db::Tx& tx, const Change& change);
/// Books a change whatever remains.
void change(db::Tx& tx, const Change& change);

StockLevel level(db::Tx& tx, Id variant_id);
std::vector<Row> rows(db::Tx& tx, Id variant_id);
std::optional<Link> movement(db::Tx& tx, Id id);
/// The movements of a variant over all its locations, newest first.
Page<StockMovement> movements(db::Tx& tx, Id variant_id, const PageQuery& page);

}  // namespace shop::inventory::store
