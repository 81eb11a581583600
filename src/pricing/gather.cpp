#include "catalog/hooks.hpp"
#include "core/fields.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "pricing/offer_store.hpp"
#include "pricing/offers_sql.hpp"
#include "pricing/pricing.hpp"
#include "pricing/rule_store.hpp"
#include "pricing/working.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace shop::pricing {

namespace {

/// The rules of the shops that are open, as they were last read. A shop is known by its keys: each
/// one that is opened has its own. Only what is committed gets in, and each change has a version.
class KeptRules {
 public:
  using Shop = std::shared_ptr<core::KeyRing>;
  using Rules = std::shared_ptr<const RuleSet>;

  Rules find(const Shop& shop, std::int64_t version) {
    const std::lock_guard lock{mutex_};
    const auto at = place_of(shop);
    return at != kept_.end() && at->rules->version == version ? at->rules : nullptr;
  }
  void keep(const Shop& shop, Rules rules) {
    const std::lock_guard lock{mutex_};
    std::erase_if(kept_, [](const Kept& kept) { return kept.shop.expired(); });
    const auto at = place_of(shop);
    if (at == kept_.end()) {
      kept_.push_back({shop, std::move(rules)});
    } else if (at->rules->version < rules->version) {
      at->rules = std::move(rules);
    }
  }
  void forget(const Shop& shop) {
    const std::lock_guard lock{mutex_};
    if (const auto at = place_of(shop); at != kept_.end()) kept_.erase(at);
  }

 private:
  struct Kept {
    std::weak_ptr<core::KeyRing> shop;
    Rules rules;
  };
  std::vector<Kept>::iterator place_of(const Shop& shop) {
    return std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
      return !kept.shop.owner_before(shop) && !shop.owner_before(kept.shop);
    });
  }

  std::mutex mutex_;
  std::vector<Kept> kept_;
};

KeptRules& kept_rules() {
  static KeptRules instance;
  return instance;
}

}  // namespace

// A shop that never had a rule pays one read for that; others read theirs once per change.
std::shared_ptr<const RuleSet> rules(db::Tx& tx) {
  static const auto none = std::make_shared<const RuleSet>();
  const auto version = store::version(tx);
  if (version == 0) return none;
  const auto& shop = tx.env().keys;
  if (!shop) return store::load_rules(tx);
  if (auto kept = kept_rules().find(shop, version)) return kept;
  auto loaded = store::load_rules(tx);
  if (tx.writable()) {  // what this transaction or its group changed may still be undone
    tx.after_commit([shop, loaded] { kept_rules().keep(shop, loaded); });
  } else {
    kept_rules().keep(shop, loaded);
  }
  return loaded;
}

void forget_rules(db::Tx& tx) {
  tx.after_commit([shop = tx.env().keys] { kept_rules().forget(shop); });
}

Situation situation_of(db::Tx& tx, const RuleSet& rules, Id customer_id) {
  Situation out;
  out.now = tx.now();
  out.currency = tx.env().currency;
  out.customer_id = customer_id;
  if (rules.has_groups && customer_id != 0) store::load_groups(tx, customer_id, out);
  return out;
}

bool knows_code(db::Tx& tx, std::string_view folded) {
  return store::coupon_by_code(tx, folded).has_value();
}

void add_coupons(db::Tx& tx, std::span<const std::string> codes, Id owner_id,
                 Situation& situation) {
  for (const auto& code : codes) {
    CouponFacts facts;
    facts.code = code;
    if (const auto coupon = store::coupon_by_code(tx, core::fold(code))) {
      facts.coupon_id = coupon->id;
      facts.promotion_id = coupon->promotion_id;
      facts.active = coupon->active;
      facts.used_up = coupon->use_limit && coupon->used >= *coupon->use_limit;
      facts.customer_used_up =
          coupon->customer_use_limit && owner_id != 0 &&
          store::coupon_uses_by_owner(tx, owner_id, coupon->promotion_id, coupon->id) >=
              *coupon->customer_use_limit;
    }
    situation.coupons.push_back(std::move(facts));
  }
}

