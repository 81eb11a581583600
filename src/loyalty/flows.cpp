#include "catalog/catalog.hpp"
#include "core/money.hpp"
#include "loyalty/ledger.hpp"
#include "loyalty/loyalty.hpp"
#include "loyalty/loyalty_sql.hpp"
#include "loyalty/rules.hpp"
#include "loyalty/store.hpp"
#include "orders/rules.hpp"
#include "shop/error.hpp"

#include <algorithm>

// Points follow orders, returns, reviews and referrals.
namespace shop::loyalty {

using orders::goods_value;
using orders::returned_value;

namespace {

constexpr std::int64_t k_once_ppm = 1'000'000;

std::int64_t paid_with_points(const Order& order) {
  std::int64_t minor = 0;
  for (const auto& payment : order.payments) {
    if (payment.tender == Tender::points) minor += payment.captured.minor - payment.refunded.minor;
  }
  return minor;
}

// The lines as the rules see them: what came back earns no points, and what was paid with points
// neither.
std::vector<EarningLine> earning_lines(db::Tx& tx, const Order& order, bool with_categories) {
  std::vector<std::int64_t> weights;
  std::int64_t kept = 0;
  for (const auto& line : order.lines) {
    weights.push_back(std::max<std::int64_t>(0, line.total.minor - line.refunded.minor));
    kept = core::add(kept, weights.back());
  }
  const auto not_earning = std::min(paid_with_points(order), kept);
  const auto shares = core::allocate(not_earning, weights);
  std::vector<EarningLine> out;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const auto& line = order.lines[i];
    EarningLine earning{{}, weights[i] - shares[i]};
    if (with_categories) earning.categories = catalog::categories_of(tx, line.product_id);
    out.push_back(std::move(earning));
  }
  return out;
}

// The points of the purchase rules. `multiplier_ppm` is the one that the order earned with before;
// without it, that of the customer's tier is put there.
std::int64_t points_of_order(db::Tx& tx, const Order& order,
                             std::optional<std::int64_t>& multiplier_ppm) {
  const auto rules = store::rules(tx);
  const bool any = std::any_of(rules.begin(), rules.end(), [](const auto& rule) {
    return rule.kind == LoyaltyRuleKind::purchase;
  });
  if (!any) return 0;
  const bool by_category = std::any_of(
      rules.begin(), rules.end(), [](const auto& rule) { return rule.category_id.has_value(); });
  if (!multiplier_ppm) {
    const auto tiers = store::tiers(tx);
    const auto* tier = tier_at(tiers, store::account(tx, *order.customer_id).tier_points);
    multiplier_ppm = tier != nullptr ? tier->multiplier_ppm : k_once_ppm;
  }
  return points_for(rules, earning_lines(tx, order, by_category), *multiplier_ppm, tx.now());
}

// What promotions promised, for the goods that did not come back.
std::int64_t bonus_of_order(const Order& order) {
  const auto returned = returned_value(order);
  if (returned == 0) return order.points;
  return order.points - share(order.points, returned, goods_value(order));
}

std::int64_t points_of_rules(db::Tx& tx, LoyaltyRuleKind kind, bool for_friend) {
  std::int64_t points = 0;
  for (const auto& rule : store::rules(tx)) {
    if (rule.kind != kind || !in_force(rule, tx.now())) continue;
    points = core::add(points, for_friend ? rule.friend_points : rule.points);
  }
  return points;
}

// Makes what an order has earned so many points, for the goods that did not come back.
std::optional<Outcome> earns_now(db::Tx& tx, const Order& order, store::OrderRow& row,
                                 std::int64_t earns, std::string_view reason) {
  const auto change = earns - (row.earned - row.reversed);
  std::optional<Outcome> out;
  if (change != 0) {
    Ledger ledger{tx, row.customer_id};
    if (change > 0) {
      ledger.give(PointsKind::purchase, change, order.id, order.number, true);
    } else {
      row.lapsed += ledger.reverse(-change, order.id, order.number, row.lapsed);
    }
    out = ledger.finish(reason, order.id);
  }
  row.earned = earns;
  row.reversed = 0;
  row.returned_minor = returned_value(order);
  store::put_order(tx, row);
  return out;
}

}  // namespace

std::optional<Outcome> earn_for_order(db::Tx& tx, const Order& order) {
  if (!order.customer_id) return std::nullopt;
  if (order.status != OrderStatus::confirmed && order.status != OrderStatus::completed) {
    return std::nullopt;
  }
  std::optional<std::int64_t> multiplier_ppm;
  const auto points = points_of_order(tx, order, multiplier_ppm);
  const auto bonus = bonus_of_order(order);
  if (points == 0 && bonus == 0) return std::nullopt;
  auto row = store::order(tx, order.id).value_or(store::OrderRow{order.id, *order.customer_id});
  if (row.settled) return std::nullopt;
  Ledger ledger{tx, *order.customer_id};
  ledger.give(PointsKind::purchase, points, order.id, order.number, true);
  ledger.give(PointsKind::bonus, bonus, order.id, order.number, true);
  row.earned = core::add(points, bonus);
  row.settled = true;
  row.multiplier_ppm = multiplier_ppm.value_or(k_once_ppm);
  row.returned_minor = returned_value(order);
  store::put_order(tx, row);
  return ledger.finish("purchase", order.id);
}

std::optional<Outcome> follow_edit(db::Tx& tx, const Order& order) {
  auto row = store::order(tx, order.id);
  if (!row || !row->settled || !order.customer_id) return earn_for_order(tx, order);
  std::optional multiplier_ppm{row->multiplier_ppm};
  const auto earns = core::add(points_of_order(tx, order, multiplier_ppm), bonus_of_order(order));
  return earns_now(tx, order, *row, earns, "edit");
}

