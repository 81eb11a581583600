#include "core/money.hpp"
#include "pricing_support.hpp"
#include "random_shop.hpp"
#include "support/run_seed.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <string>

// Random shops and carts. A case is its seed; one that fails is shrunk and told. SHOP_LONG=1 tries
// a million of them.
using namespace shop;
using namespace shop::test;

namespace {

std::int64_t how_many() {
  return std::getenv("SHOP_LONG") != nullptr ? 1'000'000 : 5'000;
}

Quote quote_of(const RandomCase& one) {
  return pricing::quote(one.rules, one.who, one.items);
}

/// What is wrong with a quote; empty when nothing is.
class Findings {
 public:
  void expect(bool good, const char* what) {
    if (!good && text_.empty()) text_ = what;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void check_lines(const Quote& quote, Findings& out) {
  std::int64_t total = quote.shipping_total.minor + quote.cash_rounding.minor;
  std::int64_t discount = 0;
  std::int64_t subtotal = 0;
  std::int64_t tax = quote.shipping_tax.minor;
  for (const auto& line : quote.lines) {
    const auto added = quote.tax_included ? 0 : line.tax.minor;
    out.expect(line.total.minor >= 0 && line.discount.minor >= 0 && line.tax.minor >= 0 &&
                   line.subtotal.minor >= 0,
               "a line is negative");
    out.expect(line.total.minor == line.subtotal.minor - line.discount.minor + added,
               "a line is not its parts");
    total += line.total.minor;
    discount += line.discount.minor;
    subtotal += line.subtotal.minor;
    tax += line.tax.minor;
  }
  out.expect(quote.total.minor == total && total >= 0, "the total is not its parts");
  out.expect(quote.discount.minor == discount, "the discount is not that of the lines");
  out.expect(quote.subtotal.minor == subtotal, "the subtotal is not that of the lines");
  out.expect(quote.tax.minor == tax, "the tax is not that of the lines and the delivery");
}

void check_rows(const Quote& quote, Findings& out) {
  std::int64_t taxes = 0;
  for (const auto& row : quote.taxes) taxes += row.amount.minor;
  out.expect(taxes == quote.tax.minor, "the taxes by rate are not the tax");
  std::int64_t goods = 0;
  for (const auto& row : quote.adjustments) {
    out.expect(row.amount.minor <= 0, "an adjustment makes it dearer");
    if (row.line) goods -= row.amount.minor;
  }
  out.expect(goods == quote.discount.minor, "the adjustments are not the discount");
  out.expect(quote.shipping_total.minor >= 0 && quote.shipping_discount.minor >= 0,
             "the delivery is negative");
}

// Each amount that a step states is the one that the steps before it led to.
void check_steps(const Quote& quote, Findings& out) {
  std::int64_t before = 0;
  bool closed = false;
  for (const auto& step : quote.steps) {
    const bool closes =
        step.kind == "line_total" || step.kind == "shipping_total" || step.kind == "total";
    if (closes) {
      out.expect(step.amount.minor == before, "the steps do not add up");
      closed = closed || step.kind == "total";
    }
    before = step.running.minor;
  }
  out.expect(closed, "the steps do not reach the total");
}

bool same(const Quote& a, const Quote& b) {
  if (a.total != b.total || a.tax != b.tax || a.discount != b.discount || a.points != b.points ||
      a.shipping_total != b.shipping_total || a.lines.size() != b.lines.size() ||
      a.adjustments.size() != b.adjustments.size() || a.steps.size() != b.steps.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.lines.size(); ++i) {
    if (a.lines[i].total != b.lines[i].total || a.lines[i].tax != b.lines[i].tax) return false;
  }
  return true;
}

// What a quote comes to is a fixed point: its own prices, quoted by hand, give them again.
void check_fixed_point(const RandomCase& one, const Quote& quote, Findings& out) {
  out.expect(same(quote, quote_of(one)), "the same again is something else");
  auto by_hand = one;
  for (std::size_t i = 0; i < by_hand.items.size(); ++i) {
    by_hand.items[i].manual_minor = quote.lines[i].unit_price.minor;
  }
  // Offers say whether a line is reduced, which a promotion may ask; prices are all that differs.
  const auto asks =
      std::any_of(one.rules.promotions.begin(), one.rules.promotions.end(), [](const Promotion& p) {
        return std::any_of(p.conditions.begin(), p.conditions.end(), [](const auto& condition) {
          return condition.kind == ConditionKind::not_reduced;
        });
      });
  if (asks) return;
  out.expect(quote_of(by_hand).total == quote.total, "its own prices give another total");
}

// With one lane, where nothing compounds, only the sum of the lines matters. Benefits that
// pick single units round on the lines that they pick, and may pick others of equal ones.
void check_order_of_lines(const RandomCase& one, Findings& out) {
  auto straight = one;
  for (auto& promotion : straight.rules.promotions) promotion.lane = promotion.seller_id = 0;
  std::erase_if(straight.rules.promotions, [](const Promotion& p) {
    return p.benefit.kind == BenefitKind::buy_get || p.benefit.kind == BenefitKind::cheapest;
  });
  straight.rules.settings.tax_rounding = TaxRounding::order;
  auto turned = straight;
  std::reverse(turned.items.begin(), turned.items.end());
  const auto there = quote_of(straight);
  const auto back = quote_of(turned);
  out.expect(there.subtotal == back.subtotal, "the order of lines changes the subtotal");
  out.expect(there.points == back.points, "the order of lines changes the points");
  if (!one.who.tax_exempt) {
    out.expect(there.discount == back.discount, "the order of lines changes the discount");
  }
}

std::string wrong_with(const RandomCase& one) {
  Findings out;
  try {
    const auto quote = quote_of(one);
    check_lines(quote, out);
    check_rows(quote, out);
    check_steps(quote, out);
    check_fixed_point(one, quote, out);
    check_order_of_lines(one, out);
  } catch (const Error& error) {
    out.expect(error.code() == Code::out_of_range, "an error that is none of a quote");
  }
  return out.take();
}

void count(const RandomCase& one, CaseCount& sums) {
  const auto quote = quote_of(one);
  ++sums.carts;
  sums.discounted += quote.discount.minor > 0 ? 1 : 0;
  sums.free += quote.total.minor == 0 ? 1 : 0;
  sums.taxed += quote.tax.minor > 0 ? 1 : 0;
  sums.delivered += quote.shipping_method_id ? 1 : 0;
  sums.rounded += quote.cash_rounding.minor != 0 ? 1 : 0;
  const auto coded = std::any_of(quote.adjustments.begin(), quote.adjustments.end(),
                                 [](const QuoteAdjustment& row) { return !row.code.empty(); });
  sums.with_code += coded ? 1 : 0;
}

std::string described(const RandomCase& one) {
  std::string out = std::to_string(one.items.size()) + " lines:";
  for (const auto& item : one.items) {
    out += " " + std::to_string(item.facts.quantity) + "x" +
           std::to_string(item.facts.list_price.minor);
  }
  out += "; promotions:";
  for (const auto& p : one.rules.promotions) {
    out += " kind " + std::to_string(static_cast<int>(p.benefit.kind)) + " lane " +
           std::to_string(p.lane);
  }
  return out;
}

}  // namespace

TEST_CASE("random shops and carts: sums, signs, fixed point, order of lines, the explanation") {
  const auto seed = run_seed();
  CaseCount sums;
  int told = 0;
  for (std::int64_t i = 0; i < how_many() && told < 3; ++i) {
    const auto own = seed + static_cast<std::uint64_t>(i);
    const auto one = random_case(own);
    const auto wrong = wrong_with(one);
    if (i % 64 == 0) {
      try {
        count(one, sums);
      } catch (const Error&) {
        ++sums.carts;
      }
    }
    if (wrong.empty()) continue;
    ++told;
    const auto least = shrunk(one, [&](const RandomCase& c) { return wrong_with(c) == wrong; });
    FAIL_CHECK("SHOP_SEED=" << own << ": " << wrong << ": " << described(least));
  }
  // A generator that never gets there proves nothing.
  CHECK(sums.discounted * 4 > sums.carts);
  CHECK(sums.taxed * 4 > sums.carts);
  CHECK(sums.delivered * 4 > sums.carts);
  CHECK(sums.with_code > 0);
  CHECK(sums.free > 0);
  CHECK(sums.rounded > 0);
}

TEST_CASE("largest remainder: shares sum to the whole and are fair to one unit") {
  std::mt19937_64 any{run_seed()};
  const auto rounds = how_many();
  for (std::int64_t i = 0; i < rounds; ++i) {
    std::vector<std::int64_t> weights(1 + any() % 12);
    for (auto& weight : weights) weight = static_cast<std::int64_t>(any() % 100'000);
    const auto sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    if (sum == 0) continue;
    const auto total = static_cast<std::int64_t>(any() % 1'000'000);
    const auto parts = core::allocate(total, weights);
    bool fair = std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total;
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const auto least = core::mul_div(total, weights[k], sum, core::Rounding::down);
      fair = fair && (parts[k] == least || parts[k] == least + 1);
      for (std::size_t j = 0; j < k; ++j) {
        // More weight never gets less.
        fair = fair && (weights[j] <= weights[k] || parts[j] >= parts[k]);
      }
    }
    if (fair) continue;
    FAIL_CHECK("round " << i << " of seed " << run_seed());
    break;
  }
}
