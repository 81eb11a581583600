#include "inventory/store.hpp"

#include "catalog/catalog.hpp"
#include "core/encoding.hpp"
#include "core/json.hpp"
#include "events/events.hpp"
#include "inventory/hooks.hpp"
#include "inventory/inventory_sql.hpp"

#include <algorithm>

namespace shop::inventory::store {
namespace {

constexpr std::string_view k_cursor = "stock_movements";

std::optional<Id> set(std::int64_t id) {
  return id == 0 ? std::nullopt : std::optional{id};
}

// Tells the catalog when the last unit goes or the first one comes back, also of what bundles need,
// and the host when stock falls to its threshold. Result: the variants that came back.
std::vector<Id> notice(db::Tx& tx, const Change& booked, std::int64_t free_here,
                       std::int64_t change, std::int64_t low) {
  const auto variant_id = booked.variant_id;
  // Only the shop itself can owe goods. What it has is a bound for all there is; what another
  // place has says nothing.
  const bool elsewhere = booked.location_id != 0;
  const bool may_be_low = change < 0 && (elsewhere || free_here <= low);
  const bool may_be_back = change > 0 && (elsewhere || free_here - change <= 0);
  const auto bundles = catalog::bundles_with(tx, variant_id);
  std::vector<Id> back;
  if (!may_be_low && !may_be_back && bundles.empty()) return back;
  const auto free = level(tx, variant_id).available;
  const auto before = free - change;
  if ((before > 0) != (free > 0)) catalog::follow_stock(tx, variant_id);
  if (before - booked.freed > low && free <= low) {
    const auto payload =
        core::Json{}.begin_object().field("available", free).field("threshold", low).end().take();
    events::append(tx, {"stock.low", "variant", variant_id, payload});
    fell_low(tx, variant_id, free, low);
  }
  if (before <= 0 && free > 0) {
    const auto item = catalog::sale_item(tx, variant_id);
    if (!item || !item->is_bundle) back.push_back(variant_id);
  }
  for (const auto& bundle : bundles) {
    if ((before >= bundle.quantity) == (free >= bundle.quantity)) continue;
    const auto whole_again = catalog::follow_bundle(tx, bundle.product_id);
    back.insert(back.end(), whole_again.begin(), whole_again.end());
  }
  return back;
}

// Runs a statement that changes a balance, and writes the movement when it did.
Booked book(db::Tx& tx, const db::Sql& sql, const Change& change, std::int64_t bound,
            std::int64_t free_change) {
  const auto id = tx.next_id();
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  Id previous_id = 0;
  std::int64_t low = 0;
  if (tx.exec(sql, change.variant_id, change.location_id, bound, id) == 0) return {};
  {
    auto query = tx.query(sql::k_balance, change.variant_id, change.location_id);
    query.next();
    on_hand = query.integer(0);
    reserved = query.integer(1);
    previous_id = query.integer(2);
    low = query.integer(3);
  }
  tx.exec(sql::k_movement_add, id, previous_id, tx.now(), change.variant_id, change.location_id,
          change.kind, change.reason, change.quantity, on_hand, change.order_id, change.actor_id,
          change.note);
  return {true, notice(tx, change, on_hand - reserved, free_change, low)};
}

// Where to go on reading: the newest movement of each location that was not given out yet.
std::vector<Link> chain_heads(db::Tx& tx, Id variant_id, const std::string& cursor) {
  std::vector<Id> ids;
  if (cursor.empty()) {
    for (const auto& row : rows(tx, variant_id)) ids.push_back(row.last_id);
  } else {
    core::CursorReader reader{cursor, k_cursor};
    for (auto left = reader.integer(); left > 0; --left) ids.push_back(reader.integer());
  }
  std::vector<Link> heads;
  for (const auto id : ids) {
    auto link = movement(tx, id);
    if (link && link->movement.variant_id == variant_id) heads.push_back(std::move(*link));
  }
  return heads;
}

std::int64_t count_movements(db::Tx& tx, Id variant_id) {
  std::int64_t count = 0;
  for (const auto& row : rows(tx, variant_id)) {
    for (auto link = movement(tx, row.last_id); link; link = movement(tx, link->previous_id)) {
      ++count;
    }
  }
  return count;
}

}  // namespace

Booked take(db::Tx& tx, const Change& change) {
  return book(tx, sql::k_take, change, -change.quantity, change.quantity);
}

Booked lower(db::Tx& tx, const Change& change) {
  return book(tx, sql::k_lower, change, change.quantity, change.quantity);
}

Booked change(db::Tx& tx, const Change& change) {
  return book(tx, sql::k_change, change, change.quantity, change.quantity);
}

Booked reserve(db::Tx& tx, const Change& change) {
  const auto& sql = change.quantity > 0 ? sql::k_reserve : sql::k_release;
  return book(tx, sql, change, change.quantity, -change.quantity);
}

StockLevel level(db::Tx& tx, Id variant_id) {
  auto query = tx.query(sql::k_level, variant_id);
  query.next();
  const auto on_hand = query.integer(0);
  const auto reserved = query.integer(1);
  return {variant_id, on_hand, reserved, on_hand - reserved};
}

std::vector<Row> rows(db::Tx& tx, Id variant_id) {
  std::vector<Row> out;
  auto query = tx.query(sql::k_rows, variant_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.integer(2), query.integer(3)});
  }
  return out;
}

std::optional<Link> movement(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_movement_get, id);
  if (!query.next()) return std::nullopt;
  Link link;
  auto& row = link.movement;
  row.id = query.integer(0);
  link.previous_id = query.integer(1);
  row.at = query.integer(2);
  row.variant_id = query.integer(3);
  row.location_id = query.integer(4);
  row.kind = query.as<StockMovementKind>(5);
  row.reason = query.as<StockReason>(6);
  row.quantity = query.integer(7);
  row.on_hand = query.integer(8);
  row.order_id = set(query.integer(9));
  row.actor_id = set(query.integer(10));
  row.note = query.text(11);
  return link;
}

Page<StockMovement> movements(db::Tx& tx, Id variant_id, const PageQuery& page) {
  Page<StockMovement> out;
  auto heads = chain_heads(tx, variant_id, page.cursor);
  const auto older = [](const Link& a, const Link& b) { return a.movement.id < b.movement.id; };
  const auto limit = static_cast<std::size_t>(page.limit);
  while (!heads.empty() && out.items.size() < limit) {
    const auto newest = std::max_element(heads.begin(), heads.end(), older);
    out.items.push_back(std::move(newest->movement));
    auto next = movement(tx, newest->previous_id);
    if (next) {
      *newest = std::move(*next);
    } else {
      heads.erase(newest);
    }
  }
  if (!heads.empty()) {
    core::CursorWriter cursor{k_cursor};
    cursor.add(static_cast<std::int64_t>(heads.size()));
    for (const auto& head : heads) cursor.add(head.movement.id);
    out.next_cursor = cursor.take();
  }
  if (page.with_total) out.total = count_movements(tx, variant_id);
  return out;
}

}  // namespace shop::inventory::store
