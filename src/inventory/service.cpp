#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "inventory/access.hpp"
#include "inventory/inventory.hpp"
#include "inventory/inventory_sql.hpp"
#include "inventory/store.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace inventory {
namespace {

constexpr std::size_t k_most_lines = 1000;
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
            const store::Change& change) {
  const auto after = core::Json{}
                         .begin_object()
                         .field("quantity", change.quantity)
                         .field("location", change.location_id)
                         .field("note", change.note)
                         .end()
                         .take();
  audit::record(tx, session, {action, "variant", change.variant_id, {}, after});
}

StockLevel receive_one(db::Tx& tx, const Session& session, const ReceiveInput& input,
                       std::string_view note, std::vector<Id>& back) {
  store::Change change;
  change.variant_id = input.variant_id;
  change.location_id = input.location_id;
  change.kind = StockMovementKind::receive;
  change.reason = StockReason::delivery;
  change.quantity = input.quantity;
  change.actor_id = session.user_id();
  change.note = note;
  store::add_back(back, store::change(tx, change));
  record(tx, session, "stock.receive", change);
  return store::level(tx, input.variant_id);
}

StockThreshold threshold_of(db::Tx& tx, Id variant_id) {
  auto query = tx.query(sql::k_threshold_get, variant_id);
  if (!query.next()) return {variant_id};
  return {query.integer(0), query.integer(1), query.integer(2), query.integer(3), query.integer(4)};
}

}  // namespace

StockLevel receive(db::Tx& tx, const Session& session, const ReceiveInput& input,
                   std::vector<Id>& back) {
  const auto access = access_of(authorize(tx, session, Operation::inventory_receive));
  core::Fields fields;
  fields.range("quantity", input.quantity, 1, k_most);
  const auto note = fields.text("note", input.note, {.max = k_note_bytes});
  fields.throw_if_any();
  check_variant(tx, access, input.variant_id, "variant_id");
  check_location(tx, access, input.location_id, "location_id");
  return receive_one(tx, session, input, note, back);
}

void stock_up(db::Tx& tx, const Session& session, Id variant_id, std::int64_t quantity) {
  std::vector<Id> back;  // nobody waits for what is new
  ReceiveInput input;
  input.variant_id = variant_id;
  input.quantity = std::min(quantity, k_most);
  receive_one(tx, session, input, "import", back);
}

std::vector<std::int64_t> stock_of(db::Tx& tx, const Product& product) {
  std::vector<std::int64_t> out;
  out.reserve(product.variants.size());
  for (const auto& variant : product.variants) out.push_back(available(tx, variant.id));
  return out;
}

std::vector<StockLevel> restock(db::Tx& tx, const Session& session,
                                const std::vector<ReceiveInput>& lines, std::vector<Id>& back) {
  const auto access = access_of(authorize(tx, session, Operation::inventory_restock));
  core::Fields fields;
  fields.check(!lines.empty() && lines.size() <= k_most_lines, "lines", "out_of_range",
               "give 1 to 1,000 lines");
  fields.throw_if_any();
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    fields.range(core::path_at("lines", i, "quantity"), lines[i].quantity, 1, k_most);
    notes.push_back(
        fields.text(core::path_at("lines", i, "note"), lines[i].note, {.max = k_note_bytes}));
  }
  fields.throw_if_any();
  std::vector<StockLevel> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    check_variant(tx, access, lines[i].variant_id, core::path_at("lines", i, "variant_id"));
    check_location(tx, access, lines[i].location_id, core::path_at("lines", i, "location_id"));
    out.push_back(receive_one(tx, session, lines[i], notes[i], back));
  }
  return out;
}

