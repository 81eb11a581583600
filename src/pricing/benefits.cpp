#include "pricing/working.hpp"

#include <algorithm>
#include <array>
#include <numeric>

// A benefit is a row of a table: from the matching lines and what is left of them to what comes
// off.
namespace shop::pricing {
namespace {

using Gives = Reduction (*)(const PromotionBenefit&, const BenefitInput&);

std::vector<std::int64_t> left_of(const BenefitInput& in) {
  std::vector<std::int64_t> out;
  out.reserve(in.lines.size());
  for (const auto i : in.lines) out.push_back(in.left[i]);
  return out;
}

std::int64_t sum(const std::vector<std::int64_t>& amounts) {
  std::int64_t total = 0;
  for (const auto amount : amounts) total = core::add(total, amount);
  return total;
}

Reduction nothing(const BenefitInput& in) {
  return {std::vector<std::int64_t>(in.left.size(), 0), 0, 0};
}

// Spreads an amount over the matching lines in proportion to what is left of them.
Reduction spread(const BenefitInput& in, std::int64_t amount) {
  auto out = nothing(in);
  const auto weights = left_of(in);
  const auto parts = core::allocate(std::min(amount, sum(weights)), weights);
  for (std::size_t k = 0; k < in.lines.size(); ++k) out.parts[in.lines[k]] = parts[k];
  return out;
}

Reduction percent(const PromotionBenefit& b, const BenefitInput& in) {
  return spread(in, core::mul_div(sum(left_of(in)), b.rate_ppm, k_million, in.w.rounding));
}

Reduction amount(const PromotionBenefit& b, const BenefitInput& in) {
  return spread(in, b.amount.minor);
}

Reduction unit_amount(const PromotionBenefit& b, const BenefitInput& in) {
  auto out = nothing(in);
  for (const auto i : in.lines) {
    out.parts[i] = std::min(in.left[i], core::mul(b.amount.minor, units_of(in.w.out.lines[i])));
  }
  return out;
}

Reduction fixed_price(const PromotionBenefit& b, const BenefitInput& in) {
  auto out = nothing(in);
  for (const auto i : in.lines) {
    const auto& line = in.w.out.lines[i];
    const auto target = line_amount(b.amount.minor, line.quantity, line.by_measure, in.w.rounding);
    out.parts[i] = std::max<std::int64_t>(0, in.left[i] - target);
  }
  return out;
}

// Takes `rate_ppm` off the cheapest `count` of the matching units.
Reduction cheapest_units(const PromotionBenefit& b, const BenefitInput& in, std::int64_t count) {
  auto out = nothing(in);
  std::vector<std::size_t> order{in.lines.begin(), in.lines.end()};
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return in.w.out.lines[x].unit_price.minor < in.w.out.lines[y].unit_price.minor;
  });
  for (const auto i : order) {
    const auto units = units_of(in.w.out.lines[i]);
    const auto taken = std::min(units, count);
    if (taken == 0) break;
    count -= taken;
    const auto worth = core::mul_div(in.left[i], taken, units, core::Rounding::down);
    out.parts[i] = core::mul_div(worth, b.rate_ppm, k_million, in.w.rounding);
  }
  return out;
}

std::int64_t matching_units(const BenefitInput& in) {
  std::int64_t units = 0;
  for (const auto i : in.lines) units = core::add(units, units_of(in.w.out.lines[i]));
  return units;
}

Reduction buy_get(const PromotionBenefit& b, const BenefitInput& in) {
  const auto units = matching_units(in);
  const auto group = core::add(b.buy, b.get);
  const auto rest = std::max<std::int64_t>(0, units % group - b.buy);
  return cheapest_units(b, in, core::add(core::mul(units / group, b.get), rest));
}

Reduction cheapest(const PromotionBenefit& b, const BenefitInput& in) {
  return cheapest_units(b, in, std::min(b.get, matching_units(in)));
}

Reduction free_shipping(const PromotionBenefit& b, const BenefitInput& in) {
  const auto most = b.amount.minor == 0 ? in.shipping : b.amount.minor;
  return {{}, std::min(most, in.shipping), 0};
}

Reduction points(const PromotionBenefit& b, const BenefitInput&) {
  return {{}, 0, b.number};
}

struct Row {
  BenefitKind kind;
  Gives gives;
};

constexpr std::array k_benefits{
    Row{BenefitKind::percent, percent},
    Row{BenefitKind::amount, amount},
    Row{BenefitKind::unit_amount, unit_amount},
    Row{BenefitKind::fixed_price, fixed_price},
    Row{BenefitKind::buy_get, buy_get},
    Row{BenefitKind::cheapest, cheapest},
    Row{BenefitKind::free_shipping, free_shipping},
    Row{BenefitKind::points, points},
};

}  // namespace

std::int64_t Reduction::value() const {
  return std::accumulate(parts.begin(), parts.end(), shipping);
}

Reduction work_out(const Promotion& promotion, const BenefitInput& input) {
  const auto& row = *std::find_if(k_benefits.begin(), k_benefits.end(), [&](const Row& candidate) {
    return candidate.kind == promotion.benefit.kind;
  });
  auto out = row.gives(promotion.benefit, input);
  if (!promotion.max_discount || out.value() <= promotion.max_discount->minor) return out;
  const auto most = promotion.max_discount->minor;
  if (out.parts.empty()) {
    out.shipping = most;
  } else {
    out.parts = core::allocate(most, out.parts);
  }
  return out;
}

}  // namespace shop::pricing
