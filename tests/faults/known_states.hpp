#pragma once

#include "support/digest.hpp"
#include "support/fingerprint.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"
#include "support/vfs/held_files.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

namespace shop::test {

/// What came of opening a shop that was found on a disk.
struct Verdict {
  bool refused = false;  ///< it did not open
  std::string problem;   ///< why not, or what verify found; empty: it is sound
  Digest state;
};

/// Opens the shops that disks hold, and checks them: those that it has not seen before. SQLite
/// recovers each disk, in memory; what the library does then depends on what was recovered, page by
/// page, and on what it looks up in the file itself. So a disk that comes to the same as an earlier
/// one has the verdict of that one.
class KnownStates {
 public:
  /// `disk` makes the same files each time. `in_full`: open the shop in any case; another verdict
  /// than the known one is then a problem.
  const Verdict& verdict(const std::function<DiskImage()>& disk, bool in_full);

  [[nodiscard]] std::int64_t disks() const { return static_cast<std::int64_t>(disks_.size()); }
  [[nodiscard]] std::int64_t states() const { return static_cast<std::int64_t>(states_.size()); }
  [[nodiscard]] std::int64_t opened() const { return opened_; }

 private:
  const Verdict& judge(const Fingerprint& state, const std::function<DiskImage()>& disk);

  MemoryFolder folder_;
  HeldFiles held_{"held"};
  std::unordered_map<Fingerprint, Verdict, FingerprintHash> states_;
  std::unordered_map<Fingerprint, const Verdict*, FingerprintHash> disks_;
  std::int64_t opened_ = 0;
};

/// Opens the shop in the folder, a while after what is there happened.
Verdict open_and_verify(const MemoryFolder& folder);

}  // namespace shop::test
