#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "catalog/hooks.hpp"
#include "core/fields.hpp"
#include "inventory/inventory.hpp"
#include "inventory/inventory_sql.hpp"
#include "inventory/on_sale.hpp"
#include "inventory/store.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace shop::inventory {
namespace {

struct Reservation {
  Id id = 0;
  Id variant_id = 0;
  Id location_id = 0;
  std::int64_t quantity = 0;
};

template <class... Args>
std::vector<Reservation> find(db::Tx& tx, const db::Sql& sql, const Args&... args) {
  std::vector<Reservation> out;
  auto query = tx.query(sql, args...);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.integer(2), query.integer(3)});
  }
  return out;
}

store::Change change_of(const Reservation& reservation, StockMovementKind kind,
                        std::int64_t quantity, Id actor_id) {
  store::Change change;
  change.variant_id = reservation.variant_id;
  change.location_id = reservation.location_id;
  change.kind = kind;
  change.reason = StockReason::reservation;
  change.quantity = quantity;
  change.actor_id = actor_id;
  return change;
}

// Result: the variants that came back.
std::vector<Id> free_all(db::Tx& tx, const std::vector<Reservation>& reservations, Id actor_id) {
  std::vector<Id> back;
  for (const auto& reservation : reservations) {
    const auto booked = store::reserve(
        tx, change_of(reservation, StockMovementKind::release, -reservation.quantity, actor_id));
    store::add_back(back, booked);
    tx.exec(sql::k_reservation_remove, reservation.id);
  }
  return back;
}

void put_aside(db::Tx& tx, Id cart_id, const Reservation& part, Timestamp expires_at, Id actor_id) {
  store::reserve(tx, change_of(part, StockMovementKind::reserve, part.quantity, actor_id));
  tx.exec(sql::k_reservation_add, tx.next_id(), cart_id, part.variant_id, part.location_id,
          part.quantity, expires_at);
}

}  // namespace

std::vector<Id> free_expired(db::Tx& tx, Id variant_id) {
  return free_all(tx, find(tx, sql::k_reservations_over_of_variant, tx.now(), variant_id), 0);
}

void tell_back(db::Tx& tx, std::span<const Id> variant_ids) {
  std::vector<Id> there{variant_ids.begin(), variant_ids.end()};
  std::sort(there.begin(), there.end());
  there.erase(std::unique(there.begin(), there.end()), there.end());
  std::erase_if(there, [&](Id id) {
    const auto item = catalog::sale_item(tx, id);
    return !item || (item->is_bundle ? !can_sell(tx, id) : available(tx, id) <= 0);
  });
  catalog::came_back(tx, there);
}

void reserve(db::Tx& tx, Id cart_id, Id variant_id, std::int64_t quantity, Timestamp expires_at,
             const Session& session) {
  const auto actor = session.user_id();
  free_all(tx, find(tx, sql::k_reservations_of_cart_variant, cart_id, variant_id), actor);
  if (quantity <= 0) return;
  std::vector<Id> back;
  if (available(tx, variant_id) < quantity) back = free_expired(tx, variant_id);
  const auto free = std::max<std::int64_t>(0, available(tx, variant_id));
  if (free < quantity) {
    throw Error(Code::out_of_stock, "there is not enough in stock to put aside",
                {{"quantity",
                  "out_of_stock",
                  fmt::format("{} wanted, {} available", quantity, free),
                  {{"requested", std::to_string(quantity)}, {"available", std::to_string(free)}}}});
  }
  auto missing = quantity;
  for (const auto& row : store::rows(tx, variant_id)) {
    const auto part = std::min(row.free(), missing);
    if (part <= 0) continue;
    put_aside(tx, cart_id, {0, variant_id, row.location_id, part}, expires_at, actor);
    missing -= part;
  }
  tell_back(tx, back);
}

void release_beyond(db::Tx& tx, Id cart_id, Id variant_id, std::int64_t most, Timestamp expires_at,
                    const Session& session) {
  const auto actor = session.user_id();
  std::vector<Id> back;
  for (const auto& one : find(tx, sql::k_reservations_of_cart_variant, cart_id, variant_id)) {
    const auto kept = std::min(one.quantity, most);
    most -= kept;
    if (kept == one.quantity) continue;
    const auto freed = change_of(one, StockMovementKind::release, kept - one.quantity, actor);
    store::add_back(back, store::reserve(tx, freed));
    tx.exec(sql::k_reservation_remove, one.id);
    if (kept == 0) continue;
    tx.exec(sql::k_reservation_add, one.id, cart_id, variant_id, one.location_id, kept, expires_at);
  }
  tell_back(tx, back);
}

std::vector<Freed> release(db::Tx& tx, Id cart_id, const Session& session, std::vector<Id>* back) {
  const auto reservations = find(tx, sql::k_reservations_of_cart, cart_id);
  const auto came = free_all(tx, reservations, session.user_id());
  if (back != nullptr) back->insert(back->end(), came.begin(), came.end());
  std::vector<Freed> out;
  for (const auto& one : reservations) out.push_back({one.variant_id, one.quantity});
  return out;
}

std::int64_t release_expired(db::Tx& tx, const Session& session, std::vector<Id>& back) {
  accounts::authorize(tx, session, accounts::Operation::inventory_release_expired);
  auto over = find(tx, sql::k_reservations_over, tx.now());
  std::sort(over.begin(), over.end(),
            [](const Reservation& a, const Reservation& b) { return a.variant_id < b.variant_id; });
  back = free_all(tx, over, session.user_id());
  return static_cast<std::int64_t>(over.size());
}

}  // namespace shop::inventory
