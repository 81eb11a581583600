#include "catalog/catalog.hpp"
#include "core/money.hpp"
#include "loyalty/ledger.hpp"
#include "loyalty/loyalty.hpp"
#include "loyalty/loyalty_sql.hpp"
#include "loyalty/rules.hpp"
#include "loyalty/store.hpp"
#include "shop/error.hpp"

#include <algorithm>

// Points follow orders, returns, reviews and referrals.
namespace shop::loyalty {
namespace {

std::int64_t paid_with_points(const Order& order) {
  std::int64_t minor = 0;
  for (const auto& payment : order.payments) {
    if (payment.tender == Tender::points) minor += payment.captured.minor;
  }
  return minor;
}

std::int64_t goods_value(const Order& order) {
  std::int64_t minor = 0;
  for (const auto& line : order.lines) minor = core::add(minor, line.total.minor);
  return minor;
}

// The lines as the rules see them: what was paid with points earns none.
std::vector<EarningLine> earning_lines(db::Tx& tx, const Order& order, bool with_categories) {
  std::vector<std::int64_t> weights;
  for (const auto& line : order.lines) weights.push_back(line.total.minor);
  const auto not_earning = std::min(paid_with_points(order), goods_value(order));
  const auto shares = core::allocate(not_earning, weights);
  std::vector<EarningLine> out;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const auto& line = order.lines[i];
    EarningLine earning{{}, line.total.minor - shares[i]};
    if (with_categories) earning.categories = catalog::categories_of(tx, line.product_id);
    out.push_back(std::move(earning));
  }
  return out;
}

std::int64_t points_of_order(db::Tx& tx, const Order& order) {
  const auto rules = store::rules(tx);
  const bool any = std::any_of(rules.begin(), rules.end(), [](const auto& rule) {
    return rule.kind == LoyaltyRuleKind::purchase;
  });
  if (!any) return 0;
  const bool by_category = std::any_of(
      rules.begin(), rules.end(), [](const auto& rule) { return rule.category_id.has_value(); });
  const auto tiers = store::tiers(tx);
  const auto* tier = tier_at(tiers, store::account(tx, *order.customer_id).tier_points);
  return points_for(rules, earning_lines(tx, order, by_category),
                    tier != nullptr ? tier->multiplier_ppm : 1'000'000, tx.now());
}

std::int64_t points_of_rules(db::Tx& tx, LoyaltyRuleKind kind, bool for_friend) {
  std::int64_t points = 0;
  for (const auto& rule : store::rules(tx)) {
    if (rule.kind != kind || !in_force(rule, tx.now())) continue;
    points = core::add(points, for_friend ? rule.friend_points : rule.points);
  }
  return points;
}

}  // namespace

std::optional<Outcome> earn_for_order(db::Tx& tx, const Order& order) {
  if (!order.customer_id) return std::nullopt;
  if (order.status != OrderStatus::confirmed && order.status != OrderStatus::completed) {
    return std::nullopt;
  }
  const auto points = points_of_order(tx, order);
  if (points == 0 && order.points == 0) return std::nullopt;
  auto row = store::order(tx, order.id).value_or(store::OrderRow{order.id, *order.customer_id});
  if (row.settled) return std::nullopt;
  Ledger ledger{tx, *order.customer_id};
  ledger.give(PointsKind::purchase, points, order.id, order.number, true);
  ledger.give(PointsKind::bonus, order.points, order.id, order.number, true);
  row.earned = core::add(points, order.points);
  row.settled = true;
  store::put_order(tx, row);
  return ledger.finish("purchase", order.id);
}

std::optional<Outcome> follow_edit(db::Tx& tx, const Order& order) {
  auto row = store::order(tx, order.id);
  if (!row || !row->settled || !order.customer_id) return earn_for_order(tx, order);
  const auto earns = core::add(points_of_order(tx, order), order.points);
  const auto change = earns - (row->earned - row->reversed);
  if (change == 0) return std::nullopt;
  Ledger ledger{tx, row->customer_id};
  if (change > 0) {
    ledger.give(PointsKind::purchase, change, order.id, order.number, true);
  } else {
    ledger.reverse(-change, order.id, order.number);
  }
  row->earned = earns;
  row->reversed = 0;
  store::put_order(tx, *row);
  return ledger.finish("edit", order.id);
}

std::optional<Outcome> reverse_for_order(db::Tx& tx, const Order& order, std::int64_t value_minor) {
  auto row = store::order(tx, order.id);
  if (!row || row->earned == row->reversed) return std::nullopt;
  const auto target = share(row->earned, value_minor, goods_value(order));
  if (target <= row->reversed) return std::nullopt;
  Ledger ledger{tx, row->customer_id};
  ledger.reverse(target - row->reversed, order.id, order.number);
  row->reversed = target;
  store::put_order(tx, *row);
  return ledger.finish("reversal", order.id);
}

std::int64_t redeem(db::Tx& tx, Id customer_id, Id order_id, std::int64_t minor) {
  const auto program = store::program(tx);
  if (program.redeem_points == 0) {
    throw Error(Code::unsupported, "points are worth nothing in this shop");
  }
  const auto points = points_to_pay(program, minor);
  Ledger ledger{tx, customer_id};
  if (customer_id == 0 || points > ledger.balance()) {
    throw Error(
        Code::insufficient_funds, "there are not enough points",
        {{"points",
          "insufficient",
          "there are not enough points",
          {{"needed", std::to_string(points)}, {"balance", std::to_string(ledger.balance())}}}});
  }
  ledger.take(PointsKind::redemption, points, order_id, {});
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
  ledger.give(PointsKind::redemption_back, target - row->given_back, order_id, {}, false);
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
