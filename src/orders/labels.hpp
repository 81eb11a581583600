#pragma once

#include "shop/orders.hpp"

#include <string>

/// The words that receipts and invoices share.
namespace shop::orders {

std::string title_of(const OrderLine& line);
std::string quantity_of(const OrderLine& line);
std::string label_of(const OrderAdjustment& adjustment);
std::string label_of(Tender tender);
/// "2026-11-22 10:15".
std::string local_time(Timestamp at, int utc_offset_minutes);

}  // namespace shop::orders
