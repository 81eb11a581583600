#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace shop::db {

/// Makes an empty file that its owner alone can read; SQLite's own files beside it are then as
/// private. Throws Error: `already_exists`, or as throw_file_error.
void create_private_file(const std::string& path);

/// A descriptor that is closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] int release() { return std::exchange(number_, -1); }
  /// Reads until `into` is full or the file ends. Result: how much. Throws as throw_file_error.
  std::size_t read(std::span<std::byte> into, const std::string& path) const;
  void write(std::span<const std::byte> bytes, const std::string& path) const;

 private:
  int number_;
};

/// Throws as throw_file_error.
Descriptor open_descriptor(const std::string& path, int flags);

/// Removes a shop that could not be opened, with the files beside it.
void remove_shop_files(const std::string& path) noexcept;

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
