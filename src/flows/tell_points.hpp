#pragma once

#include "db/tx.hpp"
#include "loyalty/loyalty.hpp"

#include <string_view>

namespace shop::flows {

/// Tells a customer that they have more points, and of another tier if that came of it.
void tell_points(db::Tx& tx, const loyalty::Outcome& outcome, std::string_view title);

/// Tells a customer of another tier, if that came of it.
void tell_tier(db::Tx& tx, const loyalty::Outcome& outcome);

}  // namespace shop::flows
