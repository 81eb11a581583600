#pragma once

#include "reports/figures.hpp"
#include "shop/report_types.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

/// Sums of products as rows of reports.
namespace shop::reports {

ProductFigures figures_of(db::Tx& tx, const ProductSums& row);

/// The first products in each of some orders, of those that sold.
std::vector<std::vector<ProductFigures>> top_lists(db::Tx& tx, const DaySpan& span,
                                                   const std::optional<Id>& seller_id,
                                                   const std::optional<Id>& category_id,
                                                   std::int64_t limit,
                                                   std::initializer_list<ReportOrder> orders);

}  // namespace shop::reports
