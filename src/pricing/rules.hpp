#pragma once

#include "core/money.hpp"
#include "shop/pricing.hpp"
#include "shop/quote.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Everything that the pure pricing functions know. No I/O here: the same facts give the same
/// quote.
namespace shop::pricing {

/// A price that may beat the variant's own: a list's tier, a schedule, a flash sale.
struct Offer {
  Id id = 0;
  PriceSource source = PriceSource::price_list;
  std::string name;
  std::int64_t minor = 0;
  std::int64_t min_quantity = 1;
  Id group_id = 0;  ///< 0: for everybody
  std::optional<Timestamp> starts_at;
  std::optional<Timestamp> ends_at;
  std::optional<std::int64_t> units_left;  ///< of a flash sale with a limit
};

/// A line to be priced: what the catalog knows of it, how many, and what may change its price.
struct Item {
  QuoteLine facts;  ///< ids, texts, list_price, compare_at, by_measure and quantity
  Id tax_class_id = 0;
  std::int64_t weight_grams = 0;  ///< of one unit
  bool shippable = true;
  std::vector<Id> category_ids;  ///< its category and all above; only filled when a rule asks
  std::vector<Offer> offers;
  std::optional<std::int64_t> manual_minor;  ///< unit price given by a person
  std::int64_t manual_discount_minor = 0;    ///< off the line, given by a person
  std::string manual_reason;
};

/// A code that the customer entered, with what the file knows about it.
struct CouponFacts {
  std::string code;     ///< as it was written
  Id coupon_id = 0;     ///< 0: no such code
  Id promotion_id = 0;  ///< 0: no such code
  bool active = true;
  bool used_up = false;  ///< its own limit or the customer's on it is reached
  bool customer_used_up = false;
};

/// How often promotions with limits have been used.
struct PromotionUse {
  Id promotion_id = 0;
  bool used_up = false;
  bool customer_used_up = false;
};

/// The shop's rules.
struct RuleSet {
  std::int64_t version = 0;
  PricingSettings settings;
  std::vector<Promotion> promotions;  ///< active ones, by lane, priority, id
  std::vector<TaxZone> tax_zones;
  std::vector<ShippingMethod> shipping_methods;
  bool has_offers = false;        ///< any price list, schedule or flash sale
  bool has_groups = false;        ///< any customer group
  bool needs_categories = false;  ///< a promotion is limited to categories
};

/// Who buys, where, when and how.
struct Situation {
  Timestamp now = 0;
  Currency currency;
  Id customer_id = 0;  ///< 0: a guest
  std::vector<Id> group_ids;
  bool tax_exempt = false;
  bool first_order = false;
  std::string country;
  std::string region;
  std::vector<CouponFacts> coupons;
  std::vector<PromotionUse> uses;
  std::optional<Id> shipping_method_id;
  bool cash = false;   ///< the total is rounded to the smallest coin
  bool steps = false;  ///< also derive every step
};

/// The one quote. Pure. Throws Error{out_of_range} when an amount cannot be kept exactly.
Quote quote(const RuleSet& rules, const Situation& situation, std::span<const Item> items);

/// An amount that is paid in cash, rounded to the smallest coin.
std::int64_t in_coins(const PricingSettings& settings, std::int64_t minor);

}  // namespace shop::pricing
