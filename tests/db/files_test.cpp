#include "db/commit_lock.hpp"
#include "db/failing_calls.hpp"
#include "db/private_file.hpp"
#include "db/shop_file.hpp"
#include "support/edit_file.hpp"
#include "support/shop_fixture.hpp"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

using namespace shop;
using namespace shop::test;

namespace fs = std::filesystem;

namespace {

struct FilesFixture {
  TempFolder folder;
  std::string path = folder.path("file");

  std::size_t files() const {
    std::size_t out = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator{folder.path("")}) ++out;
    return out;
  }
};

std::span<const std::byte> some_bytes() {
  static const std::string text(1000, 'x');
  return std::as_bytes(std::span{text});
}

}  // namespace

TEST_CASE_FIXTURE(FilesFixture, "a file that fails says how, and an interrupted call goes on") {
  db::create_private_file(path);
  CHECK(code_of([&] { db::create_private_file(path); }) == Code::already_exists);
  CHECK(code_of([&] { db::create_private_file(folder.path("no/file")); }) == Code::cannot_open);
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);

  {
    const auto file = db::open_descriptor(path, O_RDWR);
    const struct {
      int error;
      Code code;
    } failures[] = {
        {ENOSPC, Code::full}, {EDQUOT, Code::full}, {EIO, Code::io}, {EBADF, Code::cannot_open}};
    for (const auto& failure : failures) {
      const FailingCall fails{"write", failure.error};
      CHECK(code_of([&] { file.write(some_bytes(), path); }) == failure.code);
    }
    {
      const FailingCall interrupted{"write", EINTR, 0, 3};
      file.write(some_bytes(), path);
      CHECK(interrupted.failed() == 3);
    }
    REQUIRE(::lseek(file.number(), 0, SEEK_SET) == 0);
    std::array<std::byte, 2000> buffer{};
    {
      const FailingCall fails{"read", EIO};
      CHECK(code_of([&] { (void)file.read(buffer, path); }) == Code::io);
    }
    const FailingCall interrupted{"read", EINTR, 0, 2};
    CHECK(file.read(buffer, path) == 1000);
    CHECK(buffer[999] == std::byte{'x'});
  }
  CHECK(code_of([&] { (void)db::open_descriptor(folder.path("none"), O_RDONLY); }) ==
        Code::cannot_open);
  fs::create_symlink(path, folder.path("link"));
  CHECK(code_of([&] { (void)db::open_descriptor(folder.path("link"), O_RDONLY); }) ==
        Code::cannot_open);
}

TEST_CASE_FIXTURE(FilesFixture, "a sync that fails is told, one that there is not is not") {
  db::create_private_file(path);
  CHECK(code_of([&] { db::sync_file(folder.path("none")); }) == Code::cannot_open);
  {
    const FailingCall fails{"fsync", EIO};
    CHECK(code_of([&] { db::sync_file(path); }) == Code::io);
    CHECK(code_of([&] { db::sync_folder_of(path); }) == Code::io);
  }
  const FailingCall unknown{"fsync", EINVAL};
  CHECK_NOTHROW(db::sync_file(path));
  CHECK_NOTHROW(db::sync_folder_of("file-in-the-working-folder"));
  CHECK(unknown.failed() == 2);
}

TEST_CASE_FIXTURE(FilesFixture, "a draft takes its name whole or not at all") {
  const auto publish = [&](bool replace) {
    db::DraftFile draft{path};
    write_bytes(draft.path(), "new");
    draft.publish(replace);
  };
  publish(false);
  CHECK(read_bytes(path) == "new");
  write_bytes(path, "old");
  CHECK(code_of([&] { publish(false); }) == Code::already_exists);
  {
    // A file system that cannot rename without replacing.
    const FailingCall unknown{"renameat2", EINVAL};
    CHECK(code_of([&] { publish(false); }) == Code::already_exists);
    CHECK(read_bytes(path) == "old");
    fs::remove(path);
    publish(false);
    CHECK(read_bytes(path) == "new");
  }
  {
    const FailingCall fails{"renameat2", EIO};
    CHECK(code_of([&] { publish(false); }) == Code::io);
  }
  {
    const FailingCall fails{"rename", ENOSPC};
    CHECK(code_of([&] { publish(true); }) == Code::full);
  }
  CHECK(read_bytes(path) == "new");
  publish(true);
  CHECK(files() == 1);
}

