#include "support/memory_folder.hpp"

#include <filesystem>
#include <stdexcept>

#include <stdlib.h>

namespace shop::test {

MemoryFolder::MemoryFolder() {
  const std::filesystem::path memory{"/dev/shm"};
  const bool there = std::filesystem::is_directory(memory);
  const auto folder = there ? memory : std::filesystem::temp_directory_path();
  path_ = (folder / "libshop-XXXXXX").string();
  if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error{"no folder for the test"};
}

MemoryFolder::~MemoryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace shop::test
