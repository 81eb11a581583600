#include "support/digest.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include <sqlite3.h>

namespace shop::test {
namespace {

using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;
using Connection = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

Statement prepare(sqlite3* db, const std::string& text) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, text.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error{text + ": " + sqlite3_errmsg(db)};
  }
  return {statement, &sqlite3_finalize};
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E37'79B9'7F4A'7C15U;
  return hash ^ (hash >> 29);
}

std::uint64_t mix(std::uint64_t hash, const void* bytes, std::size_t size) {
  const auto* at = static_cast<const unsigned char*>(bytes);
  for (; size >= 8; size -= 8, at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    hash = mix(hash, word);
  }
  std::uint64_t rest = size;
  for (; size > 0; --size) rest = rest << 8 | *at++;
  return mix(hash, rest);
}

std::uint64_t row_hash(sqlite3_stmt* row) {
  std::uint64_t hash = 1;
  for (int column = 0; column < sqlite3_column_count(row); ++column) {
    const int type = sqlite3_column_type(row, column);
    hash = mix(hash, static_cast<std::uint64_t>(type));
    if (type == SQLITE_INTEGER) {
      hash = mix(hash, static_cast<std::uint64_t>(sqlite3_column_int64(row, column)));
    } else if (type != SQLITE_NULL) {
      const void* bytes = sqlite3_column_blob(row, column);
      hash = mix(hash, bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
    }
  }
  return hash;
}

std::uint64_t table_hash(sqlite3* db, const std::string& table) {
  const auto rows = prepare(db, "SELECT * FROM \"" + table + "\"");
  std::uint64_t sum = 0;  // a sum does not care about the order of the rows
  while (sqlite3_step(rows.get()) == SQLITE_ROW) sum += row_hash(rows.get());
  return sum;
}

/// A connection that reads the image, which `copy` holds as long as it lives.
Connection open_image(std::span<const std::byte> image, std::vector<unsigned char>& copy) {
  sqlite3* raw = nullptr;
  sqlite3_open(":memory:", &raw);
  std::memcpy(copy.data(), image.data(), image.size());
  if (copy.size() > 20) copy[18] = copy[19] = 1;  // not in WAL mode: it is in memory now
  const auto size = static_cast<sqlite3_int64>(copy.size());
  sqlite3_deserialize(raw, "main", copy.data(), size, size, SQLITE_DESERIALIZE_READONLY);
  return {raw, &sqlite3_close};
}

// Virtual tables keep what they know in plain ones, which are counted.
std::vector<std::string> tables_of(sqlite3* db) {
  std::vector<std::string> names;
  const auto tables = prepare(db,
                              "SELECT name FROM sqlite_schema WHERE type = 'table' "
                              "AND sql NOT LIKE 'CREATE VIRTUAL%'");
  while (sqlite3_step(tables.get()) == SQLITE_ROW) {
    names.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(tables.get(), 0)));
  }
  return names;
}

}  // namespace

Digest digest_of(std::span<const std::byte> image, const std::vector<std::string>& without) {
  std::vector<unsigned char> copy(image.size());
  const auto db = open_image(image, copy);
  Digest digest;
  for (const auto& name : tables_of(db.get())) {
    if (std::find(without.begin(), without.end(), name) != without.end()) continue;
    digest[name] = table_hash(db.get(), name);
  }
  return digest;
}

std::map<std::string, std::int64_t> row_counts_of(Engine& shop) {
  const auto snapshot = shop.snapshot();
  std::vector<unsigned char> copy(snapshot.bytes().size());
  const auto db = open_image(snapshot.bytes(), copy);
  std::map<std::string, std::int64_t> counts;
  for (const auto& name : tables_of(db.get())) {
    const auto count = prepare(db.get(), "SELECT count(*) FROM \"" + name + "\"");
    sqlite3_step(count.get());
    counts[name] = sqlite3_column_int64(count.get(), 0);
  }
  return counts;
}

Digest digest_of(Engine& shop, const std::vector<std::string>& without) {
  return digest_of(shop.snapshot().bytes(), without);
}

std::string difference(const Digest& one, const Digest& other) {
  std::string out;
  for (const auto& [table, hash] : one) {
    const auto found = other.find(table);
    if (found == other.end() || found->second != hash) out += (out.empty() ? "" : ", ") + table;
  }
  for (const auto& [table, hash] : other) {
    if (!one.contains(table)) out += (out.empty() ? "" : ", ") + table;
  }
  return out;
}

}  // namespace shop::test
