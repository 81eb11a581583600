#include "db/log_vfs.hpp"

#include "shop/error.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

// What a write-ahead log looks like is part of SQLite's documented file format: frames of a header
// of 24 bytes and a page, and in the header of a commit's last frame the size of the database.
namespace shop::db {
namespace {

constexpr int k_frame_header = 24;
constexpr int k_size_after_commit = 4;  // where it is in the header, four bytes
// Some thirty pages; a longer commit takes several writes.
constexpr int k_most_bytes = 128 * 1024;

struct LogVfs {
  sqlite3_vfs base;
  sqlite3_vfs* parent;
  int iVersion;  // the parent's, by which another one at the same place is known
  std::string name;
};

/// What SQLite allocates for the log; the parent's own file follows it.
struct LogFile {
  sqlite3_file base;
  unsigned char* gathered;  // k_most_bytes bytes, or null
  int size;                 // of what waits
  sqlite3_int64 offset;     // where it goes
  sqlite3_int64 last_read;
  bool whole_pages;  // what the disk does to the bytes beside a write does not bother SQLite
  bool page_is_next;
  bool ends_commit;

  [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
static_assert(sizeof(LogFile) % alignof(std::max_align_t) == 0);

/// What a LogGathering of this thread knows of.
struct Gathering {
  bool on = false;
  LogFile* file = nullptr;  // that has something kept
};
thread_local Gathering t_gathering;

LogFile& log_file(sqlite3_file* file) {
  return *reinterpret_cast<LogFile*>(file);
}

sqlite3_vfs* parent_of(sqlite3_vfs* vfs) {
  return static_cast<LogVfs*>(vfs->pAppData)->parent;
}

int flush(LogFile& self) {
  if (self.size == 0) return SQLITE_OK;
  const int size = std::exchange(self.size, 0);
  return self.real()->pMethods->xWrite(self.real(), self.gathered, size, self.offset);
}

/// A header that is not followed by its page: SQLite read the frame and writes its header anew.
bool is_rewritten(const LogFile& self, sqlite3_int64 offset) {
  return offset == self.last_read;
}

bool is_commit(const void* header) {
  const auto* size = static_cast<const unsigned char*>(header) + k_size_after_commit;
  return (size[0] | size[1] | size[2] | size[3]) != 0;
}

int close_log(sqlite3_file* file) {
  auto& self = log_file(file);
  sqlite3_free(self.gathered);
  return self.real()->pMethods->xClose(self.real());
}

int read_log(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
  auto& self = log_file(file);
  self.last_read = offset;
  if (const int result = flush(self); result != SQLITE_OK) return result;
  return self.real()->pMethods->xRead(self.real(), to, amount, offset);
}

int write_log(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  auto& self = log_file(file);
  const bool is_page = std::exchange(self.page_is_next, false);
  const bool is_header =
      t_gathering.on && !is_page && amount == k_frame_header && !is_rewritten(self, offset);
  if (self.size != 0 && (offset != self.offset + self.size || self.size + amount > k_most_bytes)) {
    if (const int result = flush(self); result != SQLITE_OK) return result;
  }
  if (is_header && self.gathered == nullptr && self.whole_pages) {
    self.gathered = static_cast<unsigned char*>(sqlite3_malloc(k_most_bytes));
  }
  if ((!is_header && !is_page) || self.gathered == nullptr || amount > k_most_bytes) {
    if (const int result = flush(self); result != SQLITE_OK) return result;
    return self.real()->pMethods->xWrite(self.real(), from, amount, offset);
  }
  if (self.size == 0) self.offset = offset;
  std::memcpy(self.gathered + self.size, from, static_cast<std::size_t>(amount));
  self.size += amount;
  if (is_header) {
    t_gathering.file = &self;
    self.page_is_next = true;
    self.ends_commit = is_commit(from);
    return SQLITE_OK;
  }
  return self.ends_commit ? flush(self) : SQLITE_OK;
}

int truncate_log(sqlite3_file* file, sqlite3_int64 size) {
  auto& self = log_file(file);
  if (const int result = flush(self); result != SQLITE_OK) return result;
  return self.real()->pMethods->xTruncate(self.real(), size);
}

int sync_log(sqlite3_file* file, int flags) {
  auto& self = log_file(file);
  if (const int result = flush(self); result != SQLITE_OK) return result;
  return self.real()->pMethods->xSync(self.real(), flags);
}

int size_of_log(sqlite3_file* file, sqlite3_int64* size) {
  auto& self = log_file(file);
  if (const int result = flush(self); result != SQLITE_OK) return result;
  return self.real()->pMethods->xFileSize(self.real(), size);
}

int lock_log(sqlite3_file* file, int level) {
  auto& self = log_file(file);
  return self.real()->pMethods->xLock(self.real(), level);
}

int unlock_log(sqlite3_file* file, int level) {
  auto& self = log_file(file);
  return self.real()->pMethods->xUnlock(self.real(), level);
}

int is_log_reserved(sqlite3_file* file, int* out) {
  auto& self = log_file(file);
  return self.real()->pMethods->xCheckReservedLock(self.real(), out);
}

int control_log(sqlite3_file* file, int operation, void* argument) {
  auto& self = log_file(file);
  return self.real()->pMethods->xFileControl(self.real(), operation, argument);
}

int sector_of_log(sqlite3_file* file) {
  auto& self = log_file(file);
  return self.real()->pMethods->xSectorSize(self.real());
}

int device_of_log(sqlite3_file* file) {
  auto& self = log_file(file);
  return self.real()->pMethods->xDeviceCharacteristics(self.real());
}

constexpr sqlite3_io_methods k_methods{
    .iVersion = 1,  // the shared memory belongs to the file of the database
    .xClose = close_log,
    .xRead = read_log,
    .xWrite = write_log,
    .xTruncate = truncate_log,
    .xSync = sync_log,
    .xFileSize = size_of_log,
    .xLock = lock_log,
    .xUnlock = unlock_log,
    .xCheckReservedLock = is_log_reserved,
    .xFileControl = control_log,
    .xSectorSize = sector_of_log,
    .xDeviceCharacteristics = device_of_log,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* parent = parent_of(vfs);
  if ((flags & SQLITE_OPEN_WAL) == 0) return parent->xOpen(parent, name, file, flags, out_flags);
  auto& self = log_file(file);
  self = {};
  self.last_read = -1;
  const int result = parent->xOpen(parent, name, self.real(), flags, out_flags);
  if (self.real()->pMethods != nullptr) {
    self.base.pMethods = &k_methods;
    // Without it SQLite fills sectors up, in writes of other sizes.
    self.whole_pages = (device_of_log(file) & SQLITE_IOCAP_POWERSAFE_OVERWRITE) != 0;
  }
  return result;
}

/// The rest of a VFS goes to the parent as it is.
sqlite3_vfs forwarding(const sqlite3_vfs& parent) {
  sqlite3_vfs out{};
  out.iVersion = 2;
  out.szOsFile = static_cast<int>(sizeof(LogFile)) + parent.szOsFile;
  out.mxPathname = parent.mxPathname;
  out.xOpen = open_file;
  out.xDelete = [](sqlite3_vfs* vfs, const char* name, int sync) {
    return parent_of(vfs)->xDelete(parent_of(vfs), name, sync);
  };
  out.xAccess = [](sqlite3_vfs* vfs, const char* name, int flags, int* result) {
    return parent_of(vfs)->xAccess(parent_of(vfs), name, flags, result);
  };
  out.xFullPathname = [](sqlite3_vfs* vfs, const char* name, int size, char* result) {
    return parent_of(vfs)->xFullPathname(parent_of(vfs), name, size, result);
  };
  out.xDlOpen = [](sqlite3_vfs* vfs, const char* name) {
    return parent_of(vfs)->xDlOpen(parent_of(vfs), name);
  };
  out.xDlError = [](sqlite3_vfs* vfs, int size, char* result) {
    parent_of(vfs)->xDlError(parent_of(vfs), size, result);
  };
  out.xDlSym = [](sqlite3_vfs* vfs, void* library, const char* name) {
    return parent_of(vfs)->xDlSym(parent_of(vfs), library, name);
  };
  out.xDlClose = [](sqlite3_vfs* vfs, void* library) {
    parent_of(vfs)->xDlClose(parent_of(vfs), library);
  };
  out.xRandomness = [](sqlite3_vfs* vfs, int size, char* result) {
    return parent_of(vfs)->xRandomness(parent_of(vfs), size, result);
  };
  out.xSleep = [](sqlite3_vfs* vfs, int microseconds) {
    return parent_of(vfs)->xSleep(parent_of(vfs), microseconds);
  };
  out.xCurrentTime = [](sqlite3_vfs* vfs, double* result) {
    return parent_of(vfs)->xCurrentTime(parent_of(vfs), result);
  };
  out.xGetLastError = [](sqlite3_vfs* vfs, int size, char* result) {
    return parent_of(vfs)->xGetLastError(parent_of(vfs), size, result);
  };
  if (parent.iVersion < 2 || parent.xCurrentTimeInt64 == nullptr) return out;
  out.xCurrentTimeInt64 = [](sqlite3_vfs* vfs, sqlite3_int64* result) {
    return parent_of(vfs)->xCurrentTimeInt64(parent_of(vfs), result);
  };
  return out;
}

/// Those that were registered. None is ever freed, as connections may outlive everything here;
/// SQLite forgets them when the library is unloaded.
class VfsRegistry {
 public:
  void forget() {
    const std::lock_guard guard{mutex_};
    for (auto* vfs : all_) sqlite3_vfs_unregister(&vfs->base);
  }

  std::string over(sqlite3_vfs* parent) {
    const std::lock_guard guard{mutex_};
    for (const auto* vfs : all_) {
      const int size = static_cast<int>(sizeof(LogFile)) + parent->szOsFile;
      if (vfs->parent == parent && vfs->base.szOsFile == size &&
          vfs->base.mxPathname == parent->mxPathname && vfs->iVersion == parent->iVersion &&
          sqlite3_vfs_find(vfs->base.zName) == &vfs->base) {
        return vfs->name;
      }
    }
    auto made = std::make_unique<LogVfs>(LogVfs{forwarding(*parent), parent, parent->iVersion, {}});
    // There may be several copies of this library in a process.
    made->name = fmt::format("libshop-{}", static_cast<const void*>(made.get()));
    made->base.zName = made->name.c_str();
    made->base.pAppData = made.get();
    all_.reserve(all_.size() + 1);
    if (sqlite3_vfs_register(&made->base, 0) != SQLITE_OK) {
      throw Error(Code::no_memory, "SQLite cannot take a file system");
    }
    all_.push_back(made.release());
    return all_.back()->name;
  }

 private:
  std::mutex mutex_;
  std::vector<LogVfs*> all_;
};

}  // namespace

std::string log_gathering_vfs(const std::string& parent) {
  static auto& registry = *new VfsRegistry;
  static const struct Unload {
    ~Unload() { registry.forget(); }
  } unload;
  auto* found = sqlite3_vfs_find(parent.empty() ? nullptr : parent.c_str());
  if (found == nullptr) {
    throw Error(Code::cannot_open, fmt::format("SQLite knows no file system “{}”", parent));
  }
  // The system's may be gone and ours in its place.
  if (found->xOpen == open_file) found = parent_of(found);
  return registry.over(found);
}

LogGathering::LogGathering() noexcept {
  t_gathering = {true, nullptr};
}

LogGathering::~LogGathering() {
  if (t_gathering.file != nullptr) {
    t_gathering.file->size = 0;
    t_gathering.file->page_is_next = false;
  }
  t_gathering = {};
}

}  // namespace shop::db
