#include "audit/audit.hpp"
#include "audit/audit_sql.hpp"
#include "core/encoding.hpp"
#include "core/keyring.hpp"

#include <cstring>

#include <fmt/format.h>

namespace shop::audit {
namespace {

using core::Hash;
using core::number_part;

/// Databases that tests open without a shop around them have no keys: their entries say key 0,
/// which a shop takes for broken.
const core::Key& key_of(const db::Tx& tx, std::int64_t key_id) {
  static const core::Key none;
  return tx.env().keys ? tx.env().keys->key(core::Purpose::audit, key_id) : none;
}

std::int64_t newest_key(const db::Tx& tx) {
  return tx.env().keys ? tx.env().keys->newest() : 0;
}

Hash link(const core::Key& key, const Hash& previous, const AuditEntry& entry) {
  return core::keyed_hash(
      key, {core::as_text(previous), number_part(entry.seq), number_part(entry.at),
            number_part(static_cast<std::int64_t>(entry.actor_role)), number_part(entry.actor_id),
            number_part(entry.session_id), entry.action, entry.object_type,
            number_part(entry.object_id), entry.before, entry.after});
}

Hash head_mac(const core::Key& key, std::int64_t seq, const Hash& hash) {
  return core::keyed_hash(key, {"head", number_part(seq), core::as_text(hash)});
}

struct Head {
  std::int64_t seq = 0;
  Hash hash{};
  bool sound = true;
};

bool copy_hash(std::span<const std::byte> from, Hash& to) {
  if (from.size() != to.size()) return false;
  std::memcpy(to.data(), from.data(), to.size());
  return true;
}

Head read_head(db::Tx& tx, bool check) {
  Head out;
  auto query = tx.query(sql::k_head);
  if (!query.next()) return out;
  out.seq = query.integer(0);
  out.sound = copy_hash(query.blob(1), out.hash);
  if (check) {
    const auto expected = head_mac(key_of(tx, query.integer(2)), out.seq, out.hash);
    out.sound = out.sound && core::same_bytes(query.blob(3), expected);
  }
  return out;
}

AuditEntry read_entry(const db::Query& query) {
  AuditEntry out;
  out.seq = query.integer(0);
  out.at = query.integer(1);
  out.actor_role = query.as<Role>(2);
  out.actor_id = query.integer(3);
  out.session_id = query.integer(4);
  out.action = query.text(5);
  out.object_type = query.text(6);
  out.object_id = query.integer(7);
  out.before = query.text(8);
  out.after = query.text(9);
  out.hash = core::to_hex(query.blob(10));
  return out;
}

/// The conditions of a filter; each is bound by number in the same order by bind().
std::string conditions(const AuditFilter& filter) {
  std::string out = " WHERE seq < $1";
  int number = 1;
  const auto add = [&](bool wanted, const char* condition) {
    if (wanted) out += fmt::format(" AND {} ${}", condition, ++number);
  };
  add(filter.actor_id.has_value(), "actor_id =");
  add(filter.action.has_value(), "action =");
  add(filter.object_type.has_value(), "object_type =");
  add(filter.object_id.has_value(), "object_id =");
  add(filter.since.has_value(), "at >=");
  add(filter.until.has_value(), "at <");
  return out;
}

void bind(db::Query& query, const AuditFilter& filter, std::int64_t before_seq) {
  int number = 1;
  query.bind(number, before_seq);
  const auto add = [&](const auto& value) {
    if (value) query.bind(++number, *value);
  };
  add(filter.actor_id);
  add(filter.action);
  add(filter.object_type);
  add(filter.object_id);
  add(filter.since);
  add(filter.until);
}

AuditReport broken(std::int64_t entries, std::int64_t seq, std::string message) {
  return {false, entries, seq, std::move(message)};
}

}  // namespace

void record(db::Tx& tx, const Session& actor, const Entry& entry) {
  const auto head = read_head(tx, false);
  AuditEntry row;
  row.seq = head.seq + 1;
  row.at = tx.now();
  row.actor_role = actor.role();
  row.actor_id = actor.user_id();
  row.session_id = actor.session_id();
  row.action = entry.action;
  row.object_type = entry.object_type;
  row.object_id = entry.object_id;
  row.before = entry.before;
  row.after = entry.after;
  const auto key_id = newest_key(tx);
  const auto& key = key_of(tx, key_id);
  const auto hash = link(key, head.hash, row);
  tx.exec(sql::k_add, row.seq, row.at, row.actor_role, row.actor_id, row.session_id, row.action,
          row.object_type, row.object_id, row.before, row.after, key_id, hash);
  tx.exec(sql::k_head_put, row.seq, hash, key_id, head_mac(key, row.seq, hash));
  const auto& watch = tx.env().audit_watch;
  if (watch && watch->due(row.seq)) {
    tx.after_commit([watch, end = AuditHead{row.seq, core::to_hex(hash)}] { watch->tell(end); });
  }
}

std::vector<AuditEntry> list(db::Tx& tx, const AuditFilter& filter, std::int64_t before_seq,
                             std::int64_t limit) {
  const auto text =
      fmt::format("{}{} ORDER BY seq DESC LIMIT {}", sql::k_list_head, conditions(filter), limit);
  auto query = tx.query_text(text);
  bind(query, filter, before_seq);
  std::vector<AuditEntry> out;
  while (query.next()) out.push_back(read_entry(query));
  return out;
}

std::int64_t count(db::Tx& tx, const AuditFilter& filter) {
  auto query = tx.query_text(fmt::format("{}{}", sql::k_count_head, conditions(filter)));
  bind(query, filter, max_magnitude);
  return query.next() ? query.integer(0) : 0;
}

AuditHead head(db::Tx& tx) {
  const auto head = read_head(tx, false);
  return {head.seq, head.seq == 0 ? std::string{} : core::to_hex(head.hash)};
}

AuditReport check(db::Tx& tx, const std::optional<AuditHead>& anchor) {
  AuditReport out;
  Hash previous{};
  bool anchored = !anchor || anchor->seq == 0;
  auto query = tx.query(sql::k_walk);
  while (query.next()) {
    const auto entry = read_entry(query);
    const auto expected_seq = out.entries + 1;
    if (entry.seq != expected_seq) {
      return broken(out.entries, expected_seq, "is missing");
    }
    const auto key_id = query.integer(11);
    const bool known = (key_id == 0) == !tx.env().keys && key_id <= newest_key(tx);
    if (!known) return broken(out.entries, entry.seq, "is under an unknown key");
    const auto expected = link(key_of(tx, key_id), previous, entry);
    if (!core::same_bytes(query.blob(10), expected)) {
      return broken(out.entries, entry.seq, "does not fit what it follows, or was edited");
    }
    previous = expected;
    ++out.entries;
    if (anchor && anchor->seq == entry.seq) {
      if (anchor->hash != entry.hash) {
        return broken(out.entries, entry.seq, "is not the one that was anchored");
      }
      anchored = true;
    }
  }
  const auto head = read_head(tx, true);
  if (!head.sound || head.seq != out.entries || (head.seq != 0 && head.hash != previous)) {
    return broken(out.entries, out.entries + 1, "is missing: the end of the chain was cut off");
  }
  if (!anchored) return broken(out.entries, out.entries + 1, "is missing: an anchor is beyond it");
  return out;
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  const auto report = check(tx, std::nullopt);
  if (!report.ok) {
    findings.add("audit.chain", fmt::format("entry {}", report.first_broken), report.message);
  }
}

}  // namespace shop::audit
