#pragma once

#include "db/sql.hpp"

namespace shop::db::sql {

inline const Sql k_id_next{"id_next", "SELECT next FROM id_sequence WHERE site = $1"};
inline const Sql k_id_save{"id_save", "UPDATE id_sequence SET next = $2 WHERE site = $1"};

inline const Sql k_setting_get{"setting_get", "SELECT value FROM setting WHERE name = $1"};
inline const Sql k_setting_put{"setting_put",
                               "INSERT INTO setting (name, value) VALUES ($1, $2) "
                               "ON CONFLICT (name) DO UPDATE SET value = excluded.value"};

inline const Sql k_migration_list{"migration_list",
                                  "SELECT number, sha256 FROM schema_migration ORDER BY number",
                                  "a few rows, read once at open"};
inline const Sql k_migration_add{
    "migration_add",
    "INSERT INTO schema_migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)"};

inline const Sql k_index_definition{
    "index_definition", "SELECT m.sql FROM sqlite_schema m WHERE m.type = 'index' AND m.name = $1",
    "the schema is a page or two"};

}  // namespace shop::db::sql
