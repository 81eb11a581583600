#include "loyalty/ledger.hpp"

#include "core/json.hpp"
#include "core/money.hpp"
#include "core/time.hpp"
#include "events/events.hpp"
#include "loyalty/rules.hpp"

#include <algorithm>

namespace shop::loyalty {

Ledger::Ledger(db::Tx& tx, Id customer_id)
    : tx_(tx),
      customer_id_(customer_id),
      account_(store::account(tx, customer_id)),
      balance_before_(account_.balance) {
  if (account_.balance > 0) book_expired();
}

void Ledger::book_expired() {
  for (const auto& lot : store::lots(tx_, customer_id_)) {
    if (!lot.expires_at || *lot.expires_at > tx_.now()) break;  // the next expire later
    store::take_from_lot(tx_, customer_id_, lot.id, lot.remaining);
    account_.balance -= lot.remaining;
    expired_ += lot.remaining;
    store::add_entry(tx_, customer_id_,
                     {PointsKind::expiry, -lot.remaining, account_.balance, 0, {}, lot.id, {}});
  }
}

std::vector<store::Spent> Ledger::take_from_lots(std::int64_t points, Id own_order_id) {
  auto lots = store::lots(tx_, customer_id_);
  if (own_order_id != 0) {
    std::stable_partition(lots.begin(), lots.end(),
                          [&](const store::Lot& lot) { return lot.order_id == own_order_id; });
  }
  std::vector<store::Spent> out;
  for (const auto& lot : lots) {
    if (points == 0) break;
    const auto from_this = std::min(points, lot.remaining);
    store::take_from_lot(tx_, customer_id_, lot.id, from_this);
    out.push_back({lot.id, from_this});
    points -= from_this;
  }
  return out;
}

void Ledger::settle(std::int64_t points, Id object_id) {
  if (points == 0) return;
  account_.balance -= points;
  account_.owed -= points;
  store::add_entry(tx_, customer_id_,
                   {PointsKind::settlement, -points, account_.balance, 0, {}, object_id, {}});
}

void Ledger::give(PointsKind kind, std::int64_t points, Id object_id, std::string_view note,
                  bool counts) {
  if (points == 0) return;
  const auto days = store::program(tx_).expiry_days;
  const auto settled = std::min(points, account_.owed);
  account_.balance = core::add(account_.balance, points);
  if (counts) account_.tier_points = core::add(account_.tier_points, points);
  store::NewEntry entry{kind, points, account_.balance, points - settled, {}, object_id, note};
  if (days > 0) entry.expires_at = tx_.now() + days * core::microseconds_per_day;
  store::add_entry(tx_, customer_id_, entry);
  settle(settled, object_id);
}

std::vector<store::Spent> Ledger::take(PointsKind kind, std::int64_t points, Id object_id,
                                       std::string_view note) {
  if (points == 0) return {};
  auto out = take_from_lots(points, kind == PointsKind::reversal ? object_id : 0);
  account_.balance -= points;
  store::add_entry(tx_, customer_id_, {kind, -points, account_.balance, 0, {}, object_id, note});
  return out;
}

void Ledger::put_back(std::int64_t points, Id order_id) {
  auto left = points;
  for (const auto& spent : store::spent_on(tx_, order_id)) {
    const store::Spent back{spent.lot_id, std::min(left, spent.points)};
    if (back.points == 0) break;
    store::take_from_lot(tx_, customer_id_, back.lot_id, -back.points);
    store::count_spent_back(tx_, order_id, back);
    left -= back.points;
  }
  account_.balance = core::add(account_.balance, points);
  store::add_entry(tx_, customer_id_,
                   {PointsKind::redemption_back, points, account_.balance, 0, {}, order_id, {}});
  const auto settled = std::min({points, account_.owed, account_.balance});
  take_from_lots(settled);
  settle(settled, order_id);
  book_expired();
}

std::int64_t Ledger::reverse(std::int64_t points, Id order_id, std::string_view note,
                             std::int64_t lapsed) {
  const auto gone = std::min(points, store::expired_of_order(tx_, customer_id_, order_id) - lapsed);
  const auto wanted = points - gone;
  const auto there = std::min(wanted, account_.balance);
  take(PointsKind::reversal, there, order_id, note);
  account_.owed += wanted - there;
  account_.tier_points = std::max<std::int64_t>(0, account_.tier_points - points);
  return gone;
}

Outcome Ledger::finish(std::string_view reason, Id order_id) {
  Outcome out{
      customer_id_, account_.balance - balance_before_, account_.balance, account_.tier, {}};
  const auto tiers = store::tiers(tx_);
  if (const auto* tier = tier_at(tiers, account_.tier_points)) out.tier = tier->name;
  account_.tier = out.tier;
  store::put_account(tx_, customer_id_, account_);
  if (out.points != 0) {
    core::Json json;
    json.begin_object()
        .field("points", out.points)
        .field("balance", out.balance)
        .field("reason", reason);
    if (order_id != 0) json.field("order_id", order_id);
    events::append(tx_, {"loyalty.points", "customer", customer_id_, json.end().text()});
  }
  if (out.tier != out.tier_before) {
    const auto json = core::Json{}
                          .begin_object()
                          .field("tier", std::string_view{out.tier})
                          .field("previous", std::string_view{out.tier_before})
                          .end()
                          .take();
    events::append(tx_, {"loyalty.tier", "customer", customer_id_, json});
  }
  return out;
}

}  // namespace shop::loyalty
