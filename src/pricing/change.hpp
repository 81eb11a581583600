#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

#include <string_view>

namespace shop {
class Session;
}

/// What changes of rules and offers have in common.
namespace shop::pricing {

/// Throws Error: `not_found`, naming what there is not.
[[noreturn]] void missing(std::string_view what);

/// A rule or an offer has changed: the next quote reads them anew, and the audit says so. Without a
/// name it is gone.
void changed(db::Tx& tx, const Session& session, std::string_view action, std::string_view type,
             Id id, std::string_view name);

}  // namespace shop::pricing
