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
  Id seller_id = 0;  ///< whose it is; 0: the shop's. A seller's own is limited to its products
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

/// Customers who are priced alike. @since 1.0
struct CustomerGroup {
  Id id = 0;
  std::string name;         ///< 1–100 bytes, unique
  bool tax_exempt = false;  ///< its members pay no tax
};

/// Prices that stand beside the catalog's; the lowest that fits a customer wins. @since 1.0
struct PriceList {
  Id id = 0;  ///< 0: a new one
  std::string name;
  std::optional<Id> group_id;  ///< absent: for everybody
  bool active = true;
  std::optional<Timestamp> starts_at;
  std::optional<Timestamp> ends_at;
};

/// A price of a list from a quantity on. @since 1.0
struct PriceTier {
  Id variant_id = 0;
  std::int64_t min_quantity = 1;
  Money price;
};

/// A price for a time; with a limit on its units it is a flash sale. @since 1.0
struct ScheduledPrice {
  Id id = 0;
  Id variant_id = 0;
  std::string name;
  Money price;
  Timestamp starts_at = 0;  ///< given as a time that is over: now
  std::optional<Timestamp> ends_at;
  std::optional<std::int64_t> unit_limit;
  std::int64_t sold = 0;  ///< units so far, when there is a limit
};

/// A kind of goods that is taxed alike; 0 is the standard class. @since 1.0
struct TaxClass {
  Id id = 0;
  std::string name;
};

/// Where a tax zone is. @since 1.0
struct TaxPlace {
  std::string country;  ///< empty: everywhere
  std::string region;   ///< empty: all of the country
};

/// A rate of a zone; several for one class add up. @since 1.0
struct TaxRate {
  Id tax_class_id = 0;
  std::string name;  ///< as it stands on the receipt, e.g. `VAT`
  std::int64_t rate_ppm = 0;
};

/// Places with their rates. The most specific place decides. @since 1.0
struct TaxZone {
  Id id = 0;  ///< 0: a new one
  std::string name;
  std::vector<TaxPlace> places;
  std::vector<TaxRate> rates;
};

/// A code that unlocks a promotion. @since 1.0
struct Coupon {
  Id id = 0;
  std::string code;  ///< 1–60 bytes, unique in any case
  Id promotion_id = 0;
  bool active = true;
  std::optional<std::int64_t> use_limit;           ///< orders in total
  std::optional<std::int64_t> customer_use_limit;  ///< orders per customer
  std::int64_t used = 0;
};

/// What to quote. @since 1.0
struct QuoteRequestLine {
  Id variant_id = 0;
  std::int64_t quantity = 1;
};

/// A hypothetical cart. @since 1.0
struct QuoteRequest {
  std::vector<QuoteRequestLine> lines;
  std::vector<std::string> coupons;
  std::optional<Id> customer_id;  ///< absent: the acting customer; others need `order_view`
  std::string country;
  std::string region;
  std::optional<Id> shipping_method_id;
  bool cash = false;            ///< paid in cash: round to the smallest coin
  std::optional<Timestamp> at;  ///< absent: now
};

/// Something that a set of promotions does and that its maker may not have meant. @since 1.0
struct LintFinding {
  std::string kind;  ///< `larger_is_cheaper`, `discount_above_limit`, `free_order`, `order_matters`
  std::string message;
  std::vector<QuoteRequestLine> cart;  ///< the smallest that shows it
  Money subtotal;
  Money total;
};

/// What to look for. @since 1.0
struct LintInput {
  std::vector<Promotion> promotions;          ///< instead of the shop's; empty: the shop's own
  std::vector<Id> variant_ids;                ///< what to fill carts with, at most 20
  std::int64_t max_discount_ppm = 1'000'000;  ///< more off than this is a finding
  std::int64_t max_units = 12;                ///< per line, at most 100
};

/// A past order under other promotions. @since 1.0
struct BacktestRow {
  Id order_id = 0;
  std::string number;
  Money before;  ///< what its goods cost
  Money after;   ///< what they would have cost
};

/// What draft promotions would have cost. @since 1.0
struct Backtest {
  std::int64_t orders = 0;
  std::int64_t changed = 0;
  Money before;
  Money after;
  std::vector<BacktestRow> rows;  ///< the 100 that change most
};

