#include "db/database.hpp"

#include "core/random.hpp"
#include "db/db_sql.hpp"
#include "db/indexes.hpp"
#include "db/migrations.hpp"
#include "db/sqlite_error.hpp"
#include "support/edit_file.hpp"
#include "support/shop_fixture.hpp"

#include <chrono>
#include <thread>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace shop;
using namespace shop::test;

namespace {

db::Env held_env() {
  return {std::make_shared<ManualClock>(start_of_test), core::seeded_random(1), "GBP", 0};
}

db::DatabaseOptions busy_soon(const std::string& path) {
  db::DatabaseOptions options;
  options.sqlite.path = path;
  options.sqlite.busy_timeout_ms = 30;
  db::make_shop_file(path, {});
  return options;
}

struct DatabaseFixture {
  TempFolder folder;
  std::string path = folder.path("shop");
  db::DatabaseOptions options = busy_soon(path);
};

void put(db::Database& database, const std::string& name) {
  database.write([&](db::Tx& tx) { tx.exec(db::sql::k_setting_put, name, "x"); });
}

}  // namespace

TEST_CASE_FIXTURE(DatabaseFixture, "a log that grows long is moved into the file meanwhile") {
  options.checkpoint_frames = 4;
  db::Database database{options, held_env()};
  db::migrate(database);
  for (int i = 0; i < 200 && database.stats().checkpoints < 2; ++i) {
    put(database, "name " + std::to_string(i));
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  CHECK(database.stats().checkpoints >= 2);
  database.checkpoint();
  database.close();
  CHECK_FALSE(std::filesystem::exists(path + "-wal"));
}

TEST_CASE_FIXTURE(DatabaseFixture, "who cannot have the lock is told in time, and goes on later") {
  db::Database mine{options, held_env()};
  db::migrate(mine);
  db::Database theirs{options, held_env()};
  mine.exclusive(
      [&](db::SqliteConnection&) { CHECK(code_of([&] { put(theirs, "a"); }) == Code::busy); });
  put(theirs, "a");
  // Somebody who does not know of the lock: SQLite's own says so.
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
  REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(code_of([&] { put(mine, "b"); }) == Code::busy);
  CHECK(mine.stats().busy_retries > 0);
  REQUIRE(sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(other);
  put(mine, "b");
}

TEST_CASE_FIXTURE(DatabaseFixture, "nothing is closed from inside") {
  db::Database database{options, held_env()};
  db::migrate(database);
  CHECK(code_of([&] { database.write([&](db::Tx&) { database.close(); }); }) == Code::reentrant);
  put(database, "still open");
}

TEST_CASE_FIXTURE(DatabaseFixture, "after a fork the child is refused, and the parent goes on") {
  auto database = std::make_unique<db::Database>(options, held_env());
  db::migrate(*database);
  const auto read = [&] { database->read([](db::Tx&) { return 1; }); };
  read();
  const auto child = ::fork();
  if (child == 0) {
    bool good = false;
    try {
      read();
    } catch (const Error& error) {
      good = error.code() == Code::forked;
    }
    database->close();
    database.reset();
    ::_exit(good ? 0 : 1);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  put(*database, "parent");
}

TEST_CASE_FIXTURE(DatabaseFixture, "a shop of a schema that is not known, or of one to come") {
  {
    db::Database database{options, held_env()};
    db::migrate(database);
  }
  const auto whole = read_bytes(path);
  const auto opening = [&](const std::string& sql, bool read_only) {
    write_bytes(path, whole);
    edit_file(path, sql);
    auto edited = options;
    edited.sqlite.read_only = read_only;
    db::Database database{edited, held_env()};
    return code_of([&] { return db::migrate(database); });
  };
  CHECK(opening("UPDATE schema_migration SET sha256 = 'other' WHERE number = 1", false) ==
        Code::schema_newer);
  CHECK(opening("INSERT INTO schema_migration SELECT 9999, name, sha256, applied_at "
                "FROM schema_migration LIMIT 1",
                false) == Code::schema_newer);
  CHECK(opening("DELETE FROM schema_migration WHERE number = (SELECT max(number) "
                "FROM schema_migration)",
                true) == Code::schema_older);
  write_bytes(path, whole);
  auto looking = options;
  looking.sqlite.read_only = true;
  db::Database database{looking, held_env()};
  CHECK(db::migrate(database) == 0);
  CHECK(code_of([&] { put(database, "x"); }) == Code::read_only);
  database.checkpoint();
}

TEST_CASE("a statement that runs may run again inside itself, and an id needs a change") {
  db::Database database{{}, held_env()};
  db::migrate(database);
  database.write([&](db::Tx& tx) {
    tx.exec(db::sql::k_setting_put, "a", "1");
    tx.exec(db::sql::k_setting_put, "b", "2");
    auto outer = tx.query(db::sql::k_setting_get, "a");
    REQUIRE(outer.next());
    auto inner = tx.query(db::sql::k_setting_get, "b");
    REQUIRE(inner.next());
    CHECK(outer.text(0) == "1");
    CHECK(inner.text(0) == "2");
    auto first = tx.query_text("SELECT 1 UNION SELECT 2");
    auto second = tx.query_text("SELECT 1 UNION SELECT 2");
    REQUIRE(first.next());
    REQUIRE(second.next());
    REQUIRE(first.next());
    CHECK(first.integer(0) == 2);
    CHECK(second.integer(0) == 1);
  });
  CHECK(code_of([&] { return database.read([](db::Tx& tx) { return tx.next_id(); }); }) ==
        Code::internal);
}

TEST_CASE("statements that SQLite cannot take, and many that it can") {
  db::Database database{{}, held_env()};
  db::migrate(database);
  const auto prepare = [&](const std::string& sql) {
    return code_of([&] {
      database.exclusive([&](db::SqliteConnection& connection) { (void)connection.prepare(sql); });
    });
  };
  CHECK(prepare("SELEKT") == Code::internal);
  CHECK(prepare("SELECT ?") == Code::internal);
  CHECK(prepare("SELECT $0") == Code::internal);
  CHECK(prepare("SELECT $64") == Code::internal);
  std::string many = "SELECT $1";
  for (int i = 2; i <= 64; ++i) many += ", $" + std::to_string(i);
  CHECK(prepare(many) == Code::internal);
  database.write([](db::Tx& tx) {
    for (int i = 0; i < 600; ++i) {
      auto query = tx.query_text("SELECT " + std::to_string(i));
      REQUIRE(query.next());
      CHECK(query.integer(0) == i);
    }
  });
  CHECK(code_of([&] {
          database.exclusive(
              [](db::SqliteConnection& connection) { connection.script("NONSENSE"); });
        }) == Code::internal);
  CHECK(code_of([&] {
          database.write([](db::Tx& tx) { (void)db::drop_index(tx, "no_such_index"); });
        }) == Code::internal);
}

TEST_CASE("what SQLite says becomes a code of ours") {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(":memory:", &db) == SQLITE_OK);
  sqlite3_extended_result_codes(db, 1);
  const auto answer = [&](const char* sql) {
    return error_of([&] {
      const int result = sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
      if (result != SQLITE_OK) db::throw_sqlite_error(db, result, sql);
    });
  };
  REQUIRE(
      sqlite3_exec(db,
                   "PRAGMA foreign_keys = ON; CREATE TABLE a (id INTEGER PRIMARY KEY, "
                   "name TEXT NOT NULL UNIQUE CHECK (name <> 'no')) STRICT; "
                   "CREATE TABLE b (a INTEGER REFERENCES a (id), k TEXT, PRIMARY KEY (k)) "
                   "WITHOUT ROWID; INSERT INTO a VALUES (1, 'x'); INSERT INTO b VALUES (1, 'k')",
                   nullptr, nullptr, nullptr) == SQLITE_OK);
  auto error = answer("INSERT INTO a VALUES (2, 'x')");
  CHECK(error.code() == Code::already_exists);
  CHECK(first_path(error) == "name");
  error = answer("INSERT INTO a VALUES (1, 'y')");
  CHECK(error.code() == Code::already_exists);
  CHECK(first_path(error) == "id");
  CHECK(answer("INSERT INTO b VALUES (1, 'k')").code() == Code::already_exists);
  CHECK(answer("INSERT INTO b VALUES (7, 'm')").code() == Code::conflict);
  CHECK(answer("INSERT INTO a VALUES (3, 'no')").code() == Code::internal);
  CHECK(answer("INSERT INTO a VALUES (3, NULL)").code() == Code::internal);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1000);
  CHECK(answer("SELECT zeroblob(2000)").code() == Code::too_large);
  sqlite3_close(db);
  const struct {
    int result;
    Code code;
  } results[] = {{SQLITE_BUSY, Code::busy},
                 {SQLITE_LOCKED, Code::busy},
                 {SQLITE_PROTOCOL, Code::busy},
                 {SQLITE_FULL, Code::full},
                 {SQLITE_IOERR, Code::io},
                 {SQLITE_CORRUPT, Code::corrupt},
                 {SQLITE_NOTADB, Code::not_a_shop},
                 {SQLITE_READONLY, Code::read_only},
                 {SQLITE_CANTOPEN, Code::cannot_open},
                 {SQLITE_MISUSE, Code::internal}};
  for (const auto& [result, code] : results) {
    CHECK(code_of([&, result = result] { db::throw_sqlite_error(nullptr, result, "test"); }) ==
          code);
  }
  CHECK_THROWS_AS(db::throw_sqlite_error(nullptr, SQLITE_NOMEM, "test"), std::bad_alloc);
}
