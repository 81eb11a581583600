#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "shop/audit.hpp"

#include <utility>

namespace shop {

using accounts::authorize;
using accounts::Operation;

Page<AuditEntry> Audit::entries(const Session& session, const AuditFilter& filter,
                                const PageQuery& page) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::audit_entries);
    core::Fields fields;
    fields.range("limit", page.limit, 1, 500);
    fields.throw_if_any();
    const auto before =
        page.cursor.empty() ? max_magnitude : core::CursorReader{page.cursor, "audit"}.integer();
    Page<AuditEntry> out;
    out.items = audit::list(tx, filter, before, page.limit + 1);
    if (static_cast<std::int64_t>(out.items.size()) > page.limit) {
      out.items.pop_back();
      out.next_cursor = core::CursorWriter{"audit"}.add(out.items.back().seq).take();
    }
    if (page.with_total) out.total = audit::count(tx, filter);
    return out;
  });
}

AuditHead Audit::head(const Session& session) {
  return db_->peek([&](db::Tx& tx) {
    authorize(tx, session, Operation::audit_head);
    return audit::head(tx);
  });
}

void Audit::watch(const Session& session, std::int64_t every, AuditWatcher watcher) {
  core::Fields fields;
  fields.range("every", every, 1, 1'000'000);
  fields.throw_if_any();
  const auto now = db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::audit_watch);
    return audit::head(tx);
  });
  db_->env().audit_watch->set(every, std::move(watcher), now);
}

AuditReport Audit::verify(const Session& session, const std::optional<AuditHead>& anchor) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::audit_verify);
    return audit::check(tx, anchor);
  });
}

}  // namespace shop
