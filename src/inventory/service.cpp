#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "inventory/inventory.hpp"
#include "inventory/store.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::int64_t k_most = 1'000'000'000;
constexpr std::size_t k_note_bytes = 500;

bool may_adjust_for(StockReason reason) {
  switch (reason) {
    case StockReason::correction:
    case StockReason::count:
    case StockReason::damage:
    case StockReason::loss:
    case StockReason::other:
      return true;
    default:
      return false;
  }
}

void record(db::Tx& tx, const Session& session, std::string_view action,
            const inventory::store::Change& change) {
  const auto after = core::Json{}
                         .begin_object()
                         .field("quantity", change.quantity)
                         .field("location", change.location_id)
                         .field("note", change.note)
                         .end()
                         .take();
  audit::record(tx, session, {action, "variant", change.variant_id, {}, after});
}

}  // namespace

StockLevel Inventory::receive(const Session& session, const ReceiveInput& input) {
  core::Fields fields;
  fields.range("variant_id", input.variant_id, 1);
  fields.range("quantity", input.quantity, 1, k_most);
  const auto note = fields.text("note", input.note, {.max = k_note_bytes});
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::inventory_receive);
    core::Fields{fields}.throw_if_any();
    inventory::store::Change change;
    change.variant_id = input.variant_id;
    change.location_id = input.location_id;
    change.kind = StockMovementKind::receive;
    change.reason = StockReason::delivery;
    change.quantity = input.quantity;
    change.actor_id = session.user_id();
    change.note = note;
    inventory::store::change(tx, change);
    record(tx, session, "stock.receive", change);
    return inventory::level(tx, input.variant_id);
  });
}

StockLevel Inventory::adjust(const Session& session, const AdjustInput& input) {
  core::Fields fields;
  fields.range("variant_id", input.variant_id, 1);
  fields.range("change", input.change, -k_most, k_most);
  fields.check(input.change != 0, "change", "zero", "a change of nothing is none");
  fields.check(may_adjust_for(input.reason), "reason", "not_allowed",
               "an adjustment is for a correction, a count, damage, loss or other reasons");
  const auto note = fields.text("note", input.note, {.max = k_note_bytes});
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::inventory_adjust);
    core::Fields{fields}.throw_if_any();
    inventory::store::Change change;
    change.variant_id = input.variant_id;
    change.location_id = input.location_id;
    change.kind = StockMovementKind::adjust;
    change.reason = input.reason;
    change.quantity = input.change;
    change.actor_id = session.user_id();
    change.note = note;
    if (input.change > 0) {
      inventory::store::change(tx, change);
    } else if (!inventory::store::lower(tx, change)) {
      throw Error(Code::out_of_stock, "change: there is not that much to take away",
                  {{"change", "out_of_stock", "there is not that much to take away", {}}});
    }
    record(tx, session, "stock.adjust", change);
    return inventory::level(tx, input.variant_id);
  });
}

StockLevel Inventory::level(const Session& session, Id variant_id) {
  return db_->peek([&](db::Tx& tx) {
    authorize(tx, session, Operation::inventory_level);
    return inventory::level(tx, variant_id);
  });
}

Page<StockMovement> Inventory::movements(const Session& session, Id variant_id,
                                         const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::inventory_movements);
    core::Fields{fields}.throw_if_any();
    return inventory::store::movements(tx, variant_id, page);
  });
}

}  // namespace shop
