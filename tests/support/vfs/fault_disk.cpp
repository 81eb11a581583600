#include "support/vfs/fault_disk.hpp"

#include <algorithm>
#include <array>

#include <sqlite3.h>

namespace shop::test {

std::span<const DiskFault> all_disk_faults() {
  using enum DiskCall;
  static const std::array faults{
      DiskFault{"read error", {read}, SQLITE_IOERR_READ},
      DiskFault{"write error", {write}, SQLITE_IOERR_WRITE},
      DiskFault{"short write", {write}, SQLITE_IOERR_WRITE, true},
      DiskFault{"disk full", {write, truncate}, SQLITE_FULL},
      DiskFault{"disk full in the middle", {write}, SQLITE_FULL, true},
      DiskFault{"sync error", {sync}, SQLITE_IOERR_FSYNC},
      DiskFault{"truncate error", {truncate}, SQLITE_IOERR_TRUNCATE},
      DiskFault{"open error", {open}, SQLITE_CANTOPEN},
      DiskFault{"lookup error", {exists, size}, SQLITE_IOERR_ACCESS},
      DiskFault{"remove error", {remove}, SQLITE_IOERR_DELETE},
      DiskFault{"lock held elsewhere", {lock, shared_lock}, SQLITE_BUSY},
      DiskFault{"lock error", {lock, shared_lock}, SQLITE_IOERR_LOCK},
      DiskFault{"no shared memory", {shared_map}, SQLITE_IOERR_SHMMAP},
      DiskFault{"no memory in the driver", {read, write, shared_map, open}, SQLITE_IOERR_NOMEM}};
  return faults;
}

void FaultDisk::arm(const DiskFault& fault, std::int64_t nth, bool lasting) {
  fault_ = &fault;
  left_ = nth;
  lasting_ = lasting;
  fired_ = false;
  for (auto& calls : calls_) calls = 0;
  armed_ = true;
}

bool FaultDisk::disarm() {
  armed_ = false;
  return fired_;
}

std::int64_t FaultDisk::calls_of(const DiskFault& fault) const {
  std::int64_t sum = 0;
  for (const auto call : fault.calls) sum += calls_[static_cast<std::size_t>(call)];
  return sum;
}

int FaultDisk::before(DiskCall call, const std::string& /*path*/, int& amount) {
  if (!armed_) return SQLITE_OK;
  ++calls_[static_cast<std::size_t>(call)];
  const auto& calls = fault_->calls;
  if (std::find(calls.begin(), calls.end(), call) == calls.end()) return SQLITE_OK;
  const auto left = --left_;
  if (left > 0 || (left < 0 && !lasting_)) return SQLITE_OK;
  fired_ = true;
  if (fault_->half) amount /= 2;
  return fault_->result;
}

}  // namespace shop::test
