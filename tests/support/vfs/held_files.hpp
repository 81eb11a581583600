#pragma once

#include "support/vfs/disk_log.hpp"

#include <string>

struct sqlite3_vfs;

namespace shop::test {

/// Files in memory as a SQLite VFS, for one connection at a time: enough to let SQLite recover what
/// a disk held.
class HeldFiles {
 public:
  explicit HeldFiles(std::string name);
  ~HeldFiles();
  HeldFiles(const HeldFiles&) = delete;
  HeldFiles& operator=(const HeldFiles&) = delete;

  /// By name; a path is a name here.
  DiskImage files;

  /// Lets SQLite recover the file and carry its log over into it, so that the file is then all that
  /// the database holds, page by page. Result: SQLITE_OK, or what SQLite said.
  int recover(const std::string& file);

 private:
  std::string name_;
  sqlite3_vfs* vfs_;
};

}  // namespace shop::test
