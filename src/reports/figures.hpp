#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// What is summed up, and reading the sums of a span of days.
namespace shop::reports {

/// Days of the shop's calendar, both included. Empty when last < first.
struct DaySpan {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// What sums hold of anything that is sold. Amounts are minor units.
struct Sums {
  std::int64_t orders = 0;
  std::int64_t units = 0;
  std::int64_t revenue = 0;
  std::int64_t returned_units = 0;
  std::int64_t returned = 0;

  Sums& operator+=(const Sums& other) {
    orders += other.orders;
    units += other.units;
    revenue += other.revenue;
    returned_units += other.returned_units;
    returned += other.returned;
    return *this;
  }
  friend bool operator==(const Sums&, const Sums&) = default;
};

/// What a day of the shop, or of a seller, adds up to. Amounts are minor units.
struct DaySums {
  std::int64_t orders = 0;
  std::int64_t new_orders = 0;
  std::int64_t repeat_orders = 0;
  std::int64_t units = 0;
  std::int64_t revenue = 0;
  std::int64_t discount = 0;
  std::int64_t tax = 0;
  std::int64_t shipping = 0;
  std::int64_t returns = 0;
  std::int64_t returned_units = 0;
  std::int64_t returned = 0;

  DaySums& operator+=(const DaySums& more) {
    orders += more.orders;
    new_orders += more.new_orders;
    repeat_orders += more.repeat_orders;
    units += more.units;
    revenue += more.revenue;
    discount += more.discount;
    tax += more.tax;
    shipping += more.shipping;
    returns += more.returns;
    returned_units += more.returned_units;
    returned += more.returned;
    return *this;
  }
};

struct ProductSums {
  Id product_id = 0;
  Sums sums;
};

/// How far the sums of months and of the whole reach, and which state of the sums this is.
struct FoldState {
  std::int64_t rolled_day = 0;
  std::int64_t generation = 0;  ///< of the days up to rolled_day
  std::int64_t folds = 0;       ///< of all that is folded
};
FoldState fold_state(db::Tx& tx);

/// What each product sold in a span, by ascending product id; those without a sale are not in it.
/// With a seller, its products only. Cost: the products sold, times the months and the days at both
/// ends of the span.
std::vector<ProductSums> product_sums(db::Tx& tx, const DaySpan& span,
                                      const std::optional<Id>& seller_id = {});

/// The days of a span that are folded: empty when none is.
DaySpan folded_days(db::Tx& tx, const DaySpan& span);
/// The parts of product_sums: `span` as folded_days gives it, or days of it.
std::vector<ProductSums> folded_sums(db::Tx& tx, const DaySpan& span,
                                     const std::optional<Id>& seller_id);
std::vector<ProductSums> unfolded_sums(db::Tx& tx, const DaySpan& span,
                                       const std::optional<Id>& seller_id);
/// The folded sums of one product of a seller. Counts what is looked up in `reads`.
Sums folded_sums_of(db::Tx& tx, const DaySpan& span, Id product_id, Id seller_id,
                    std::int64_t& reads);

}  // namespace shop::reports
