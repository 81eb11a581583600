#include "accounts/guard.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "flows/fulfil.hpp"
#include "orders/orders.hpp"
#include "orders/parts.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "shop/error.hpp"

#include <algorithm>

// A seller sees and delivers its own part of an order over several.
namespace shop {

using accounts::Actor;
using accounts::authorize;
using accounts::Operation;
using accounts::Permission;

namespace {

[[noreturn]] void no_part() {
  throw Error(Code::not_found, "there is no such part of an order");
}

/// Whose parts somebody may handle. Throws Error: `forbidden`, `not_found` (another seller's).
Id whose(const Actor& actor, Permission all, Id seller_id) {
  if (actor.can(all)) return seller_id;
  if (!actor.can(Permission::seller_own) || actor.seller_id == 0) {
    throw Error(Code::forbidden, "this account sells nothing");
  }
  if (seller_id != 0 && seller_id != actor.seller_id) no_part();
  return actor.seller_id;
}

struct Found {
  Order order;
  orders::PartRow part;
};

Found find_part(db::Tx& tx, Id order_id, Id seller_id) {
  auto row = orders::store::order_by_id(tx, order_id);
  if (!row) no_part();
  for (const auto& part : orders::parts_of(tx, order_id)) {
    if (part.seller_id != seller_id) continue;
    orders::store::load_parts(tx, row->order);
    return {std::move(row->order), part};
  }
  no_part();
}

OrderPart shown(db::Tx& tx, Id order_id, Id seller_id) {
  const auto found = find_part(tx, order_id, seller_id);
  return orders::part_of(tx, found.order, found.part);
}

void refuse_unless(bool good, const char* message) {
  if (good) return;
  throw Error(Code::illegal_transition, std::string{"status: "} + message,
              {{"status", "illegal_transition", message, {}}});
}

// Lines of others are not there.
void check_own(const Order& order, Id seller_id, const std::vector<ShipmentLine>& lines) {
  core::Fields missing;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool own = std::any_of(order.lines.begin(), order.lines.end(), [&](const auto& line) {
      return line.line_no == lines[i].line_no && line.seller_id == seller_id;
    });
    missing.check(own, core::path_at("lines", i, "line_no"), "not_found",
                  "the part has no such line");
  }
  missing.throw_if_any(Code::not_found);
}

}  // namespace

std::vector<OrderPart> Orders::parts(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_parts);
    const auto order = orders::find(tx, actor, order_id);
    std::vector<OrderPart> out;
    for (const auto& part : orders::parts_of(tx, order_id)) {
      out.push_back(orders::part_of(tx, order, part));
    }
    return out;
  });
}

Page<OrderPart> Orders::seller_parts(const Session& session, const OrderPartFilter& filter,
                                     const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_seller_parts);
    const bool all = actor.can(Permission::order_view);
    if (!all && filter.seller_id && actor.seller_id != 0 && *filter.seller_id != actor.seller_id) {
      throw Error(Code::forbidden, "seller_id: only its own seller sees these");
    }
    const auto wanted = filter.seller_id.value_or(all ? 0 : actor.seller_id);
    return orders::list_parts(tx, whose(actor, Permission::order_view, wanted),
                              filter.fulfilment_status, page);
  });
}

OrderPart Orders::part(const Session& session, Id order_id, Id seller_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_part);
    return shown(tx, order_id, whose(actor, Permission::order_view, seller_id));
  });
}

OrderPart Orders::ship_part(const Session& session, Id order_id, Id seller_id,
                            const ShipmentInput& raw) {
  const auto input = flows::checked(raw);
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_ship_part);
    const auto seller = whose(actor, Permission::order_manage, seller_id);
    const auto before = find_part(tx, order_id, seller).order;
    refuse_unless(before.status == OrderStatus::confirmed, "only a confirmed order is shipped");
    check_own(before, seller, input.lines);
    auto order = before;
    const auto lines = input.lines.empty() ? flows::left_to_ship(tx, before, seller) : input.lines;
    flows::ship_lines(tx, order, input, lines);
    orders::settle(tx, session, order, input.tracking_code);
    flows::finish_step(tx, session, before, order, input.tracking_code);
    return shown(tx, order_id, seller);
  });
}

OrderPart Orders::deliver_part(const Session& session, Id order_id, Id seller_id) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_deliver_part);
    const auto seller = whose(actor, Permission::order_manage, seller_id);
    const auto [before, part] = find_part(tx, order_id, seller);
    if (part.status != FulfilmentStatus::delivered) {
      refuse_unless(part.status == FulfilmentStatus::shipped, "not all of it was shipped");
      orders::move_part(tx, session, before, part, FulfilmentStatus::delivered, {});
      orders::store::mark_part_delivered(tx, order_id, seller);
      auto order = before;
      orders::settle(tx, session, order, {});
      flows::finish_step(tx, session, before, order, {});
    }
    return shown(tx, order_id, seller);
  });
}

namespace orders {

void part_moved(db::Tx& tx, const Order& order, Id seller_id, FulfilmentStatus from,
                FulfilmentStatus to) {
  const auto payload = core::Json{}
                           .begin_object()
                           .field("number", std::string_view{order.number})
                           .field("seller_id", seller_id)
                           .field("from", name_of(from))
                           .field("to", name_of(to))
                           .end()
                           .take();
  events::append(tx, {"order.part", "order", order.id, payload});
}

}  // namespace orders
}  // namespace shop