std::optional<Outcome> follow_points(db::Tx& tx, const Order& before, const Order& after) {
  if (paid_with_points(before) == paid_with_points(after)) return std::nullopt;
  auto row = store::order(tx, after.id);
  if (!row || !row->settled) return std::nullopt;
  std::optional multiplier_ppm{row->multiplier_ppm};
  // The difference alone: the rules may be others than when it earned.
  const auto change =
      points_of_order(tx, after, multiplier_ppm) - points_of_order(tx, before, multiplier_ppm);
  const auto kept = row->earned - row->reversed;
  return earns_now(tx, after, *row, std::max<std::int64_t>(0, core::add(kept, change)), "payment");
}

std::optional<Outcome> reverse_for_order(db::Tx& tx, const Order& order, std::int64_t value_minor) {
  auto row = store::order(tx, order.id);
  if (!row || row->earned == row->reversed) return std::nullopt;
  const auto target = share(row->earned, value_minor - row->returned_minor,
                            goods_value(order) - row->returned_minor);
  if (target <= row->reversed) return std::nullopt;
  Ledger ledger{tx, row->customer_id};
  row->lapsed += ledger.reverse(target - row->reversed, order.id, order.number, row->lapsed);
  row->reversed = target;
  store::put_order(tx, *row);
  return ledger.finish("reversal", order.id);
}

std::int64_t redeem(db::Tx& tx, Id customer_id, Id order_id, std::int64_t minor,
                    const std::string& path) {
  const auto program = store::program(tx);
  if (program.redeem_points == 0) {
    throw Error(Code::unsupported, path + ": points are worth nothing in this shop",
                {{path, "unsupported", "points are worth nothing in this shop", {}}});
  }
  const auto points = points_to_pay(program, minor);
  Ledger ledger{tx, customer_id};
  if (customer_id == 0 || points > ledger.balance()) {
    throw Error(
        Code::insufficient_funds, path + ": there are not enough points",
        {{path,
          "insufficient_funds",
          "there are not enough points",
          {{"needed", std::to_string(points)}, {"balance", std::to_string(ledger.balance())}}}});
  }
  for (const auto& spent : ledger.take(PointsKind::redemption, points, order_id, {})) {
    store::add_spent(tx, order_id, spent);
  }
  auto row = store::order(tx, order_id).value_or(store::OrderRow{order_id, customer_id});
  row.redeemed = core::add(row.redeemed, points);
  store::put_order(tx, row);
  ledger.finish("redemption", order_id);
  return points;
}

void give_back(db::Tx& tx, Id order_id, std::int64_t refunded_minor, std::int64_t captured_minor) {
  auto row = store::order(tx, order_id);
  if (!row || refunded_minor <= 0) return;
  const auto target = share(row->redeemed, refunded_minor, captured_minor);
  if (target <= row->given_back) return;
  Ledger ledger{tx, row->customer_id};
  ledger.put_back(target - row->given_back, order_id);
  row->given_back = target;
  store::put_order(tx, *row);
  ledger.finish("redemption_back", order_id);
}

std::optional<Outcome> earn_for_review(db::Tx& tx, Id customer_id, Id review_id) {
  const auto points = points_of_rules(tx, LoyaltyRuleKind::review, false);
  if (points == 0) return std::nullopt;
  Ledger ledger{tx, customer_id};
  ledger.give(PointsKind::review, points, review_id, {}, true);
  return ledger.finish("review", 0);
}

std::vector<Outcome> pay_referral(db::Tx& tx, Id friend_id, Id order_id) {
  std::vector<Outcome> out;
  const auto referrer_id = store::take_referral(tx, friend_id, order_id);
  if (!referrer_id) return out;
  const auto pay = [&](Id customer_id, PointsKind kind, std::int64_t points, Id object_id) {
    if (points == 0) return;
    Ledger ledger{tx, customer_id};
    ledger.give(kind, points, object_id, {}, true);
    out.push_back(ledger.finish("referral", 0));
  };
  pay(*referrer_id, PointsKind::referral, points_of_rules(tx, LoyaltyRuleKind::referral, false),
      friend_id);
  pay(friend_id, PointsKind::welcome, points_of_rules(tx, LoyaltyRuleKind::referral, true),
      *referrer_id);
  return out;
}

void refer(db::Tx& tx, Id friend_id, std::string_view code) {
  std::string upper{code};
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  const auto referrer_id = store::code_owner(tx, upper);
  if (!referrer_id) {
    throw Error(Code::not_found, "referral_code: nobody has that code",
                {{"referral_code", "unknown", "nobody has that code", {}}});
  }
  if (*referrer_id == friend_id) {
    throw Error(Code::conflict, "referral_code: nobody refers themselves",
                {{"referral_code", "own", "nobody refers themselves", {}}});
  }
  if (store::has_referrer(tx, friend_id)) {
    throw Error(Code::conflict, "referral_code: somebody has brought this customer already",
                {{"referral_code", "taken", "somebody has brought this customer already", {}}});
  }
  store::add_referral(tx, friend_id, *referrer_id);
}

void erase_customer(db::Tx& tx, Id customer_id) {
  // The ledger is books and names no person; the code and a claim that was never paid are not.
  tx.exec(sql::k_code_erase, customer_id);
  tx.exec(sql::k_referral_erase, customer_id);
}

}  // namespace shop::loyalty
