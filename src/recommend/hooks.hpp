#pragma once

#include "db/tx.hpp"

namespace shop::recommend {

/// What later modules do when somebody who allows it to be remembered looks at a product. Defined
/// in src/flows/funnel.cpp.
void viewed(db::Tx& tx);

}  // namespace shop::recommend
