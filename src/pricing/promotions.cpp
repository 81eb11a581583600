#include "pricing/working.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include <fmt/format.h>

// Which promotions apply: first each is asked by itself whether its conditions hold, then the best
// of each lane is taken, lane after lane, and last that is compared with each exclusive one alone.
namespace shop::pricing {
namespace {

/// A promotion whose conditions hold.
struct Candidate {
  const Promotion* promotion;
  const CouponFacts* coupon;  ///< that unlocked it
  std::vector<std::size_t> lines;
};

struct Applied {
  const Candidate* candidate;
  Reduction reduction;
};

/// One way to price the cart.
struct Plan {
  std::vector<std::int64_t> left;
  std::vector<Applied> applied;
  std::int64_t value = 0;
  std::int64_t off_delivery = 0;
};

Id winner_of(const Plan& plan, const Promotion& loser) {
  for (const auto& applied : plan.applied) {
    const auto& winner = *applied.candidate->promotion;
    if (winner.lane == loser.lane && winner.seller_id == loser.seller_id) return winner.id;
  }
  return plan.applied.empty() ? 0 : plan.applied.front().candidate->promotion->id;
}

std::string name_of(const Plan& plan, Id id) {
  for (const auto& applied : plan.applied) {
    if (applied.candidate->promotion->id == id) return applied.candidate->promotion->name;
  }
  return {};
}

std::string message_of(std::string_view reason) {
  struct Row {
    std::string_view reason, message;
  };
  static constexpr Row k_rows[] = {
      {"not_started", "has not started yet"},
      {"ended", "is over"},
      {"code_missing", "needs a code"},
      {"coupon_unknown", "is not a code of this shop"},
      {"coupon_inactive", "is not valid any more"},
      {"used_up", "has been used up"},
      {"customer_used_up", "has been used as often as one customer may"},
      {"no_matching_lines", "nothing in the cart belongs to it"},
      {"wrong_group", "is for other customers"},
      {"not_first_order", "is for a first order"},
      {"wrong_country", "is not for this country"},
      {"nothing_to_discount", "there is nothing left to take off"},
  };
  for (const auto& row : k_rows) {
    if (row.reason == reason) return std::string{row.message};
  }
  return std::string{reason};
}

void reject(Working& w, const Promotion& promotion, const CouponFacts* coupon, const Match& match) {
  QuoteRejection row;
  row.promotion_id = promotion.id;
  row.name = promotion.name;
  if (coupon != nullptr) row.code = coupon->code;
  row.reason = match.reason;
  row.message = message_of(match.reason);
  if (match.missing_minor) {
    row.missing_amount = w.money(*match.missing_minor);
    row.message = fmt::format("add {} more to get it", core::format_amount(*row.missing_amount));
  }
  if (match.missing_quantity) {
    row.missing_quantity = match.missing_quantity;
    row.message = fmt::format("add {} more to get it", *match.missing_quantity);
  }
  w.out.rejections.push_back(std::move(row));
}

const CouponFacts* coupon_for(const Working& w, Id promotion_id) {
  const CouponFacts* found = nullptr;
  for (const auto& coupon : w.who.coupons) {
    if (coupon.promotion_id != promotion_id) continue;
    const bool usable = coupon.active && !coupon.used_up && !coupon.customer_used_up;
    if (usable) return &coupon;
    found = &coupon;
  }
  return found;
}

std::string_view blocked_by_coupon(const Promotion& promotion, const CouponFacts* coupon) {
  if (!promotion.needs_code) return {};
  if (coupon == nullptr) return "code_missing";
  if (!coupon->active) return "coupon_inactive";
  if (coupon->used_up) return "used_up";
  return coupon->customer_used_up ? "customer_used_up" : std::string_view{};
}

std::string_view blocked(const Promotion& promotion, const CouponFacts* coupon, const Working& w) {
  if (promotion.starts_at && w.who.now < *promotion.starts_at) return "not_started";
  if (promotion.ends_at && w.who.now >= *promotion.ends_at) return "ended";
  for (const auto& use : w.who.uses) {
    if (use.promotion_id != promotion.id) continue;
    if (use.used_up) return "used_up";
    if (use.customer_used_up) return "customer_used_up";
  }
  return blocked_by_coupon(promotion, coupon);
}

std::vector<Candidate> find_candidates(Working& w) {
  std::vector<Candidate> out;
  for (const auto& promotion : w.rules.promotions) {
    const auto* coupon = promotion.needs_code ? coupon_for(w, promotion.id) : nullptr;
    Match match;
    match.reason = blocked(promotion, coupon, w);
    if (match.holds()) match = match_conditions(promotion, w);
    if (match.holds()) {
      out.push_back({&promotion, coupon, std::move(match.lines)});
    } else {
      reject(w, promotion, coupon, match);
    }
  }
  return out;
}

std::int64_t delivery_price(const Working& w, const std::vector<std::int64_t>& left) {
  const auto* method = chosen_method(w);
  if (method == nullptr) return 0;
  std::int64_t goods = 0;
  for (const auto amount : left) goods = core::add(goods, amount);
  return shipping_price(w, *method, goods).value_or(0);
}

Reduction reduce(const Working& w, const Candidate& candidate, const Plan& plan) {
  return work_out(*candidate.promotion,
                  {w, candidate.lines, plan.left,
                   std::max<std::int64_t>(0, delivery_price(w, plan.left) - plan.off_delivery)});
}

void take(Plan& plan, const Candidate& candidate, Reduction reduction) {
  plan.value = core::add(plan.value, reduction.value());
  plan.off_delivery = core::add(plan.off_delivery, reduction.shipping);
  for (std::size_t i = 0; i < reduction.parts.size(); ++i) plan.left[i] -= reduction.parts[i];
  plan.applied.push_back({&candidate, std::move(reduction)});
}

// Takes the best of one seller's promotions of a lane. Result: the next seller that has some there.
std::optional<Id> take_best(const Working& w, std::span<const Candidate> lane, Id seller_id,
                            Plan& plan) {
  const Candidate* best = nullptr;
  Reduction best_reduction;
  std::optional<Id> next;
  for (const auto& candidate : lane) {
    const auto owner = candidate.promotion->seller_id;
    if (owner > seller_id && (!next || owner < *next)) next = owner;
    if (candidate.promotion->exclusive || owner != seller_id) continue;
    auto reduction = reduce(w, candidate, plan);
    if (reduction.value() == 0 && reduction.points == 0) continue;
    if (best != nullptr && reduction.value() <= best_reduction.value()) continue;
    best = &candidate;
    best_reduction = std::move(reduction);
  }
  if (best != nullptr) take(plan, *best, std::move(best_reduction));
  return next;
}

// Candidates are ordered by lane, priority and id: the first of equal ones wins. Within a lane the
// shop's and each seller's own compete among themselves.
Plan plan_lanes(const Working& w, const std::vector<Candidate>& candidates) {
  Plan plan{w.left, {}, 0, 0};
  for (std::size_t from = 0; from < candidates.size();) {
    auto to = from;
    const auto lane = candidates[from].promotion->lane;
    while (to < candidates.size() && candidates[to].promotion->lane == lane) ++to;
    const std::span same{candidates.data() + from, to - from};
    std::optional<Id> seller = 0;
    while (seller) seller = take_best(w, same, *seller, plan);
    from = to;
  }
  return plan;
}

Plan plan_best(const Working& w, const std::vector<Candidate>& candidates) {
  auto best = plan_lanes(w, candidates);
  for (const auto& candidate : candidates) {
    if (!candidate.promotion->exclusive) continue;
    Plan alone{w.left, {}, 0, 0};
    auto reduction = reduce(w, candidate, alone);
    if (reduction.value() == 0 && reduction.points == 0) continue;
    take(alone, candidate, std::move(reduction));
    if (alone.value > best.value || best.applied.empty()) best = std::move(alone);
  }
  return best;
}

// Why a promotion whose conditions hold is not in the plan.
void explain_losers(Working& w, const std::vector<Candidate>& candidates, const Plan& plan) {
  for (const auto& candidate : candidates) {
    const auto& promotion = *candidate.promotion;
    if (!name_of(plan, promotion.id).empty()) continue;
    Match match;
    const Plan fresh{w.left, {}, 0, 0};
    const auto alone = reduce(w, candidate, fresh);
    const bool gives = alone.value() != 0 || alone.points != 0;
    match.reason = gives ? "lane_lost" : "nothing_to_discount";
    reject(w, promotion, candidate.coupon, match);
    if (!gives) continue;
    const auto winner = name_of(plan, winner_of(plan, promotion));
    const bool exclusive =
        promotion.exclusive ||
        (plan.applied.size() == 1 && plan.applied.front().candidate->promotion->exclusive);
    if (exclusive) w.out.rejections.back().reason = "exclusive_lost";
    w.out.rejections.back().message = fmt::format("“{}” is better for you", winner);
  }
}

void reject_unknown_codes(Working& w) {
  for (const auto& coupon : w.who.coupons) {
    const bool known = std::any_of(w.rules.promotions.begin(), w.rules.promotions.end(),
                                   [&](const Promotion& p) { return p.id == coupon.promotion_id; });
    if (known) continue;
    const std::string reason = coupon.promotion_id == 0 ? "coupon_unknown" : "coupon_inactive";
    w.out.rejections.push_back(
        {coupon.promotion_id, coupon.code, coupon.code, reason, message_of(reason), {}, {}});
  }
}

void write_adjustments(Working& w, const Applied& applied) {
  const auto& promotion = *applied.candidate->promotion;
  const auto* coupon = applied.candidate->coupon;
  const auto kind = coupon != nullptr ? AdjustmentKind::coupon : AdjustmentKind::promotion;
  for (std::size_t i = 0; i < applied.reduction.parts.size(); ++i) {
    const auto part = applied.reduction.parts[i];
    if (part == 0) continue;
    w.out.adjustments.push_back({kind, promotion.id, promotion.name,
                                 coupon != nullptr ? coupon->code : std::string{},
                                 static_cast<std::int64_t>(i), w.money(-part)});
  }
  if (applied.reduction.points != 0) {
    w.out.points = core::add(w.out.points, applied.reduction.points);
    w.out.adjustments.push_back({kind, promotion.id, promotion.name,
                                 coupon != nullptr ? coupon->code : std::string{}, std::nullopt,
                                 w.money(0)});
  }
}

}  // namespace

std::vector<ShippingGrant> apply_promotions(Working& w) {
  if (w.rules.promotions.empty() && w.who.coupons.empty()) return {};
  const auto candidates = find_candidates(w);
  const auto plan = plan_best(w, candidates);
  reject_unknown_codes(w);
  explain_losers(w, candidates, plan);
  std::vector<ShippingGrant> grants;
  for (const auto& applied : plan.applied) {
    write_adjustments(w, applied);
    if (applied.reduction.shipping == 0) continue;
    const auto& promotion = *applied.candidate->promotion;
    const auto* coupon = applied.candidate->coupon;
    auto most = promotion.benefit.amount.minor;
    if (promotion.max_discount && (most == 0 || promotion.max_discount->minor < most)) {
      most = promotion.max_discount->minor;
    }
    grants.push_back(
        {promotion.id, promotion.name, coupon != nullptr ? coupon->code : std::string{}, most});
  }
  w.left = plan.left;
  return grants;
}

}  // namespace shop::pricing
