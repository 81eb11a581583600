#pragma once

#include <span>
#include <string_view>

namespace shop::db {

class Database;

/// A numbered change of the schema, from src/<module>/migrations/NNNN_name.sql.
struct Migration {
  int number;
  std::string_view name;
  std::string_view sql;
  std::string_view sha256;
};

/// All that this build knows, ascending; generated into the build.
std::span<const Migration> embedded_migrations();

/// What a file of this build says as its schema: how many migrations were applied.
int newest_schema();

/// Applies what is missing, in one transaction. Before an older shop is touched, a copy is made
/// beside it (`<path>.before-<schema>`) and checked. Throws Error{schema_newer} when an applied
/// migration is not the one that this build has. Result: how many were applied.
int migrate(Database& database);

}  // namespace shop::db
