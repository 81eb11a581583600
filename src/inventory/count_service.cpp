#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "inventory/access.hpp"
#include "inventory/inventory.hpp"
#include "inventory/inventory_sql.hpp"
#include "inventory/store.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::string_view k_takes_cursor = "stock_takes";
constexpr std::string_view k_lines_cursor = "stock_take_lines";

StockTake take_row(const db::Query& query) {
  StockTake take;
  take.id = query.integer(0);
  take.name = query.text(1);
  take.location_id = query.integer(2);
  take.status = query.as<StockTakeStatus>(3);
  take.opened_at = query.integer(4);
  take.closed_at = query.maybe_integer(5);
  take.counted = query.integer(6);
  take.differing = query.integer(7);
  take.difference = query.integer(8);
  return take;
}

StockTake find_take(db::Tx& tx, const inventory::Access& access, Id id) {
  auto query = tx.query(inventory::sql::k_count_get, id);
  if (!query.next() || !access.may(query.integer(9))) {
    throw Error(Code::not_found, "there is no such stock take");
  }
  return take_row(query);
}

StockTake find_open(db::Tx& tx, const inventory::Access& access, Id id) {
  auto take = find_take(tx, access, id);
  if (take.status != StockTakeStatus::open) {
    throw Error(Code::illegal_transition, "the stock take is not open any more");
  }
  return take;
}

std::int64_t on_hand_at(db::Tx& tx, Id variant_id, Id location_id) {
  for (const auto& row : inventory::store::rows(tx, variant_id)) {
    if (row.location_id == location_id) return row.on_hand;
  }
  return 0;
}

std::vector<StockTakeLine> lines_after(db::Tx& tx, Id take_id, Id after, std::size_t most) {
  std::vector<StockTakeLine> out;
  auto query = tx.query(inventory::sql::k_count_lines, take_id, after);
  while (out.size() < most && query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.integer(2), query.integer(3)});
  }
  return out;
}

void check_page(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
}

}  // namespace

namespace inventory {

StockTake close_stock_take(db::Tx& tx, const Session& session, Id stock_take_id,
                           std::vector<Id>& back) {
  const auto access = access_of(authorize(tx, session, Operation::inventory_close_stock_take));
  const auto take = find_open(tx, access, stock_take_id);
  const auto note = fmt::format("stock take {}", take.name);
  std::vector<ErrorDetail> details;
  for (const auto& line : lines_after(tx, take.id, 0, SIZE_MAX)) {
    store::Change change;
    change.variant_id = line.variant_id;
    change.location_id = take.location_id;
    change.kind = StockMovementKind::adjust;
    change.reason = StockReason::count;
    change.quantity = line.counted - line.expected;
    change.actor_id = access.user_id;
    change.note = note;
    if (change.quantity == 0) continue;
    const auto booked = change.quantity > 0 ? store::change(tx, change) : store::lower(tx, change);
    if (!booked) {
      details.push_back({fmt::format("variant {}", line.variant_id),
                         "out_of_stock",
                         "less was found than is reserved or was sold since",
                         {{"counted", std::to_string(line.counted)},
                          {"expected", std::to_string(line.expected)}}});
    }
    store::add_back(back, booked);
  }
  if (!details.empty()) {
    throw Error(Code::out_of_stock, "some counts are below what is reserved: count those again",
                std::move(details));
  }
  tx.exec(sql::k_count_end, take.id, StockTakeStatus::closed, tx.now());
  const auto after = core::Json{}
                         .begin_object()
                         .field("counted", take.counted)
                         .field("differing", take.differing)
                         .field("difference", take.difference)
                         .end()
                         .take();
  audit::record(tx, session, {"stock_take.close", "stock_take", take.id, {}, after});
  return find_take(tx, access, take.id);
}

}  // namespace inventory

StockTake Inventory::open_stock_take(const Session& session, const std::string& name,
                                     Id location_id) {
  return db_->write([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_open_stock_take));
    core::Fields fields;
    const auto clean = fields.text("name", name, {.min = 1, .max = 100, .name = true});
    fields.throw_if_any();
    inventory::check_location(tx, access, location_id, "location_id");
    const auto id = tx.next_id();
    tx.exec(inventory::sql::k_count_add, id, access.manager ? 0 : access.seller_id, location_id,
            clean, tx.now());
    return find_take(tx, access, id);
  });
}

StockTakeLine Inventory::count(const Session& session, Id stock_take_id, Id variant_id,
                               std::int64_t counted) {
  return db_->write([&](db::Tx& tx) {
    const auto access = inventory::access_of(authorize(tx, session, Operation::inventory_count));
    core::Fields fields;
    fields.range("counted", counted, 0, inventory::k_most);
    fields.throw_if_any();
    const auto take = find_open(tx, access, stock_take_id);
    inventory::check_variant(tx, access, variant_id, "variant_id");
    const StockTakeLine line{variant_id, on_hand_at(tx, variant_id, take.location_id), counted,
                             tx.now()};
    tx.exec(inventory::sql::k_count_line_put, take.id, variant_id, line.expected, line.counted,
            line.counted_at);
    return line;
  });
}

StockTake Inventory::cancel_stock_take(const Session& session, Id stock_take_id) {
  return db_->write([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_cancel_stock_take));
    const auto take = find_open(tx, access, stock_take_id);
    tx.exec(inventory::sql::k_count_end, take.id, StockTakeStatus::canceled, tx.now());
    return find_take(tx, access, take.id);
  });
}

StockTake Inventory::stock_take(const Session& session, Id stock_take_id) {
  return db_->read([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_stock_take));
    return find_take(tx, access, stock_take_id);
  });
}

Page<StockTake> Inventory::stock_takes(const Session& session, const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_stock_takes));
    check_page(page);
    auto below = max_magnitude;
    if (!page.cursor.empty()) below = core::CursorReader{page.cursor, k_takes_cursor}.integer();
    Page<StockTake> out;
    if (page.with_total) out.total = 0;
    auto query = tx.query(inventory::sql::k_counts_before, page.with_total ? max_magnitude : below);
    while (query.next()) {
      if (!access.may(query.integer(9))) continue;
      if (out.total) ++*out.total;
      if (query.integer(0) >= below || !out.next_cursor.empty()) continue;
      if (out.items.size() == static_cast<std::size_t>(page.limit)) {
        out.next_cursor = core::CursorWriter{k_takes_cursor}.add(out.items.back().id).take();
        if (!out.total) break;
        continue;
      }
      out.items.push_back(take_row(query));
    }
    return out;
  });
}

Page<StockTakeLine> Inventory::stock_take_lines(const Session& session, Id stock_take_id,
                                                const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    const auto access =
        inventory::access_of(authorize(tx, session, Operation::inventory_stock_take_lines));
    check_page(page);
    const auto take = find_take(tx, access, stock_take_id);
    Id after = 0;
    if (!page.cursor.empty()) after = core::CursorReader{page.cursor, k_lines_cursor}.integer();
    const auto limit = static_cast<std::size_t>(page.limit);
    Page<StockTakeLine> out;
    out.items = lines_after(tx, take.id, after, limit + 1);
    if (out.items.size() > limit) {
      out.items.pop_back();
      out.next_cursor = core::CursorWriter{k_lines_cursor}.add(out.items.back().variant_id).take();
    }
    if (page.with_total) out.total = take.counted;
    return out;
  });
}

}  // namespace shop
