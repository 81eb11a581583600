#pragma once

#include "core/function_ref.hpp"
#include "db/tx.hpp"
#include "transfer/json_line.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Whole tables, whatever they are: for dumps. Belongs to the dialect: another database lists its
/// tables its own way.
namespace shop::transfer::store {

struct Table {
  std::string name;
  std::vector<std::string> columns;
};

/// The tables that hold a shop, without what a database keeps for itself.
std::vector<Table> tables(db::Tx& tx);
void each_row(db::Tx& tx, const Table& table,
              core::FunctionRef<void(const std::vector<Value>&)> visit);
bool has_rows(db::Tx& tx, const Table& table);
void clear(db::Tx& tx, const Table& table);
void insert(db::Tx& tx, const Table& table, const std::vector<Value>& row);
/// References between rows are checked at the commit, not at each row.
void defer_references(db::Tx& tx);
std::int64_t schema(db::Tx& tx);

}  // namespace shop::transfer::store