void add_uses(db::Tx& tx, const RuleSet& rules, Id owner_id, Situation& situation) {
  for (const auto& promotion : rules.promotions) {
    if (!promotion.use_limit && !promotion.customer_use_limit) continue;
    PromotionUse use;
    use.promotion_id = promotion.id;
    use.used_up = promotion.use_limit && store::uses_of(tx, promotion.id) >= *promotion.use_limit;
    use.customer_used_up =
        promotion.customer_use_limit && owner_id != 0 &&
        store::uses_by_owner(tx, owner_id, promotion.id) >= *promotion.customer_use_limit;
    situation.uses.push_back(use);
  }
}

namespace {

Money lowest_of_30_days(db::Tx& tx, const RuleSet& rules, const catalog::SaleItem& sale) {
  Variant variant;
  variant.id = sale.variant_id;
  variant.price = sale.price;
  auto lowest = sale.price;
  const auto since = tx.now() - 30 * core::microseconds_per_day;
  for (const auto& point : catalog::price_history(tx, variant)) {
    if (point.until && *point.until < since) continue;
    if (point.price.minor < lowest.minor) lowest = point.price;
  }
  if (!rules.has_offers) return lowest;
  // An offer that goes on is the reduction itself, not what it is compared with.
  const auto offered = store::lowest_schedule_over(tx, sale.variant_id, since, tx.now());
  if (offered) lowest.minor = std::min(lowest.minor, *offered);
  return lowest;
}

}  // namespace

Item item_of(db::Tx& tx, const RuleSet& rules, const catalog::SaleItem& sale,
             std::int64_t quantity) {
  Item out;
  auto& facts = out.facts;
  facts.variant_id = sale.variant_id;
  facts.product_id = sale.product_id;
  facts.seller_id = sale.seller_id;
  facts.category_id = sale.category_id;
  facts.sku = sale.sku;
  facts.title = sale.title;
  facts.variant_title = sale.variant_title;
  facts.quantity = quantity;
  facts.by_measure = sale.by_measure;
  facts.list_price = sale.price;
  facts.compare_at = sale.compare_at;
  out.tax_class_id = sale.tax_class_id;
  out.weight_grams = sale.weight_grams;
  if (rules.has_offers || sale.compare_at) facts.lowest_30d = lowest_of_30_days(tx, rules, sale);
  if (rules.has_offers) out.offers = store::offers_of(tx, sale.variant_id);
  if (rules.needs_categories) out.category_ids = catalog::categories_of(tx, sale.product_id);
  return out;
}

std::int64_t unit_price(const Item& item, const Situation& situation, std::string_view path) {
  const auto minor = best_price(item, situation).minor;
  const auto& line = item.facts;
  try {
    (void)line_amount(minor, line.quantity, line.by_measure, core::Rounding::down);
  } catch (const Error& error) {
    const std::string field{path};
    throw Error(error.code(), field + ": so many cost more than can be counted",
                {{field, "out_of_range", "so many cost more than can be counted", {}}});
  }
  return minor;
}

namespace {

[[noreturn]] void used_up(const std::string& name, std::string path = "coupons") {
  throw Error(Code::coupon_rejected, name + " has been used up",
              {{std::move(path), "used_up", name + " has been used up", {}}});
}

bool gave_something(const Quote& quote, Id promotion_id) {
  return std::any_of(quote.adjustments.begin(), quote.adjustments.end(), [&](const auto& a) {
    // One of nothing promises points, but where a free delivery found nothing left to take off.
    return a.source_id == promotion_id &&
           (a.amount.minor != 0 || a.kind != AdjustmentKind::free_shipping);
  });
}

void redeem_one(db::Tx& tx, const Promotion& promotion, const Quote& quote, Id order_id,
                Id owner_id) {
  store::Redemption redemption{promotion.id, 0};
  for (const auto& adjustment : quote.adjustments) {
    if (adjustment.source_id != promotion.id || adjustment.code.empty()) continue;
    const auto coupon = store::coupon_by_code(tx, core::fold(adjustment.code));
    if (!coupon || !store::use_coupon(tx, coupon->id)) used_up(adjustment.code);
    redemption.coupon_id = coupon->id;
    break;
  }
  if (!store::use_promotion(tx, promotion.id, promotion.use_limit.value_or(max_magnitude))) {
    used_up(promotion.name);
  }
  store::add_redemption(tx, order_id, owner_id, redemption);
}

}  // namespace

