#include "core/fields.hpp"
#include "db/portions.hpp"
#include "inventory/inventory.hpp"
#include "inventory/inventory_sql.hpp"
#include "inventory/store.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace shop::inventory {
namespace {

// What an order wants of one variant, over all its lines.
struct Wanted {
  Id variant_id = 0;
  std::int64_t quantity = 0;
  bool may_go_negative = false;
  std::int64_t freed = 0;
};

std::vector<Wanted> by_variant(std::span<const Take> takes) {
  std::vector<Wanted> out;
  out.reserve(takes.size());
  for (const auto& take : takes) {
    out.push_back({take.variant_id, take.quantity, take.may_go_negative, 0});
  }
  std::sort(out.begin(), out.end(),
            [](const Wanted& a, const Wanted& b) { return a.variant_id < b.variant_id; });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i].variant_id == out[kept].variant_id) {
      out[kept].quantity += out[i].quantity;
    } else {
      out[++kept] = out[i];
    }
  }
  if (!out.empty()) out.resize(kept + 1);
  return out;
}

// The way off the beaten track: the shop itself does not have them all.
bool take_from_several(db::Tx& tx, const Wanted& wanted, store::Change change) {
  const auto rows = store::rows(tx, wanted.variant_id);
  std::int64_t free = 0;  // what the shop owes is free nowhere else either
  std::int64_t there = 0;
  for (const auto& row : rows) {
    free += row.free();
    there += std::max<std::int64_t>(0, row.free());
  }
  // What had been put aside for this sale is its own, whatever is owed to others.
  const bool own = wanted.freed >= wanted.quantity && there >= wanted.quantity;
  if (free < wanted.quantity && !own && !wanted.may_go_negative) return false;
  for (const auto& row : rows) {
    if (row.free() < wanted.quantity) continue;
    change.location_id = row.location_id;
    return store::take(tx, change).done;
  }
  auto missing = wanted.quantity;
  for (const auto& row : rows) {
    const auto part = std::min(row.free(), missing);
    if (part <= 0) continue;
    change.location_id = row.location_id;
    change.quantity = -part;
    store::take(tx, change);
    change.freed = std::max<std::int64_t>(0, change.freed - part);
    missing -= part;
  }
  if (missing > 0) {
    change.location_id = 0;
    change.quantity = -missing;
    store::change(tx, change);
  }
  return true;
}

bool take_one(db::Tx& tx, const Wanted& wanted, Id order_id, const Session& session) {
  store::Change change;
  change.variant_id = wanted.variant_id;
  change.kind = StockMovementKind::sell;
  change.reason = StockReason::sale;
  change.quantity = -wanted.quantity;
  change.order_id = order_id;
  change.actor_id = session.user_id();
  change.freed = wanted.freed;
  if (store::take(tx, change)) return true;
  const auto back = free_expired(tx, wanted.variant_id);
  const bool taken = take_from_several(tx, wanted, change);
  if (taken) tell_back(tx, back);
  return taken;
}

// The lines of a variant in their order get what there is; those that do not get all are short.
void add_short_lines(std::span<const Take> takes, Id variant_id, std::int64_t available,
                     std::vector<ErrorDetail>& details) {
  auto left = std::max<std::int64_t>(available, 0);
  for (const auto& take : takes) {
    if (take.variant_id != variant_id) continue;
    if (take.quantity > left) {
      details.push_back(
          {core::path_at("lines", take.line, "quantity"),
           "out_of_stock",
           fmt::format("{} wanted, {} available", take.quantity, left),
           {{"requested", std::to_string(take.quantity)}, {"available", std::to_string(left)}}});
    }
    left -= std::min(take.quantity, left);
  }
}

// How much of a variant an order still has from each location, by the chain of each.
std::int64_t taken_from(db::Tx& tx, const store::Row& row, Id order_id) {
  std::int64_t taken = 0;
  auto id = row.last_id;
  while (id > order_id) {  // ids ascend: what is older than the order is not of it
    const auto link = store::movement(tx, id);
    if (!link) break;
    if (link->movement.order_id == order_id && link->movement.kind < StockMovementKind::reserve) {
      taken -= link->movement.quantity;
    }
    id = link->previous_id;
  }
  return taken;
}

void give_back_one(db::Tx& tx, const Wanted& wanted, store::Change change, std::vector<Id>& back) {
  auto left = wanted.quantity;
  const auto rows = store::rows(tx, wanted.variant_id);
  if (rows.size() > 1) {
    for (const auto& row : rows) {
      const auto part = std::min(left, taken_from(tx, row, change.order_id));
      if (part <= 0) continue;
      change.location_id = row.location_id;
      change.quantity = part;
      store::add_back(back, store::change(tx, change));
      left -= part;
    }
  }
  if (left > 0) {
    change.location_id = rows.size() == 1 ? rows.front().location_id : 0;
    change.quantity = left;
    store::add_back(back, store::change(tx, change));
  }
}

}  // namespace

void sell(db::Tx& tx, std::span<const Take> takes, Id order_id, const Session& session,
          std::span<const Freed> freed) {
  std::vector<ErrorDetail> details;
  for (auto& wanted : by_variant(takes)) {
    for (const auto& one : freed) {
      if (one.variant_id == wanted.variant_id) wanted.freed += one.quantity;
    }
    if (take_one(tx, wanted, order_id, session)) continue;
    add_short_lines(takes, wanted.variant_id, available(tx, wanted.variant_id), details);
  }
  if (details.empty()) return;
  std::sort(details.begin(), details.end(),
            [](const ErrorDetail& a, const ErrorDetail& b) { return a.path < b.path; });
  throw Error(Code::out_of_stock, "there is not enough in stock", std::move(details));
}

std::vector<Id> give_back(db::Tx& tx, std::span<const Take> takes, Id order_id, StockReason reason,
                          const Session& session) {
  std::vector<Id> back;
  store::Change change;
  change.kind = StockMovementKind::give_back;
  change.reason = reason;
  change.order_id = order_id;
  change.actor_id = session.user_id();
  for (const auto& wanted : by_variant(takes)) {
    change.variant_id = wanted.variant_id;
    give_back_one(tx, wanted, change, back);
  }
  return back;
}

std::int64_t available(db::Tx& tx, Id variant_id) {
  return store::level(tx, variant_id).available;
}

std::vector<std::int64_t> available_of(db::Tx& tx, std::span<const Id> variant_ids) {
  std::vector<std::int64_t> out(variant_ids.size());
  db::in_portions(tx, variant_ids, sql::k_available_of_4, sql::k_available_of_8,
                  [&](const db::Query& query, std::size_t i) { out[i] = query.integer(1); });
  return out;
}

StockLevel level(db::Tx& tx, Id variant_id) {
  return store::level(tx, variant_id);
}

}  // namespace shop::inventory