TEST_CASE_FIXTURE(FilesFixture, "all files of a shop are removed, whatever its name") {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) write_bytes(path + suffix, "x");
  write_bytes(path + "-other", "x");
  db::remove_shop_files(path);
  CHECK(files() == 1);
  db::remove_shop_files(path);
  db::remove_shop_files(std::string(5000, 'x'));
  CHECK(files() == 1);
}

TEST_CASE_FIXTURE(FilesFixture, "what cannot be a shop's file is refused before it is opened") {
  const auto inspect = [](const std::string& what) {
    return db::inspect_file(what, false, 1'000'000);
  };
  CHECK(inspect(path) == db::FileState::missing);
  CHECK(inspect("no-such-file-in-the-working-folder") == db::FileState::missing);
  CHECK(code_of([&] { inspect(folder.path(std::string(300, 'x'))); }) == Code::cannot_open);
  write_bytes(path, "text");
  CHECK(code_of([&] { inspect(path + "/below"); }) == Code::cannot_open);
  CHECK(code_of([&] { inspect("/dev/null"); }) == Code::cannot_open);
  fs::create_hard_link(path, folder.path("twin"));
  CHECK(code_of([&] { inspect(path); }) == Code::cannot_open);
  fs::remove(folder.path("twin"));
  CHECK(code_of([&] { inspect(path); }) == Code::not_a_shop);
  const FailingCall fails{"open", EACCES};
  CHECK(code_of([&] { inspect(path); }) == Code::cannot_open);
}

TEST_CASE_FIXTURE(FilesFixture, "the commit lock is one's own until it is given back") {
  db::CommitLock one;
  db::CommitLock other;
  one.lock(0);  // not open: a shop in memory
  one.unlock();
  one.open(path);
  other.open(path);
  one.lock(0);
  CHECK(code_of([&] { other.lock(5); }) == Code::busy);
  one.unlock();
  other.lock(0);
  other.unlock();
  {
    const FailingCall interrupted{"fcntl", EINTR, 0, 2};
    one.lock(0);
    CHECK(interrupted.failed() == 2);
  }
  {
    const FailingCall fails{"fcntl", ENOLCK};
    CHECK(code_of([&] { other.lock(0); }) == Code::io);
  }
  one.close();
  CHECK(fs::exists(path + "-lock"));
  {
    const FailingCall fails{"fcntl", ENOLCK};
    other.close();
  }
  CHECK(fs::exists(path + "-lock"));
  one.open(path);
  one.close();
  CHECK_FALSE(fs::exists(path + "-lock"));
  one.close();
}

TEST_CASE_FIXTURE(FilesFixture, "a lock file that cannot be made says why") {
  db::CommitLock lock;
  CHECK(code_of([&] { lock.open(folder.path("no/shop")); }) == Code::cannot_open);
  for (const int error : {ENOSPC, EDQUOT}) {
    const FailingCall fails{"open", error};
    CHECK(code_of([&] { lock.open(path); }) == Code::full);
  }
  // Somebody removed the file between its opening and its lock: it is made anew.
  const FailingCall gone{"fcntl", EACCES, 0, 1};
  lock.open(path);
  CHECK(gone.failed() == 1);
  lock.lock(0);
}

TEST_CASE_FIXTURE(FilesFixture, "a lock file that was replaced stays for those who have it") {
  db::CommitLock mine;
  mine.open(path);
  fs::remove(path + "-lock");
  db::CommitLock theirs;
  theirs.open(path);
  mine.close();
  CHECK(fs::exists(path + "-lock"));
  theirs.close();
  CHECK_FALSE(fs::exists(path + "-lock"));
}
