#pragma once

#include "db/tx.hpp"

namespace shop::cart {

/// What later modules do when a cart gets its first line. Defined in src/flows/funnel.cpp.
void filled(db::Tx& tx);

}  // namespace shop::cart
