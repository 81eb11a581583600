#pragma once

#include "core/function_ref.hpp"
#include "db/tx.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The orders as the figures see them, one by one: what verify adds up again.
namespace shop::orders {

struct SoldLine {
  Id variant_id = 0;
  Id product_id = 0;
  Id category_id = 0;
  Id seller_id = 0;
  std::int64_t quantity = 0;
  std::int64_t minor = 0;
  std::optional<bool> by_measure;  ///< absent for a return without a receipt
  /// Of an order's line: what of it came back later; of goods by measure that came back: what of
  /// their line had come back before.
  std::int64_t returned = 0;
  std::int64_t returned_minor = 0;
};

/// An order that was placed, or goods that came back.
struct SaleFact {
  Id order_id = 0;  ///< 0: goods without a receipt
  Timestamp at = 0;
  Id customer_id = 0;  ///< 0: a guest
  bool canceled = false;
  bool returned = false;  ///< goods that came back
  std::string country;
  std::string region;
  std::int64_t discount_minor = 0;
  std::int64_t tax_minor = 0;
  std::int64_t shipping_minor = 0;
  std::vector<SoldLine> lines;
};

/// Visits the days on which orders were placed that are paid and not canceled, with how many. Cost:
/// the orders of those days.
void each_paid_day(db::Tx& tx, std::int64_t first_day, std::int64_t last_day,
                   core::FunctionRef<void(std::int64_t, std::int64_t)> visit);

/// Visits every order by ascending number.
void each_id(db::Tx& tx, core::FunctionRef<void(Id)> visit);

/// Visits the orders after one up to another, by ascending id; of the facts without place and
/// amounts of the whole. Cost: those orders.
void each_placed(db::Tx& tx, Id after, Id last, core::FunctionRef<void(const SaleFact&)> visit);
/// The newest order; 0: there is none.
Id last_placed(db::Tx& tx);
/// When the first order after one was placed.
std::optional<Timestamp> first_placed_after(db::Tx& tx, Id after);

/// Visits the orders of a customer that were not canceled, by ascending id, with the day and the
/// month they count in; `seller_id` 0: all, else those with goods of that seller. Cost: the
/// customer's orders.
void each_of_customer(
    db::Tx& tx, Id customer_id, Id seller_id,
    core::FunctionRef<void(Id order_id, std::int64_t day, std::int64_t month)> visit);

/// Orders up to now are in the figures: the views uncounted_line and uncounted_order are empty.
void mark_counted(db::Tx& tx);

/// Visits every order by ascending id, then every return. Cost: all of them.
void each_sale(db::Tx& tx, core::FunctionRef<void(const SaleFact&)> visit);

}  // namespace shop::orders
