#pragma once

#include "bench/c_side.hpp"

#include <cstdint>
#include <string>

/// Reading the catalog through the C API, with what the raw side asks.
namespace shop::bench {

void c_by_slug(shop_session* session, const std::string& slug);
void c_by_barcode(shop_session* session, const std::string& barcode);
/// The first 20 of a category (empty: of all) in an order of shop_product_order, and the total.
void c_page(shop_session* session, const std::string& category, std::int32_t order);
void c_search(shop_session* session, const std::string& words, const std::string& category,
              std::int64_t low, std::int64_t high);
void c_suggest(shop_session* session, const std::string& prefix);

}  // namespace shop::bench
