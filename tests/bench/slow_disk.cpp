#include "bench/slow_disk.hpp"

#include <chrono>
#include <cstddef>
#include <thread>

#include <sqlite3.h>

namespace shop::bench {
namespace {

constexpr std::chrono::milliseconds k_longer{2};

struct SlowFile {
  sqlite3_file base;
  // The real file follows in memory; its size is the system's business.
};

sqlite3_vfs* system_vfs() {
  return sqlite3_vfs_find(nullptr);
}

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<std::byte*>(file) + sizeof(SlowFile));
}

int close(sqlite3_file* f) {
  return real(f)->pMethods != nullptr ? real(f)->pMethods->xClose(real(f)) : SQLITE_OK;
}
int read(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), to, size, at);
}
int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
  return real(f)->pMethods->xWrite(real(f), from, size, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  return real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file* f, int flags) {
  const int result = real(f)->pMethods->xSync(real(f), flags);
  std::this_thread::sleep_for(k_longer);
  return result;
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
  return real(f)->pMethods->xFileSize(real(f), size);
}
int lock(sqlite3_file* f, int how) {
  return real(f)->pMethods->xLock(real(f), how);
}
int unlock(sqlite3_file* f, int how) {
  return real(f)->pMethods->xUnlock(real(f), how);
}
int check_reserved(sqlite3_file* f, int* out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
int control(sqlite3_file* f, int op, void* arg) {
  return real(f)->pMethods->xFileControl(real(f), op, arg);
}
int sector(sqlite3_file* f) {
  return real(f)->pMethods->xSectorSize(real(f));
}
int device(sqlite3_file* f) {
  return real(f)->pMethods->xDeviceCharacteristics(real(f));
}
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
int shm_lock(sqlite3_file* f, int at, int count, int flags) {
  return real(f)->pMethods->xShmLock(real(f), at, count, flags);
}
void shm_barrier(sqlite3_file* f) {
  real(f)->pMethods->xShmBarrier(real(f));
}
int shm_unmap(sqlite3_file* f, int remove) {
  return real(f)->pMethods->xShmUnmap(real(f), remove);
}

constexpr sqlite3_io_methods k_methods{2,           close,     read,    write,   truncate,
                                       sync,        file_size, lock,    unlock,  check_reserved,
                                       control,     sector,    device,  shm_map, shm_lock,
                                       shm_barrier, shm_unmap, nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* vfs = system_vfs();
  file->pMethods = nullptr;
  const int result = vfs->xOpen(vfs, name, real(file), flags, out_flags);
  if (real(file)->pMethods != nullptr) file->pMethods = &k_methods;
  return result;
}

}  // namespace

const char* slow_disk() {
  static sqlite3_vfs vfs = [] {
    auto out = *system_vfs();
    out.zName = "slow-disk";
    out.pNext = nullptr;
    out.szOsFile += static_cast<int>(sizeof(SlowFile));
    out.xOpen = open;
    return out;
  }();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  (void)registered;
  return vfs.zName;
}

}  // namespace shop::bench
