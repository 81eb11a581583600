#pragma once

#include "shop/error.hpp"

struct sqlite3;

namespace shop::db {

/// Turns the last failure of `db` into shop::Error and throws it. `during` is what was tried.
[[noreturn]] void throw_sqlite_error(sqlite3* db, int result, const char* during);

}  // namespace shop::db
