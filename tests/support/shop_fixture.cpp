#include "support/shop_fixture.hpp"

#include <stdlib.h>

namespace shop::test {

TempFolder::TempFolder() {
  auto pattern = (std::filesystem::temp_directory_path() / "libshop-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  folder_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace shop::test
