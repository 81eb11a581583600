#include "pricing/lint.hpp"

#include "pricing/working.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace shop::pricing {
namespace {

/// So many of some of the items.
struct Line {
  std::size_t item = 0;
  std::int64_t quantity = 0;
};
using Trial = std::vector<Line>;

struct Sums {
  std::int64_t subtotal = 0;
  std::int64_t discount = 0;
  std::int64_t goods = 0;
};

/// Tries carts and keeps the smallest one of each kind of surprise.
class Linter {
 public:
  Linter(const RuleSet& rules, const Situation& who, std::span<const Item> items,
         const LintLimits& limits)
      : rules_(rules), who_(who), items_(items), limits_(limits) {}

  void run() {
    for (std::size_t a = 0; a < items_.size(); ++a) {
      for (std::int64_t n = 1; n <= limits_.max_units; ++n) look_at({{a, n}});
    }
    const std::int64_t few[] = {1, 2, 3, limits_.max_units};
    for (std::size_t a = 0; a < items_.size(); ++a) {
      for (std::size_t b = a + 1; b < items_.size(); ++b) {
        for (const auto n : few) {
          for (const auto m : few) look_at({{a, n}, {b, m}});
        }
      }
    }
  }

  std::vector<LintFinding> take() {
    std::vector<LintFinding> out;
    for (auto& [kind, found] : found_) out.push_back(std::move(found.finding));
    return out;
  }

 private:
  struct Found {
    std::int64_t units = 0;
    LintFinding finding;
  };

  [[nodiscard]] Sums price(const Trial& trial) const {
    std::vector<Item> items;
    for (const auto& line : trial) {
      items.push_back(items_[line.item]);
      items.back().facts.quantity = line.quantity;
    }
    const auto quoted = quote(rules_, who_, items);
    Sums out;
    out.subtotal = quoted.subtotal.minor;
    out.discount = quoted.discount.minor;
    for (const auto& line : quoted.lines) out.goods += line.total.minor;
    return out;
  }

  void look_at(const Trial& trial) {
    const auto now = price(trial);
    if (now.subtotal <= 0) return;
    if (now.goods == 0) report("free_order", "the goods cost nothing", trial, now);
    if (core::Int128{now.discount} * k_million >
        core::Int128{now.subtotal} * limits_.max_discount_ppm) {
      report(
          "discount_above_limit",
          fmt::format("{} of {} is taken off", core::format_amount({now.discount, who_.currency}),
                      core::format_amount({now.subtotal, who_.currency})),
          trial, now);
    }
    for (std::size_t i = 0; i < trial.size(); ++i) {
      auto larger = trial;
      ++larger[i].quantity;
      const auto more = price(larger);
      if (more.goods >= now.goods) continue;
      report("larger_is_cheaper",
             fmt::format("one more costs {} less",
                         core::format_amount({now.goods - more.goods, who_.currency})),
             trial, now);
    }
    if (trial.size() < 2) return;
    Trial turned{trial.rbegin(), trial.rend()};
    if (price(turned).goods != now.goods) {
      report("order_matters", "the same lines in another order cost something else", trial, now);
    }
  }

  void report(const std::string& kind, std::string message, const Trial& trial, const Sums& sums) {
    std::int64_t units = 0;
    for (const auto& line : trial) units += line.quantity;
    const auto known = found_.find(kind);
    if (known != found_.end() && known->second.units <= units) return;
    Found found;
    found.units = units;
    found.finding.kind = kind;
    found.finding.message = std::move(message);
    found.finding.subtotal = {sums.subtotal, who_.currency};
    found.finding.total = {sums.goods, who_.currency};
    for (const auto& line : trial) {
      found.finding.cart.push_back({items_[line.item].facts.variant_id, line.quantity});
    }
    found_[kind] = std::move(found);
  }

  const RuleSet& rules_;
  const Situation& who_;
  std::span<const Item> items_;
  const LintLimits& limits_;
  std::map<std::string, Found> found_;
};

}  // namespace

std::vector<LintFinding> lint(const RuleSet& rules, const Situation& who,
                              std::span<const Item> items, const LintLimits& limits) {
  Linter linter{rules, who, items, limits};
  linter.run();
  return linter.take();
}

}  // namespace shop::pricing
