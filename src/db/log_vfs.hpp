#pragma once

#include <string>

namespace shop::db {

/// The name of a SQLite VFS that does as `parent` does (empty: as the system's), and while a
/// LogGathering lives hands it the log of a commit in one write, where SQLite makes two for each
/// page. Stays registered as long as the library is loaded.
/// Throws Error: `cannot_open` (there is no such parent), `no_memory`.
std::string log_gathering_vfs(const std::string& parent);

/// To live around a COMMIT, on its thread: what SQLite writes to the log then is kept until the
/// commit's last page, or until SQLite asks anything else of the log. A write that fails is
/// answered to SQLite before the commit stands. What an end without a last page leaves over is of
/// no commit and never written.
class LogGathering {
 public:
  LogGathering() noexcept;
  ~LogGathering();
  LogGathering(const LogGathering&) = delete;
  LogGathering& operator=(const LogGathering&) = delete;
};

}  // namespace shop::db
