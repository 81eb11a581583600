#include "core/random.hpp"
#include "support/shop_fixture.hpp"

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include <sqlite3.h>
#include <sys/stat.h>

using namespace shop;
using namespace shop::test;

namespace {

void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream{path, std::ios::binary} << bytes;
}

std::string read_file(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void run_sql(const std::string& path, const char* sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

void make_shop(const std::string& path) {
  auto shop = Engine::open(path);
  shop.catalog().create_category(shop.host(), {"Toys", {}});
}

}  // namespace

TEST_CASE("a shop is made, kept in one file, and opened again") {
  const TempFolder folder;
  const auto path = folder.path("a.shop");
  make_shop(path);
  auto shop = Engine::open(path);
  CHECK(shop.catalog().category(shop.guest(), "toys").name == "Toys");
  CHECK(shop.verify().ok());
  shop.close();
  shop.close();
  CHECK(code_of([&] { return shop.catalog().category(shop.guest(), "toys"); }) == Code::closed);
  CHECK_FALSE(std::filesystem::exists(path + "-wal"));
  CHECK_FALSE(std::filesystem::exists(path + "-lock"));
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("what is not a shop is refused and left as it was") {
  const TempFolder folder;
  const auto refuse = [&](const std::string& path, Code code) {
    const auto before = read_file(path);
    CHECK(code_of([&] { return Engine::open(path); }) == code);
    CHECK(read_file(path) == before);
    CHECK_FALSE(std::filesystem::exists(path + "-wal"));
  };
  CHECK(code_of([&] { return Engine::open(folder.path("no/such/folder/a.shop")); }) ==
        Code::cannot_open);
  CHECK(code_of([&] { return Engine::open(folder.path("")); }) == Code::not_a_shop);
  CHECK(code_of([&] { return Engine::open(""); }) == Code::validation);

  write_file(folder.path("text"), "this is not a database, it is a shopping list\n");
  refuse(folder.path("text"), Code::not_a_shop);
  write_file(folder.path("jpeg"),
             std::string{"\xFF\xD8\xFF\xE0\x00\x10JFIF", 10} + std::string(500, 'x'));
  refuse(folder.path("jpeg"), Code::not_a_shop);
  run_sql(folder.path("other"), "CREATE TABLE t (a); PRAGMA user_version = 3");
  refuse(folder.path("other"), Code::not_a_shop);

  make_shop(folder.path("cut"));
  const auto whole = read_file(folder.path("cut"));
  write_file(folder.path("cut"), whole.substr(0, whole.size() / 2));
  refuse(folder.path("cut"), Code::corrupt);
  write_file(folder.path("stub"), whole.substr(0, 60));
  refuse(folder.path("stub"), Code::corrupt);

  make_shop(folder.path("newer"));
  run_sql(folder.path("newer"), "PRAGMA user_version = 100000");
  refuse(folder.path("newer"), Code::schema_newer);

  make_shop(folder.path("marked"));
  REQUIRE(chmod(folder.path("marked").c_str(), 0400) == 0);
  refuse(folder.path("marked"), Code::read_only);

  std::filesystem::create_symlink(folder.path("other"), folder.path("link"));
  refuse(folder.path("link"), Code::cannot_open);
}

TEST_CASE("a shop opened for reading refuses every change") {
  const TempFolder folder;
  make_shop(folder.path("a"));
  OpenOptions options;
  options.read_only = true;
  auto shop = Engine::open(folder.path("a"), options);
  CHECK(shop.catalog().categories(shop.guest(), {}).size() == 1);
  CHECK(code_of([&] {
          return shop.catalog().create_category(shop.host(), {"More", {}});
        }) == Code::read_only);
  CHECK(code_of([&] { return Engine::open(folder.path("none"), options); }) == Code::cannot_open);
}

TEST_CASE("options that make no sense are refused together") {
  OpenOptions options;
  options.busy_timeout_ms = -1;
  options.utc_offset_minutes = 10'000;
  options.currency = "XYZ";
  const auto error = error_of([&] { return Engine::open_memory(options); });
  CHECK(error.code() == Code::validation);
  CHECK(error.details().size() == 3);
}

TEST_CASE("what a fork draws leaves the original's random numbers alone") {
  const auto drawn = [](bool forked) {
    OpenOptions options;
    options.clock = std::make_shared<ManualClock>(start_of_test);
    options.random = core::seeded_random(7);
    auto shop = Engine::open_memory(options);
    if (forked) {
      auto copy = shop.fork();
      copy.accounts().guest_token(copy.guest());
    }
    return shop.accounts().guest_token(shop.guest());
  };
  CHECK(drawn(true) == drawn(false));
}

TEST_CASE("forks and snapshots are independent") {
  ShopFixture fixture;
  fixture.shop.catalog().create_category(fixture.host, {"Toys", {}});
  auto copy = fixture.shop.fork();
  copy.catalog().create_category(copy.host(), {"Books", {}});
  CHECK(copy.catalog().categories(copy.host(), {}).size() == 2);
  CHECK(fixture.shop.catalog().categories(fixture.host, {}).size() == 1);
  CHECK(copy.currency() == Currency{"GBP"});
}

TEST_CASE("a backup of a shop in use opens as a shop") {
  const TempFolder folder;
  auto shop = Engine::open(folder.path("a"));
  shop.catalog().create_category(shop.host(), {"Toys", {}});
  shop.backup(folder.path("b"));
  CHECK(code_of([&] {
          shop.backup(folder.path("b"));
          return 0;
        }) == Code::already_exists);
  auto copy = Engine::open(folder.path("b"));
  CHECK(copy.catalog().category(copy.guest(), "toys").name == "Toys");
  CHECK(copy.verify().ok());
}

TEST_CASE("a backup taken while others write is a whole shop of one moment") {
  const TempFolder folder;
  auto shop = Engine::open(folder.path("a"));
  std::atomic<bool> stop{false};
  std::thread writer{[&] {
    for (int i = 0; !stop; ++i) {
      shop.catalog().create_category(shop.host(), {"Category " + std::to_string(i), {}});
    }
  }};
  for (int i = 0; i < 5; ++i) {
    const auto path = folder.path("copy" + std::to_string(i));
    shop.backup(path);
    CHECK(Engine::open(path).verify().ok());
  }
  stop = true;
  writer.join();
}

TEST_CASE("closing waits for the calls that run in other threads") {
  const TempFolder folder;
  auto shop = Engine::open(folder.path("a"));
  std::atomic<int> closed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      try {
        for (int i = 0;; ++i) {
          shop.catalog().create_category(shop.host(),
                                         {std::to_string(t) + " " + std::to_string(i), {}});
          (void)shop.catalog().categories(shop.guest(), {});
        }
      } catch (const Error& error) {
        if (error.code() == Code::closed) ++closed;
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  shop.close();
  for (auto& thread : threads) thread.join();
  CHECK(closed == 4);
}
