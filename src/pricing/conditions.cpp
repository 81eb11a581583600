#include "pricing/working.hpp"

#include <algorithm>
#include <array>

// A condition is a row of a table: either it narrows the lines that a promotion looks at, or it
// asks something of the lines that are left.
namespace shop::pricing {
namespace {

bool has(const std::vector<Id>& ids, Id id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

using Narrows = bool (*)(const PromotionCondition&, const Working&, std::size_t line);
using Asks = void (*)(const PromotionCondition&, const Working&, Match&);

bool is_product(const PromotionCondition& c, const Working& w, std::size_t i) {
  return has(c.ids, w.out.lines[i].product_id);
}
bool is_variant(const PromotionCondition& c, const Working& w, std::size_t i) {
  return has(c.ids, w.out.lines[i].variant_id);
}
bool is_in_category(const PromotionCondition& c, const Working& w, std::size_t i) {
  const auto& in = w.items[i].category_ids;
  return std::any_of(in.begin(), in.end(), [&](Id id) { return has(c.ids, id); });
}
bool is_of_seller(const PromotionCondition& c, const Working& w, std::size_t i) {
  return has(c.ids, w.out.lines[i].seller_id);
}
bool is_not_reduced(const PromotionCondition&, const Working& w, std::size_t i) {
  const auto& line = w.out.lines[i];
  return line.price_source == PriceSource::list &&
         (!line.compare_at || line.compare_at->minor <= line.unit_price.minor);
}

void asks_group(const PromotionCondition& c, const Working& w, Match& match) {
  const auto& groups = w.who.group_ids;
  const bool in = std::any_of(groups.begin(), groups.end(), [&](Id id) { return has(c.ids, id); });
  if (!in) match.reason = "wrong_group";
}
void asks_first_order(const PromotionCondition&, const Working& w, Match& match) {
  if (!w.who.first_order) match.reason = "not_first_order";
}
void asks_country(const PromotionCondition& c, const Working& w, Match& match) {
  if (std::find(c.texts.begin(), c.texts.end(), w.who.country) == c.texts.end()) {
    match.reason = "wrong_country";
  }
}
// Before discounts, so that a discount can never take away its own reason.
void asks_subtotal(const PromotionCondition& c, const Working& w, Match& match) {
  std::int64_t sum = 0;
  for (const auto i : match.lines) sum = core::add(sum, w.base[i]);
  if (sum >= c.amount.minor) return;
  match.reason = "subtotal_below";
  match.missing_minor = c.amount.minor - sum;
}
void asks_quantity(const PromotionCondition& c, const Working& w, Match& match) {
  std::int64_t units = 0;
  for (const auto i : match.lines) units = core::add(units, units_of(w.out.lines[i]));
  if (units >= c.number) return;
  match.reason = "quantity_below";
  match.missing_quantity = c.number - units;
}

struct Row {
  ConditionKind kind;
  Narrows narrows;
  Asks asks;
};

constexpr std::array k_conditions{
    Row{ConditionKind::products, is_product, nullptr},
    Row{ConditionKind::variants, is_variant, nullptr},
    Row{ConditionKind::categories, is_in_category, nullptr},
    Row{ConditionKind::sellers, is_of_seller, nullptr},
    Row{ConditionKind::not_reduced, is_not_reduced, nullptr},
    Row{ConditionKind::customer_groups, nullptr, asks_group},
    Row{ConditionKind::first_order, nullptr, asks_first_order},
    Row{ConditionKind::subtotal, nullptr, asks_subtotal},
    Row{ConditionKind::quantity, nullptr, asks_quantity},
    Row{ConditionKind::countries, nullptr, asks_country},
};

const Row& row_of(ConditionKind kind) {
  return *std::find_if(k_conditions.begin(), k_conditions.end(),
                       [&](const Row& row) { return row.kind == kind; });
}

bool line_fits(const Promotion& promotion, const Working& w, std::size_t line) {
  return std::all_of(promotion.conditions.begin(), promotion.conditions.end(),
                     [&](const PromotionCondition& condition) {
                       const auto& row = row_of(condition.kind);
                       return row.narrows == nullptr || row.narrows(condition, w, line);
                     });
}

}  // namespace

Match match_conditions(const Promotion& promotion, const Working& w) {
  Match match;
  for (std::size_t i = 0; i < w.items.size(); ++i) {
    if (line_fits(promotion, w, i)) match.lines.push_back(i);
  }
  if (match.lines.empty()) match.reason = "no_matching_lines";
  for (const auto& condition : promotion.conditions) {
    if (!match.holds()) break;
    if (const auto asks = row_of(condition.kind).asks) asks(condition, w, match);
  }
  return match;
}

}  // namespace shop::pricing
