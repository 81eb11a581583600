#pragma once

#include "db/sql.hpp"

namespace shop::transfer::sql {

inline const db::Sql k_header_find{
    "import_header_find", "SELECT id FROM import_header WHERE columns = $1 AND final_newline = $2"};
inline const db::Sql k_header_add{
    "import_header_add",
    "INSERT INTO import_header (id, columns, final_newline) VALUES ($1, $2, $3)"};
inline const db::Sql k_headers{"import_headers",
                               "SELECT columns, final_newline, id FROM import_header ORDER BY id",
                               "a row per kind of imported file"};
inline const db::Sql k_extra_add{
    "import_extra_add",
    "INSERT INTO import_extra (product_id, header_id, rows, cells) VALUES ($1, $2, $3, $4)"};
inline const db::Sql k_extra_header{"import_extra_header",
                                    "SELECT header_id FROM import_extra WHERE product_id = $1"};
inline const db::Sql k_extra{"import_extra",
                             "SELECT rows, cells FROM import_extra WHERE product_id = $1"};

}  // namespace shop::transfer::sql
