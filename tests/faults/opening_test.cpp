#include "faults/memory.hpp"
#include "faults/story.hpp"
#include "support/digest.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"
#include "support/vfs/fault_disk.hpp"

#include <new>
#include <set>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::test;

namespace {

const DiskFault& fault(const char* name) {
  for (const auto& each : all_disk_faults()) {
    if (each.name == name) return each;
  }
  throw std::runtime_error{name};
}

/// A folder, a disk under it that can fail, and what its opening should come to.
struct Opening {
  MemoryFolder folder;
  FaultDisk disk;
  ShimVfs vfs{"opening", disk};
  World world = new_world();
  DiskImage files;
  Digest state;  // empty: there is no shop yet

  void make_shop() {
    auto shop = Engine::open(folder.shop(), held_options(world));
    shop.catalog().create_category(shop.host(), {"Toys", {}});
    state = digest_of(shop);
    shop.close();
    files = read_folder(folder.path());
  }

  Engine open(bool failing) {
    auto options = held_options(world);
    if (failing) options.vfs = vfs.name();
    return Engine::open(folder.shop(), options);
  }

  /// How it ends with the disk as it is armed.
  Code try_to_open() {
    try {
      const auto shop = open(true);
      return Code::ok;
    } catch (const Error& error) {
      return error.code();
    } catch (const std::bad_alloc&) {
      return Code::no_memory;
    }
  }

  /// With a disk that works again, the shop opens and is what it was.
  void check_afterwards() {
    auto shop = open(false);
    CHECK(shop.verify().ok());
    if (!state.empty()) {
      const auto now = digest_of(shop);
      CHECK_MESSAGE(now == state, difference(now, state));
    }
    shop.catalog().create_category(shop.host(), {"Books", {}});
  }

  /// Opens with the nth call failing, for the first few n and ever fewer after them, until none
  /// fails.
  void fail_many(const DiskFault& what, bool lasting) {
    static const std::set<Code> allowed{Code::ok,          Code::io,   Code::full,
                                        Code::cannot_open, Code::busy, Code::no_memory,
                                        Code::read_only};
    for (std::int64_t nth = 1;; nth += 1 + nth / 2) {
      CAPTURE(what.name);
      CAPTURE(nth);
      CAPTURE(lasting);
      write_folder(folder.path(), files);
      disk.arm(what, nth, lasting);
      const auto end = try_to_open();
      if (!disk.disarm()) break;
      CHECK_MESSAGE(allowed.contains(end), code_name(end));
      check_afterwards();
    }
  }
};

}  // namespace

TEST_CASE_FIXTURE(Opening, "on a full disk no shop is made, and nothing is left of it") {
  for (const char* name : {"disk full", "disk full in the middle"}) {
    CAPTURE(name);
    write_folder(folder.path(), {});
    disk.arm(fault(name), 1, true);
    CHECK(try_to_open() == Code::full);
    disk.disarm();
    CHECK_FALSE(read_folder(folder.path()).contains("a.shop"));
    check_afterwards();
  }
}

TEST_CASE_FIXTURE(Opening, "a shop on a full disk can be read, and its file stays as it was") {
  make_shop();
  disk.arm(fault("disk full"), 1, true);
  {
    OpenOptions options = held_options(world);
    options.vfs = vfs.name();
    auto shop = Engine::open(folder.shop(), options);
    CHECK(shop.catalog().category(shop.host(), "toys").name == "Toys");
    try {
      shop.catalog().create_category(shop.host(), {"Books", {}});
      FAIL("it was written");
    } catch (const Error& error) {
      CHECK(error.code() == Code::full);
    }
    CHECK(shop.catalog().categories(shop.host(), {}).size() == 1);
  }
  disk.disarm();
  CHECK(read_folder(folder.path()).at("a.shop") == files.at("a.shop"));
}

TEST_CASE_FIXTURE(Opening, "a shop that is made while the disk fails at any call is made or not") {
  for (const auto& what : all_disk_faults()) {
    for (const bool lasting : {false, true}) fail_many(what, lasting);
  }
}

TEST_CASE_FIXTURE(Opening,
                  "a shop that is opened while the disk fails at any call stays as it was") {
  make_shop();
  for (const auto& what : all_disk_faults()) {
    for (const bool lasting : {false, true}) fail_many(what, lasting);
  }
}

TEST_CASE_FIXTURE(Opening, "a shop that is opened while memory runs out stays as it was") {
  make_shop();
  for (const auto memory : {Memory::cpp, Memory::sqlite}) {
    // Some thousand allocations: the first ones, then ever fewer.
    for (std::int64_t nth = 1; nth < 20'000; nth += 1 + nth / 8) {
      CAPTURE(nth);
      write_folder(folder.path(), files);
      auto end = Code::ok;
      arm_memory(memory, nth, false);
      try {
        const auto shop = open(false);
      } catch (const Error& error) {
        end = error.code();
      } catch (const std::bad_alloc&) {
        end = Code::no_memory;
      }
      if (!disarm_memory()) break;
      CHECK_MESSAGE((end == Code::no_memory || end == Code::ok), code_name(end));
      if (nth % 4 == 1) check_afterwards();
    }
  }
}
