#pragma once

#include <string>

namespace shop::db {

/// Makes an empty file that its owner alone can read; SQLite's own files beside it are then as
/// private. Throws Error: `already_exists`, or as throw_file_error.
void create_private_file(const std::string& path);

/// What errno says about a path, as an Error: `full`, `io` or `cannot_open`.
[[noreturn]] void throw_file_error(const std::string& path);

/// Waits until a file, or the names in a folder, are on the disk. Throws as throw_file_error.
void sync_file(const std::string& path);
void sync_folder_of(const std::string& path);

/// A file under another name until it is complete, so that a cut leaves the whole of it or nothing.
/// What such a cut left of an earlier draft is removed first, its log above all.
class DraftFile {
 public:
  /// Makes `<path>-new`, empty and private. Throws as create_private_file.
  explicit DraftFile(std::string path);
  ~DraftFile() { remove(); }
  DraftFile(const DraftFile&) = delete;
  DraftFile& operator=(const DraftFile&) = delete;

  [[nodiscard]] const std::string& path() const { return draft_; }
  /// Syncs it and gives it its name. Throws Error{already_exists} when there is one by then, unless
  /// `replace`.
  void publish(bool replace);

 private:
  void remove() const noexcept;

  std::string path_;
  std::string draft_;
};

}  // namespace shop::db
