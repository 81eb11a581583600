// Opening, forking: what a test suite or a kiosk pays before the first call.

#include "bench/bench.hpp"
#include "shop/shop.hpp"

#include <memory>
#include <string>

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

void run(Report& report) {
  const auto path = report.options().folder + "/open.shop";
  Engine::open(path).close();
  report.run({.name = "open",
              .sides = {{"raw", [&](int, std::int64_t) { open_raw(path); }},
                        {"libshop_cpp", [&](int, std::int64_t) { Engine::open(path).close(); }}}});

  auto seeded = Engine::open_memory();
  for (int i = 0; i < 100; ++i) {
    seeded.catalog().create_category(seeded.host(), {"Category " + std::to_string(i), {}});
  }
  const auto snapshot = seeded.snapshot();
  report.run({.name = "fork", .sides = {{"libshop_cpp", [&](int, std::int64_t) {
                                           Engine::from_snapshot(snapshot).close();
                                         }}}});
}

const Suite k_suite{"engine", run};

}  // namespace
}  // namespace shop::bench
