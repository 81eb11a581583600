#pragma once

#include "pricing/rules.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The parts of the quote function; each takes what the ones before it left.
namespace shop::pricing {

inline constexpr std::int64_t k_million = 1'000'000;

/// A quote in the making. All amounts are minor units of one currency.
struct Working {
  const RuleSet& rules;
  const Situation& who;
  std::span<const Item> items;
  core::Rounding rounding;
  Quote out;
  std::vector<std::int64_t> base;  ///< per line: unit price × quantity
  std::vector<std::int64_t> left;  ///< per line: what discounts left of it

  [[nodiscard]] Money money(std::int64_t minor) const { return {minor, who.currency}; }
};

/// How many pieces a line counts for rules about units: goods by measure are one piece.
inline std::int64_t units_of(const QuoteLine& line) {
  return line.by_measure ? 1 : line.quantity;
}

/// The amount of `quantity` at a unit price.
std::int64_t line_amount(std::int64_t unit_minor, std::int64_t quantity, bool by_measure,
                         core::Rounding rounding);

/// The lowest price wins; of equal ones the catalog's own, then the first offer. A price that a
/// person set stands above all.
struct BestPrice {
  std::int64_t minor = 0;
  PriceSource source = PriceSource::list;
  Id source_id = 0;
  const std::string* name = nullptr;  ///< of the rule, in the item
};
/// What lines before took of offers with a limit.
struct OfferUse {
  Id offer_id = 0;
  std::int64_t units = 0;
};
BestPrice best_price(const Item& item, const Situation& who, std::span<const OfferUse> used = {});

/// Fills lines, base and left: each line at its best price.
void price_lines(Working& w);

/// A benefit worked out on what is left of the lines.
struct Reduction {
  std::vector<std::int64_t> parts;  ///< per line; empty when nothing comes off the goods
  std::int64_t shipping = 0;        ///< off the delivery
  std::int64_t points = 0;
  [[nodiscard]] std::int64_t value() const;
};

/// The state that a benefit is worked out on.
struct BenefitInput {
  const Working& w;
  std::span<const std::size_t> lines;  ///< the matching ones
  std::span<const std::int64_t> left;  ///< per line of the quote
  std::int64_t shipping = 0;           ///< what the delivery would cost
};

/// What a promotion takes off, within its maximum.
Reduction work_out(const Promotion& promotion, const BenefitInput& input);

/// Whether a promotion's conditions hold, and for which lines.
struct Match {
  std::vector<std::size_t> lines;
  std::string reason;  ///< empty when it holds
  std::optional<std::int64_t> missing_minor;
  std::optional<std::int64_t> missing_quantity;
  [[nodiscard]] bool holds() const { return reason.empty(); }
};
Match match_conditions(const Promotion& promotion, const Working& w);

/// Chooses promotions lane by lane and takes their discounts off the lines.
/// Result: what they take off the delivery, with its adjustments made for that.
struct ShippingGrant {
  Id promotion_id = 0;
  std::string name;
  std::string code;
  std::int64_t most = 0;  ///< 0: all of it
};
std::vector<ShippingGrant> apply_promotions(Working& w);

/// What a method charges for these goods; nullopt when it does not deliver them there.
std::optional<std::int64_t> shipping_price(const Working& w, const ShippingMethod& method,
                                           std::int64_t goods_minor);
const ShippingMethod* chosen_method(const Working& w);
void apply_shipping(Working& w, const std::vector<ShippingGrant>& grants);

/// Adds tax to lines and delivery, or finds it inside them.
void apply_tax(Working& w);

/// Adds everything up and rounds cash.
void finish(Working& w);

/// How the finished quote came about, step by step.
std::vector<QuoteStep> derive_steps(const Quote& quote);

/// The same as text that a shopkeeper can read.
std::string explain_text(const Quote& quote);

}  // namespace shop::pricing
