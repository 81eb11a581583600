#pragma once

#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sqlite3.h>

/// The least that a program writes around the sqlite3 C API: a connection, and statements that are
/// prepared once. Parameters are given in the order of ?1, ?2 …; texts must outlive the step.
namespace shop::bench {

class RawDb {
 public:
  RawDb(const std::string& path, const char* sync, const char* vfs = nullptr) {
    if (sqlite3_open_v2(path.c_str(), &db_,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        vfs) != SQLITE_OK) {
      throw std::runtime_error("cannot open " + path);
    }
    sqlite3_busy_timeout(db_, 60'000);
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA foreign_keys = ON");
    run("PRAGMA cache_size = -16384");
    run("PRAGMA wal_autocheckpoint = 4000");  // as rarely as the library
    run((std::string{"PRAGMA synchronous = "} + sync).c_str());
  }
  ~RawDb() { sqlite3_close_v2(db_); }
  RawDb(const RawDb&) = delete;
  RawDb& operator=(const RawDb&) = delete;

  void run(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
  }
  [[noreturn]] void fail(const char* what) const {
    throw std::runtime_error(std::string{what} + ": " + sqlite3_errmsg(db_));
  }
  [[nodiscard]] sqlite3* handle() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

struct RawBlob {
  std::string_view bytes;
};

class RawStatement {
 public:
  RawStatement(RawDb& db, const char* sql) : db_(&db) {
    if (sqlite3_prepare_v3(db.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
        SQLITE_OK) {
      db.fail(sql);
    }
  }
  ~RawStatement() { sqlite3_finalize(statement_); }
  RawStatement(const RawStatement&) = delete;
  RawStatement& operator=(const RawStatement&) = delete;

  /// Runs a statement to its end.
  template <class... Args>
  void run(const Args&... args) {
    bind_all(args...);
    while (next()) {
    }
  }
  /// The first row is there to be read; done() gives it back.
  template <class... Args>
  bool first(const Args&... args) {
    bind_all(args...);
    return next();
  }
  bool next() {
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) return true;
    sqlite3_reset(statement_);
    if (result != SQLITE_DONE) db_->fail(sqlite3_sql(statement_));
    return false;
  }
  void done() { sqlite3_reset(statement_); }
  /// The first column of the only row, 0 without one.
  template <class... Args>
  std::int64_t number(const Args&... args) {
    if (!first(args...)) return 0;
    const auto out = integer(0);
    done();
    return out;
  }

  [[nodiscard]] std::int64_t integer(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] bool null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  [[nodiscard]] std::string text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  template <class... Args>
  void bind_all(const Args&... args) {
    int place = 0;
    (bind(++place, args), ...);
  }
  template <std::integral T>
  void bind(int place, T value) {
    sqlite3_bind_int64(statement_, place, static_cast<std::int64_t>(value));
  }
  void bind(int place, std::string_view value) {
    sqlite3_bind_text(statement_, place, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
  }
  void bind(int place, const RawBlob& value) {
    sqlite3_bind_blob(statement_, place, value.bytes.data(), static_cast<int>(value.bytes.size()),
                      SQLITE_STATIC);
  }
  void bind(int place, std::nullptr_t) { sqlite3_bind_null(statement_, place); }

  RawDb* db_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace shop::bench
