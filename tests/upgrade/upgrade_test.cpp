#include "db/database.hpp"
#include "db/db_sql.hpp"
#include "db/migrations.hpp"
#include "support/digest.hpp"
#include "support/memory_folder.hpp"
#include "support/run_seed.hpp"
#include "support/shop_fixture.hpp"
#include "support/vfs/disk_log.hpp"

#include <filesystem>
#include <fstream>
#include <random>

#include <fmt/format.h>

using namespace shop;
using namespace shop::test;

namespace {

/// Makes a shop as an older libshop would have left it, whose schema lacks the last change, with a
/// setting of its own in it.
void make_older_shop(const std::string& path) {
  db::make_shop_file(path, {});
  db::SqliteOptions options;
  options.path = path;
  const auto connection = db::SqliteConnection::open(options, db::SqliteConnection::Kind::writer);
  const auto migrations = db::embedded_migrations();
  connection->begin_write();
  for (const auto& migration : migrations.first(migrations.size() - 1)) {
    connection->script(std::string{migration.sql}.c_str());
    const auto add = connection->prepare(db::sql::k_migration_add.text());
    add->bind(1, std::int64_t{migration.number});
    add->bind_text(2, migration.name, true);
    add->bind_text(3, migration.sha256, true);
    add->bind(4, start_of_test);
    add->step();
  }
  connection->script(
      "INSERT INTO setting (name, value) VALUES ('currency', 'GBP'), "
      "('utc_offset_minutes', '0'), ('kept', 'through everything')");
  connection->script(fmt::format("PRAGMA user_version = {}", migrations.size() - 1).c_str());
  connection->commit();
}

OpenOptions held(const std::string& vfs = {}) {
  OpenOptions options;
  options.clock = std::make_shared<ManualClock>(start_of_test);
  options.vfs = vfs;
  return options;
}

void check_upgraded(const std::string& path) {
  auto shop = Engine::open(path, held());
  CHECK(shop.stats().schema == db::newest_schema());
  const auto report = shop.verify();
  CHECK_MESSAGE(report.ok(), (report.ok() ? "" : report.problems.front().message));
  CHECK(shop.currency() == Currency{"GBP"});
}

}  // namespace

TEST_CASE("a shop of an older schema is copied and upgraded when it is opened") {
  const MemoryFolder folder;
  make_older_shop(folder.shop());
  check_upgraded(folder.shop());
  const auto copy = fmt::format("{}.before-{}", folder.shop(), db::newest_schema() - 1);
  REQUIRE(std::filesystem::exists(copy));
  check_upgraded(copy);
}

TEST_CASE("an upgrade that is cut anywhere is completed by the next opening") {
  const MemoryFolder folder;
  make_older_shop(folder.shop());
  DiskLog log{folder.path()};
  {
    const ShimVfs vfs{"upgrading", log};
    auto shop = Engine::open(folder.shop(), held(vfs.name()));
    shop.close();
  }
  const MemoryFolder disk;
  std::mt19937_64 chance{run_seed()};
  DiskReplay replay{log};
  int images = 0;
  do {
    for (int i = 0; i < (replay.anything_unsynced() ? 3 : 1); ++i) {
      CAPTURE(replay.position());
      write_folder(disk.path(), replay.image(chance));
      REQUIRE_NOTHROW(check_upgraded(disk.shop()));
      ++images;
    }
  } while (replay.advance());
  CHECK(images > 10);
  MESSAGE(images, " disks");
}

TEST_CASE("what an upgrade that was cut off left behind does not stop the next one") {
  const MemoryFolder folder;
  make_older_shop(folder.shop());
  const auto copy = fmt::format("{}.before-{}", folder.shop(), db::newest_schema() - 1);
  std::ofstream{copy} << "half a copy";
  std::ofstream{copy + "-new"} << "half a draft";
  std::ofstream{copy + "-new-wal"} << "half a log";
  check_upgraded(folder.shop());
  check_upgraded(copy);
  CHECK_FALSE(std::filesystem::exists(copy + "-new"));
}

TEST_CASE("a shop of each released schema opens, is upgraded and is sound") {
  const std::filesystem::path golden{SHOP_SOURCE_DIR "/tests/upgrade/golden"};
  if (!std::filesystem::is_directory(golden)) return;  // nothing has been released yet
  for (const auto& entry : std::filesystem::directory_iterator{golden}) {
    CAPTURE(entry.path().string());
    const MemoryFolder folder;
    std::filesystem::copy_file(entry.path(), folder.shop());
    check_upgraded(folder.shop());
  }
}
