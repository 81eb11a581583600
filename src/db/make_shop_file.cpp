#include "db/commit_lock.hpp"
#include "db/private_file.hpp"
#include "db/sqlite_driver.hpp"
#include "db/sqlite_error.hpp"

#include <memory>

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

namespace shop::db {
namespace {

constexpr int k_wait_ms = 5000;  // for another program that is making the same shop

bool has_content(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && info.st_size > 0;
}

// In WAL mode from its first page on: a rollback journal never stands beside the real name.
void mark_as_shop(const std::string& path, const std::string& vfs) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE,
                                     vfs.empty() ? nullptr : vfs.c_str());
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> db{raw, &sqlite3_close};
  if (opened != SQLITE_OK) throw_sqlite_error(raw, opened, "make the shop file");
  const auto marks =
      fmt::format("PRAGMA application_id = {}; PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint",
                  application_id);
  const int marked = sqlite3_exec(raw, marks.c_str(), nullptr, nullptr, nullptr);
  if (marked != SQLITE_OK) throw_sqlite_error(raw, marked, "mark the shop file");
}

}  // namespace

void make_shop_file(const std::string& path, const std::string& vfs) {
  CommitLock lock;
  lock.open(path);
  lock.lock(k_wait_ms);
  if (has_content(path)) return;
  DraftFile draft{path};
  mark_as_shop(draft.path(), vfs);
  draft.publish(true);  // over an empty file
}

}  // namespace shop::db
