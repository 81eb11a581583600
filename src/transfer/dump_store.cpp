#include "transfer/dump_store.hpp"

#include "core/encoding.hpp"

#include <fmt/format.h>

namespace shop::transfer::store {
namespace {

// The audit chain stays with its file: it is keyed to it and would not verify in another.
constexpr const char* k_tables =
    "SELECT m.name FROM sqlite_schema m WHERE m.type = 'table' "
    "AND substr(m.name, 1, 7) <> 'sqlite_' AND m.name <> 'schema_migration' "
    "AND substr(m.name, 1, 6) <> 'audit_' ORDER BY m.name";
constexpr const char* k_columns = "SELECT c.name FROM pragma_table_info($1) c ORDER BY c.cid";
constexpr const char* k_schema = "SELECT user_version FROM pragma_user_version";
constexpr const char* k_defer = "PRAGMA defer_foreign_keys = ON";

std::string list(const Table& table, bool places) {
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) out += ", ";
    out += places ? fmt::format("${}", i + 1) : fmt::format("\"{}\"", table.columns[i]);
  }
  return out;
}

Value value(const db::Query& query, int column, std::int64_t type) {
  switch (type) {
    case 1:
      return query.integer(column);
    case 2:
      return query.real(column);
    case 3:
      return query.text(column);
    case 4:
      return Blob{std::string{core::as_text(query.blob(column))}};
    default:
      return nullptr;
  }
}

}  // namespace

std::vector<Table> tables(db::Tx& tx) {
  std::vector<Table> out;
  {
    auto query = tx.query_text(k_tables);
    while (query.next()) out.push_back({query.text(0), {}});
  }
  for (auto& table : out) {
    auto query = tx.query_text(k_columns);
    query.bind(1, table.name);
    while (query.next()) table.columns.push_back(query.text(0));
  }
  return out;
}

void each_row(db::Tx& tx, const Table& table,
              core::FunctionRef<void(const std::vector<Value>&)> visit) {
  // Each value comes with its type: 1 integer, 2 real, 3 text, 4 bytes.
  std::string text = "SELECT " + list(table, false);
  for (const auto& column : table.columns) {
    text += fmt::format(
        ", CASE typeof(\"{}\") WHEN 'integer' THEN 1 WHEN 'real' THEN 2 WHEN 'text' THEN 3 "
        "WHEN 'blob' THEN 4 ELSE 0 END",
        column);
  }
  text += fmt::format(" FROM \"{}\"", table.name);
  auto query = tx.query_text(text);
  const auto count = static_cast<int>(table.columns.size());
  std::vector<Value> row(table.columns.size());
  while (query.next()) {
    for (int i = 0; i < count; ++i) {
      row[static_cast<std::size_t>(i)] = value(query, i, query.integer(count + i));
    }
    visit(row);
  }
}

bool has_rows(db::Tx& tx, const Table& table) {
  return tx.query_text(fmt::format("SELECT 1 FROM \"{}\" LIMIT 1", table.name)).next();
}

void clear(db::Tx& tx, const Table& table) {
  auto query = tx.query_text(fmt::format("DELETE FROM \"{}\"", table.name));
  while (query.next()) {
  }
}

void insert(db::Tx& tx, const Table& table, const std::vector<Value>& row) {
  auto query = tx.query_text(fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table.name,
                                         list(table, false), list(table, true)));
  for (std::size_t i = 0; i < row.size(); ++i) {
    const int place = static_cast<int>(i + 1);
    if (const auto* whole = std::get_if<std::int64_t>(&row[i])) {
      query.bind(place, *whole);
    } else if (const auto* real = std::get_if<double>(&row[i])) {
      query.bind(place, *real);
    } else if (const auto* text = std::get_if<std::string>(&row[i])) {
      query.bind(place, *text);
    } else if (const auto* blob = std::get_if<Blob>(&row[i])) {
      query.bind(place, core::as_bytes(blob->bytes));
    } else {
      query.bind(place, nullptr);
    }
  }
  while (query.next()) {
  }
}

void defer_references(db::Tx& tx) {
  auto query = tx.query_text(k_defer);
  while (query.next()) {
  }
}

std::int64_t schema(db::Tx& tx) {
  auto query = tx.query_text(k_schema);
  return query.next() ? query.integer(0) : 0;
}

}  // namespace shop::transfer::store
