#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/audit.hpp"
#include "shop/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The record of privileged changes: who, when, what, before and after. Each entry's hash covers
/// the one before under a key of the shop, and the end of the chain is kept apart, so that an edit,
/// a gap and a cut show. The facade, which needs the guard, is src/accounts/audit_service.cpp.
namespace shop::audit {

struct Entry {
  std::string_view action;       ///< e.g. `product.update`
  std::string_view object_type;  ///< e.g. `product`
  Id object_id = 0;
  std::string_view before;  ///< JSON object, empty when there was nothing
  std::string_view after;   ///< JSON object, empty when nothing is left
};

/// Writes one entry, in the transaction of the change itself. Never give it a secret, nor what a
/// person is called or where they live: say that it changed.
void record(db::Tx& tx, const Session& actor, const Entry& entry);

/// Up to `limit` entries older than `before_seq`, newest first.
std::vector<AuditEntry> list(db::Tx& tx, const AuditFilter& filter, std::int64_t before_seq,
                             std::int64_t limit);
std::int64_t count(db::Tx& tx, const AuditFilter& filter);
AuditHead head(db::Tx& tx);
AuditReport check(db::Tx& tx, const std::optional<AuditHead>& anchor);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::audit