/// Which orders to price again, under which promotions. @since 1.0
struct BacktestInput {
  std::vector<Promotion> promotions;  ///< those that need a code count as entered
  std::optional<Timestamp> placed_from;
  std::optional<Timestamp> placed_until;
};

/// Prices, promotions, taxes and delivery. Changes are audited and act at once everywhere. Reached
/// by Engine::pricing(); may be used from any thread. @since 1.0
class Pricing {
 public:
  explicit Pricing(db::Database& db) : db_(&db) {}

  PricingSettings settings(const Session& session);
  /// Throws Error: `validation` (cash_step), `forbidden`.
  PricingSettings set_settings(const Session& session, const PricingSettings& settings);

  /// Throws Error: `validation` (name), `already_exists`.
  CustomerGroup create_group(const Session& session, const CustomerGroup& group);
  std::vector<CustomerGroup> groups(const Session& session);
  /// Throws Error{not_found} (group).
  void add_member(const Session& session, Id group_id, Id customer_id);
  void remove_member(const Session& session, Id group_id, Id customer_id);

  /// Makes a list (id 0) or changes it. Throws Error: `validation`, `not_found`.
  PriceList put_price_list(const Session& session, const PriceList& list);
  std::vector<PriceList> price_lists(const Session& session);
  /// Sets prices; those of other variants and quantities stay. Throws Error: `validation`
  /// (`tiers[i].…`), `not_found`.
  void set_prices(const Session& session, Id list_id, const std::vector<PriceTier>& tiers);
  /// Takes a variant out of a list.
  void unset_prices(const Session& session, Id list_id, Id variant_id);
  /// At most 10,000.
  std::vector<PriceTier> prices(const Session& session, Id list_id);

  /// Throws Error: `validation`, `not_found` (variant_id).
  ScheduledPrice schedule_price(const Session& session, const ScheduledPrice& price);
  /// Ends it now. Throws Error{not_found}.
  void end_schedule(const Session& session, Id schedule_id);
  std::vector<ScheduledPrice> scheduled_prices(const Session& session, Id variant_id);

  /// Makes a promotion (id 0) or changes it. Sellers manage their own: whatever its conditions, it
  /// touches no other seller's goods, competes in its lane with its seller's alone, and gives
  /// neither delivery nor points nor stands alone (`exclusive`). Throws Error: `validation`,
  /// `not_found`, `forbidden`.
  Promotion put_promotion(const Session& session, const Promotion& promotion);
  /// All, by lane and priority; a seller's own.
  std::vector<Promotion> promotions(const Session& session);
  /// Makes a coupon, or changes the one with that code. Throws Error: `validation`, `not_found`,
  /// `already_exists` (code: of another seller's promotion).
  Coupon put_coupon(const Session& session, const Coupon& coupon);
  Page<Coupon> coupons(const Session& session, Id promotion_id, const PageQuery& page);

  /// Throws Error: `validation` (name), `already_exists`.
  TaxClass create_tax_class(const Session& session, const std::string& name);
  std::vector<TaxClass> tax_classes(const Session& session);
  /// Makes a zone (id 0) or changes it. Throws Error: `validation`, `not_found`.
  TaxZone put_tax_zone(const Session& session, const TaxZone& zone);
  /// Throws Error{not_found}.
  void remove_tax_zone(const Session& session, Id zone_id);
  std::vector<TaxZone> tax_zones(const Session& session);

  /// Makes a method (id 0) or changes it. Throws Error: `validation`, `not_found`.
  ShippingMethod put_shipping_method(const Session& session, const ShippingMethod& method);
  std::vector<ShippingMethod> shipping_methods(const Session& session);

  /// Prices a hypothetical cart with every step; writes nothing. Throws Error: `validation`,
  /// `not_found` (`lines[i].variant_id`), `forbidden` (customer_id).
  Quote quote(const Session& session, const QuoteRequest& request);
  /// The same as text that a shopkeeper can read.
  std::string explain(const Session& session, const QuoteRequest& request);

  /// Searches generated carts for surprises. Cost: some thousand quotes per variant.
  std::vector<LintFinding> lint(const Session& session, const LintInput& input);
  /// Prices the goods of past orders again, at the unit prices of their day. Cost: the orders.
  Backtest backtest(const Session& session, const BacktestInput& input);

 private:
  db::Database* db_;
};

}  // namespace shop
