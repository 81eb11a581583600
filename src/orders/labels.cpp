#include "orders/labels.hpp"

#include "core/time.hpp"

#include <array>

#include <fmt/format.h>

namespace shop::orders {

std::string title_of(const OrderLine& line) {
  return line.variant_title.empty() ? line.title
                                    : fmt::format("{} ({})", line.title, line.variant_title);
}

std::string quantity_of(const OrderLine& line) {
  if (!line.by_measure) return std::to_string(line.quantity);
  return fmt::format("{}.{:03}", line.quantity / 1000, line.quantity % 1000);
}

std::string label_of(const OrderAdjustment& adjustment) {
  if (adjustment.kind == AdjustmentKind::tax_exemption) return "Tax exemption";
  if (adjustment.code.empty()) return adjustment.name;
  return fmt::format("{} ({})", adjustment.name, adjustment.code);
}

std::string label_of(Tender tender) {
  constexpr std::array names{"Cash",   "Card",  "Gift card",     "Store credit",
                             "Points", "Other", "Goods returned"};
  return names.at(static_cast<std::size_t>(tender) - 1);
}

std::string local_time(Timestamp at, int utc_offset_minutes) {
  const auto c = core::to_civil(at, utc_offset_minutes);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute);
}

}  // namespace shop::orders
