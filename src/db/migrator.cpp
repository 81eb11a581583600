#include "db/database.hpp"
#include "db/db_sql.hpp"
#include "db/migrations.hpp"
#include "shop/error.hpp"

#include <map>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace shop::db {
namespace {

bool has_schema(Connection& connection) {
  const auto statement = connection.prepare(
      "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'");
  return statement->step();
}

std::map<int, std::string> applied(SqliteConnection& connection) {
  std::map<int, std::string> rows;
  if (!has_schema(connection)) return rows;
  const auto statement = connection.prepare(sql::k_migration_list.text());
  while (statement->step()) {
    rows.emplace(static_cast<int>(statement->integer(0)), std::string{statement->text(1)});
  }
  return rows;
}

void check_known(const std::map<int, std::string>& rows) {
  std::map<int, std::string_view> known;
  for (const auto& migration : embedded_migrations()) known[migration.number] = migration.sha256;
  for (const auto& [number, sha256] : rows) {
    const auto found = known.find(number);
    if (found == known.end() || found->second != sha256) {
      throw Error(
          Code::schema_newer,
          fmt::format("the shop's schema change {} is not one that this libshop has", number));
    }
  }
}

// A copy that cannot be read back protects nobody.
void back_up(SqliteConnection& connection, const std::string& path, std::size_t schema) {
  const auto copy = fmt::format("{}.before-{}", path, schema);
  ::unlink(copy.c_str());  // of an upgrade that was cut off; nothing was changed since
  connection.backup_to(copy);
  SqliteOptions options;
  options.path = copy;
  options.read_only = true;
  const auto check = SqliteConnection::open(options, SqliteConnection::Kind::reader);
  const auto statement = check->prepare("PRAGMA quick_check(1)");
  if (!statement->step() || statement->text(0) != "ok") {
    throw Error(Code::corrupt, fmt::format("the copy before migrating, {}, is damaged", copy));
  }
}

void apply(SqliteConnection& connection, const Migration& migration, Timestamp now) {
  connection.script(std::string{migration.sql}.c_str());
  const auto statement = connection.prepare(sql::k_migration_add.text());
  statement->bind(1, std::int64_t{migration.number});
  statement->bind_text(2, migration.name, true);
  statement->bind_text(3, migration.sha256, true);
  statement->bind(4, now);
  statement->step();
}

}  // namespace

int newest_schema() {
  return static_cast<int>(embedded_migrations().size());
}

int migrate(Database& database) {
  return database.exclusive([&](SqliteConnection& connection) {
    const auto before = applied(connection);
    check_known(before);
    if (before.size() == embedded_migrations().size()) return 0;
    if (database.read_only()) {
      throw Error(Code::schema_older, "the shop must be migrated; open it for writing once");
    }
    if (!before.empty() && !database.in_memory()) {
      back_up(connection, database.path(), before.size());
    }
    connection.begin_write();
    try {
      const auto now = database.env().clock->now();
      int count = 0;
      for (const auto& migration : embedded_migrations()) {
        if (before.contains(migration.number)) continue;
        apply(connection, migration, now);
        ++count;
      }
      connection.script(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                    application_id, newest_schema())
                            .c_str());
      connection.commit();
      return count;
    } catch (...) {
      connection.rollback();
      throw;
    }
  });
}

}  // namespace shop::db
