#include "support/vfs/held_files.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace shop::test {
namespace {

/// A file and, if it is the database, the memory that its connections share.
struct HeldFile {
  sqlite3_file base;
  HeldFiles* all;
  std::string* name;
  std::vector<std::unique_ptr<std::byte[]>>* shared;

  [[nodiscard]] FileContent& content() const { return all->files[*name]; }
};

HeldFile& held(sqlite3_file* file) {
  return *reinterpret_cast<HeldFile*>(file);
}
HeldFiles& all_of(sqlite3_vfs* vfs) {
  return *static_cast<HeldFiles*>(vfs->pAppData);
}

int close_held(sqlite3_file* file) {
  delete held(file).shared;
  delete held(file).name;
  return SQLITE_OK;
}

int read_held(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
  const auto& content = held(file).content();
  const auto begin = static_cast<std::size_t>(offset);
  const auto wanted = static_cast<std::size_t>(amount);
  const auto there = begin >= content.size() ? 0 : std::min(wanted, content.size() - begin);
  if (there > 0) std::memcpy(to, content.data() + begin, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<std::byte*>(to) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int write_held(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  auto& content = held(file).content();
  const auto end = static_cast<std::size_t>(offset + amount);
  if (content.size() < end) content.resize(end);
  std::memcpy(content.data() + offset, from, static_cast<std::size_t>(amount));
  return SQLITE_OK;
}

int truncate_held(sqlite3_file* file, sqlite3_int64 size) {
  held(file).content().resize(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int size_of_held(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(held(file).content().size());
  return SQLITE_OK;
}

int map_held(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  auto& self = held(file);
  if (self.shared == nullptr) self.shared = new std::vector<std::unique_ptr<std::byte[]>>;
  const auto at = static_cast<std::size_t>(region);
  *out = nullptr;
  if (extend == 0 && at >= self.shared->size()) return SQLITE_OK;
  while (self.shared->size() <= at) {
    self.shared->push_back(std::make_unique<std::byte[]>(static_cast<std::size_t>(size)));
  }
  *out = (*self.shared)[at].get();
  return SQLITE_OK;
}

constexpr sqlite3_io_methods k_methods{
    .iVersion = 2,
    .xClose = close_held,
    .xRead = read_held,
    .xWrite = write_held,
    .xTruncate = truncate_held,
    .xSync = [](sqlite3_file*, int) { return SQLITE_OK; },
    .xFileSize = size_of_held,
    .xLock = [](sqlite3_file*, int) { return SQLITE_OK; },
    .xUnlock = [](sqlite3_file*, int) { return SQLITE_OK; },
    .xCheckReservedLock =
        [](sqlite3_file*, int* out) {
          *out = 0;
          return SQLITE_OK;
        },
    .xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; },
    .xSectorSize = [](sqlite3_file*) { return 4096; },
    .xDeviceCharacteristics = [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; },
    .xShmMap = map_held,
    .xShmLock = [](sqlite3_file*, int, int, int) { return SQLITE_OK; },
    .xShmBarrier = [](sqlite3_file*) {},
    .xShmUnmap = [](sqlite3_file*, int) { return SQLITE_OK; },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_held(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto& all = all_of(vfs);
  auto& self = held(file);
  self = {};
  if (name == nullptr) return SQLITE_CANTOPEN;
  if ((flags & SQLITE_OPEN_CREATE) == 0 && !all.files.contains(name)) return SQLITE_CANTOPEN;
  self = {{&k_methods}, &all, new std::string{name}, nullptr};
  (void)self.content();
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

}  // namespace

HeldFiles::HeldFiles(std::string name) : name_(std::move(name)) {
  vfs_ = new sqlite3_vfs{*sqlite3_vfs_find(nullptr)};
  vfs_->zName = name_.c_str();
  vfs_->szOsFile = static_cast<int>(sizeof(HeldFile));
  vfs_->pNext = nullptr;
  vfs_->pAppData = this;
  vfs_->xOpen = open_held;
  vfs_->xDelete = [](sqlite3_vfs* vfs, const char* file, int) {
    return all_of(vfs).files.erase(file) == 1 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
  };
  vfs_->xAccess = [](sqlite3_vfs* vfs, const char* file, int, int* out) {
    *out = all_of(vfs).files.contains(file) ? 1 : 0;
    return SQLITE_OK;
  };
  vfs_->xFullPathname = [](sqlite3_vfs*, const char* file, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", file);
    return SQLITE_OK;
  };
  sqlite3_vfs_register(vfs_, 0);
}

HeldFiles::~HeldFiles() {
  sqlite3_vfs_unregister(vfs_);
  delete vfs_;
}

int HeldFiles::recover(const std::string& file) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(file.c_str(), &raw,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, name_.c_str());
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> db{raw, &sqlite3_close};
  if (opened != SQLITE_OK) return opened;
  sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // Neither of the two needs to know the tables, which would take longer than everything else.
  const int began = sqlite3_exec(raw, "BEGIN IMMEDIATE; ROLLBACK", nullptr, nullptr, nullptr);
  if (began != SQLITE_OK) return began;
  int in_log = 0;
  int carried_over = 0;
  const int done =
      sqlite3_wal_checkpoint_v2(raw, "main", SQLITE_CHECKPOINT_PASSIVE, &in_log, &carried_over);
  if (done != SQLITE_OK) return done;
  return in_log == carried_over ? SQLITE_OK : SQLITE_BUSY;
}

}  // namespace shop::test
