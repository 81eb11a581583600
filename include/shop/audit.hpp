#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace shop::db {
class Database;
}

namespace shop {

/// One privileged change: who, when, what. @since 1.0
struct AuditEntry {
  std::int64_t seq = 0;  ///< 1, 2, 3 … without a gap
  Timestamp at = 0;
  Role actor_role = Role::host;
  Id actor_id = 0;          ///< the account, 0 for the host
  Id session_id = 0;        ///< its log-in
  std::string action;       ///< e.g. `product.update`
  std::string object_type;  ///< e.g. `product`
  Id object_id = 0;
  std::string before;  ///< JSON, empty when there was nothing
  std::string after;   ///< JSON, empty when nothing is left
  std::string hash;    ///< of this entry and all before it, hexadecimal
};

/// Which entries to read. @since 1.0
struct AuditFilter {
  std::optional<Id> actor_id;
  std::optional<std::string> action;
  std::optional<std::string> object_type;
  std::optional<Id> object_id;
  std::optional<Timestamp> since;  ///< inclusive
  std::optional<Timestamp> until;  ///< exclusive
};

/// Where the chain ends. Kept outside the machine, it shows later whether somebody with the key
/// rewrote or cut off what was there. @since 1.0
struct AuditHead {
  std::int64_t seq = 0;  ///< 0 when there is no entry yet
  std::string hash;
};

/// Is told where the chain ends, to keep it elsewhere. Result: whether it did; if not, or when it
/// throws, it is told again with the next entry. @since 1.0
using AuditWatcher = std::function<bool(const AuditHead& head)>;

/// What checking the chain found. @since 1.0
struct AuditReport {
  bool ok = true;
  std::int64_t entries = 0;       ///< that were checked
  std::int64_t first_broken = 0;  ///< seq of the first broken link, 0 for none
  std::string message;            ///< what is wrong with it
};

/// The record of privileged changes: a chain of keyed hashes. Reached by Engine::audit(); may be
/// used from any thread. @since 1.0
class Audit {
 public:
  explicit Audit(db::Database& db) : db_(&db) {}

  /// Entries, newest first. Throws Error: `validation`, `forbidden`.
  Page<AuditEntry> entries(const Session& session, const AuditFilter& filter,
                           const PageQuery& page);
  /// The end of the chain, to be kept elsewhere.
  AuditHead head(const Session& session);
  /// Tells `watcher` where the chain ends: now, and from then on whenever `every` entries (1 to
  /// 1,000,000) have been written since the last time, by this engine or by another program. It
  /// runs on the thread of the call that wrote, after the commit, one at a time, and may call the
  /// shop. Each call replaces the watcher before; an empty one ends it. Throws Error: `validation`,
  /// `forbidden`.
  void watch(const Session& session, std::int64_t every, AuditWatcher watcher);
  /// Checks every link, and that the chain still contains `anchor`. Cost: the length of the chain.
  AuditReport verify(const Session& session, const std::optional<AuditHead>& anchor);

 private:
  db::Database* db_;
};

}  // namespace shop
