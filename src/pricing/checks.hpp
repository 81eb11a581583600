#pragma once

#include "core/fields.hpp"
#include "shop/pricing.hpp"

/// Whether rules that somebody wants to write make sense; currencies are filled in. Pure.
namespace shop::pricing {

Promotion checked(core::Fields& fields, const Promotion& promotion, const Currency& currency);
TaxZone checked(core::Fields& fields, const TaxZone& zone);
ShippingMethod checked(core::Fields& fields, const ShippingMethod& method,
                       const Currency& currency);
void check_window(core::Fields& fields, const std::optional<Timestamp>& starts_at,
                  const std::optional<Timestamp>& ends_at);

}  // namespace shop::pricing
