#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "core/fields.hpp"
#include "core/money.hpp"
#include "db/database.hpp"
#include "orders/store.hpp"
#include "pricing/checks.hpp"
#include "pricing/lint.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

#include <algorithm>

// Draft promotions are tried before anybody meets them: on generated carts, and on past orders.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::size_t k_most_drafts = 200;
constexpr std::size_t k_most_rows = 100;

std::vector<Promotion> checked(const std::vector<Promotion>& drafts, const Currency& currency) {
  core::Fields fields;
  fields.check(drafts.size() <= k_most_drafts, "promotions", "too_many", "at most 200 promotions");
  std::vector<Promotion> out;
  Id stand_in = -1;  // drafts have no id yet, and must not be taken for one another
  for (const auto& draft : drafts) {
    auto& good = out.emplace_back(pricing::checked(fields, draft, currency));
    if (good.id == 0) good.id = stand_in--;
  }
  fields.throw_if_any();
  std::stable_sort(out.begin(), out.end(), [](const Promotion& a, const Promotion& b) {
    return std::pair{a.lane, a.priority} < std::pair{b.lane, b.priority};
  });
  return out;
}

/// The shop's rules with these promotions in place of its own.
pricing::RuleSet with(const pricing::RuleSet& rules, const std::vector<Promotion>& promotions) {
  auto out = rules;
  out.promotions = promotions;
  out.needs_categories = std::any_of(promotions.begin(), promotions.end(), [](const Promotion& p) {
    return std::any_of(p.conditions.begin(), p.conditions.end(), [](const auto& condition) {
      return condition.kind == ConditionKind::categories;
    });
  });
  return out;
}

/// Every code counts as entered.
void enter_codes(const pricing::RuleSet& rules, pricing::Situation& who) {
  for (const auto& promotion : rules.promotions) {
    if (!promotion.needs_code) continue;
    pricing::CouponFacts coupon;
    coupon.code = promotion.name;
    coupon.promotion_id = promotion.id;
    who.coupons.push_back(std::move(coupon));
  }
}

pricing::Item item_of(db::Tx& tx, const pricing::RuleSet& rules, const OrderLine& line) {
  pricing::Item item;
  auto& facts = item.facts;
  facts.variant_id = line.variant_id;
  facts.product_id = line.product_id;
  facts.seller_id = line.seller_id;
  facts.category_id = line.category_id;
  facts.title = line.title;
  facts.quantity = line.quantity;
  facts.by_measure = line.by_measure;
  facts.list_price = line.unit_price;
  if (rules.needs_categories) item.category_ids = catalog::categories_of(tx, line.product_id);
  if (const auto sale = catalog::sale_item(tx, line.variant_id)) {
    item.tax_class_id = sale->tax_class_id;
  }
  return item;
}

std::int64_t goods_of(const std::vector<QuoteLine>& lines) {
  std::int64_t sum = 0;
  for (const auto& line : lines) sum = core::add(sum, line.total.minor);
  return sum;
}

BacktestRow price_again(db::Tx& tx, const pricing::RuleSet& rules, Order& order) {
  orders::store::load_parts(tx, order);
  auto who = pricing::situation_of(tx, rules, order.customer_id.value_or(0));
  who.now = order.placed_at;
  who.country = order.country;
  who.region = order.region;
  enter_codes(rules, who);
  std::vector<pricing::Item> items;
  BacktestRow row{order.id, order.number, {0, who.currency}, {0, who.currency}};
  for (const auto& line : order.lines) {
    items.push_back(item_of(tx, rules, line));
    row.before.minor = core::add(row.before.minor, line.total.minor);
  }
  row.after.minor = goods_of(pricing::quote(rules, who, items).lines);
  return row;
}

void count(Backtest& out, BacktestRow row) {
  ++out.orders;
  out.before.minor = core::add(out.before.minor, row.before.minor);
  out.after.minor = core::add(out.after.minor, row.after.minor);
  if (row.before == row.after) return;
  ++out.changed;
  out.rows.push_back(std::move(row));
  const auto change = [](const BacktestRow& r) { return std::abs(r.before.minor - r.after.minor); };
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [&](const auto& a, const auto& b) { return change(a) > change(b); });
  if (out.rows.size() > k_most_rows) out.rows.pop_back();
}

}  // namespace

std::vector<LintFinding> Pricing::lint(const Session& session, const LintInput& input) {
  const auto drafts = checked(input.promotions, db_->env().currency);
  core::Fields fields;
  fields.check(!input.variant_ids.empty() && input.variant_ids.size() <= 20, "variant_ids",
               "required", "between 1 and 20 variants");
  fields.range("max_discount_ppm", input.max_discount_ppm, 0, 1'000'000);
  fields.range("max_units", input.max_units, 1, 100);
  fields.throw_if_any();
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_lint);
    const auto own = pricing::rules(tx);
    const auto rules = drafts.empty() ? *own : with(*own, drafts);
    auto who = pricing::situation_of(tx, rules, 0);
    who.first_order = true;
    enter_codes(rules, who);
    std::vector<pricing::Item> items;
    for (std::size_t i = 0; i < input.variant_ids.size(); ++i) {
      const auto sale = catalog::sale_item(tx, input.variant_ids[i]);
      if (!sale) {
        const auto path = core::path_at("variant_ids", i);
        throw Error(Code::not_found, path + ": there is no such variant",
                    {{path, "not_found", "there is no such variant", {}}});
      }
      items.push_back(pricing::item_of(tx, rules, *sale, 1));
    }
    return pricing::lint(rules, who, items, {input.max_discount_ppm, input.max_units});
  });
}

Backtest Pricing::backtest(const Session& session, const BacktestInput& input) {
  const auto drafts = checked(input.promotions, db_->env().currency);
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_backtest);
    const auto rules = with(*pricing::rules(tx), drafts);
    OrderFilter filter;
    filter.placed_from = input.placed_from;
    filter.placed_until = input.placed_until;
    Backtest out;
    out.before = out.after = {0, tx.env().currency};
    PageQuery page{{}, 500, false};
    do {
      const auto got = orders::store::list(tx, filter, std::nullopt, page);
      for (const auto& summary : got.items) {
        if (summary.status == OrderStatus::canceled) continue;
        auto row = orders::store::order_by_id(tx, summary.id);
        count(out, price_again(tx, rules, row->order));
      }
      page.cursor = got.next_cursor;
    } while (!page.cursor.empty());
    return out;
  });
}

}  // namespace shop