StockLevel adjust(db::Tx& tx, const Session& session, const AdjustInput& input,
                  std::vector<Id>& back) {
  const auto access = access_of(authorize(tx, session, Operation::inventory_adjust));
  core::Fields fields;
  fields.range("change", input.change, -k_most, k_most);
  fields.check(input.change != 0, "change", "zero", "a change of nothing is none");
  fields.check(may_adjust_for(input.reason), "reason", "not_allowed",
               "an adjustment is for a correction, a count, damage, loss or other reasons");
  const auto note = fields.text("note", input.note, {.max = k_note_bytes});
  fields.throw_if_any();
  check_variant(tx, access, input.variant_id, "variant_id");
  check_location(tx, access, input.location_id, "location_id");
  store::Change change;
  change.variant_id = input.variant_id;
  change.location_id = input.location_id;
  change.kind = StockMovementKind::adjust;
  change.reason = input.reason;
  change.quantity = input.change;
  change.actor_id = session.user_id();
  change.note = note;
  const auto booked = input.change > 0 ? store::change(tx, change) : store::lower(tx, change);
  if (!booked) {
    throw Error(Code::out_of_stock, "change: there is not that much to take away",
                {{"change", "out_of_stock", "there is not that much to take away", {}}});
  }
  store::add_back(back, booked);
  record(tx, session, "stock.adjust", change);
  return store::level(tx, input.variant_id);
}

std::vector<StockState> all_stock(db::Tx& tx) {
  std::vector<StockState> out;
  auto query = tx.query(sql::k_each_variant);
  while (query.next()) {
    StockState state;
    const auto on_hand = query.integer(1);
    const auto reserved = query.integer(2);
    state.level = {query.integer(0), on_hand, reserved, on_hand - reserved};
    state.last_movement_id = query.integer(3);
    state.threshold.variant_id = state.level.variant_id;
    if (!query.is_null(4)) {
      state.threshold.low = query.integer(4);
      state.threshold.lead_time_days = query.integer(5);
      state.threshold.safety_stock = query.integer(6);
      state.threshold.cover_days = query.integer(7);
    }
    out.push_back(state);
  }
  return out;
}

std::unordered_map<Id, Moved> moved_since(db::Tx& tx, Timestamp since) {
  std::unordered_map<Id, Moved> out;
  auto query = tx.query(sql::k_moved_since, since);
  while (query.next()) out[query.integer(0)] = {query.integer(1), query.integer(2)};
  return out;
}

}  // namespace inventory

StockLevel Inventory::level(const Session& session, Id variant_id) {
  return db_->peek([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::inventory_level);
    inventory::check_seen(tx, actor, variant_id, "variant_id");
    return inventory::level(tx, variant_id);
  });
}

Page<StockMovement> Inventory::movements(const Session& session, Id variant_id,
                                         const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_movements));
    core::Fields fields;
    fields.range("limit", page.limit, 1, 500);
    fields.throw_if_any();
    inventory::check_variant(tx, access, variant_id, "variant_id");
    return inventory::store::movements(tx, variant_id, page);
  });
}

StockThreshold Inventory::set_threshold(const Session& session, const ThresholdInput& input) {
  return db_->write([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_set_threshold));
    core::Fields fields;
    fields.range("low", input.low, 0, inventory::k_most);
    fields.range("lead_time_days", input.lead_time_days, 0, 730);
    fields.range("safety_stock", input.safety_stock, 0, inventory::k_most);
    fields.range("cover_days", input.cover_days, 1, 730);
    fields.throw_if_any();
    inventory::check_variant(tx, access, input.variant_id, "variant_id");
    tx.exec(inventory::sql::k_threshold_put, input.variant_id, input.low, input.lead_time_days,
            input.safety_stock, input.cover_days);
    tx.exec(inventory::sql::k_low_put, input.variant_id, input.low);
    return inventory::threshold_of(tx, input.variant_id);
  });
}

StockThreshold Inventory::threshold(const Session& session, Id variant_id) {
  return db_->read([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_threshold));
    inventory::check_variant(tx, access, variant_id, "variant_id");
    return inventory::threshold_of(tx, variant_id);
  });
}

}  // namespace shop
