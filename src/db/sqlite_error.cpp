#include "db/sqlite_error.hpp"

#include <new>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <sqlite3.h>

namespace shop::db {
namespace {

Code code_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:  // others kept changing the log while this one tried to read it
      return Code::busy;
    case SQLITE_FULL:
      return Code::full;
    case SQLITE_IOERR:
      return Code::io;
    case SQLITE_CORRUPT:
      return Code::corrupt;
    case SQLITE_NOTADB:
      return Code::not_a_shop;
    case SQLITE_READONLY:
      return Code::read_only;
    case SQLITE_CANTOPEN:
      return Code::cannot_open;
    case SQLITE_TOOBIG:
      return Code::too_large;
    default:
      return Code::internal;
  }
}

// "UNIQUE constraint failed: product.slug" → the detail {path: slug, code: taken}. Services that
// know more about the field check before they write; this is what remains under a race.
[[noreturn]] void throw_constraint(int result, std::string_view message) {
  const auto colon = message.rfind(": ");
  const auto where =
      colon == std::string_view::npos ? std::string_view{} : message.substr(colon + 2);
  const auto dot = where.find('.');
  const std::string path{dot == std::string_view::npos ? where : where.substr(dot + 1)};
  if (result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY ||
      result == SQLITE_CONSTRAINT_ROWID) {
    throw Error(Code::already_exists, fmt::format("{}: there is one already", where),
                {{path, "taken", "there is one already", {}}});
  }
  if (result == SQLITE_CONSTRAINT_FOREIGNKEY) {
    throw Error(Code::conflict, "something else still refers to it, or it refers to nothing");
  }
  throw Error(Code::internal, fmt::format("a rule of the schema was broken: {}", message));
}

}  // namespace

void throw_sqlite_error(sqlite3* db, int result, const char* during) {
  if ((result & 0xFF) == SQLITE_NOMEM) throw std::bad_alloc{};
  const int extended = db != nullptr ? sqlite3_extended_errcode(db) : result;
  const std::string message = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(result);
  if ((result & 0xFF) == SQLITE_CONSTRAINT) throw_constraint(extended, message);
  throw Error(code_of(result), fmt::format("{} failed: {} ({})", during, message, extended));
}

}  // namespace shop::db
