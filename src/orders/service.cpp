#include "core/digest.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "orders/hooks.hpp"
#include "orders/orders.hpp"
#include "orders/orders_sql.hpp"
#include "orders/parts.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "shop/error.hpp"

#include <array>
#include <bit>

#include <fmt/format.h>

namespace shop::orders {
namespace {

[[noreturn]] void no_order() {
  throw Error(Code::not_found, "there is no such order");
}

// Somebody else's order is not there.
bool may_see(const accounts::Actor& actor, const store::Row& row) {
  if (actor.can(accounts::Permission::order_view)) return true;
  const Id own = actor.user_id != 0 ? actor.user_id : actor.guest_id;
  return own != 0 && row.owner_id == own;
}

}  // namespace

std::string key_of(const accounts::Actor& actor, std::string_view use, std::string_view key) {
  const Id own = actor.user_id != 0 ? actor.user_id : actor.guest_id;
  return core::digest16(fmt::format("{}:{}", use, own), key);
}

std::optional<Id> placed_with(db::Tx& tx, std::string_view key, std::string_view fingerprint) {
  const auto found = store::order_by_key(tx, key);
  if (!found) return std::nullopt;
  if (found->fingerprint != fingerprint) {
    throw Error(
        Code::idempotency_mismatch, "idempotency_key: was used for something else before",
        {{"idempotency_key", "idempotency_mismatch", "was used for something else before", {}}});
  }
  return found->order_id;
}

void begin(db::Tx& tx, Order& order) {
  begin_at(tx, order, tx.now());
}

void begin_at(db::Tx& tx, Order& order, Timestamp at) {
  order.id = tx.next_id();
  order.placed_at = at;
  const auto day = core::day_number(at, tx.env().utc_offset_minutes);
  order.number = number_text("ORD", store::next_number(tx, day));
  std::array<std::byte, 8> bytes{};
  tx.env().random->fill(bytes);
  const auto chance = std::bit_cast<std::uint64_t>(bytes) >> 2U;
  order.uuid = uuid_text(order.id, static_cast<std::int64_t>(chance));
}

void write(db::Tx& tx, const Session& session, const Order& order, const Placing& placing) {
  store::add_order(tx, session, order, placing);
  add_parts(tx, order);
}

void keep_bundle(db::Tx& tx, Id order_id, std::int64_t line_no, std::span<const BundlePart> parts) {
  for (const auto& part : parts) {
    tx.exec(sql::k_bundle_add, order_id, line_no, part.variant_id, part.quantity);
  }
}

std::vector<BundlePart> bundle_of(db::Tx& tx, Id order_id, std::int64_t line_no) {
  std::vector<BundlePart> out;
  auto query = tx.query(sql::k_bundle_of, order_id, line_no);
  while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  return out;
}

bool has_ordered(db::Tx& tx, Id owner_id) {
  return owner_id != 0 && store::any_of_owner(tx, owner_id);
}

Order find(db::Tx& tx, const accounts::Actor& actor, Id order_id) {
  auto row = store::order_by_id(tx, order_id);
  if (!row || !may_see(actor, *row)) no_order();
  store::load_parts(tx, row->order);
  return std::move(row->order);
}

void move(db::Tx& tx, const Session& session, const Order& before, Order& after,
          std::string_view note) {
  const auto step = [&](int axis, auto from, auto to, const char* name) {
    if (from == to) return;
    if (!may_move(from, to)) {
      throw Error(
          Code::illegal_transition,
          fmt::format("{}: this order is {}", name,
                      summary_of(before.status, before.payment_status, before.fulfilment_status)),
          {{name, "illegal_transition", "this step is not possible", {}}});
    }
    store::add_history(tx, session, before.id, axis, static_cast<std::int64_t>(from),
                       static_cast<std::int64_t>(to), note);
  };
  step(1, before.status, after.status, "status");
  step(2, before.payment_status, after.payment_status, "payment_status");
  step(3, before.fulfilment_status, after.fulfilment_status, "fulfilment_status");
  after.summary = summary_of(after.status, after.payment_status, after.fulfilment_status);
  store::set_states(tx, after);
  moved(tx, before, after);
}

}  // namespace shop::orders
