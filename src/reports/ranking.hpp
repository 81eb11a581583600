#pragma once

#include "reports/figures.hpp"
#include "shop/report_types.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

/// Which products come first in a span, without adding up all of them again each time.
///
/// Everything that is folded stays as it is until the next fold, a few hundred orders later, and
/// days that are over hardly ever change. So the first few thousand products of a span are kept in
/// memory, with a bound for what any other may have sold; an answer adds what changed since, and is
/// exact: where the bound leaves a doubt, the products in doubt are read, or everything is.
namespace shop::reports {

/// The first products of a span, best first.
struct Ranked {
  std::vector<ProductSums> rows;
  std::vector<std::pair<Id, std::size_t>> places;  ///< of the products in rows, by id
  std::optional<std::int64_t> bound;  ///< nothing else has more; absent when there is nothing else
};

class Ranking {
 public:
  /// `kept` is how many products a list has.
  Ranking(db::Tx& tx, const DaySpan& span, const std::optional<Id>& seller_id,
          std::size_t kept = 2048);

  /// The best `limit` that sold, in an order; nothing when that order is not kept or the answer
  /// cannot be told this way. Cost: what sold since the last fold; after a fold also the products
  /// that sold today; after a change of days that are over all that sold in the span.
  /// With a category, its own and those below it.
  std::optional<std::vector<ProductSums>> best(ReportOrder order, std::int64_t limit,
                                               const std::optional<Id>& category_id = {});

 private:
  [[nodiscard]] std::shared_ptr<const Ranked> folded(ReportOrder order);
  std::shared_ptr<const Ranked> closed(ReportOrder order);
  void keep(ReportOrder order, const std::shared_ptr<const Ranked>& learned);

  db::Tx* tx_;
  std::optional<Id> seller_id_;
  FoldState state_;
  std::size_t kept_;
  DaySpan folded_;                     ///< the days of the span that sums have
  std::vector<ProductSums> unfolded_;  ///< in the span
};

}  // namespace shop::reports
