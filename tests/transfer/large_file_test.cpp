// Files of the size that nobody opens in a spreadsheet. SHOP_LONG=1; takes some minutes and 2.5 GB
// of disk.

#include "support/shop_fixture.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace shop;
using namespace shop::test;

namespace {

/// The most memory that this process ever had, MiB.
std::int64_t peak_mib() {
  std::ifstream in{"/proc/self/status"};
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) / 1024;
  }
  return 0;
}

/// `rows` products with long descriptions; one in the middle has a field of 100 MB.
void write_file(const std::string& path, int rows, std::size_t description) {
  std::string words;
  for (int i = 0; words.size() < description; ++i) words += "word" + std::to_string(i % 500) + ' ';
  std::ofstream out{path, std::ios::binary};
  out << "title,price,sku,description\r\n";
  for (int i = 0; i < rows; ++i) {
    const auto n = std::to_string(i);
    out << "Product " << n << ",1.00,S" << n << ",\"" << words << n << "\"\r\n";
    if (i != rows / 2) continue;
    const std::string part(1'000'000, 'x');
    out << "Monster,1.00,M,\"";
    for (int k = 0; k < 100; ++k) out << part;
    out << "\"\r\n";
  }
}

}  // namespace

TEST_CASE("a file of 1 GB with a field of 100 MB goes in, in bounded memory (SHOP_LONG=1)") {
  const bool is_long = std::getenv("SHOP_LONG") != nullptr;
  const int rows = is_long ? 30'000 : 300;
  const TempFolder folder;
  const auto csv = folder.path("large.csv");
  write_file(csv, rows, is_long ? 30'000 : 3'000);
  for (const auto mode : {ImportMode::good_rows, ImportMode::all_or_nothing}) {
    const auto before = peak_mib();
    auto shop = Engine::open(folder.path("of-mode.shop"));
    ImportOptions how;
    how.mode = mode;
    const auto report = shop.transfer().import_products(shop.host(), csv, how);
    CHECK(report.rows == rows + 1);
    CHECK(report.bad_rows == 1);
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems.front().row == rows / 2 + 3);
    CHECK(report.problems.front().code == "too_long");
    CHECK(report.written == (mode == ImportMode::good_rows));
    CHECK(peak_mib() - before < 200);
    if (report.written) {
      const auto number = std::to_string(rows - 1);
      const auto found = shop.search().products(shop.guest(), {"word3 " + number, {}}, {});
      REQUIRE(found.items.size() == 1);
      CHECK(found.items.front().title == "Product " + number);
    }
    shop.close();
    for (const auto* end : {"", "-wal", "-shm"}) {
      std::remove((folder.path("of-mode.shop") + end).c_str());
    }
  }
}
