#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

#include <span>

namespace shop::flows {

/// Tells who waits for, or wishes for, variants that can be sold again: an event for the host and a
/// notification to each, in the order of asking. Call it with what inventory says came back.
void tell_waiting(db::Tx& tx, std::span<const Id> variant_ids);

}  // namespace shop::flows
