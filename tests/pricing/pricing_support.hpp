#pragma once

#include "pricing/rules.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

namespace shop::test {

/// A line of so many units at a price; ids follow `id`.
inline pricing::Item item(Id id, std::int64_t minor, std::int64_t quantity = 1) {
  pricing::Item out;
  out.facts.variant_id = id;
  out.facts.product_id = id * 10;
  out.facts.category_id = id * 100;
  out.facts.title = "Thing " + std::to_string(id);
  out.facts.quantity = quantity;
  out.facts.list_price = {minor, "GBP"};
  out.category_ids = {id * 100};
  return out;
}

inline Promotion promotion(Id id, BenefitKind kind) {
  Promotion out;
  out.id = id;
  out.name = "Promotion " + std::to_string(id);
  out.benefit.kind = kind;
  return out;
}

inline Promotion percent_off(Id id, std::int64_t rate_ppm, std::int64_t lane = 0) {
  auto out = promotion(id, BenefitKind::percent);
  out.benefit.rate_ppm = rate_ppm;
  out.lane = lane;
  return out;
}

inline Promotion amount_off(Id id, std::int64_t minor, std::int64_t lane = 0) {
  auto out = promotion(id, BenefitKind::amount);
  out.benefit.amount = {minor, "GBP"};
  out.lane = lane;
  return out;
}

inline PromotionCondition subtotal_of(std::int64_t minor) {
  PromotionCondition out;
  out.kind = ConditionKind::subtotal;
  out.amount = {minor, "GBP"};
  return out;
}

inline pricing::Situation in_pounds() {
  pricing::Situation out;
  out.now = 1'000'000;
  out.currency = "GBP";
  return out;
}

inline TaxZone everywhere(std::int64_t rate_ppm) {
  return {1, "All", {{"", ""}}, {{0, "VAT", rate_ppm}}};
}

/// Parts sum to wholes and nothing is negative.
inline void check_sums(const Quote& quote) {
  std::int64_t lines = 0;
  std::int64_t discount = 0;
  std::int64_t tax = quote.shipping_tax.minor;
  for (const auto& line : quote.lines) {
    CHECK(line.total.minor >= 0);
    CHECK(line.discount.minor >= 0);
    const auto added = quote.tax_included ? 0 : line.tax.minor;
    CHECK(line.total.minor == line.subtotal.minor - line.discount.minor + added);
    lines += line.total.minor;
    discount += line.discount.minor;
    tax += line.tax.minor;
  }
  CHECK(quote.total.minor == lines + quote.shipping_total.minor + quote.cash_rounding.minor);
  CHECK(quote.total.minor >= 0);
  CHECK(quote.discount.minor == discount);
  CHECK(quote.tax.minor == tax);
  std::int64_t taxes = 0;
  for (const auto& row : quote.taxes) taxes += row.amount.minor;
  CHECK(taxes == tax);
  std::int64_t adjusted = 0;
  for (const auto& row : quote.adjustments) {
    if (row.line) adjusted -= row.amount.minor;
  }
  CHECK(adjusted == discount);
}

}  // namespace shop::test
