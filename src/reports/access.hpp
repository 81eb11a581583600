#pragma once

#include "accounts/guard.hpp"
#include "reports/figures.hpp"
#include "shop/report_types.hpp"

#include <optional>
#include <string_view>

/// Whose figures, and of which days.
namespace shop::reports {

/// Days beyond which no shop has sales: 1900 to 3000.
inline constexpr std::int64_t min_day = -25'567;
inline constexpr std::int64_t max_day = 376'200;

/// The seller whose figures this actor gets: none for the whole shop. Throws Error{forbidden} for
/// who has nothing to do with figures, Error{not_found} for a seller that asks for another's.
std::optional<Id> seller_of(const accounts::Actor& actor, const std::optional<Id>& asked);

/// The scope of the order sums: 0 for the whole shop.
inline Id scope_of(const std::optional<Id>& seller_id) {
  return seller_id.value_or(0);
}

/// The days that a query asks for; without any, those of all figures there are. Throws
/// Error{validation} for a span that ends before it begins, or a limit out of bounds.
DaySpan span_of(db::Tx& tx, const ReportQuery& query);

/// The last so many days, today included.
DaySpan last_days(db::Tx& tx, std::int64_t days);

/// As many days right before a span.
inline DaySpan before(const DaySpan& span) {
  return {span.first - (span.last - span.first + 1), span.first - 1};
}

/// The id of the category with that slug. Throws Error{not_found}.
std::optional<Id> category_of(db::Tx& tx, const ReportQuery& query);

}  // namespace shop::reports
