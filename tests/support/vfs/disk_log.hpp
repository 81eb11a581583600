#pragma once

#include "support/vfs/shim.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace shop::test {

/// One change of a disk, or a promise about earlier ones.
struct DiskChange {
  enum class Kind { make, write, truncate, sync, sync_folder, remove };
  Kind kind;
  int file = -1;            ///< which file (an inode, not a name); -1 for the folder
  std::string name;         ///< of make and remove
  std::int64_t offset = 0;  ///< of write; the new size of truncate
  std::vector<std::byte> bytes;
};

using FileContent = std::vector<std::byte>;
/// The files that a disk holds after a power cut, by name within its folder.
using DiskImage = std::map<std::string, FileContent>;

DiskImage read_folder(const std::string& folder);
/// Makes the folder hold exactly the image.
void write_folder(const std::string& folder, const DiskImage& image);

/// Records what SQLite does to the files of one folder.
class DiskLog : public DiskHooks {
 public:
  /// The folder as it is now counts as safely on the disk.
  explicit DiskLog(const std::string& folder);

  /// Leaves out the syncs of the files whose name ends so: a disk that lies, or code that forgot.
  void lie_about(std::string suffix) { lied_about_ = std::move(suffix); }

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const DiskImage& start() const { return start_; }
  [[nodiscard]] const std::map<std::string, int>& names_at_start() const { return start_names_; }
  [[nodiscard]] const std::vector<DiskChange>& changes() const { return changes_; }

  void opened(const std::string& path, bool created) override;
  void wrote(const std::string& path, std::int64_t offset,
             std::span<const std::byte> bytes) override;
  void truncated(const std::string& path, std::int64_t size) override;
  void synced(const std::string& path, bool folder) override;
  void removed(const std::string& path, bool folder_synced) override;

 private:
  [[nodiscard]] std::optional<std::string> name_of(const std::string& path) const;
  int file_of(const std::string& name);

  std::string folder_;
  std::optional<std::string> lied_about_;
  DiskImage start_;
  std::map<std::string, int> start_names_;
  mutable std::mutex mutex_;
  std::map<std::string, int> names_;
  int files_ = 0;
  std::vector<DiskChange> changes_;
};

/// Walks through a log and says what the disk may hold when the power goes at that point: what was
/// synced, and of the rest any part: whole writes, none, or single sectors of 512 bytes; deleted
/// files that are back, new ones that are gone.
class DiskReplay {
 public:
  using Chance = std::mt19937_64;

  explicit DiskReplay(const DiskLog& log);

  /// Takes one more change; false at the end of the log.
  bool advance();
  [[nodiscard]] std::size_t position() const { return position_; }
  /// Whether images differ from each other here at all.
  [[nodiscard]] bool anything_unsynced() const;
  /// One of the disks that may be found after a cut now.
  [[nodiscard]] DiskImage image(Chance& chance) const;

 private:
  struct File {
    FileContent safe;
    std::vector<const DiskChange*> pending;
  };
  struct NameChange {
    std::string name;
    int file;  // -1: removed
  };

  void sync(File& file);
  void sync_folder();

  const DiskLog* log_;
  std::size_t position_ = 0;
  std::map<int, File> files_;
  std::map<std::string, int> safe_names_;
  std::vector<NameChange> pending_names_;
};

}  // namespace shop::test
