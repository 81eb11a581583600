#include "support/vfs/shim.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include <sqlite3.h>

namespace shop::test {
namespace {

constexpr std::array k_names{"open", "remove", "exists", "read",       "write",      "truncate",
                             "sync", "size",   "lock",   "shared map", "shared lock"};

/// What SQLite allocates for each open file; the system's own file follows it.
struct ShimFile {
  sqlite3_file base;
  DiskHooks* hooks;
  std::string* path;
  bool new_journal;  // the system's VFS syncs the folder at the first sync of such a file

  [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

ShimFile& shim(sqlite3_file* file) {
  return *reinterpret_cast<ShimFile*>(file);
}

int no_amount = 0;

int ask(ShimFile& file, DiskCall call) {
  int amount = no_amount;
  return file.hooks->before(call, *file.path, amount);
}

int close_file(sqlite3_file* file) {
  auto& self = shim(file);
  const int result = self.real()->pMethods->xClose(self.real());
  delete self.path;
  return result;
}

int read_file(sqlite3_file* file, void* buffer, int amount, sqlite3_int64 offset) {
  auto& self = shim(file);
  if (const int fault = ask(self, DiskCall::read); fault != 0) return fault;
  return self.real()->pMethods->xRead(self.real(), buffer, amount, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
  auto& self = shim(file);
  int reaches = amount;
  const int fault = self.hooks->before(DiskCall::write, *self.path, reaches);
  if (fault != 0 && reaches == amount) return fault;
  const int result = self.real()->pMethods->xWrite(self.real(), bytes, reaches, offset);
  if (result == SQLITE_OK) {
    const auto* begin = static_cast<const std::byte*>(bytes);
    self.hooks->wrote(*self.path, offset, {begin, static_cast<std::size_t>(reaches)});
  }
  return fault != 0 ? fault : result;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  auto& self = shim(file);
  if (const int fault = ask(self, DiskCall::truncate); fault != 0) return fault;
  const int result = self.real()->pMethods->xTruncate(self.real(), size);
  if (result == SQLITE_OK) self.hooks->truncated(*self.path, size);
  return result;
}

int sync_file(sqlite3_file* file, int flags) {
  auto& self = shim(file);
  if (const int fault = ask(self, DiskCall::sync); fault != 0) return fault;
  const int result = self.real()->pMethods->xSync(self.real(), flags);
  if (result == SQLITE_OK) {
    self.hooks->synced(*self.path, std::exchange(self.new_journal, false));
  }
  return result;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  auto& self = shim(file);
  if (const int fault = ask(self, DiskCall::size); fault != 0) return fault;
  return self.real()->pMethods->xFileSize(self.real(), size);
}

int lock_file(sqlite3_file* file, int level) {
  auto& self = shim(file);
  if (const int fault = ask(self, DiskCall::lock); fault != 0) return fault;
  return self.real()->pMethods->xLock(self.real(), level);
}

int unlock_file(sqlite3_file* file, int level) {
  auto& self = shim(file);
  return self.real()->pMethods->xUnlock(self.real(), level);
}

int reserved_lock(sqlite3_file* file, int* out) {
  auto& self = shim(file);
  return self.real()->pMethods->xCheckReservedLock(self.real(), out);
}

int file_control(sqlite3_file* file, int operation, void* argument) {
  auto& self = shim(file);
  return self.real()->pMethods->xFileControl(self.real(), operation, argument);
}

int sector_size(sqlite3_file* file) {
  auto& self = shim(file);
  return self.real()->pMethods->xSectorSize(self.real());
}

int characteristics(sqlite3_file* file) {
  auto& self = shim(file);
  return self.real()->pMethods->xDeviceCharacteristics(self.real());
}

int shared_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  auto& self = shim(file);
  if (const int fault = ask(self, DiskCall::shared_map); fault != 0) {
    *out = nullptr;
    return fault;
  }
  return self.real()->pMethods->xShmMap(self.real(), page, size, extend, out);
}

int shared_lock(sqlite3_file* file, int offset, int count, int flags) {
  auto& self = shim(file);
  if ((flags & SQLITE_SHM_LOCK) != 0) {
    if (const int fault = ask(self, DiskCall::shared_lock); fault != 0) return fault;
  }
  return self.real()->pMethods->xShmLock(self.real(), offset, count, flags);
}

void shared_barrier(sqlite3_file* file) {
  auto& self = shim(file);
  self.real()->pMethods->xShmBarrier(self.real());
}

int shared_unmap(sqlite3_file* file, int remove) {
  auto& self = shim(file);
  return self.real()->pMethods->xShmUnmap(self.real(), remove);
}

// Version 2: with shared memory, without memory-mapped reads, which would go past the hooks.
constexpr sqlite3_io_methods k_methods{2,
                                       close_file,
                                       read_file,
                                       write_file,
                                       truncate_file,
                                       sync_file,
                                       file_size,
                                       lock_file,
                                       unlock_file,
                                       reserved_lock,
                                       file_control,
                                       sector_size,
                                       characteristics,
                                       shared_map,
                                       shared_lock,
                                       shared_barrier,
                                       shared_unmap,
                                       nullptr,
                                       nullptr};

struct Registered {
  sqlite3_vfs base;
  sqlite3_vfs* system;
  DiskHooks* hooks;
};

DiskHooks& hooks_of(sqlite3_vfs* vfs) {
  return *reinterpret_cast<Registered*>(vfs)->hooks;
}
sqlite3_vfs* system_of(sqlite3_vfs* vfs) {
  return reinterpret_cast<Registered*>(vfs)->system;
}

int open_or_throw(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags,
                  int* out_flags) {
  auto& self = shim(file);
  self.base.pMethods = nullptr;
  self.hooks = &hooks_of(vfs);
  auto kept_path = std::make_unique<std::string>(name != nullptr ? name : "");
  const std::string& path = *kept_path;
  int amount = no_amount;
  if (const int fault = self.hooks->before(DiskCall::open, path, amount); fault != 0) return fault;
  auto* system = system_of(vfs);
  int there = 0;
  if (name != nullptr) system->xAccess(system, name, SQLITE_ACCESS_EXISTS, &there);
  const int result = system->xOpen(system, name, self.real(), flags, out_flags);
  if (result != SQLITE_OK) {
    if (self.real()->pMethods != nullptr) self.real()->pMethods->xClose(self.real());
    return result;
  }
  constexpr int k_journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  self.new_journal = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & k_journals) != 0;
  self.path = kept_path.release();
  self.base.pMethods = &k_methods;
  self.hooks->opened(*self.path, there == 0);
  return SQLITE_OK;
}

// SQLite calls from C, where no exception may pass; what it did open it closes on a failure.
template <class Work>
int answer(Work work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  return answer([&] { return open_or_throw(vfs, name, file, flags, out_flags); });
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  return answer([&] {
    auto& hooks = hooks_of(vfs);
    int amount = no_amount;
    if (const int fault = hooks.before(DiskCall::remove, name, amount); fault != 0) return fault;
    auto* system = system_of(vfs);
    const int result = system->xDelete(system, name, sync_folder);
    if (result == SQLITE_OK) hooks.removed(name, sync_folder != 0);
    return result;
  });
}

int file_exists(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
  return answer([&] {
    int amount = no_amount;
    if (const int fault = hooks_of(vfs).before(DiskCall::exists, name, amount); fault != 0) {
      return fault;
    }
    auto* system = system_of(vfs);
    return system->xAccess(system, name, flags, out);
  });
}

// A lock that is held for good would be waited for; what is tested comes after the waiting.
int sleep_not(sqlite3_vfs* /*vfs*/, int microseconds) {
  return microseconds;
}

}  // namespace

const char* disk_call_name(DiskCall call) {
  return k_names[static_cast<std::size_t>(call)];
}

ShimVfs::ShimVfs(std::string name, DiskHooks& hooks) : name_(std::move(name)) {
  auto* system = sqlite3_vfs_find(nullptr);
  auto* mine = new Registered{*system, system, &hooks};
  mine->base.zName = name_.c_str();
  mine->base.szOsFile = static_cast<int>(sizeof(ShimFile)) + system->szOsFile;
  mine->base.pNext = nullptr;
  mine->base.xOpen = open_file;
  mine->base.xDelete = delete_file;
  mine->base.xAccess = file_exists;
  mine->base.xSleep = sleep_not;
  vfs_ = &mine->base;
  sqlite3_vfs_register(vfs_, 0);
}

ShimVfs::~ShimVfs() {
  sqlite3_vfs_unregister(vfs_);
  delete reinterpret_cast<Registered*>(vfs_);
}

}  // namespace shop::test
