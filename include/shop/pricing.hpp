#pragma once

#include "shop/quote.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// How a fraction of the smallest unit is decided; one policy per shop, kept with each order.
/// @since 1.0
enum class RoundingMode : std::int32_t {
  half_up = 1,    ///< 0.5 away from zero
  half_even = 2,  ///< 0.5 to the even neighbour
  down = 3,       ///< toward zero
  up = 4,         ///< away from zero
};

/// Where tax is rounded. @since 1.0
enum class TaxRounding : std::int32_t {
  line = 1,   ///< once per line
  unit = 2,   ///< on each unit
  order = 3,  ///< once per rate over the whole order
};

/// How the shop prices. @since 1.0
struct PricingSettings {
  bool tax_included = true;  ///< prices in the catalog contain their tax
  RoundingMode rounding = RoundingMode::half_up;
  TaxRounding tax_rounding = TaxRounding::line;
  std::int64_t cash_step = 1;    ///< smallest coin in minor units; 5 rounds cash to 0.05
  Id shipping_tax_class_id = 0;  ///< 0: the standard class
};

/// What a promotion's condition looks at. @since 1.0
enum class ConditionKind : std::int32_t {
  products = 1,         ///< only lines of these products (`ids`)
  variants = 2,         ///< only lines of these variants (`ids`)
  categories = 3,       ///< only lines in these categories or below them (`ids`)
  sellers = 4,          ///< only lines of these sellers (`ids`)
  customer_groups = 5,  ///< the customer is in one of these groups (`ids`)
  first_order = 6,      ///< the customer has not ordered before
  subtotal = 7,         ///< matching lines are worth at least `amount` before discounts
  quantity = 8,         ///< at least `number` matching units
  countries = 9,        ///< delivery to one of these countries (`texts`)
  not_reduced = 10,     ///< only lines at their list price
};

/// One condition; a promotion applies when all of its conditions hold. @since 1.0
struct PromotionCondition {
  ConditionKind kind = ConditionKind::subtotal;
  std::vector<Id> ids;
  std::vector<std::string> texts;
  Money amount;
  std::int64_t number = 0;
};

/// What a promotion gives. @since 1.0
enum class BenefitKind : std::int32_t {
  percent = 1,        ///< `rate_ppm` off the matching lines together
  amount = 2,         ///< `amount` off the matching lines together
  unit_amount = 3,    ///< `amount` off each matching unit
  fixed_price = 4,    ///< each matching unit costs `amount`
  buy_get = 5,        ///< buy `buy` units, get `get` more at `rate_ppm` off, the cheapest first
  cheapest = 6,       ///< the cheapest `get` matching units at `rate_ppm` off
  free_shipping = 7,  ///< the delivery, up to `amount` when that is not zero
  points = 8,         ///< `number` bonus points
};

/// The benefit of a promotion. Unused members are zero. @since 1.0
struct PromotionBenefit {
  BenefitKind kind = BenefitKind::percent;
  std::int64_t rate_ppm = 0;
  Money amount;
  std::int64_t buy = 0;
  std::int64_t get = 0;
  std::int64_t number = 0;
};

/// A rule that makes a cart cheaper. Within a lane the best one wins; lanes compound in ascending
/// order; an exclusive one stands alone when that is better for the customer. @since 1.0
struct Promotion {
  Id id = 0;
  std::string name;
  std::int64_t lane = 0;
  std::int64_t priority = 0;  ///< of two that give the same, the lower one wins
  bool exclusive = false;
  bool active = true;
  bool needs_code = false;  ///< only with one of its coupons
  std::optional<Timestamp> starts_at;
  std::optional<Timestamp> ends_at;  ///< the first moment at which it no longer applies
  std::vector<PromotionCondition> conditions;
  PromotionBenefit benefit;
  std::optional<Money> max_discount;               ///< never more than this per order
  std::optional<std::int64_t> use_limit;           ///< orders in total
  std::optional<std::int64_t> customer_use_limit;  ///< orders per customer
  std::int64_t used = 0;                           ///< orders so far
};

/// A row of a shipping method's table; the first that fits decides. @since 1.0
struct ShippingBand {
  std::string country;  ///< empty: everywhere
  std::string region;   ///< empty: all of the country
  std::optional<std::int64_t> max_weight_grams;
  std::optional<Money> max_subtotal;
  Money price;
};

/// A way in which an order reaches its customer. @since 1.0
struct ShippingMethod {
  Id id = 0;
  std::string name;
  bool pickup = false;  ///< the customer comes for it: no bands, no price
  bool active = true;
  std::optional<Money> free_above;  ///< free when the discounted goods are worth at least this
  std::vector<ShippingBand> bands;
};

}  // namespace shop
