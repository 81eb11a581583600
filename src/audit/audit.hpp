#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/audit.hpp"
#include "shop/session.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
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

/// Tells the host's watcher where the chain ends (Audit::watch). Thread-safe.
class Watch {
 public:
  /// @param head Where the chain ends now.
  void set(std::int64_t every, AuditWatcher watcher, const AuditHead& head);
  /// Whether so many entries were written since the last time that the watcher kept one.
  [[nodiscard]] bool due(std::int64_t seq) const noexcept { return seq >= due_at_.load(); }
  /// Tells it; when it is being told right now, then by whoever is telling.
  void tell(const AuditHead& head) noexcept;

 private:
  struct Listener {
    std::int64_t every;
    AuditWatcher watcher;
  };
  static constexpr std::int64_t k_never = max_magnitude;

  std::atomic<std::int64_t> due_at_{k_never};
  std::mutex mutex_;
  std::shared_ptr<const Listener> listener_;  // outlives being replaced while it is told
  AuditHead latest_;
  bool telling_ = false;
};

}  // namespace shop::audit
