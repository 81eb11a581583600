#include "random_shop.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace shop::test {
namespace {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  std::int64_t from(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool one_in(std::int64_t n) { return from(1, n) == 1; }
  // Prices as shops have them: mostly small, some large, some free, many equal.
  std::int64_t price() {
    static constexpr std::array<std::int64_t, 8> k_usual{0, 1, 99, 100, 999, 1000, 4999, 33'333};
    if (one_in(3)) return k_usual[static_cast<std::size_t>(from(0, 7))];
    return from(1, one_in(10) ? 1'000'000'000 : 20'000);
  }
  std::int64_t rate() {
    static constexpr std::array<std::int64_t, 6> k_usual{1,       50'000,  100'000,
                                                         333'333, 500'000, 1'000'000};
    return one_in(2) ? k_usual[static_cast<std::size_t>(from(0, 5))] : from(1, 1'000'000);
  }

 private:
  std::mt19937_64 engine_;
};

constexpr Id k_sellers = 3;
constexpr const char* k_currency = "GBP";

pricing::Item an_item(Chance& any, Id id) {
  pricing::Item out;
  auto& facts = out.facts;
  facts.variant_id = id;
  facts.product_id = 10 + any.from(1, 6);
  facts.seller_id = any.one_in(2) ? 0 : any.from(1, k_sellers);
  facts.category_id = 100 + any.from(1, 3);
  facts.title = "Thing " + std::to_string(id);
  facts.by_measure = any.one_in(8);
  facts.quantity = facts.by_measure ? any.from(1, 5000) : any.from(1, any.one_in(10) ? 500 : 6);
  facts.list_price = {any.price(), k_currency};
  out.category_ids = {facts.category_id, 100};
  out.tax_class_id = any.one_in(4) ? 1 : 0;
  out.weight_grams = any.from(0, 3000);
  out.shippable = !any.one_in(6);
  for (auto left = any.from(0, 2); left > 0; --left) {
    pricing::Offer offer;
    offer.id = any.from(1, 50);
    offer.source = static_cast<PriceSource>(any.from(2, 4));
    offer.name = "Offer";
    offer.minor = any.price();
    offer.min_quantity = any.from(1, 5);
    if (offer.source == PriceSource::flash) offer.units_left = any.from(0, 10);
    out.offers.push_back(std::move(offer));
  }
  if (any.one_in(15)) out.manual_minor = any.price();
  if (any.one_in(15)) out.manual_discount_minor = any.price();
  return out;
}

PromotionCondition a_condition(Chance& any) {
  PromotionCondition out;
  out.kind = static_cast<ConditionKind>(any.from(1, 10));
  out.amount = {any.from(1, 50'000), k_currency};
  out.number = any.from(1, 6);
  switch (out.kind) {
    case ConditionKind::products:
      out.ids = {10 + any.from(1, 6), 10 + any.from(1, 6)};
      break;
    case ConditionKind::variants:
      out.ids = {any.from(1, 6)};
      break;
    case ConditionKind::categories:
      out.ids = {any.one_in(3) ? Id{100} : 100 + any.from(1, 3)};
      break;
    case ConditionKind::sellers:
      out.ids = {any.from(1, k_sellers)};
      break;
    case ConditionKind::customer_groups:
      out.ids = {any.from(1, 2)};
      break;
    case ConditionKind::countries:
      out.texts = {any.one_in(2) ? "GB" : "DE"};
      break;
    default:
      break;
  }
  return out;
}

Promotion a_promotion(Chance& any, Id id) {
  Promotion out;
  out.id = id;
  out.name = "Promotion " + std::to_string(id);
  out.lane = any.from(0, 2);
  out.priority = any.from(0, 2);
  out.exclusive = any.one_in(8);
  out.needs_code = any.one_in(4);
  out.benefit.kind = static_cast<BenefitKind>(any.from(1, 8));
  out.benefit.rate_ppm = any.rate();
  out.benefit.amount = {any.price(), k_currency};
  out.benefit.buy = any.from(1, 3);
  out.benefit.get = any.from(1, 3);
  out.benefit.number = any.from(1, 500);
  if (any.one_in(5)) out.max_discount = Money{any.price(), k_currency};
  for (auto left = any.from(0, 2); left > 0; --left) out.conditions.push_back(a_condition(any));
  if (any.one_in(4)) {
    out.seller_id = any.from(1, k_sellers);
    PromotionCondition own;
    own.kind = ConditionKind::sellers;
    own.ids = {out.seller_id};
    out.conditions.push_back(own);
    out.exclusive = false;
    if (out.benefit.kind >= BenefitKind::free_shipping) out.benefit.kind = BenefitKind::percent;
  }
  return out;
}

void add_taxes(Chance& any, pricing::RuleSet& rules) {
  for (Id id = 1; id <= any.from(0, 2); ++id) {
    TaxZone zone;
    zone.id = id;
    zone.places = {{any.one_in(2) ? "" : "GB", {}}};
    zone.rates = {{0, "VAT", any.from(0, 300'000)}, {1, "Reduced", any.from(0, 100'000)}};
    if (any.one_in(4)) zone.rates.push_back({0, "City", any.from(1, 50'000)});
    rules.tax_zones.push_back(std::move(zone));
  }
}

void add_delivery(Chance& any, RandomCase& out) {
  ShippingMethod method;
  method.id = 1;
  method.name = "Post";
  method.pickup = any.one_in(5);
  if (any.one_in(3)) method.free_above = Money{any.from(0, 50'000), k_currency};
  method.bands = {{"GB", {}, any.from(100, 9000), {}, {any.price(), k_currency}},
                  {{}, {}, {}, {}, {any.price(), k_currency}}};
  out.rules.shipping_methods.push_back(std::move(method));
  if (!any.one_in(3)) out.who.shipping_method_id = 1;
}

}  // namespace

RandomCase random_case(std::uint64_t seed) {
  Chance any{seed * 0x9E37'79B9'7F4A'7C15U + 1};
  RandomCase out;
  auto& settings = out.rules.settings;
  settings.tax_included = any.one_in(2);
  settings.rounding = static_cast<RoundingMode>(any.from(1, 4));
  settings.tax_rounding = static_cast<TaxRounding>(any.from(1, 3));
  settings.cash_step = any.one_in(3) ? 5 : 1;
  out.who.now = 1'000'000;
  out.who.currency = k_currency;
  out.who.country = any.one_in(2) ? "GB" : "DE";
  out.who.customer_id = any.one_in(3) ? 0 : 7;
  if (any.one_in(3)) out.who.group_ids = {1};
  out.who.tax_exempt = any.one_in(6);
  out.who.first_order = any.one_in(2);
  out.who.cash = any.one_in(3);
  out.who.steps = true;
  add_taxes(any, out.rules);
  add_delivery(any, out);
  const auto promotions = any.from(0, 5);
  for (Id id = 1; id <= promotions; ++id) {
    auto promotion = a_promotion(any, id);
    if (promotion.needs_code && !any.one_in(3)) {
      pricing::CouponFacts coupon;
      coupon.code = "CODE" + std::to_string(id);
      coupon.coupon_id = id;
      coupon.promotion_id = id;
      coupon.used_up = any.one_in(6);
      out.who.coupons.push_back(std::move(coupon));
    }
    out.rules.promotions.push_back(std::move(promotion));
  }
  std::stable_sort(out.rules.promotions.begin(), out.rules.promotions.end(),
                   [](const Promotion& a, const Promotion& b) {
                     return std::tie(a.lane, a.priority, a.id) < std::tie(b.lane, b.priority, b.id);
                   });
  const auto lines = any.from(1, any.one_in(20) ? 40 : 6);
  for (Id id = 1; id <= lines; ++id) out.items.push_back(an_item(any, id));
  return out;
}

}  // namespace shop::test
