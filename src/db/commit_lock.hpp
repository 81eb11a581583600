#pragma once

#include <string>

namespace shop::db {

/// The lock that commits and checkpoints of all processes on one shop share. SQLite before 3.51.3
/// can damage a file when a commit races a checkpoint; under this lock they cannot. It lives in a
/// small file beside the shop, held by open file description, so that the kernel frees it with
/// its holder and no other descriptor of the process can drop it by accident.
class CommitLock {
 public:
  CommitLock() = default;
  ~CommitLock() { close(); }
  CommitLock(const CommitLock&) = delete;
  CommitLock& operator=(const CommitLock&) = delete;

  /// Opens the lock of the shop at `path`; the last one to close removes the file.
  void open(const std::string& path);
  /// Waits at most `timeout_ms`, then throws Error{busy}. Nothing to do for a shop in memory.
  void lock(int timeout_ms);
  void unlock() noexcept;
  void close() noexcept;

 private:
  void open_current();

  std::string path_;
  int descriptor_ = -1;
};

}  // namespace shop::db
