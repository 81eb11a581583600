#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "inventory/access.hpp"
#include "inventory/inventory_sql.hpp"
#include "inventory/store.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

std::string checked_name(const std::string& name) {
  core::Fields fields;
  auto clean = fields.text("name", name, {.min = 1, .max = 100, .name = true});
  fields.throw_if_any();
  return clean;
}

void check_free(db::Tx& tx, Id seller_id, std::string_view folded, Id own) {
  const auto taken = tx.integer(inventory::sql::k_location_by_name, seller_id, folded);
  if (!taken || *taken == own) return;
  throw Error(Code::already_exists, "name: there is a location of that name",
              {{"name", "taken", "there is a location of that name", {}}});
}

void record(db::Tx& tx, const Session& session, std::string_view action,
            const StockLocation& location) {
  const auto after = core::Json{}
                         .begin_object()
                         .field("name", std::string_view{location.name})
                         .field("active", location.active)
                         .end()
                         .take();
  audit::record(tx, session, {action, "location", location.id, {}, after});
}

void save(db::Tx& tx, const StockLocation& location) {
  tx.exec(inventory::sql::k_location_save, location.id, location.name, core::fold(location.name),
          location.active);
}

// Locations that a person names: 0 has none and cannot be changed.
StockLocation named_location(db::Tx& tx, const inventory::Access& access, Id location_id) {
  if (location_id == 0) {
    throw Error(Code::not_found, "location_id: the shop itself is not a location of that kind",
                {{"location_id", "not_found", "there is no such location", {}}});
  }
  return inventory::find_location(tx, access, location_id, "location_id");
}

std::vector<StockAtLocation> where(db::Tx& tx, Id variant_id) {
  std::vector<StockAtLocation> out;
  for (const auto& row : inventory::store::rows(tx, variant_id)) {
    const auto location =
        inventory::find_location(tx, {.manager = true}, row.location_id, "location_id");
    out.push_back({row.location_id, location.name, row.on_hand, row.reserved, row.free()});
  }
  return out;
}

}  // namespace

StockLocation Inventory::create_location(const Session& session, const std::string& name) {
  return db_->write([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_create_location));
    StockLocation location;
    location.name = checked_name(name);
    location.seller_id = access.manager ? 0 : access.seller_id;
    const auto folded = core::fold(location.name);
    check_free(tx, location.seller_id, folded, 0);
    location.id = tx.next_id();
    tx.exec(inventory::sql::k_location_add, location.id, location.seller_id, location.name, folded);
    record(tx, session, "location.create", location);
    return location;
  });
}

StockLocation Inventory::rename_location(const Session& session, Id location_id,
                                         const std::string& name) {
  return db_->write([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_rename_location));
    auto location = named_location(tx, access, location_id);
    location.name = checked_name(name);
    check_free(tx, location.seller_id, core::fold(location.name), location.id);
    save(tx, location);
    record(tx, session, "location.rename", location);
    return location;
  });
}

StockLocation Inventory::close_location(const Session& session, Id location_id) {
  return db_->write([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_close_location));
    auto location = named_location(tx, access, location_id);
    if (tx.integer(inventory::sql::k_location_used, location_id)) {
      throw Error(Code::not_empty, "there are goods at this location: transfer them first");
    }
    location.active = false;
    save(tx, location);
    record(tx, session, "location.close", location);
    return location;
  });
}

std::vector<StockLocation> Inventory::locations(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_locations));
    std::vector<StockLocation> out;
    auto query = tx.query(inventory::sql::k_locations);
    while (query.next()) {
      if (!access.may(query.integer(2))) continue;
      out.push_back({query.integer(0), query.text(1), query.integer(2), query.boolean(3)});
    }
    return out;
  });
}

std::vector<StockAtLocation> Inventory::locations_of(const Session& session, Id variant_id) {
  return db_->read([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_locations_of));
    inventory::check_variant(tx, access, variant_id, "variant_id");
    return where(tx, variant_id);
  });
}

std::vector<StockAtLocation> Inventory::transfer(const Session& session,
                                                 const TransferInput& input) {
  return db_->write([&](db::Tx& tx) {
    const auto access = inventory::access_of(authorize(tx, session, Operation::inventory_transfer));
    core::Fields fields;
    fields.range("quantity", input.quantity, 1, inventory::k_most);
    fields.check(input.from_id != input.to_id, "to_id", "same", "is where the goods are already");
    const auto note = fields.text("note", input.note, {.max = 500});
    fields.throw_if_any();
    inventory::check_variant(tx, access, input.variant_id, "variant_id");
    inventory::find_location(tx, access, input.from_id, "from_id");
    inventory::check_location(tx, access, input.to_id, "to_id");
    inventory::store::Change change;
    change.variant_id = input.variant_id;
    change.location_id = input.from_id;
    change.kind = StockMovementKind::transfer;
    change.reason = StockReason::transfer;
    change.quantity = -input.quantity;
    change.actor_id = access.user_id;
    change.note = note;
    change.freed = input.quantity;  // it stays in the shop, which is no lower for it
    if (!inventory::store::take(tx, change)) {
      throw Error(Code::out_of_stock, "quantity: not that much is free there",
                  {{"quantity", "out_of_stock", "not that much is free there", {}}});
    }
    change.location_id = input.to_id;
    change.quantity = input.quantity;
    inventory::store::change(tx, change);
    return where(tx, input.variant_id);
  });
}

}  // namespace shop
