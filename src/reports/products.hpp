#pragma once

#include "reports/figures.hpp"
#include "shop/report_types.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// Sums of products as rows of reports.
namespace shop::reports {

ProductFigures figures_of(db::Tx& tx, const ProductSums& row);

/// The first products in an order, of those that sold.
std::vector<ProductFigures> top_products(db::Tx& tx, const DaySpan& span,
                                         const std::optional<Id>& seller_id,
                                         const std::optional<Id>& category_id, ReportOrder order,
                                         std::int64_t limit);

}  // namespace shop::reports
