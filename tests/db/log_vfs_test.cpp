#include "db/log_vfs.hpp"

#include "shop/error.hpp"
#include "support/shop_fixture.hpp"
#include "support/vfs/shim.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>

#include <sqlite3.h>

using namespace shop;
using namespace shop::test;

namespace {

class Connection {
 public:
  Connection(const std::string& path, const char* vfs) {
    REQUIRE(sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs) ==
            SQLITE_OK);
  }
  ~Connection() { sqlite3_close(db_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int answer(const std::string& sql) {
    return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  }
  void commit() {
    const db::LogGathering gathering;
    run("COMMIT");
  }
  void run(const std::string& sql) {
    char* message = nullptr;
    const int result = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &message);
    CHECK_MESSAGE(result == SQLITE_OK, sql << ": " << (message != nullptr ? message : ""));
    sqlite3_free(message);
  }
  std::string text(const std::string& sql) {
    std::string out;
    sqlite3_exec(
        db_, sql.c_str(),
        [](void* to, int columns, char** values, char**) {
          for (int i = 0; i < columns; ++i) {
            *static_cast<std::string*>(to) += values[i] == nullptr ? "null" : values[i];
            *static_cast<std::string*>(to) += ' ';
          }
          return 0;
        },
        &out, nullptr);
    return out;
  }

 private:
  sqlite3* db_ = nullptr;
};

struct LogVfsFixture {
  TempFolder folder;
  std::string path = folder.path("a.db");
  std::string vfs = log_vfs();
  int copies = 0;

  static std::string log_vfs() { return db::log_gathering_vfs({}); }

  /// What a process would find that opens the file after this one was killed here: the files as
  /// they are, through the system's own file system.
  std::string after_a_kill() {
    const auto copy = folder.path("copy" + std::to_string(++copies));
    std::filesystem::copy_file(path, copy);
    if (std::filesystem::exists(path + "-wal")) {
      std::filesystem::copy_file(path + "-wal", copy + "-wal");
    }
    Connection other{copy, nullptr};
    CHECK(other.text("PRAGMA integrity_check") == "ok ");
    return other.text("SELECT count(*), coalesce(sum(id * length(body)), 0) FROM t");
  }
};

constexpr const char* k_state = "SELECT count(*), coalesce(sum(id * length(body)), 0) FROM t";

}  // namespace

TEST_CASE_FIXTURE(LogVfsFixture, "each commit is in the files when it is answered") {
  Connection db{path, vfs.c_str()};
  CHECK(db.text("PRAGMA journal_mode = WAL") == "wal ");
  db.run("PRAGMA synchronous = NORMAL");
  // So few pages that a transaction writes to the log before its end, and the same page twice.
  db.run("PRAGMA cache_size = 10");
  db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)");
  Connection reader{path, vfs.c_str()};
  std::minstd_rand chance{1};
  for (int round = 0; round < 60; ++round) {
    const auto before = db.text(k_state);
    db.run("BEGIN IMMEDIATE");
    const bool large = round % 3 == 0;
    for (int i = 0; i < (large ? 60 : 1); ++i) {
      db.run("INSERT INTO t (body) VALUES (zeroblob(" + std::to_string(chance() % 9000) + "))");
      if (i % 7 == 3) {
        db.run("UPDATE t SET body = zeroblob(" + std::to_string(chance() % 3000) +
               ") WHERE id % 11 = " + std::to_string(chance() % 11));
      }
      if (i % 20 == 10) {
        db.run("SAVEPOINT s");
        db.run("DELETE FROM t WHERE id % 2 = 0");
        db.run(chance() % 2 == 0 ? "ROLLBACK TO s" : "RELEASE s");
      }
    }
    CHECK(after_a_kill() == before);
    CHECK(reader.text(k_state) == before);
    if (round % 5 == 4) {
      db.run("ROLLBACK");
      CHECK(db.text(k_state) == before);
    } else {
      db.commit();
    }
    const auto after = after_a_kill();  // before anything is read, which writes what waits
    const auto now = db.text(k_state);
    CHECK(after == now);
    CHECK(reader.text(k_state) == now);
    if (round % 10 == 9) db.run("PRAGMA wal_checkpoint(RESTART)");
    if (round % 25 == 24) db.run("PRAGMA wal_checkpoint(TRUNCATE)");
  }
}

