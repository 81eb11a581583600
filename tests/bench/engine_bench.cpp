// Opening, forking: what a test suite or a kiosk pays before the first call.

#include "bench/bench.hpp"
#include "bench/seed.hpp"
#include "shop/shop.hpp"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <sqlite3.h>

namespace shop::bench {
namespace {

void open_raw(const std::string& path) {
  sqlite3* db = nullptr;
  sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  sqlite3_exec(db,
               "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; SELECT count(*) FROM category",
               nullptr, nullptr, nullptr);
  sqlite3_close(db);
}

// The image as a database in memory, read once: what SQLite itself needs for this schema.
void fork_raw(std::span<const std::byte> image) {
  sqlite3* db = nullptr;
  sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  const auto size = static_cast<sqlite3_int64>(image.size());
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
  std::memcpy(copy, image.data(), image.size());
  sqlite3_deserialize(db, "main", copy, size, size,
                      SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  sqlite3_exec(db, "PRAGMA foreign_keys = ON; SELECT count(*) FROM category", nullptr, nullptr,
               nullptr);
  sqlite3_close(db);
}

// What a test suite starts from: a hundred products and ten customers.
Snapshot seeded() {
  auto shop = Engine::open_memory(open_options(false));
  const auto host = shop.host();
  std::vector<ProductInput> products;
  for (int i = 0; i < 100; ++i) {
    auto& product = products.emplace_back();
    product.title = "Product " + std::to_string(i);
    product.simple.price = {100 + i, {}};
  }
  shop.catalog().create_products(host, products);
  for (int i = 0; i < 10; ++i) {
    NewUserInput person;
    person.username = "customer" + std::to_string(i);
    shop.accounts().create_user(host, person);
  }
  return shop.snapshot();
}

#ifdef SHOP_BENCH_LIBRARY
void library_size(Report& report) {
  if (!report.wants("library_bytes")) return;
  const auto stripped = report.options().folder + "/stripped.so";
  const auto command = "strip -o " + stripped + " " + SHOP_BENCH_LIBRARY;
  if (std::system(command.c_str()) != 0) return;
  Row row{.workload = "library_bytes", .side = "libshop_c"};
  row.ops_s = static_cast<double>(std::filesystem::file_size(stripped));
  report.add(std::move(row));
}
#endif

void run(Report& report) {
#ifdef SHOP_BENCH_LIBRARY
  library_size(report);
#endif
  const auto path = report.options().folder + "/open.shop";
  Engine::open(path).close();
  report.run({.name = "open",
              .sides = {{"raw", [&](int, std::int64_t) { open_raw(path); }},
                        {"libshop_cpp", [&](int, std::int64_t) { Engine::open(path).close(); }}}});
  const auto snapshot = seeded();
  report.run({.name = "fork",
              .sides = {{"raw", [&](int, std::int64_t) { fork_raw(snapshot.bytes()); }},
                        {"libshop_cpp", [&](int, std::int64_t) {
                           Engine::from_snapshot(snapshot, open_options(false)).close();
                         }}}});
}

const Suite k_suite{"engine", run};

}  // namespace
}  // namespace shop::bench
