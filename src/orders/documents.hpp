#pragma once

#include "shop/orders.hpp"

#include <string>

/// Receipts and invoices, from nothing but the order. Pure.
namespace shop::orders {

/// 42 columns of UTF-8 text, as a till prints it.
std::string receipt_text(const Order& order, int utc_offset_minutes);

/// One HTML page, with styles for screen and paper and nothing from outside.
std::string invoice_html(const Order& order, int utc_offset_minutes);

}  // namespace shop::orders
