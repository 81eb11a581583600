#pragma once

#include <string>

namespace shop::test {

/// A folder in memory, where a disk can be played without wearing one out; removed at the end.
class MemoryFolder {
 public:
  MemoryFolder();
  ~MemoryFolder();
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Where the shop of these tests lies in it.
  [[nodiscard]] std::string shop() const { return path_ + "/a.shop"; }

 private:
  std::string path_;
};

}  // namespace shop::test
