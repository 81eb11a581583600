#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/session.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The record of privileged changes: who, when, what, before and after.
namespace shop::audit {

struct Entry {
  std::string_view action;       ///< e.g. `product.update`
  std::string_view object_type;  ///< e.g. `product`
  Id object_id = 0;
  std::string_view before;  ///< JSON object, empty when there was nothing
  std::string_view after;   ///< JSON object, empty when nothing is left
};

/// Writes one entry, in the transaction of the change itself. Never give it a secret.
void record(db::Tx& tx, const Session& actor, const Entry& entry);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::audit
