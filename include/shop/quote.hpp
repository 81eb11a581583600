#pragma once

#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop {

/// Which rule gave a unit its price. @since 1.0
enum class PriceSource : std::int32_t {
  list = 1,        ///< the variant's own price
  price_list = 2,  ///< a price list: customer group, quantity tier
  scheduled = 3,   ///< a price with a start and an end
  flash = 4,       ///< the same with a limited number of units
  manual = 5,      ///< set on the line by somebody who may
};

/// What an adjustment of a quote or an order comes from. @since 1.0
enum class AdjustmentKind : std::int32_t {
  promotion = 1,        ///< applies by itself
  coupon = 2,           ///< a promotion that a code unlocked
  manual_discount = 3,  ///< given at the till by somebody who may
  tax_exemption = 4,    ///< included tax that this customer does not pay
  free_shipping = 5,    ///< a promotion that pays the delivery
};

/// One line of a quote. Its parts are exact: total = subtotal − discount, plus tax where prices are
/// without it. @since 1.0
struct QuoteLine {
  Id variant_id = 0;
  Id product_id = 0;
  Id seller_id = 0;  ///< 0: the shop itself
  Id category_id = 0;
  std::string sku;
  std::string title;
  std::string variant_title;  ///< empty for a simple product
  std::int64_t quantity = 0;  ///< units; thousandths of the measure for goods sold by measure
  bool by_measure = false;    ///< the unit price is for a thousand of `quantity`
  Money list_price;           ///< of one unit, as the catalog has it
  Money unit_price;           ///< of one unit, by the best rule
  PriceSource price_source = PriceSource::list;
  Id price_source_id = 0;           ///< the price list or the schedule; 0 for others
  std::string price_name;           ///< of the price list, the schedule or the reason
  std::optional<Money> compare_at;  ///< the catalog's crossed-out price
  std::optional<Money> lowest_30d;  ///< beside every reduced price (EU 98/6/EC)
  Money subtotal;                   ///< unit_price × quantity
  Money discount;                   ///< this line's share of all discounts, ≥ 0
  Money tax;                        ///< contained in the total, whichever way prices are given
  Money total;                      ///< what the line costs in the end, ≥ 0
};

/// One reason why a quote is not just the sum of its lines. @since 1.0
struct QuoteAdjustment {
  AdjustmentKind kind = AdjustmentKind::promotion;
  Id source_id = 0;  ///< the promotion; 0 for what a person gave
  std::string name;
  std::string code;                  ///< the coupon's, as it was written
  std::optional<std::int64_t> line;  ///< index of the line; absent for the delivery
  Money amount;                      ///< negative in the customer's favour
};

/// The tax of one rate over the whole quote. @since 1.0
struct QuoteTax {
  std::string name;
  std::int64_t rate_ppm = 0;  ///< parts per million: 200000 is 20 %
  Money base;                 ///< the net amount
  Money amount;
};

/// A promotion or coupon that did not apply, and what would change that. @since 1.0
struct QuoteRejection {
  Id promotion_id = 0;  ///< 0 for a code that belongs to nothing
  std::string name;
  std::string code;     ///< the coupon's, empty for an automatic promotion
  std::string reason;   ///< machine code, e.g. `subtotal_below`, `lane_lost`, `used_up`
  std::string message;  ///< the same for a shopkeeper
  std::optional<Money> missing_amount;           ///< spend this much more and it applies
  std::optional<std::int64_t> missing_quantity;  ///< add this many units and it applies
};

/// One step of how a total came about. @since 1.0
struct QuoteStep {
  std::string kind;  ///< e.g. `list_price`, `tier_price`, `promotion`, `tax`, `shipping`, `total`
  std::optional<std::int64_t> line;  ///< index of the line it is about
  Id source_id = 0;                  ///< the rule, when one did it
  std::string label;                 ///< for a shopkeeper
  Money amount;                      ///< what it is, or what it changed
  Money running;                     ///< the line's or the quote's amount after it
};

/// What a cart costs at a moment, immutable, to the unit: total = Σ line totals + shipping_total +
/// cash_rounding. Quoting the same again gives the same. @since 1.0
struct Quote {
  Timestamp at = 0;
  Currency currency;
  bool tax_included = true;  ///< prices contain their tax
  std::vector<QuoteLine> lines;
  std::vector<QuoteAdjustment> adjustments;
  std::vector<QuoteTax> taxes;
  std::vector<QuoteRejection> rejections;
  std::vector<QuoteStep> steps;  ///< only when asked for
  std::int64_t units = 0;        ///< goods by measure count one
  Money subtotal;                ///< Σ line subtotals
  Money discount;                ///< Σ line discounts, ≥ 0
  std::optional<Id> shipping_method_id;
  std::string shipping_name;
  Money shipping;           ///< the method's price
  Money shipping_discount;  ///< ≥ 0
  Money shipping_tax;       ///< contained in shipping_total
  Money shipping_total;     ///< what the delivery costs in the end
  Money tax;                ///< Σ line taxes + shipping_tax; contained in the total
  Money cash_rounding;      ///< to the smallest coin; 0 unless paid in cash
  Money total;              ///< ≥ 0
  std::int64_t points = 0;  ///< bonus points that promotions promise
};

}  // namespace shop
