#include "core/fields.hpp"
#include "db/database.hpp"
#include "orders/documents.hpp"
#include "orders/orders.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "payments/payments.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::Actor;
using accounts::authorize;
using accounts::Operation;

namespace {

[[noreturn]] void no_order() {
  throw Error(Code::not_found, "there is no such order");
}

Order shown(db::Tx& tx, const Actor& actor, Id order_id) {
  auto order = orders::find(tx, actor, order_id);
  order.payments = payments::of_order(tx, order_id);
  return order;
}

void check_page(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
}

}  // namespace

Order Orders::get(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    return shown(tx, authorize(tx, session, Operation::orders_get), order_id);
  });
}

Order Orders::by_number(const Session& session, const std::string& number) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_by_number);
    const auto stored = orders::parse_number("ORD", number);
    const auto row = stored ? orders::store::order_by_number(tx, *stored) : std::nullopt;
    if (!row) no_order();
    return shown(tx, actor, row->order.id);
  });
}

Order Orders::by_uuid(const Session& session, const std::string& uuid) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_by_uuid);
    const auto parts = orders::parse_uuid(uuid);
    const auto row = parts ? orders::store::order_by_id(tx, parts->order_id) : std::nullopt;
    if (!row || row->uuid_chance != parts->chance) no_order();
    return shown(tx, actor, row->order.id);
  });
}

Page<OrderSummary> Orders::list(const Session& session, const OrderFilter& filter,
                                const PageQuery& page) {
  check_page(page);
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::orders_list);
    return orders::store::list(tx, filter, std::nullopt, page);
  });
}

Page<OrderSummary> Orders::mine(const Session& session, const PageQuery& page) {
  check_page(page);
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_mine);
    const Id own = actor.user_id != 0 ? actor.user_id : actor.guest_id;
    if (own == 0) return Page<OrderSummary>{};
    return orders::store::list(tx, {}, own, page);
  });
}

OrdersToday Orders::today(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::orders_today);
    return orders::store::today(tx);
  });
}

std::vector<OrderReturn> Orders::returns(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_returns);
    (void)orders::find(tx, actor, order_id);
    std::vector<OrderReturn> out;
    for (const auto id : orders::store::returns_of(tx, order_id)) {
      out.push_back(orders::store::return_by_id(tx, id)->order_return);
    }
    return out;
  });
}

std::vector<Shipment> Orders::shipments(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_shipments);
    (void)orders::find(tx, actor, order_id);
    return orders::store::shipments_of(tx, order_id);
  });
}

std::vector<OrderStep> Orders::history(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_history);
    (void)orders::find(tx, actor, order_id);
    return orders::store::history_of(tx, order_id);
  });
}

std::string Orders::receipt_text(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_receipt_text);
    return orders::receipt_text(shown(tx, actor, order_id), tx.env().utc_offset_minutes);
  });
}

std::string Orders::invoice_html(const Session& session, Id order_id) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_invoice_html);
    return orders::invoice_html(shown(tx, actor, order_id), tx.env().utc_offset_minutes);
  });
}

}  // namespace shop
