#include "db/settings.hpp"

#include "db/db_sql.hpp"

#include <charconv>
#include <string>

namespace shop::db {

std::int64_t number_setting(Tx& tx, std::string_view name, std::int64_t otherwise) {
  auto query = tx.query(sql::k_setting_get, name);
  if (!query.next()) return otherwise;
  const auto text = query.view(0);
  std::from_chars(text.data(), text.data() + text.size(), otherwise);
  return otherwise;
}

void put_number_setting(Tx& tx, std::string_view name, std::int64_t value) {
  tx.exec(sql::k_setting_put, name, std::to_string(value));
}

}  // namespace shop::db