void redeem(db::Tx& tx, const RuleSet& rules, const Quote& quote, Id order_id, Id owner_id) {
  for (const auto& promotion : rules.promotions) {
    const bool counted =
        promotion.needs_code || promotion.use_limit || promotion.customer_use_limit;
    if (counted && gave_something(quote, promotion.id)) {
      redeem_one(tx, promotion, quote, order_id, owner_id);
    }
  }
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    const auto& line = quote.lines[i];
    if (line.price_source != PriceSource::flash) continue;
    if (!store::sell_flash(tx, line.price_source_id, line.quantity)) {
      used_up(line.price_name, core::path_at("lines", i));
    }
  }
}

void give_back_uses(db::Tx& tx, Id order_id) {
  for (const auto& redemption : store::redemptions_of(tx, order_id)) {
    store::return_redemption(tx, order_id, redemption);
  }
}

void undo_uses(db::Tx& tx, Id order_id) {
  give_back_uses(tx, order_id);
  store::forget_redemptions(tx, order_id);
}

RuleSet rules_with(db::Tx& tx, std::span<const Id> ids) {
  auto out = *rules(tx);
  std::vector<Promotion> promotions;
  for (auto& promotion : store::promotions(tx)) {
    const bool wanted = std::find(ids.begin(), ids.end(), promotion.id) != ids.end();
    if (!promotion.active && !wanted) continue;
    for (const auto& condition : promotion.conditions) {
      if (condition.kind == ConditionKind::categories) out.needs_categories = true;
    }
    promotions.push_back(std::move(promotion));
  }
  out.promotions = std::move(promotions);
  return out;
}

void give_back_flash(db::Tx& tx, Id schedule_id, std::int64_t units) {
  store::give_back_flash(tx, schedule_id, units);
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto promotions = tx.query(sql::k_verify_promotions);
  while (promotions.next()) {
    const auto where = fmt::format("promotion {}", promotions.integer(0));
    if (promotions.integer(1) != promotions.integer(2)) {
      findings.add("pricing.uses", where,
                   fmt::format("was used {} times, its redemptions are {}", promotions.integer(1),
                               promotions.integer(2)));
    }
    if (!promotions.is_null(3) && promotions.integer(2) > promotions.integer(3)) {
      findings.add(
          "pricing.limit", where,
          fmt::format("was used {} times of {}", promotions.integer(2), promotions.integer(3)));
    }
  }
  findings.checked();
  auto customers = tx.query(sql::k_verify_customer_uses);
  while (customers.next()) {
    findings.add("pricing.customer_limit",
                 fmt::format("promotion {} coupon {} customer {}", customers.integer(0),
                             customers.integer(1), customers.integer(2)),
                 fmt::format("used {} times of {}", customers.integer(3), customers.integer(4)));
  }
  findings.checked();
  auto coupons = tx.query(sql::k_verify_coupons);
  while (coupons.next()) {
    if (coupons.integer(1) == coupons.integer(2)) continue;
    findings.add("pricing.uses", fmt::format("coupon {}", coupons.view(0)),
                 fmt::format("was used {} times, its redemptions are {}", coupons.integer(1),
                             coupons.integer(2)));
  }
}

}  // namespace shop::pricing

std::optional<std::int64_t> shop::catalog::lowest_offer(db::Tx& tx, Id variant_id, Timestamp from,
                                                        Timestamp until) {
  return pricing::store::lowest_schedule(tx, variant_id, from, until);
}
