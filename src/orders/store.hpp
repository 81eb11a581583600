#pragma once

#include "db/tx.hpp"
#include "orders/orders.hpp"
#include "shop/orders.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace shop::orders::store {

/// An order with what only ownership and UUIDs need.
struct Row {
  Order order;
  Id owner_id = 0;
  std::int64_t uuid_chance = 0;
};

std::int64_t next_number(db::Tx& tx, std::int64_t day);
void add_order(db::Tx& tx, const Session& session, const Order& order, const Placing& placing);
/// Its lines, adjustments and taxes.
void add_contents(db::Tx& tx, const Order& order);
/// The order alone, and with its lines, adjustments and taxes.
std::optional<Row> order_by_id(db::Tx& tx, Id id);
std::optional<Row> order_by_number(db::Tx& tx, std::int64_t number);
void load_parts(db::Tx& tx, Order& order);

struct Keyed {
  Id order_id = 0;
  std::string fingerprint;
};
std::optional<Keyed> order_by_key(db::Tx& tx, std::string_view key);
bool any_of_owner(db::Tx& tx, Id owner_id);

void set_states(db::Tx& tx, const Order& order);
/// Rounds the total by so much for cash.
void round_total(db::Tx& tx, Order& order, std::int64_t minor);
/// axis: 1 order, 2 payment, 3 fulfilment.
void add_history(db::Tx& tx, const Session& session, Id order_id, int axis, std::int64_t before,
                 std::int64_t after, std::string_view note,
                 const std::optional<Id>& seller_id = std::nullopt);
bool add_returned(db::Tx& tx, Id order_id, std::int64_t line_no, std::int64_t quantity,
                  std::int64_t minor);

std::vector<OrderStep> history_of(db::Tx& tx, Id order_id);
bool add_shipped(db::Tx& tx, Id order_id, std::int64_t line_no, std::int64_t quantity);
void add_shipment(db::Tx& tx, Id order_id, const Shipment& shipment);
std::vector<Shipment> shipments_of(db::Tx& tx, Id order_id);
void mark_delivered(db::Tx& tx, Id order_id);
void mark_part_delivered(db::Tx& tx, Id order_id, Id seller_id);

/// A page of orders that fit, newest first; `owner_id` limits it to one person's.
Page<OrderSummary> list(db::Tx& tx, const OrderFilter& filter, std::optional<Id> owner_id,
                        const PageQuery& page);
OrdersToday today(db::Tx& tx);

/// A return with who brought the goods.
struct ReturnRow {
  OrderReturn order_return;
  Id owner_id = 0;
  bool guest = false;
  std::string key;
};
/// What the books keep of each line besides what is shown.
struct ReturnLineIds {
  Id product_id = 0;
  Id seller_id = 0;
  Id category_id = 0;
};
std::int64_t next_return_number(db::Tx& tx, std::int64_t day);
void add_return(db::Tx& tx, const Session& session, const ReturnRow& row, std::int64_t number,
                const std::vector<ReturnLineIds>& ids);
std::optional<Id> return_by_key(db::Tx& tx, std::string_view key);
std::optional<ReturnRow> return_by_id(db::Tx& tx, Id id);
std::vector<Id> returns_of(db::Tx& tx, Id order_id);
/// What its returns gave back, in minor units.
std::int64_t returns_refunded(db::Tx& tx, const Order& order);
/// What somebody gave back on a day for goods without their receipt. Cost: the returns of the day.
std::int64_t loose_refunds(db::Tx& tx, std::int64_t day, Id actor_id);

}  // namespace shop::orders::store
