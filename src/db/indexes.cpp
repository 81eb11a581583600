#include "db/indexes.hpp"

#include "db/db_sql.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop::db {

std::string drop_index(Tx& tx, std::string_view name) {
  std::string definition;
  {
    auto query = tx.query(sql::k_index_definition, name);
    if (!query.next()) throw Error(Code::internal, fmt::format("there is no index {}", name));
    definition = query.text(0);
  }
  tx.connection().script(fmt::format("DROP INDEX {}", name).c_str());
  return definition;
}

bool make_index(Tx& tx, const std::string& definition) {
  try {
    tx.connection().script(definition.c_str());
  } catch (const Error& error) {
    if (error.code() == Code::already_exists) return false;
    throw;
  }
  return true;
}

}  // namespace shop::db
