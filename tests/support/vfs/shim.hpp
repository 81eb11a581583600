#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

struct sqlite3_vfs;

namespace shop::test {

/// A call of SQLite to its disk.
enum class DiskCall {
  open,
  remove,
  exists,
  read,
  write,
  truncate,
  sync,
  size,
  lock,
  shared_map,
  shared_lock
};

const char* disk_call_name(DiskCall call);

/// What a disk that a test plays does differently from a real one. Called from any thread.
class DiskHooks {
 public:
  virtual ~DiskHooks() = default;

  /// Before each call. SQLITE_OK lets it through to the disk; anything else is what SQLite gets
  /// instead. A write may shorten `amount`: that much reaches the disk before the call fails.
  virtual int before(DiskCall /*call*/, const std::string& /*path*/, int& /*amount*/) { return 0; }

  /// After each call that reached the disk.
  virtual void opened(const std::string& /*path*/, bool /*created*/) {}
  virtual void wrote(const std::string& /*path*/, std::int64_t /*offset*/,
                     std::span<const std::byte> /*bytes*/) {}
  virtual void truncated(const std::string& /*path*/, std::int64_t /*size*/) {}
  /// `folder`: the folder was synced as well, so the file's name is safe, too.
  virtual void synced(const std::string& /*path*/, bool /*folder*/) {}
  virtual void removed(const std::string& /*path*/, bool /*folder_synced*/) {}
};

/// A SQLite VFS under a name of its own, for OpenOptions::vfs, which hands everything on to the
/// system's and tells the hooks. Registered as long as it lives; every file must be closed before.
class ShimVfs {
 public:
  ShimVfs(std::string name, DiskHooks& hooks);
  ~ShimVfs();
  ShimVfs(const ShimVfs&) = delete;
  ShimVfs& operator=(const ShimVfs&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  sqlite3_vfs* vfs_;
};

}  // namespace shop::test
