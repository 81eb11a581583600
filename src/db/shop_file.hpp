#pragma once

#include <string>

namespace shop::db {

enum class FileState {
  missing,  ///< not there, or empty: a new shop may be made
  shop,     ///< a shop of this or an older schema
  sealed,   ///< a sealed backup
};

/// Looks at a file before SQLite does, without changing a byte of it. Throws Error:
/// `cannot_open` (missing folder, no permission, a link), `not_a_shop` (a folder, a text, another
/// program's database), `corrupt` (cut off), `schema_newer`, `read_only` (when `write` is wanted).
FileState inspect_file(const std::string& path, bool write, int newest_schema);

/// Notes that this process has the file open, and forgets it again. While it is open nothing may
/// open it but SQLite: closing any other descriptor would drop SQLite's own locks.
class OpenFile {
 public:
  OpenFile() = default;
  ~OpenFile() { forget(); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  void note(const std::string& path);
  void forget() noexcept;

 private:
  unsigned long long device_ = 0;
  unsigned long long inode_ = 0;
};

}  // namespace shop::db