namespace {

struct Counting : DiskHooks {
  int writes = 0;
  int refuse_after = -1;
  int before(DiskCall call, const std::string& path, int& amount) override {
    if (call != DiskCall::write || !path.ends_with("-wal")) return SQLITE_OK;
    ++writes;
    if (refuse_after < 0 || writes <= refuse_after) return SQLITE_OK;
    amount = 100;
    return SQLITE_FULL;
  }
};

}  // namespace

TEST_CASE_FIXTURE(LogVfsFixture, "a commit is one write, and fails with it") {
  Counting disk;
  const ShimVfs shim{"counting", disk};
  const auto over = db::log_gathering_vfs("counting");
  CHECK(over == db::log_gathering_vfs("counting"));
  CHECK(over != vfs);
  Connection db{path, over.c_str()};
  CHECK(db.text("PRAGMA journal_mode = WAL") == "wal ");
  db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)");
  db.run("INSERT INTO t (body) VALUES (zeroblob(10))");
  const auto insert = [&](const std::string& body) {
    db.run("BEGIN IMMEDIATE");
    db.run("INSERT INTO t (body) VALUES (" + body + ")");
    disk.writes = 0;
    db.commit();
    return disk.writes;
  };
  CHECK(insert("zeroblob(40000)") == 1);   // eleven pages
  CHECK(insert("zeroblob(400000)") == 4);  // more than are kept

  const auto before = db.text(k_state);
  for (const int reaches : {0, 2}) {
    db.run("BEGIN IMMEDIATE");
    db.run("INSERT INTO t (body) VALUES (zeroblob(400000))");
    disk.writes = 0;
    disk.refuse_after = reaches;
    {
      const db::LogGathering gathering;
      CHECK(db.answer("COMMIT") == SQLITE_FULL);
    }
    disk.refuse_after = -1;
    db.answer("ROLLBACK");
    CHECK(db.text(k_state) == before);
    CHECK(after_a_kill() == before);
  }
  insert("zeroblob(20)");
  const auto after = after_a_kill();
  CHECK(after == db.text(k_state));
}

TEST_CASE_FIXTURE(LogVfsFixture, "what was rolled back is not written over what another commits") {
  Connection one{path, vfs.c_str()};
  CHECK(one.text("PRAGMA journal_mode = WAL") == "wal ");
  one.run("PRAGMA cache_size = 10");
  one.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)");
  for (int i = 0; i < 200; ++i) one.run("INSERT INTO t (body) VALUES (zeroblob(3000))");
  one.run("PRAGMA wal_checkpoint(RESTART)");
  Connection other{path, vfs.c_str()};
  for (int round = 0; round < 20; ++round) {
    one.run("BEGIN IMMEDIATE");
    one.run("UPDATE t SET body = randomblob(3000) WHERE id <= " + std::to_string(20 + 9 * round));
    one.run("ROLLBACK");
    other.run("BEGIN IMMEDIATE");
    other.run("UPDATE t SET body = zeroblob(" + std::to_string(2000 + round) +
              ") WHERE id % 9 = " + std::to_string(round % 9));
    other.commit();
    const auto after = after_a_kill();
    CHECK(after == other.text(k_state));
    CHECK(one.text(k_state) == after);
    CHECK(one.text("PRAGMA integrity_check") == "ok ");
    CHECK(after_a_kill() == after);
  }
}

TEST_CASE("there is nothing to gather for a file system that SQLite does not know") {
  CHECK(code_of([] { (void)db::log_gathering_vfs("no such"); }) == Code::cannot_open);
}
