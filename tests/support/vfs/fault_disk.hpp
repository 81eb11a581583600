#pragma once

#include "support/vfs/shim.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace shop::test {

/// One way in which a disk fails.
struct DiskFault {
  std::string name;
  std::vector<DiskCall> calls;  ///< of which the nth fails
  int result;                   ///< what SQLite gets instead
  bool half = false;            ///< of a write, half reaches the disk
};

/// Every way that the tests know: I/O errors of each call, a full disk, short writes, no memory,
/// somebody else's lock.
std::span<const DiskFault> all_disk_faults();

/// A disk that works until it is told when to fail: at the nth call from now, once or from then on.
class FaultDisk : public DiskHooks {
 public:
  void arm(const DiskFault& fault, std::int64_t nth, bool lasting);
  /// Works again. Result: whether anything failed since arm().
  bool disarm();
  /// Calls that this fault is about, since arm().
  [[nodiscard]] std::int64_t calls_of(const DiskFault& fault) const;

  int before(DiskCall call, const std::string& path, int& amount) override;

 private:
  const DiskFault* fault_ = nullptr;
  std::atomic<bool> armed_{false};
  std::atomic<std::int64_t> left_{0};
  std::atomic<bool> fired_{false};
  bool lasting_ = false;
  std::array<std::atomic<std::int64_t>, 16> calls_{};
};

}  // namespace shop::test
