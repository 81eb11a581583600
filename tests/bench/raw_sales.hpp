#pragma once

#include "bench/raw_orders.hpp"
#include "shop/reports.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace shop::bench {

/// The discount and the tax of the shop that carts are read in, as its owner set them up.
struct RawRules {
  std::string discount_name;
  std::int64_t discount_ppm = 0;  ///< off all lines together
  std::string tax_name;
  std::int64_t tax_ppm = 0;  ///< contained in the prices
};

/// What a shop asks besides its catalog and its orders, by hand over libshop's own file.
class RawSales {
 public:
  RawSales(const std::string& path, const char* sync, RawRules rules);
  ~RawSales();

  /// The cart with today's prices, what is off, the tax in it, and what has become short.
  Cart read_cart(const Buyer& buyer);
  /// Starts a session for somebody whose password was checked. Result: its access token.
  std::string log_in(Id account_id);
  /// The ten products that sold most units of all time.
  std::vector<ProductFigures> top_selling();

 private:
  struct Statements;
  void discount_and_tax(Quote& quote) const;
  RawRules rules_;
  RawDb db_;
  std::unique_ptr<Statements> sql_;
};

}  // namespace shop::bench
